<?php require 'head.php'; ?>
<!-- ruleid: pan_overdisplayed.page.shown -->
<td><?= $order->card_number ?></td>
<!-- ruleid: pan_overdisplayed.page.shown -->
<td><?php echo htmlspecialchars($order['cc_number'], ENT_QUOTES, 'UTF-8'); ?></td>
<!-- ruleid: pan_overdisplayed.page.shown -->
<input type="text" name="cc_number" value="{{ old('cc_number') }}">
<!-- ok: pan_overdisplayed.page.shown -->
<td><?= substr($order->card_number, -4) ?></td>
<!-- ok: pan_overdisplayed.page.shown -->
<td><?php echo __('Card number'); ?> <?= $labels['card_number'] ?> <?= esc_html($order->masked_card_number) ?></td>
<?php
// ok: pan_overdisplayed.page.shown
throw new RuntimeException("could not charge {$payment->card_number}");
// ok: pan_overdisplayed.page.shown
$key = "card:{$payment->card_number}";
