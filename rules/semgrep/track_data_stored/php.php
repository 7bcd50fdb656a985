<?php

class CardReader
{
    public function read(array $swipe): void
    {
        // ruleid: track_data_stored.php.column
        $cardTable->text('track_data');
        // ruleid: track_data_stored.php.sql
        $db->prepare('INSERT INTO swipes (terminal, track2) VALUES (?, ?)');
        // ruleid: track_data_stored.php.store
        file_put_contents('/tmp/swipe', $swipe['track_data']);
        // ruleid: track_data_stored.php.store
        $redis->set('swipe', Crypt::encrypt($swipe['track2_data']));
        // ok: track_data_stored.php.store
        $redis->set('parcel', $parcel->trackingNumber);
        // ok: track_data_stored.php.column
        $table->string('track_title');
        // ok: track_data_stored.php.sql
        $db->prepare('INSERT INTO cards (track_title) VALUES (?)');
    }
}
