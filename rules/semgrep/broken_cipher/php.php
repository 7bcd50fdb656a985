<?php

// ruleid: broken_cipher.php.openssl
$a = openssl_encrypt($data, 'des-ede3-cbc', $key, 0, $iv);
// ruleid: broken_cipher.php.openssl
$b = openssl_encrypt($data, 'AES-256-ECB', $key);
$method = 'rc4';
// ruleid: broken_cipher.php.openssl
$c = openssl_decrypt($data, $method, $key);
// ok: broken_cipher.php.openssl
$d = openssl_encrypt($data, 'aes-256-gcm', $key, 0, $iv, $tag);
// ruleid: broken_cipher.php.mcrypt
$e = mcrypt_encrypt(MCRYPT_RIJNDAEL_128, $key, $data, MCRYPT_MODE_CBC, $iv);
// ok: broken_cipher.php.mcrypt
$f = mcrypt_list_modes();
// ruleid: broken_cipher.php.phpseclib
$g = new \phpseclib3\Crypt\TripleDES('cbc');
// ruleid: broken_cipher.php.phpseclib
$g2 = new \phpseclib3\Crypt\AES('ecb');
// ruleid: broken_cipher.php.phpseclib
$g3 = new AES('ecb');
// ok: broken_cipher.php.phpseclib
$h2 = new AES('ctr');
// ok: broken_cipher.php.phpseclib
$h3 = new ReportFormat('ecb');
// ok: broken_cipher.php.phpseclib
$h = new \phpseclib3\Crypt\AES('gcm');
// ruleid: broken_cipher.php.encoding
$hidden_password = str_rot13($word);
// ok: broken_cipher.php.encoding
$riddle = str_rot13($word);
