<?php

use Illuminate\Support\Facades\Log;
use Psr\Log\LoggerInterface;

class ChargeController
{
    private LoggerInterface $logger;

    public function charge(Request $request, Payment $payment, array $row): void
    {
        $pan = $request->input('card_number');
        // ruleid: pan_logged.php
        Log::info('Charging ' . $pan);
        // ruleid: pan_logged.php
        $this->logger->info("Charging {$payment->card_number}");
        // ruleid: pan_logged.php
        $this->logger->debug('charge', ['card_number' => $row['card_number'], 'amount' => 12]);
        // ruleid: pan_logged.php
        error_log("card=$pan");
        // ruleid: pan_logged.php
        error_log(print_r($row['card_number'], true));
        // ruleid: pan_logged.php
        \Log::channel('payments')->warning('declined', ['pan' => $pan]);
        // ruleid: pan_logged.php
        logger('charge', ['number' => $pan]);
        // ruleid: pan_logged.php
        var_dump($payment->getCardNumber());
        // ruleid: pan_logged.php
        $log->info('Adding', $payment->card_number);
        // ruleid: pan_logged.php
        wc_get_logger()->debug(sprintf('card %s', $_POST['card_number']), ['source' => 'gateway']);
        // ruleid: pan_logged.php
        $this->log->write('CARD: ' . $this->request->post['cc_number']);
        // ruleid: pan_logged.php
        syslog(LOG_INFO, $this->getCard()->getNumber());
        // ruleid: pan_logged.php
        fwrite(STDERR, "pan: $pan\n");
        // ruleid: pan_logged.php
        file_put_contents('/var/log/payments.log', $pan, FILE_APPEND);
        $text = <<<TEXT
        Card {$payment->card_number} charged
        TEXT;
        // ruleid: pan_logged.php
        $this->logger->notice($text);
        $context = [];
        $context['card'] = $payment->cardNumber;
        // ruleid: pan_logged.php
        $this->getLogger()->error('failed', $context);
        // ruleid: pan_logged.php
        Yii::info('card ' . $payment->card_number);
        // ruleid: pan_logged.php
        $this->logger->info('first twelve ' . substr($pan, 0, 12));

        // ok: pan_logged.php
        Log::info('Charging ' . substr($pan, -4));
        // ok: pan_logged.php
        Log::info('Charging ' . $this->mask($pan));
        // ok: pan_logged.php
        $this->logger->info('Charging', ['card' => Str::mask($pan, '*', 0, -4)]);
        // ok: pan_logged.php
        $this->logger->info('Charging ' . $payment->masked_card_number);
        // ok: pan_logged.php
        $this->logger->info('length ' . strlen($pan));
        // ok: pan_logged.php
        $this->logger->info('token', ['token' => $payment->card_token, 'last4' => $payment->card_last_four]);
        // ok: pan_logged.php
        $this->logger->info('stored', ['hash' => hash_hmac('sha256', $pan, $key)]);
        // ok: pan_logged.php
        $this->catalog->add($payment->card_number);
        // ok: pan_logged.php
        $this->dialog->info($payment->gift_card_number);
        // ok: pan_logged.php
        $this->logger->info(preg_replace('/\d(?=\d{4})/', '*', $pan));
        // ok: pan_logged.php
        $this->logger->error('invalid', ['errors' => $this->errors['card_number']]);

        // ruleid: pan_logged.php.card_object
        $this->logger->info('card', ['card' => $card]);
        // ruleid: pan_logged.php.card_object
        error_log(print_r($payment->creditCard, true));
        // ruleid: pan_logged.php.card_object
        Log::debug('card ' . json_encode($card->toArray()));
        // ok: pan_logged.php.card_object
        Log::debug('card ' . $card->brand);
        // ok: pan_logged.php.card_object
        Log::debug('card', ['card' => $card->id]);
        // ok: pan_logged.php.card_object
        Log::debug('gift', ['card' => $giftCard]);

        // ruleid: pan_logged.php.request
        Log::info('request', $request->all());
        // ruleid: pan_logged.php.request
        error_log(print_r($_POST, true));
        // ok: pan_logged.php.request
        Log::info('request', $request->only(['order_id']));
        // ok: pan_logged.php.request
        Log::info('request ' . $request->input('order_id'));
        // ok: pan_logged.php.request
        Log::info('request ' . $_POST['order_id']);
    }

    public function masked(string $pan): void
    {
        $pan = $this->mask($pan);
        // ok: pan_logged.php
        Log::info($pan);
    }
}
