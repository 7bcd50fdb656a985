<?php

// ruleid: weak_hash.php.secret
$a = md5($password);
// ruleid: weak_hash.php.secret
$b = sha1($salt . $user->password);
// ruleid: weak_hash.php.secret
$c = hash('md5', $_POST['password']);
$algorithm = 'sha1';
// ruleid: weak_hash.php.secret
$d = hash($algorithm, $user->password);
// ok: weak_hash.php.secret
$e = md5($email);
// ok: weak_hash.php.secret
$f = hash('sha256', $token);
// ok: weak_hash.php.secret
$g = password_hash($password, PASSWORD_ARGON2ID);
// ruleid: weak_hash.php.purpose
$signature = md5($body . $merchant);
// ruleid: weak_hash.php.purpose
$this->resetToken = sha1($time . $user->id);
// ok: weak_hash.php.purpose
$cacheKey = md5($query);
// ok: weak_hash.php.purpose
$etag = md5_file($path);
// ruleid: weak_hash.php.word
$hashed_pw = md5('a word');
// ruleid: weak_hash.php.word
if (md5($given) == $storedHash) { allow(); }
// ok: weak_hash.php.word
$name = md5('a word');
// ok: weak_hash.php.word
if (md5($content) === $etag) { keep(); }
// ruleid: weak_hash.php.signature
openssl_sign($data, $out, $key, OPENSSL_ALGO_SHA1);
// ruleid: weak_hash.php.signature
$mac = hash_hmac('md5', $data, $key);
// ok: weak_hash.php.signature
openssl_sign($data, $out, $key, OPENSSL_ALGO_SHA256);
// ok: weak_hash.php.signature
$mac = hash_hmac('sha256', $data, $key);
