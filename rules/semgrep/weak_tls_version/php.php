<?php

// ruleid: weak_tls_version.php.curl
curl_setopt($ch, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_0);
// ruleid: weak_tls_version.php.curl
curl_setopt($ch, CURLOPT_SSLVERSION, 3);
// ruleid: weak_tls_version.php.curl
curl_setopt_array($ch, [CURLOPT_SSLVERSION => CURL_SSLVERSION_SSLv3]);
// ok: weak_tls_version.php.curl
curl_setopt($ch, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
// ok: weak_tls_version.php.curl_any
curl_setopt($ch, CURLOPT_SSLVERSION, 6);
// ruleid: weak_tls_version.php.curl_any
curl_setopt($ch, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1);
// ruleid: weak_tls_version.php.stream
stream_socket_enable_crypto($socket, true, STREAM_CRYPTO_METHOD_TLSv1_0_CLIENT);
// ok: weak_tls_version.php.stream
stream_socket_enable_crypto($socket, true, STREAM_CRYPTO_METHOD_TLSv1_2_CLIENT);
// ruleid: weak_tls_version.php.transport
$socket = fsockopen('sslv3://gateway.shop.test', 443);
// ok: weak_tls_version.php.transport
$socket = fsockopen('tls://gateway.shop.test', 443);
