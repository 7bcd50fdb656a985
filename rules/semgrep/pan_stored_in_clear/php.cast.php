<?php

use Illuminate\Database\Eloquent\Model;

class Card extends Model
{
    // ok: pan_stored_in_clear.php.column
    protected $fillable = ['card_number', 'holder'];

    protected $casts = ['card_number' => 'encrypted'];
}

class Wallet extends Model
{
    // ok: pan_stored_in_clear.php.column
    protected $casts = ['card_number' => 'encrypted'];

    // ok: pan_stored_in_clear.php.column
    protected $fillable = ['card_number', 'holder'];
}

class Receipt extends Model
{
    // ruleid: pan_stored_in_clear.php.column
    protected $fillable = ['card_number', 'note'];

    protected $casts = ['note' => 'encrypted'];
}
