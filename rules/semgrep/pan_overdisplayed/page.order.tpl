<!-- ruleid: pan_overdisplayed.page.shown -->
<td>{$payment->cc_number|escape:'html'}</td>
<!-- ok: pan_overdisplayed.page.shown -->
<td>{$payment->cc_number|substr:-4} {$lang.card_number} {$loyalty.card_number} {$errors.card_number}</td>
