<?php

declare(strict_types=1);

namespace Kettlewick\Checkout;

use GuzzleHttp\Client;
use Illuminate\Support\Facades\Http;
use InvalidArgumentException;
use PHPMailer\PHPMailer\PHPMailer;
use Stripe\Stripe;

/** The acquirer and the others we call: TLS 1.2 or later, its private authority, our certificate. */
final class Gateway
{
    public function __construct(private readonly string $authority)
    {
        \Stripe\Stripe::setApiKey(Settings::required('STRIPE_KEY'));
    }

    public function authorize(string $order, int $amount, string $pan, string $expiry, string $cvv): array
    {
        $ch = curl_init(Settings::GATEWAY_URL);
        curl_setopt($ch, CURLOPT_SSL_VERIFYPEER, true);
        curl_setopt($ch, CURLOPT_SSL_VERIFYHOST, 2);
        curl_setopt($ch, CURLOPT_CAINFO, $this->authority);
        curl_setopt($ch, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
        curl_setopt($ch, CURLOPT_SSL_CIPHER_LIST, 'ECDHE-RSA-AES256-GCM-SHA384');
        curl_setopt_array($ch, [CURLOPT_RETURNTRANSFER => true, CURLOPT_SSL_VERIFYSTATUS => true]);
        curl_setopt($ch, CURLOPT_POSTFIELDS, json_encode(['order' => $order, 'amount' => $amount, 'number' => $pan, 'expiry' => $expiry, 'code' => $cvv]));
        $answer = curl_exec($ch);
        if ($answer === false) {
            throw new InvalidArgumentException('The card ending in ' . Vault::lastFour($pan) . ' was refused');
        }
        return json_decode($answer, true);
    }

    public function refund(array $body): void
    {
        $client = new \GuzzleHttp\Client(['verify' => $this->authority]);
        $client->post('https://api.payments-partner.io/refunds', ['json' => $body]);
    }

    public function risk(): RiskClient
    {
        return new RiskClient(apiKey: Settings::required('RISK_KEY'));
    }

    public function brand(string $token, string $pan): mixed
    {
        return Http::get('https://bin.payments-partner.io/lookup?token=' . $token);
    }

    public function rates(string $url): mixed
    {
        return Http::withOptions(['verify' => true])->get($url);
    }

    public function batch(string $password): mixed
    {
        $ftp = ftp_ssl_connect('ftp.partner-bank.io');
        ftp_login($ftp, 'shop', $password);
        return $ftp;
    }

    public function receipts(PHPMailer $mail): void
    {
        $mail->SMTPAutoTLS = true;
        $mail->SMTPOptions = ['ssl' => ['verify_peer' => true, 'cafile' => $this->authority]];
    }

    public function terminal(): mixed
    {
        $socket = fsockopen('tlsv1.2://gateway.payments-partner.io', 443);
        return $socket;
    }

    public function upgrade(mixed $socket): bool
    {
        return stream_socket_enable_crypto($socket, true, STREAM_CRYPTO_METHOD_TLSv1_2_CLIENT);
    }
}
