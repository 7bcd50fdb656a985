<?php

class CardPins
{
    public function keep(array $message): void
    {
        // ruleid: pin_stored.php.column
        $table->string('pin_block', 16);
        // ruleid: pin_stored.php.sql
        $db->prepare('UPDATE cards SET card_pin = ? WHERE id = ?');
        // ruleid: pin_stored.php.store
        $redis->set('pin', $message['pin_block']);
        // ruleid: pin_stored.php.store
        DB::table('cards')->insert(['code' => Hash::make($request->card_pin)]);
        // ok: pin_stored.php.store
        $redis->set('pin', $board->gpioPin);
        // ok: pin_stored.php.column
        $table->integer('pin_retries');
        // ok: pin_stored.php.store
        $redis->set('postal', $address->pin_code);
        // ok: pin_stored.php.sql
        $db->prepare('INSERT INTO cards (pin_retries) VALUES (?)');
    }
}
