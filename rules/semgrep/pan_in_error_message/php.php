<?php

class Checkout
{
    public function check(string $pan, Payment $payment): void
    {
        // ruleid: pan_in_error_message.php
        if ($x) { throw new InvalidArgumentException("Card $pan was refused"); }
        // ruleid: pan_in_error_message.php
        if ($x) { throw new \RuntimeException('Card ' . $payment->card_number . ' was refused'); }
        // ruleid: pan_in_error_message.php
        if ($x) { die("refused {$payment->card_number}"); }
        // ruleid: pan_in_error_message.php
        if ($x) { trigger_error("card $pan", E_USER_WARNING); }
        // ruleid: pan_in_error_message.php
        if ($x) { wp_die('Card ' . $_POST['card_number']); }
        // ruleid: pan_in_error_message.php
        if ($x) { abort(422, "card $pan"); }
        // ruleid: pan_in_error_message.php
        if ($x) { return response()->json(['message' => "card $pan"], 422); }
        // ruleid: pan_in_error_message.php
        if ($x) { return back()->withErrors(['card' => "$pan is not valid"]); }
        // ruleid: pan_in_error_message.php
        wc_add_notice("card $pan refused", 'error');
        // ok: pan_in_error_message.php
        if ($x) { throw new InvalidArgumentException('Card ' . substr($pan, -4) . ' was refused'); }
        // ok: pan_in_error_message.php
        if ($x) { throw new CardException($this->mask($pan)); }
        // ok: pan_in_error_message.php
        if ($x) { throw new InvalidArgumentException('The card number is not valid'); }
        // ok: pan_in_error_message.php
        if ($x) { throw new GiftException("gift card {$payment->gift_card_number}"); }
        // ok: pan_in_error_message.php
        $validator = new CardNumberValidator($pan);
    }
}
