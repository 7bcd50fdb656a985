<?php

Schema::create('cards', function (Blueprint $table) {
    // ok: account_data.php.column
    $table->id();
    // ruleid: account_data.php.column
    $table->string('card_number', 19);
    // ruleid: account_data.php.column
    $table->binary('pan_ciphertext');
    // ok: account_data.php.column
    $table->string('colour');
});

class Card
{
    // ruleid: account_data.php.entity
    #[ORM\Column(type: 'encrypted_string')]
    private string $pan;

    // ok: account_data.php.entity
    private string $cvv;
}

// ruleid: account_data.php.sql
$wallets = 'CREATE TABLE wallets (id int, card_number text)';
// ok: account_data.php.sql
$query = 'SELECT card_number text FROM wallets';

// ruleid: account_data.php.request
$number = $request->input('card_number');
// ruleid: account_data.php.request
$code = $_POST['cvv'];
// ok: account_data.php.request
$colour = $_POST['colour'];
