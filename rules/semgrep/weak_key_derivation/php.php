<?php

// ruleid: weak_key_derivation.php.pbkdf2
$a = hash_pbkdf2('sha256', $password, $salt, 1000, 32);
// ok: weak_key_derivation.php.pbkdf2
$b = hash_pbkdf2('sha256', $password, $salt, 600000, 32);
// ruleid: weak_key_derivation.php.cost
$c = password_hash($password, PASSWORD_BCRYPT, ['cost' => 4]);
// ok: weak_key_derivation.php.cost
$d = password_hash($password, PASSWORD_BCRYPT, ['cost' => 12]);
// ruleid: weak_key_derivation.php.crypt
$e = crypt($password, 'ab');
// ok: weak_key_derivation.php.crypt
$f = crypt($password, $stored);

function seal($data, $password)
{
    $key = hash('sha256', $password, true);
    // ruleid: weak_key_derivation.php.key
    return openssl_encrypt($data, 'aes-256-gcm', $key, 0, $iv, $tag);
}

function kept($data, $secret)
{
    $key = hash('sha256', $secret, true);
    // ok: weak_key_derivation.php.key
    return openssl_encrypt($data, 'aes-256-gcm', $key, 0, $iv, $tag);
}
