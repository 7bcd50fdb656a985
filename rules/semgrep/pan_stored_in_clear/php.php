<?php

namespace App\Models;

use Doctrine\ORM\Mapping as ORM;
use Illuminate\Database\Eloquent\Model;
use Illuminate\Support\Facades\DB;

class Payment extends Model
{
    // ruleid: pan_stored_in_clear.php.column
    protected $fillable = ['order_id', 'card_number', 'card_last_four'];
}

class CardMigration
{
    public function up(): void
    {
        Schema::create('cards', function (Blueprint $table) {
            // ruleid: pan_stored_in_clear.php.column
            $table->string('card_number', 19);
            // ok: pan_stored_in_clear.php.column
            $table->string('card_number_last4', 4);
            // ok: pan_stored_in_clear.php.column
            $table->string('card_token');
            // ok: pan_stored_in_clear.php.column
            $table->text('encrypted_card_number');
            // ok: pan_stored_in_clear.php.column
            $table->string('pan_hash', 64);
        });
        // ruleid: pan_stored_in_clear.php.sql
        $this->addSql('CREATE TABLE card (id INT NOT NULL, card_number VARCHAR(19) NOT NULL, PRIMARY KEY(id))');
        // ok: pan_stored_in_clear.php.sql
        $this->addSql('CREATE TABLE card (id INT NOT NULL, card_number_token VARCHAR(64) NOT NULL, PRIMARY KEY(id))');
    }
}

#[ORM\Entity]
class StoredCard
{
    // ruleid: pan_stored_in_clear.php.column
    #[ORM\Column(type: 'string', length: 19)] private string $cardNumber;

    // ok: pan_stored_in_clear.php.column
    #[ORM\Column(type: 'encrypted_string')] private string $primaryAccountNumber;

    // ok: pan_stored_in_clear.php.column
    /** @ORM\Column(type="string", length=19) */ private $maskedPan;

    // ruleid: pan_stored_in_clear.php.column
    /** @ORM\Column(type="string", name="pan") */ private $pan;
}

class CardStore
{
    public function keep(Request $request, string $pan, array $data): void
    {
        // ruleid: pan_stored_in_clear.php.store
        DB::table('cards')->insert(['user_id' => 1, 'number' => $pan]);
        // ruleid: pan_stored_in_clear.php.store
        DB::insert('insert into cards (number) values (?)', [$pan]);
        // ruleid: pan_stored_in_clear.php.store
        Payment::create(['card_number' => $request->card_number]);
        // ruleid: pan_stored_in_clear.php.store
        update_post_meta($orderId, '_card_number', $_POST['card_number']);
        // ruleid: pan_stored_in_clear.php.store
        update_user_meta($userId, 'cc', sanitize_text_field($_POST['card_number']));
        // ruleid: pan_stored_in_clear.php.store
        $order->update_meta_data('_card', $pan);
        // ruleid: pan_stored_in_clear.php.store
        $_SESSION['card'] = $pan;
        // ruleid: pan_stored_in_clear.php.store
        Cache::put('card:1', $pan, 60);
        // ruleid: pan_stored_in_clear.php.store
        $this->session->set('card', $request->get('card_number'));
        // ruleid: pan_stored_in_clear.php.store
        setcookie('card', $pan);
        // ruleid: pan_stored_in_clear.php.store
        file_put_contents('/tmp/cards.txt', $pan);
        // ruleid: pan_stored_in_clear.php.store
        $wpdb->insert('cards', ['number' => $pan]);
        $statement = $pdo->prepare('INSERT INTO cards (number) VALUES (:number)');
        // ruleid: pan_stored_in_clear.php.store
        $statement->bindValue(':number', $pan);
        // ruleid: pan_stored_in_clear.php.store
        $statement->execute(['number' => $pan]);
        // ruleid: pan_stored_in_clear.php.store
        mysqli_query($db, "INSERT INTO cards (number) VALUES ('$pan')");
        // ruleid: pan_stored_in_clear.php.store
        $this->db->query("UPDATE `cards` SET number = '" . $this->db->escape($pan) . "'");
        // ruleid: pan_stored_in_clear.php.store
        $sql = "INSERT INTO cards (number) VALUES ('" . $pan . "')";
        $payment = new Payment();
        // ruleid: pan_stored_in_clear.php.store
        $payment->number = $pan;
        $payment->save();
        $card = new StoredCard();
        // ruleid: pan_stored_in_clear.php.store
        $card->setNumber($data['card_number']);
        $this->entityManager->persist($card);
        // ruleid: pan_stored_in_clear.php.store
        Redis::set("card:1", $pan);
        // ruleid: pan_stored_in_clear.php.store
        fputcsv($handle, [$pan, $data['amount']]);

        // ok: pan_stored_in_clear.php.store
        DB::table('cards')->insert(['number' => Crypt::encryptString($pan)]);
        // ok: pan_stored_in_clear.php.store
        $order->update_meta_data('_last4', substr($pan, -4));
        // ok: pan_stored_in_clear.php.store
        $_SESSION['card'] = $this->mask($pan);
        // ok: pan_stored_in_clear.php.store
        Cache::put('card:1', hash_hmac('sha256', $pan, $key), 60);
        // ok: pan_stored_in_clear.php.store
        $token = \Stripe\Token::create(['card' => ['number' => $pan]]);
        // ok: pan_stored_in_clear.php.store
        $response = $gateway->purchase(['card' => ['number' => $pan]])->send();
        // ok: pan_stored_in_clear.php.store
        $statement->execute(['number' => $data['card_token']]);
        // ok: pan_stored_in_clear.php.store
        setcookie('theme', $theme);
        // ok: pan_stored_in_clear.php.store
        $_SESSION['gift'] = $request->gift_card_number;
    }
}
