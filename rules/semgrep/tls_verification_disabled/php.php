<?php

// ruleid: tls_verification_disabled.php.curl
curl_setopt($ch, CURLOPT_SSL_VERIFYPEER, false);
// ruleid: tls_verification_disabled.php.curl
curl_setopt($ch, CURLOPT_SSL_VERIFYHOST, 0);
// ok: tls_verification_disabled.php.curl
curl_setopt($ch, CURLOPT_SSL_VERIFYPEER, true);
// ok: tls_verification_disabled.php.curl
curl_setopt($ch, CURLOPT_SSL_VERIFYHOST, 2);
// ok: tls_verification_disabled.php.curl
curl_setopt($ch, CURLOPT_HEADER, false);
// ruleid: tls_verification_disabled.php.client
curl_setopt_array($ch, [CURLOPT_URL => $url, CURLOPT_SSL_VERIFYPEER => 0]);
// ruleid: tls_verification_disabled.php.client
$context = stream_context_create(['ssl' => ['verify_peer' => false]]);
// ruleid: tls_verification_disabled.php.client
wp_remote_post($url, ['sslverify' => false, 'body' => $body]);
$options = ['verify_peer' => false];
// ruleid: tls_verification_disabled.php.client
$this->client->request('GET', $url, $options);
// ok: tls_verification_disabled.php.client
wp_remote_post($url, ['sslverify' => true, 'body' => $body]);
// ruleid: tls_verification_disabled.php.guzzle
$client = new \GuzzleHttp\Client(['verify' => false]);
// ruleid: tls_verification_disabled.php.guzzle
$client->get($url, ['verify' => false]);
// ok: tls_verification_disabled.php.guzzle
$client->get($url, ['verify' => '/etc/ssl/ca.pem']);
// ok: tls_verification_disabled.php.guzzle
$this->assertFields(['verify' => false]);
// ruleid: tls_verification_disabled.php.call
Http::withoutVerifying()->get($url);
// ruleid: tls_verification_disabled.php.call
Unirest\Request::verifyPeer(false);
// ruleid: tls_verification_disabled.php.call
add_filter('https_ssl_verify', '__return_false');
// ok: tls_verification_disabled.php.call
Unirest\Request::verifyPeer(true);
// ok: tls_verification_disabled.php.call
$user->setVerified(false);
// ruleid: tls_verification_disabled.php.address
$dsn = 'smtp://mail.shop.test?verify_peer=0';
// ok: tls_verification_disabled.php.address
$dsn = 'smtp://mail.shop.test?verify_peer=1';
// ruleid: tls_verification_disabled.php.options
$mail->SMTPOptions = ['ssl' => ['verify_peer' => false, 'allow_self_signed' => true]];

// ruleid: tls_verification_disabled.php.client
$client = new Client('https://api.partner-bank.io', ['timeout' => 30, 'sslverifypeername' => false]);
// ok: tls_verification_disabled.php.client
$client = new Client('https://api.partner-bank.io', ['timeout' => 30, 'sslverifypeername' => true]);

// ruleid: tls_verification_disabled.php.options
return ['ssl' => ['verify_peer' => false]];
