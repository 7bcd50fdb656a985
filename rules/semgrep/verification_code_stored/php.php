<?php

use Doctrine\ORM\Mapping as ORM;
use Illuminate\Database\Eloquent\Model;

class Payment extends Model
{
    protected $fillable = [
        'order_id',
        // ruleid: verification_code_stored.php.column
        'cvv',
        'card_token',
    ];
}

class Tables
{
    public function up(): void
    {
        // ruleid: verification_code_stored.php.column
        $table->string('cvv', 4);
        // ruleid: verification_code_stored.php.column
        $installer->getConnection()->addColumn($name, 'cc_cvv', ['type' => 'text']);
        // ok: verification_code_stored.php.column
        $table->string('cvv_result', 1);
        // ok: verification_code_stored.php.column
        $table->boolean('cvv_required');
        // ruleid: verification_code_stored.php.sql
        $db->exec('CREATE TABLE cards (id INT, cvv VARCHAR(4))');
        // ruleid: verification_code_stored.php.sql
        $db->prepare('INSERT INTO cards (number, cvc) VALUES (?, ?)');
        // ok: verification_code_stored.php.sql
        $db->prepare('INSERT INTO cards (cvv_result) VALUES (?)');
    }
}

#[ORM\Entity]
class Card
{
    // ruleid: verification_code_stored.php.column
    #[ORM\Column(length: 4)] private ?string $cvv = null;

    // ok: verification_code_stored.php.column
    #[ORM\Column(type: 'boolean')] private bool $cvvMatched;

    public function keep(Request $request): void
    {
        // ruleid: verification_code_stored.php.store
        update_post_meta($id, '_cvv', $_POST['cvv']);
        // ruleid: verification_code_stored.php.store
        $_SESSION['code'] = $request->input('cvv');
        // ruleid: verification_code_stored.php.encrypted
        Cache::put('code', Crypt::encrypt($request->cvv), 5);
        // ruleid: verification_code_stored.php.store
        DB::table('cards')->insert(['code' => password_hash($request->cvv, PASSWORD_DEFAULT)]);
        // ruleid: verification_code_stored.php.store
        Payment::create(['cvv' => $request->cvv]);
        // ok: verification_code_stored.php.store
        $_SESSION['code'] = $request->input('cvv_result');
        // ok: verification_code_stored.php.store
        $_SESSION['given'] = !empty($request->cvv);
        // ok: verification_code_stored.php.store
        $gateway->authorize(['card' => ['cvv' => $request->cvv]])->send();
    }
}
