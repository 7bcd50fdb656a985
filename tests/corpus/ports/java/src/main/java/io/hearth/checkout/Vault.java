package io.hearth.checkout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.AESEngine;
import org.jasypt.encryption.pbe.StandardPBEStringEncryptor;
import org.springframework.stereotype.Service;

/** Cards become tokens here: AES-256-GCM under a fresh nonce, bound to the token. */
@Service
public class Vault {
    private final Settings settings;
    private final SecureRandom random = new SecureRandom();

    public Vault(Settings settings) {
        this.settings = settings;
    }

    public static String lastFour(String pan) {
        return pan.substring(pan.length() - 4);
    }

    public byte[] seal(String plain, String recordId) throws GeneralSecurityException {
        byte[] keyBytes = settings.dataKey();
        byte[] nonce = new byte[12];
        random.nextBytes(nonce);
        SecretKeySpec key = new SecretKeySpec(keyBytes, "AES");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        cipher.updateAAD(recordId.getBytes(StandardCharsets.UTF_8));
        byte[] body = cipher.doFinal(plain.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(nonce.length + body.length).put(nonce).put(body).array();
    }

    /** Equal for equal numbers, and for nobody without the key. */
    public String fingerprint(String pan) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(settings.fingerprintKey(), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(pan.getBytes(StandardCharsets.UTF_8)));
    }

    public String newToken() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String cardToken = "tok_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return cardToken;
    }

    public String generateOtp() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            code.append(random.nextInt(10));
        }
        return code.toString();
    }

    public byte[] newSalt() {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return salt;
    }

    public byte[] sealForTerminal(PublicKey terminal, byte[] data) throws GeneralSecurityException {
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
        rsa.init(Cipher.ENCRYPT_MODE, terminal);
        return rsa.doFinal(data);
    }

    public JWEHeader header() {
        return new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM);
    }

    public BlockCipher engine() {
        return AESEngine.newInstance();
    }

    public StandardPBEStringEncryptor settingsEncryptor(String passphrase) {
        StandardPBEStringEncryptor pbe = new StandardPBEStringEncryptor();
        pbe.setAlgorithm("PBEWITHHMACSHA512ANDAES_256");
        pbe.setPassword(passphrase);
        return pbe;
    }

    public KeyPair newTerminalKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(3072);
        return generator.generateKeyPair();
    }

    public KeyPair newArchiveKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4));
        return generator.generateKeyPair();
    }

    public KeyPair newReceiptKey() throws GeneralSecurityException {
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(new ECGenParameterSpec("secp256r1"));
        return ec.generateKeyPair();
    }

    public SecretKey newDataKey() throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(256);
        return generator.generateKey();
    }

    public byte[] signReceipt(PrivateKey key, byte[] receipt) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(receipt);
        return signature.sign();
    }
}
