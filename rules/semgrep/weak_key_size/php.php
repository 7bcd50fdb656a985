<?php

// ruleid: weak_key_size.php
$a = openssl_pkey_new(['private_key_bits' => 1024, 'private_key_type' => OPENSSL_KEYTYPE_RSA]);
// ruleid: weak_key_size.php
$b = RSA::createKey(1024);
// ruleid: weak_key_size.php
$c = openssl_pkey_new(['curve_name' => 'secp160r1', 'private_key_type' => OPENSSL_KEYTYPE_EC]);
// ok: weak_key_size.php
$d = openssl_pkey_new(['private_key_bits' => 3072]);
// ok: weak_key_size.php
$e = RSA::createKey(4096);
// ok: weak_key_size.php
$f = openssl_pkey_new(['curve_name' => 'prime256v1']);
