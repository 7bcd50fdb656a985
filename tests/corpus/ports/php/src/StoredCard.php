<?php

declare(strict_types=1);

namespace Kettlewick\Checkout;

use Illuminate\Database\Eloquent\Model;

/** A card that may be charged again. */
class StoredCard extends Model
{
    protected $casts = [
        'expiry_sealed' => 'encrypted',
    ];
}
