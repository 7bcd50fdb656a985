<?php

// ruleid: hard_coded_credential.php.login
$pdo = new PDO('mysql:host=db', 'shop', 'Kf8-trellis-09');
// ok: hard_coded_credential.php.login
$pdo = new PDO('mysql:host=db', 'shop', getenv('DB_PASSWORD'));
// ruleid: hard_coded_credential.php.payment
\Stripe\Stripe::setApiKey('Kf8trellis09Wq');
// ok: hard_coded_credential.php.payment
\Stripe\Stripe::setApiKey($_ENV['STRIPE_KEY']);
// ruleid: hard_coded_credential.php.variable
$db_password = 'Kf8-trellis-09';
// ruleid: hard_coded_credential.php.variable
const API_KEY = 'Kf8trellis09WqLm27';
// ruleid: hard_coded_credential.php.variable
define('CLIENT_SECRET', 'Kf8trellis09WqLm27');
// ruleid: hard_coded_credential.php.variable
$settings = ['api_key' => 'Kf8trellis09WqLm27'];
// ok: hard_coded_credential.php.variable
$password = 'password';
// ok: hard_coded_credential.php.variable
$rules = ['password' => 'required|min:8'];
// ok: hard_coded_credential.php.variable
const PASSWORD_FIELD = 'user_password1';
// ruleid: hard_coded_credential.php.argument
$client = new Client(apiKey: 'Kf8trellis09WqLm27');
// ok: hard_coded_credential.php.argument
$client = new Client(apiKey: 'your-key-1');
// ruleid: hard_coded_credential.php.address
$dsn = 'mysql://shop:Kf8-trellis-09@db.partner-bank.io/shop';
// ok: hard_coded_credential.php.address
$dsn = 'mysql://shop:%s@db.partner-bank.io/shop';
// ok: hard_coded_credential.php.variable
$answer = ['object' => 'connection_token', 'secret' => 'pst_test_12345678901234567890'];
// ok: hard_coded_credential.php.variable
define('DB_SERVER_PASSWORD', '%%_DB_SERVER_PASSWORD_%%');
