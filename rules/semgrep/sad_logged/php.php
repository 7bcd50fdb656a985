<?php

class CardGateway
{
    public function authorise(array $card): void
    {
        // ruleid: sad_logged.php
        $this->logger->info('cvv ' . $card['cvv']);
        // ruleid: sad_logged.php
        Log::debug('auth', ['cvv' => $request->cvv]);
        // ruleid: sad_logged.php
        error_log('code ' . $_POST['card_cvc']);
        // ruleid: sad_logged.php
        Log::debug(hash('sha256', $request->input('cvv')));
        // ruleid: sad_logged.php
        $this->logger->info("track {$card['track_data']}");
        // ruleid: sad_logged.php
        $this->logger->info('pin', ['block' => $card['pin_block']]);
        // ruleid: sad_logged.php
        $this->logger->info(Crypt::encrypt($card['cvv']));
        // ruleid: sad_logged.php
        dump($this->getCard()->getCvv());
        // ok: sad_logged.php
        $this->logger->info('cvv result ' . $response->cvvResult);
        // ok: sad_logged.php
        $this->logger->info('cvv given', ['given' => !empty($card['cvv'])]);
        // ok: sad_logged.php
        $this->logger->info('auth', ['cvv' => '***']);
        // ok: sad_logged.php
        $this->logger->info('pin ' . $this->gpioPin);
        // ok: sad_logged.php
        $this->logger->info('map', ['pin' => $pin->color]);
        // ok: sad_logged.php
        $this->logger->info('track', ['track' => $shipment->trackingNumber]);
    }
}
