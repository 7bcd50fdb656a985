<?php

class Album
{
    public function keep(array $song): void
    {
        // ok: track_data_stored.php.store
        $redis->set('album:1', $song['track_data']);
        // ok: track_data_stored.php.column
        $table->string('track1');
    }
}
