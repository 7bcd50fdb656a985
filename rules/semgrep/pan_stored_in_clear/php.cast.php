<?php

use Illuminate\Database\Eloquent\Model;

class Card extends Model
{
    // ok: pan_stored_in_clear.php.column
    protected $fillable = ['card_number', 'holder'];

    protected $casts = ['card_number' => 'encrypted'];
}
