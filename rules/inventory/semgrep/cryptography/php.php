<?php
function uses($data, $key, $iv, $curl, $registry) {
    // ruleid: cryptography.php.cipher
    $sealed = openssl_encrypt($data, 'aes-256-gcm', $key, OPENSSL_RAW_DATA, $iv, $tag);
    // ok: cryptography.php.cipher
    $other = $registry->encrypt($data, 'aes-256-gcm');
    // ruleid: cryptography.php.hash
    $digest = hash('sha256', $data);
    // ruleid: cryptography.php.old_hash
    $etag = md5($data);
    // ruleid: cryptography.php.hmac
    $mac = hash_hmac('sha256', $data, $key);
    // ok: cryptography.php.hash, cryptography.php.old_hash, cryptography.php.hmac
    $same = hash_equals($mac, $digest);
    // ruleid: cryptography.php.password
    $hash = password_hash($data, PASSWORD_ARGON2ID);
    // ruleid: cryptography.php.pbkdf2
    $derived = hash_pbkdf2('sha256', $data, $iv, 600000, 32);
    // ok: cryptography.php.password, cryptography.php.pbkdf2
    $right = password_verify($data, $hash);
    // ruleid: cryptography.php.sodium
    $box = sodium_crypto_secretbox($data, $iv, $key);
    // ok: cryptography.php.sodium
    $hex = sodium_bin2hex($box);
    // ruleid: cryptography.php.tls
    curl_setopt($curl, CURLOPT_SSL_VERIFYPEER, true);
    // ruleid: cryptography.php.tls_version
    curl_setopt($curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    // ok: cryptography.php.tls, cryptography.php.tls_version
    curl_setopt($curl, CURLOPT_TIMEOUT, 5);
    return [$sealed, $other, $etag, $same, $derived, $right, $hex];
}
