<?php

declare(strict_types=1);

namespace Kettlewick\Checkout;

use phpseclib3\Crypt\AES;

/** Cards become tokens here: AES-256-GCM under a fresh nonce, bound to the token. */
final class Vault
{
    public static function lastFour(string $pan): string
    {
        return substr($pan, -4);
    }

    public static function seal(string $data, string $recordId): string
    {
        $key = Settings::dataKey();
        $iv = random_bytes(12);
        $sealed = openssl_encrypt($data, 'aes-256-gcm', $key, OPENSSL_RAW_DATA, $iv, $tag, $recordId);
        return $iv . $tag . $sealed;
    }

    /** An export that only the merchant opens, with their own password. */
    public static function sealExport(string $data, string $password, string $salt): string
    {
        $key = hash_pbkdf2('sha256', $password, $salt, 600000, 32, true);
        $nonce = random_bytes(12);
        $sealed = openssl_encrypt($data, 'aes-256-gcm', $key, OPENSSL_RAW_DATA, $nonce, $tag, $salt);
        return $salt . $nonce . $tag . $sealed;
    }

    public static function terminalCipher(): AES
    {
        return new AES('gcm');
    }

    /** Equal for equal numbers, and for nobody without the key. */
    public static function fingerprint(string $pan): string
    {
        return hash_hmac('sha256', $pan, Settings::required('FINGERPRINT_KEY'));
    }

    public static function newToken(): string
    {
        $cardToken = 'tok_' . bin2hex(random_bytes(24));
        return $cardToken;
    }

    public static function newTerminalKey(): \OpenSSLAsymmetricKey|false
    {
        return openssl_pkey_new(['private_key_bits' => 3072, 'private_key_type' => OPENSSL_KEYTYPE_RSA]);
    }

    public static function signReceipt(string $data, \OpenSSLAsymmetricKey $key): string
    {
        openssl_sign($data, $signature, $key, OPENSSL_ALGO_SHA256);
        return $signature;
    }
}
