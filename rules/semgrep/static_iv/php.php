<?php

function bad($data, $key)
{
    $iv = '4c25ecc95c8816db';
    // ruleid: static_iv.php
    return openssl_encrypt($data, 'aes-256-cbc', $key, 0, $iv);
}

function zero($data, $key)
{
    // ruleid: static_iv.php
    return openssl_encrypt($data, 'aes-256-cbc', $key, 0, str_repeat("\0", 16));
}

function named($data, $key)
{
    // ruleid: static_iv.php
    return openssl_encrypt($data, 'aes-256-cbc', $key, iv: 'abcdefghijklmnop');
}

function good($data, $key)
{
    $iv = random_bytes(16);
    // ok: static_iv.php
    return $iv . openssl_encrypt($data, 'aes-256-cbc', $key, 0, $iv);
}

function opened($text, $key)
{
    $iv = substr($text, 0, 16);
    // ok: static_iv.php
    // ok: static_iv.php.from_key
    return openssl_encrypt($text, 'aes-256-cbc', $key, 0, $iv);
}

function derived($data, $key)
{
    // ruleid: static_iv.php.from_key
    return openssl_encrypt($data, 'aes-256-cbc', $key, 0, substr($key, 0, 16));
}
