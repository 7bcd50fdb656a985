<?php

class CardPage
{
    public function show(string $pan, Card $card): void
    {
        // ruleid: pan_overdisplayed.php
        echo $card->card_number;
        // ruleid: pan_overdisplayed.php
        if ($x) { return response()->json(['card' => $pan]); }
        // ruleid: pan_overdisplayed.php
        if ($x) { return new JsonResponse(['number' => $card->getCardNumber()]); }
        // ruleid: pan_overdisplayed.php
        if ($x) { return $this->render('card.html.twig', ['number' => $pan]); }
        // ruleid: pan_overdisplayed.php
        if ($x) { return view('card', ['number' => $card->card_number]); }
        // ruleid: pan_overdisplayed.php
        wp_send_json_success(['number' => $pan]);
        // ruleid: pan_overdisplayed.php
        printf('<td>%s</td>', $pan);
        // ok: pan_overdisplayed.php
        echo '**** ' . substr($pan, -4);
        // ok: pan_overdisplayed.php
        if ($x) { return response()->json(['last4' => $card->card_last_four]); }
        // ok: pan_overdisplayed.php
        echo $card->masked_number;
        // ok: pan_overdisplayed.php
        echo $entry_card_number;
        // ok: pan_overdisplayed.php
        echo $this->errors['card_number'];
        // ok: pan_overdisplayed.php
        echo OSCOM::getDef('entry_credit_card_number');
    }
}
