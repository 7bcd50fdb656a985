<?php

use Sentry\State\Scope;

class Checkout
{
    public function charge(string $pan, Payment $payment): void
    {
        // ruleid: account_data_in_telemetry.php
        \Sentry\captureMessage("card $pan");
        \Sentry\configureScope(function (Scope $scope) use ($pan): void {
            // ruleid: account_data_in_telemetry.php
            $scope->setExtra('card', $pan);
            // ruleid: account_data_in_telemetry.php
            $scope->setContext('card', ['number' => $pan]);
            // ok: account_data_in_telemetry.php
            $scope->setTag('last4', substr($pan, -4));
        });
        // ruleid: account_data_in_telemetry.php
        newrelic_add_custom_parameter('card', $pan);
        // ruleid: account_data_in_telemetry.php
        Segment::track(['userId' => 1, 'properties' => ['card' => $payment->card_number]]);
        // ruleid: account_data_in_telemetry.php
        $mixpanel->track('paid', ['card' => $payment->card_number]);
        // ruleid: account_data_in_telemetry.php
        Bugsnag::leaveBreadcrumb('card', 'manual', ['number' => $pan]);
        // ruleid: account_data_in_telemetry.php
        $span->setAttribute('card.cvv', $payment->cvv);
        // ruleid: account_data_in_telemetry.php
        $span->meta['card'] = $pan;
        // ruleid: account_data_in_telemetry.php
        \DDTrace\active_span()->meta['card'] = $payment->card_number;
        // ok: account_data_in_telemetry.php
        \DDTrace\active_span()->meta['card'] = $payment->card_token;
        // ruleid: account_data_in_telemetry.php
        $index->saveObject(['objectID' => 1, 'card' => $pan]);
        // ruleid: account_data_in_telemetry.php
        $client->index(['index' => 'payments', 'body' => ['card' => $pan]]);
        // ruleid: account_data_in_telemetry.php
        $table->insertRows([['data' => ['card' => $pan]]]);
        // ruleid: account_data_in_telemetry.php
        Rollbar::log(Level::INFO, 'charge', ['card' => $pan]);
        // ruleid: account_data_in_telemetry.php
        $statsd->increment('charge', 1, ['card' => $pan]);
        // ok: account_data_in_telemetry.php
        newrelic_add_custom_parameter('card', $payment->card_token);
        // ok: account_data_in_telemetry.php
        Segment::track(['userId' => 1, 'properties' => ['card' => $this->mask($pan)]]);
        // ok: account_data_in_telemetry.php
        $this->gateway->charge(['card' => $pan]);
        // ok: account_data_in_telemetry.php
        $span->setAttribute('card.cvv_result', $payment->cvv_result);
        // ok: account_data_in_telemetry.php
        $this->validator->validate($pan);
    }
}
