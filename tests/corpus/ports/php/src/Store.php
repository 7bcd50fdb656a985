<?php

declare(strict_types=1);

namespace Kettlewick\Checkout;

use Illuminate\Database\Eloquent\Model;
use Illuminate\Support\Facades\Crypt;
use Illuminate\Support\Facades\DB;
use PDO;
use Redis;

/** A payment as the back office sees it. */
class Payment extends Model
{
    protected $fillable = ['order_id', 'card_token', 'card_last_four'];
}

final class Store
{
    public function migrate(PDO $db): void
    {
        $db->exec('CREATE TABLE cards (token VARCHAR(64) PRIMARY KEY, number_sealed BYTEA, last4 CHAR(4))');
    }

    /** The terminals' table. */
    public function terminals(mixed $table): void
    {
        $table->integer('pin_tries_left');
        $table->boolean('track_present');
    }

    public function swiped(PDO $db): void
    {
        $db->prepare('UPDATE terminals SET pin_tries_left = ? WHERE id = ?');
        $db->prepare('INSERT INTO swipes (terminal, amount) VALUES (?, ?)');
    }

    public function ledger(): PDO
    {
        return new PDO('pgsql:host=db.partner-bank.io;dbname=shop;sslmode=verify-full', 'shop', Settings::databasePassword());
    }

    public function keep(string $token, string $pan): void
    {
        DB::table('cards')->insert(['token' => $token, 'number_sealed' => Vault::seal($pan, $token)]);
    }

    public function remember(Redis $redis, string $basket, string $token, array $message): void
    {
        $redis->set($basket, $token, 600);
    }

    public function byHolder(PDO $db): mixed
    {
        $statement = $db->prepare('SELECT token FROM cards WHERE holder = ?');
        $statement->execute([$_GET['holder']]);
        return $statement->fetchAll();
    }

    public function basket(): array
    {
        $basket = json_decode(base64_decode($_COOKIE['card_basket']), true);
        return $basket;
    }
}
