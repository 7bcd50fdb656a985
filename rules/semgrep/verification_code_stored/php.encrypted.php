<?php

use Doctrine\ORM\Mapping as ORM;
use Illuminate\Database\Eloquent\Model;

class WaitingPayments
{
    public function keep(Request $request, Card $card, string $cvv): void
    {
        // ruleid: verification_code_stored.php.encrypted
        $_SESSION['code'] = openssl_encrypt($_POST['cvv'], 'aes-256-gcm', $key, 0, $iv, $tag);
        // ruleid: verification_code_stored.php.encrypted
        Cache::put('code', Crypt::encryptString($request->input('cvv')), 5);
        $sealed = sodium_crypto_secretbox($card->getCvv(), $nonce, $key);
        // ruleid: verification_code_stored.php.encrypted
        $redis->setex('order', 60, base64_encode($sealed));
        // ruleid: verification_code_stored.php.encrypted
        update_post_meta($id, '_code', $this->encryptor->encrypt($cvv));
        // ruleid: verification_code_stored.php.encrypted
        $redis->set('code', $card->encryptedCvv);
        // ruleid: verification_code_stored.php.encrypted
        $_SESSION['code'] = $request->input('cvv_encrypted');
        // ruleid: verification_code_stored.php.encrypted
        DB::table('waiting')->insert(['id' => 1, 'cvv' => encrypt($request->cvv)]);
        // ruleid: verification_code_stored.php.encrypted
        DB::table('waiting')->insert(['id' => 1, 'cvv' => $encrypted]);
        // ruleid: verification_code_stored.php.encrypted
        DB::table('waiting')->insert(['id' => 1, 'encrypted_cvv' => $blob]);
        // ok: verification_code_stored.php.sql
        $statement = $db->prepare('INSERT INTO waiting (id, cvv) VALUES (?, ?)');
        // ruleid: verification_code_stored.php.encrypted
        $statement->execute([$id, $crypt->encrypt($cvv)]);
    }

    public function inClear(Request $request, string $cvv, string $encryptedCvv): void
    {
        // ruleid: verification_code_stored.php.store
        $redis->set('code', Crypt::decryptString($encryptedCvv));
        // ruleid: verification_code_stored.php.store
        $redis->set('encrypted_cvv', $cvv);
        // ruleid: verification_code_stored.php.store
        DB::table('waiting')->insert(['encrypted_cvv' => $cvv]);
        // ruleid: verification_code_stored.php.store
        $redis->set('code', base64_encode($cvv));
        // ruleid: verification_code_stored.php.store
        $redis->set('code', hash_hmac('sha256', $cvv, $key));
        // ruleid: verification_code_stored.php.store
        DB::table('cards')->insert(['pan' => encrypt($request->number), 'cvv' => $cvv]);
    }

    public function noStore(Request $request, Card $card, string $cvv, string $encryptedCvv): void
    {
        // ok: verification_code_stored.php.encrypted
        Http::post($url, ['cvv' => $this->jwe->encrypt($cvv)]);
        // ok: verification_code_stored.php.encrypted
        $gateway->authorize(['encryptedCvv' => openssl_encrypt($cvv, 'aes-256-gcm', $key)])->send();
        // ok: verification_code_stored.php.encrypted
        $redis->set('given', !empty($encryptedCvv));
        // ok: verification_code_stored.php.encrypted
        $redis->set('code', encrypt($card->token));
        // ok: verification_code_stored.php.encrypted
        $redis->del('encrypted_cvv:' . $card->id);
        // ok: verification_code_stored.php.encrypted
        $_SESSION['key'] = $this->getEncryptionKey($cvv);
        // ok: verification_code_stored.php.encrypted
        unset($_SESSION['encrypted_cvv']);
        // ok: verification_code_stored.php.encrypted
        $_SESSION['result'] = $gateway->authorize($card->token, $encryptedCvv);
    }

    public function up(): void
    {
        // ruleid: verification_code_stored.php.encrypted_column
        $table->text('encrypted_cvv');
        // ruleid: verification_code_stored.php.column
        $table->string('cvv_hash');
        // ok: verification_code_stored.php.encrypted_column
        $table->text('encrypted_card_number');
        // ok: verification_code_stored.php.encrypted_column
        $table->dropColumn('encrypted_cvv');
        // ruleid: verification_code_stored.php.encrypted_column
        $db->exec('CREATE TABLE waiting (id INT, cvv_enc BLOB)');
        // ruleid: verification_code_stored.php.encrypted_column
        $db->prepare('INSERT INTO waiting (id, cvv) VALUES (?, AES_ENCRYPT(?, ?))');
        // ok: verification_code_stored.php.encrypted_column
        $db->exec('UPDATE waiting SET cvv_enc = NULL WHERE id = 1');
    }
}

#[ORM\Entity]
class WaitingCard
{
    // ruleid: verification_code_stored.php.encrypted_column
    #[ORM\Column(type: 'encrypted_string')] private ?string $cvv = null;

    // ruleid: verification_code_stored.php.encrypted_column
    #[Encrypted] #[ORM\Column(type: 'string')] private ?string $cvc = null;

    // ruleid: verification_code_stored.php.column
    #[ORM\Column(type: 'string')] private ?string $cvn = null;
}
