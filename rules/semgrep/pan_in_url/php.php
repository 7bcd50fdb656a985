<?php

use Illuminate\Support\Facades\Http;

// ruleid: pan_in_url.php.route
Route::get('/cards/{cardNumber}', [CardController::class, 'show']);
// ok: pan_in_url.php.route
Route::get('/cards/{cardToken}', [CardController::class, 'show']);

class Lookup
{
    // ruleid: pan_in_url.php.route
    #[Route('/cards/{pan}', name: 'card')]
    public function find(string $pan, Payment $payment): void
    {
        // ruleid: pan_in_url.php.route
        $number = $_GET['card_number'];
        // ruleid: pan_in_url.php
        Http::get('https://bin.shop.test/lookup?card=' . $pan);
        // ruleid: pan_in_url.php
        $body = file_get_contents("https://bin.shop.test/{$payment->card_number}");
        // ruleid: pan_in_url.php
        curl_setopt($ch, CURLOPT_URL, "https://bin.shop.test/?pan=$pan");
        // ruleid: pan_in_url.php
        header("Location: /pay?card_number=$pan");
        // ruleid: pan_in_url.php
        wp_redirect(add_query_arg('card', $_POST['card_number'], $url));
        // ruleid: pan_in_url.php
        $client->request('GET', "/bins/$pan");
        // ruleid: pan_in_url.php
        $client->get('/bins', ['query' => ['pan' => $pan]]);
        // ok: pan_in_url.php
        $client->post('/charges', ['json' => ['pan' => $pan]]);
        // ok: pan_in_url.php
        $client->request('GET', '/bins/' . substr($pan, 0, 6));
        // ok: pan_in_url.php
        return redirect("/cards/{$payment->card_token}");
        // ok: pan_in_url.php
        curl_setopt($ch, CURLOPT_POSTFIELDS, http_build_query(['pan' => $pan]));
    }
}
