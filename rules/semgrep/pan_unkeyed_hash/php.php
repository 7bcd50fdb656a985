<?php

class CardFingerprint
{
    public function of(string $pan, Payment $payment): void
    {
        // ruleid: pan_unkeyed_hash.php
        $a = hash('sha256', $pan);
        // ruleid: pan_unkeyed_hash.php
        $b = md5($payment->card_number);
        // ruleid: pan_unkeyed_hash.php
        $c = sha1($salt . $pan);
        // ruleid: pan_unkeyed_hash.php
        $d = password_hash($_POST['card_number'], PASSWORD_BCRYPT);
        // ruleid: pan_unkeyed_hash.php
        $e = Hash::make($request->input('card_number'));
        // ruleid: pan_unkeyed_hash.php
        $f = sodium_crypto_generichash($pan);
        // ok: pan_unkeyed_hash.php
        $g = hash_hmac('sha256', $pan, $key);
        // ok: pan_unkeyed_hash.php
        $h = sodium_crypto_generichash($pan, $key);
        // ok: pan_unkeyed_hash.php
        $i = md5($payment->card_token);
        // ok: pan_unkeyed_hash.php
        $j = hash('sha256', substr($pan, -4));
    }
}
