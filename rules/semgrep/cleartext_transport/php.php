<?php

$target = 'http://api.payments-partner.io/charge';
// ruleid: cleartext_transport.php.http
$client->post($target, ['json' => $body]);
// ruleid: cleartext_transport.php.http
$client->request('POST', 'http://api.payments-partner.io/charge');
// ruleid: cleartext_transport.php.http
$client = new Client(['base_uri' => 'http://api.payments-partner.io/']);
// ruleid: cleartext_transport.php.http
curl_setopt($ch, CURLOPT_URL, 'http://api.payments-partner.io/charge');
// ruleid: cleartext_transport.php.http
Http::post('http://api.payments-partner.io/charge', $body);
// ruleid: cleartext_transport.php.http
wp_remote_get('http://rates.partner-bank.io/rates.xml');
// ok: cleartext_transport.php.http
$client->post('https://api.payments-partner.io/charge');
// ok: cleartext_transport.php.http
$client->get('http://localhost:8080/health');
// ok: cleartext_transport.php.http
$client->get('http://payments:8080/health');
// ok: cleartext_transport.php.http
$xml->setAttribute('xmlns', 'http://www.w3.org/2000/svg');
// ok: cleartext_transport.php.http
$text = sprintf('See %s', 'http://docs.partner-bank.io/');
// ruleid: cleartext_transport.php.address
const GATEWAY_URL = 'http://api.payments-partner.io/gateway';
// ok: cleartext_transport.php.address
const GATEWAY_DOC_URL = 'http://api.payments-partner.io/payments/doc';
// ruleid: cleartext_transport.php.connection
$ftp = ftp_connect('ftp.partner-bank.io');
// ruleid: cleartext_transport.php.connection
$socket = new WebSocket\Client('ws://feed.partner-bank.io');
// ok: cleartext_transport.php.connection
$socket = new WebSocket\Client('wss://feed.partner-bank.io');
// ok: cleartext_transport.php.connection
$ftp = ftp_connect('localhost');
// ok: cleartext_transport.php.connection
$ftp = ftp_ssl_connect('ftp.partner-bank.io');
// ruleid: cleartext_transport.php.mail
$mail->SMTPAutoTLS = false;
// ok: cleartext_transport.php.mail
$mail->SMTPAutoTLS = true;
// ruleid: cleartext_transport.php.database
$pdo = new PDO('pgsql:host=db.partner-bank.io;dbname=shop;sslmode=disable');
// ok: cleartext_transport.php.database
$pdo = new PDO('pgsql:host=db.partner-bank.io;dbname=shop;sslmode=verify-full');
// ruleid: cleartext_transport.php.http
Requests::request_multiple(['rates' => ['headers' => $headers, 'url' => 'http://rates.partner-bank.io/eur']]);
// ok: cleartext_transport.php.http
Requests::request_multiple(['rates' => ['headers' => $headers, 'url' => 'https://rates.partner-bank.io/eur']]);
