<?php

declare(strict_types=1);

namespace Kettlewick\Checkout;

use RuntimeException;

/** What the secret store fills: nothing has a default, and the start fails without it. */
final class Settings
{
    public const GATEWAY_URL = 'https://api.payments-partner.io/gateway';

    public static function required(string $name): string
    {
        $value = getenv($name);
        if ($value === false || $value === '') {
            throw new RuntimeException("setting $name is missing");
        }
        return $value;
    }

    public static function databasePassword(): string
    {
        $db_password = self::required('DB_PASSWORD');
        return $db_password;
    }

    public static function dataKey(): string
    {
        $encryption_key = self::required('DATA_KEY');
        return base64_decode($encryption_key, true) ?: throw new RuntimeException('setting DATA_KEY is not base64');
    }

    public static function tokenKey(): string
    {
        return env('JWT_SECRET');
    }

    public static function broker(): string
    {
        $dsn = 'amqps://' . self::required('BROKER_HOST');
        return $dsn;
    }

    public static function mailer(): string
    {
        $dsn = 'smtp://mail.kettlewick.shop?verify_peer=1';
        return $dsn;
    }
}
