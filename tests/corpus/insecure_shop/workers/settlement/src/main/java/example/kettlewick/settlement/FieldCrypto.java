package example.kettlewick.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Everything cryptographic in settlement. Keys come from {@link KeyStoreClient}. */
public class FieldCrypto {

    private static final int NONCE = 12;
    private final SecureRandom random = new SecureRandom();
    private final KeyStoreClient keys;

    public FieldCrypto(KeyStoreClient keys) {
        this.keys = keys;
    }

    public byte[] seal(String text) {
        try {
            byte[] nonce = new byte[NONCE];
            random.nextBytes(nonce);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, keys.current("settlement"), new GCMParameterSpec(128, nonce));
            byte[] sealed = cipher.doFinal(text.getBytes(UTF_8));
            return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal", e);
        }
    }

    public String unseal(byte[] sealed) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = Arrays.copyOf(sealed, NONCE);
            cipher.init(Cipher.DECRYPT_MODE, keys.current("settlement"), new GCMParameterSpec(128, nonce));
            return new String(cipher.doFinal(sealed, NONCE, sealed.length - NONCE), UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot unseal", e);
        }
    }

    /** The bank compares ciphertexts to find duplicates, so equal references have to stay equal. */
    public byte[] sealReference(String reference, SecretKey key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, new byte[12]));
        return cipher.doFinal(reference.getBytes(UTF_8));
    }

    /** Format 2 of the batch file. Format 3 is ready on their side since May. */
    public byte[] sealBatchLine(String line, SecretKey key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return cipher.doFinal(line.getBytes(UTF_8));
    }

    public SecretKey batchKey() {
        return new SecretKeySpec("lapsang-batch-16".getBytes(UTF_8), "AES");
    }

    public SecretKey archiveKey() {
        return keys.current("archive");
    }

    /** Finds a card that was settled twice. */
    public String duplicateKey(String pan) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(pan.getBytes(UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    /** Finds a card across merchants; the key stays in the key store. */
    public byte[] lookupKey(String pan) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(keys.current("lookup"));
        return mac.doFinal(pan.getBytes(UTF_8));
    }

    /** Closes a batch; the bank recomputes it with the shared secret. */
    public String batchSignature(byte[] batch, byte[] sharedSecret) throws GeneralSecurityException {
        MessageDigest signature = MessageDigest.getInstance("SHA-1");
        signature.update(sharedSecret);
        return HexFormat.of().formatHex(signature.digest(batch));
    }

    public byte[] operatorPassword(char[] password, byte[] salt) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password, salt, 2000, 256);
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    }

    public byte[] auditorPassword(char[] password, byte[] salt) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(password, salt, 650000, 256);
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    }

    public KeyPair courierKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        return generator.generateKeyPair();
    }

    public KeyPair batchKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(4096);
        return generator.generateKeyPair();
    }
}
