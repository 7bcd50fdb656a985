<?php

declare(strict_types=1);

namespace Kettlewick\Checkout;

use Illuminate\Http\Request;
use Illuminate\Support\Facades\Log;
use Illuminate\Support\Facades\Route;
use Psr\Log\LoggerInterface;

/** The routes. The verification code goes to the acquirer with the request and nowhere else. */
final class Payments
{
    public function __construct(private readonly LoggerInterface $logger, private readonly Gateway $gateway)
    {
    }

    public static function routes(): void
    {
        Route::post('/payments', [self::class, 'pay']);
        Route::get('/cards/{cardToken}', [self::class, 'show']);
    }

    public function pay(Request $request): array
    {
        $pan = $request->input('card_number');
        $cvv = $request->input('cvv');
        $this->gateway->authorize($request->input('order'), 100, $pan, $request->input('expiry'), $cvv);
        Log::info('request', $request->only(['order', 'amount']));
        Log::info('charged card ending in ' . Vault::lastFour($pan));
        \Sentry\captureMessage('charged ' . Vault::lastFour($pan));
        return ['token' => Vault::newToken(), 'last4' => Vault::lastFour($pan)];
    }

    public function report(StoredCard $card): void
    {
        $this->logger->info('card', ['token' => $card->card_token]);
    }

    public function show(StoredCard $card): void
    {
        echo $card->card_last_four;
    }

    public function tell(string $to, string $pan): void
    {
        mail($to, 'Receipt', 'Paid with the card ending in ' . Vault::lastFour($pan));
    }
}
