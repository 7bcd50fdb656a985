<?php

// ruleid: weak_tls_cipher.php
curl_setopt($ch, CURLOPT_SSL_CIPHER_LIST, 'RC4-SHA');
// ruleid: weak_tls_cipher.php
$context = stream_context_create(['ssl' => ['ciphers' => 'DEFAULT@SECLEVEL=0']]);
// ruleid: weak_tls_cipher.php
curl_setopt_array($ch, [CURLOPT_SSL_CIPHER_LIST => 'DES-CBC3-SHA:AES256-SHA']);
// ok: weak_tls_cipher.php
curl_setopt($ch, CURLOPT_SSL_CIPHER_LIST, 'ECDHE-RSA-AES256-GCM-SHA384:!aNULL:!MD5:!RC4');
// ok: weak_tls_cipher.php
$context = stream_context_create(['ssl' => ['ciphers' => null]]);
