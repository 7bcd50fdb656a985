<?php

// ruleid: insecure_random.php
$resetToken = md5(uniqid());
// ruleid: insecure_random.php
$user->api_key = substr(str_shuffle($alphabet), 0, 32);
// ruleid: insecure_random.php
$otp = mt_rand(100000, 999999);
// ok: insecure_random.php
$otp = random_int(100000, 999999);
// ok: insecure_random.php
$color = mt_rand(0, 255);
// ok: insecure_random.php
$file = uniqid('upload_');
// ok: insecure_random.php
$token_count = rand(1, 5);

function generateToken()
{
    // ruleid: insecure_random.php.weak_bytes
    mt_srand(time());
    // ruleid: insecure_random.php
    return dechex(mt_rand());
}

function shuffleDeck()
{
    // ok: insecure_random.php.weak_bytes
    mt_srand(7);
    // ok: insecure_random.php
    return rand(0, 51);
}
