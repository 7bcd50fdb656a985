<?php

class Checkout
{
    public function check(string $pan, Payment $payment): void
    {
        // ruleid: pan_in_error_message.php
        throw new InvalidArgumentException("Card $pan was refused");
        // ruleid: pan_in_error_message.php
        throw new \RuntimeException('Card ' . $payment->card_number . ' was refused');
        // ruleid: pan_in_error_message.php
        die("refused {$payment->card_number}");
        // ruleid: pan_in_error_message.php
        trigger_error("card $pan", E_USER_WARNING);
        // ruleid: pan_in_error_message.php
        wp_die('Card ' . $_POST['card_number']);
        // ruleid: pan_in_error_message.php
        abort(422, "card $pan");
        // ruleid: pan_in_error_message.php
        return response()->json(['message' => "card $pan"], 422);
        // ruleid: pan_in_error_message.php
        return back()->withErrors(['card' => "$pan is not valid"]);
        // ruleid: pan_in_error_message.php
        wc_add_notice("card $pan refused", 'error');
        // ok: pan_in_error_message.php
        throw new InvalidArgumentException('Card ' . substr($pan, -4) . ' was refused');
        // ok: pan_in_error_message.php
        throw new CardException($this->mask($pan));
        // ok: pan_in_error_message.php
        throw new InvalidArgumentException('The card number is not valid');
        // ok: pan_in_error_message.php
        throw new GiftException("gift card {$payment->gift_card_number}");
        // ok: pan_in_error_message.php
        $validator = new CardNumberValidator($pan);
    }
}
