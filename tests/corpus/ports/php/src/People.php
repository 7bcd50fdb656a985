<?php

declare(strict_types=1);

namespace Kettlewick\Checkout;

use Firebase\JWT\JWT;
use Firebase\JWT\Key;
use Lcobucci\JWT\Configuration;
use Lcobucci\JWT\UnencryptedToken;
use RuntimeException;

/** Customers and clerks: passwords, tokens, sessions. */
final class People
{
    public static function hash(string $password): string
    {
        return password_hash($password, PASSWORD_BCRYPT, ['cost' => 12]);
    }

    public static function exportKey(string $password, string $salt): string
    {
        return hash_pbkdf2('sha256', $password, $salt, 600000, 32, true);
    }

    public static function firstPassword(): string
    {
        $word = bin2hex(random_bytes(16));
        $hashed_pw = password_hash($word, PASSWORD_ARGON2ID);
        return $hashed_pw;
    }

    public static function webhookSignature(string $body, string $merchant): string
    {
        $signature = hash_hmac('sha256', $body, Settings::required('WEBHOOK_KEY'));
        return $signature;
    }

    public static function issue(array $payload): string
    {
        return JWT::encode($payload, Settings::tokenKey(), 'HS256');
    }

    public static function claims(string $text, string $public): object
    {
        return JWT::decode($text, new Key($public, 'RS256'));
    }

    public static function partner(Configuration $config, string $text): string
    {
        $token = $config->parser()->parse($text);
        if (!$config->validator()->validate($token, ...$config->validationConstraints())) {
            throw new RuntimeException("the partner's token is not valid");
        }
        return $token->claims()->get('sub');
    }

    public static function startSession(string $id): void
    {
        ini_set('session.cookie_httponly', 1);
        session_set_cookie_params(['secure' => true, 'httponly' => true, 'samesite' => 'Strict']);
        setcookie('session_id', $id, ['secure' => true, 'httponly' => true, 'samesite' => 'Strict']);
    }
}
