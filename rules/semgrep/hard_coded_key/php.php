<?php

// ruleid: hard_coded_key.php.call
$a = openssl_encrypt($data, 'aes-256-gcm', 'Kf8-trellis-09-Wq-Lm', 0, $iv, $tag);
// ruleid: hard_coded_key.php.call
$b = JWT::encode($payload, 'Kf8-trellis-09-Wq-Lm', 'HS256');
// ok: hard_coded_key.php.call
$c = openssl_encrypt($data, 'aes-256-gcm', $key, 0, $iv, $tag);
// ok: hard_coded_key.php.call
$d = JWT::encode($payload, getenv('JWT_SECRET'), 'HS256');
// ruleid: hard_coded_key.php.setting
const ENCRYPTION_KEY = 'Kf8-trellis-09-Wq-Lm';
// ok: hard_coded_key.php.setting
const CACHE_KEY = 'Kf8-trellis-09-Wq-Lm';
// ruleid: hard_coded_key.php.fallback
$e = env('JWT_SECRET', 'Kf8-trellis-09-Wq-Lm');
// ok: hard_coded_key.php.fallback
$f = env('JWT_SECRET');
// ok: hard_coded_key.php.setting
const PURPOSE_WIFI_PRIVATE_KEY = 'wifi_private_key';
// ok: hard_coded_key.php.setting
$stored = ['enabled' => 'yes', 'secret_key' => 'sk_live_of_the_shop'];
