<?php

class Receipts
{
    public function send(string $pan, Payment $payment): void
    {
        // ruleid: pan_in_message.php
        mail($to, 'Receipt', "Paid with $pan");
        // ruleid: pan_in_message.php
        wp_mail($to, 'Receipt', 'Card: ' . $payment->card_number);
        // ruleid: pan_in_message.php
        Mail::raw("Card $pan", fn ($m) => $m->to($to));
        // ruleid: pan_in_message.php
        Mail::to($to)->send(new Receipt($pan));
        // ruleid: pan_in_message.php
        $mail->Body = "Card $pan";
        // ruleid: pan_in_message.php
        $email->text("Card $pan");
        // ruleid: pan_in_message.php
        $twilio->messages->create($to, ['from' => $from, 'body' => "Card $pan"]);
        // ok: pan_in_message.php
        mail($to, 'Receipt', 'Paid with ' . substr($pan, -4));
        // ok: pan_in_message.php
        $mail->Body = 'Card ' . $payment->masked_card_number;
        // ok: pan_in_message.php
        $gateway->send($pan);
        // ok: pan_in_message.php
        $this->notify('ORDER_CREATED', ['cc_number' => $pan]);
    }
}
