package shop.payments;

import java.nio.file.Files;
import java.util.Base64;

@Entity
class WaitingCard {
    // ok: verification_code_stored.java.column
    // ruleid: verification_code_stored.java.encrypted_column
    private String encryptedCvv;
    // ruleid: verification_code_stored.java.encrypted_column
    @Column(name = "cvv_enc") private byte[] value;
    @Column(name = "encrypted_cvv", length = 80)
    // ok: verification_code_stored.java.column
    // ruleid: verification_code_stored.java.encrypted_column
    private String cvv;
    @Convert(converter = CardCryptoConverter.class)
    @Column(length = 80)
    // ok: verification_code_stored.java.column
    // ruleid: verification_code_stored.java.encrypted_column
    private String cvc;
    @Encrypted
    // ok: verification_code_stored.java.column
    // ruleid: verification_code_stored.java.encrypted_column
    protected String cardSecurityCode;
    @Convert(converter = EncryptedString.class)
    private String cardNumber;
    // The annotation above is that of the field above.
    // ruleid: verification_code_stored.java.column
    private String cvv2;
    @Convert(converter = TrimmedString.class)
    // ruleid: verification_code_stored.java.column
    private String cardCvv;
    // ok: verification_code_stored.java.encrypted_column
    @Transient
    private String encryptedCvc;
    // ok: verification_code_stored.java.encrypted_column
    private boolean cvvEncrypted;
}

class WaitingRequest {
    // ok: verification_code_stored.java.encrypted_column
    private String encryptedCvv;
}

class WaitingStatements {
    // ok: verification_code_stored.java.sql
    // ruleid: verification_code_stored.java.encrypted_column
    static final String INSERT = "INSERT INTO cards (id, encrypted_cvv) VALUES (?, ?)";
    // ok: verification_code_stored.java.sql
    // ruleid: verification_code_stored.java.encrypted_column
    static final String SEALED = "INSERT INTO cards (id, cvv) VALUES (?, AES_ENCRYPT(?, ?))";
    // ok: verification_code_stored.java.sql
    // ruleid: verification_code_stored.java.encrypted_column
    static final String CHANGE = "UPDATE cards SET cvv = pgp_sym_encrypt(?, ?) WHERE id = ?";
    // The number is encrypted, the code is not.
    // ruleid: verification_code_stored.java.sql
    static final String HALF = "INSERT INTO cards (pan, cvv) VALUES (AES_ENCRYPT(?, ?), ?)";
    // ok: verification_code_stored.java.encrypted_column
    static final String GONE = "UPDATE cards SET encrypted_cvv = NULL WHERE id = ?";
    // ok: verification_code_stored.java.encrypted_column
    static final String READ = "SELECT encrypted_cvv FROM cards WHERE id = ?";
}

class WaitingStore {
    void keep(Card card, String cvv, HttpSession session, HttpServletRequest request) throws Exception {
        // ok: verification_code_stored.java.store
        // ruleid: verification_code_stored.java.encrypted
        redis.opsForValue().set(key, cipher.encrypt(cvv), Duration.ofMinutes(5));
        String sealed = encryptor.encrypt(card.getCvv().trim());
        // ok: verification_code_stored.java.store
        // ruleid: verification_code_stored.java.encrypted
        session.setAttribute("card", sealed);
        Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] out = aes.doFinal(cvv.getBytes(UTF_8));
        // ruleid: verification_code_stored.java.encrypted
        Files.write(path, out);
        // ruleid: verification_code_stored.java.encrypted
        redis.opsForValue().set(key, Base64.getEncoder().encodeToString(out));
        // ok: verification_code_stored.java.store
        // ruleid: verification_code_stored.java.encrypted
        jdbc.update("INSERT INTO cards VALUES (?, ?)", id, card.getEncryptedCvv());
        // ruleid: verification_code_stored.java.encrypted
        cardCache.put(id, request.getParameter("encrypted_cvv"));
        // ruleid: verification_code_stored.java.encrypted
        kafkaTemplate.send("cards", id, cvvEnc);
        String payload = mapper.writeValueAsString(Map.of("order", order, "code", cvv));
        // ok: verification_code_stored.java.store
        // ruleid: verification_code_stored.java.encrypted
        rabbitTemplate.convertAndSend("cards", vault.encrypt(payload));
    }

    void clean(Card card, String cvv, String encryptedCvv, HttpSession session) throws Exception {
        // In clear again, or beside it: another rule speaks of that.
        // ok: verification_code_stored.java.encrypted
        // ruleid: verification_code_stored.java.store
        redis.opsForValue().set(key, cipher.decrypt(encryptedCvv));
        // ok: verification_code_stored.java.encrypted
        // ruleid: verification_code_stored.java.store
        redis.opsForValue().set(key, mapper.writeValueAsString(Map.of("sealed", encrypt(cvv), "plain", cvv)));
        // ok: verification_code_stored.java.encrypted
        // ruleid: verification_code_stored.java.store
        redis.opsForValue().set(key, cvv);
        // ok: verification_code_stored.java.encrypted
        redis.opsForValue().set(key, encrypt(card.getNumber()));
        // ok: verification_code_stored.java.encrypted, verification_code_stored.java.store
        session.setAttribute("encrypted", isEncrypted(cvv));
        // ok: verification_code_stored.java.encrypted, verification_code_stored.java.store
        session.setAttribute("answer", gateway.authorise(encrypt(cvv)));
        // ok: verification_code_stored.java.encrypted, verification_code_stored.java.store
        session.setAttribute("length", encryptedCvv.length());
        // ok: verification_code_stored.java.encrypted, verification_code_stored.java.store
        redis.opsForValue().set(key, mask(encryptedCvv));
        // ok: verification_code_stored.java.encrypted
        redis.opsForValue().set(key, encryptionKey);
        // ok: verification_code_stored.java.encrypted
        redis.delete(encryptedCvv);
        // ok: verification_code_stored.java.encrypted
        http.post("https://gateway.example/charges", jwe.encrypt(cvv));
    }
}
