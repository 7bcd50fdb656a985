<?php

use Illuminate\Database\Eloquent\Model;

class Payment extends Model
{
    protected $fillable = [
        'order_id',
        // ok: verification_code_stored.php.column
        'cvv',
    ];

    protected $casts = [
        // ruleid: verification_code_stored.php.encrypted_column
        'cvv' => 'encrypted',
        // ok: verification_code_stored.php.encrypted_column
        'card_number' => 'encrypted',
    ];
}
