package shop.payments;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import java.nio.file.Files;
import org.springframework.data.redis.core.StringRedisTemplate;

@Entity
@Table(name = "cards")
public class StoredCard {
    @Id
    private Long id;
    @Column(length = 40)
    // ruleid: verification_code_stored.java.column
    private String cardVerificationValue;
    // ruleid: verification_code_stored.java.column
    @Column(name = "cvv", length = 40)
    private String value;
    // ok: verification_code_stored.java.column
    @Transient
    private String cvv;
    // ok: verification_code_stored.java.column
    @Column(name = "cvv_result")
    private String cvvResult;
    // ok: verification_code_stored.java.column
    private String discount;
}

// ruleid: verification_code_stored.java.column
@Table("cards") record CardRow(Long id, String cvv) {}

// ok: verification_code_stored.java.column
record CardCommand(Long id, String cvv) {}

@Embeddable
class PlainCard {
    // ruleid: verification_code_stored.java.column
    @Column(length = 40) String cvv;
}

@Document("cards")
class CardDocument {
    @Convert(converter = EncryptedString.class)
    // ok: verification_code_stored.java.column
    // ruleid: verification_code_stored.java.encrypted_column
    private String cvv;
}

class CardRequest {
    // ok: verification_code_stored.java.column
    private String cvv;
}

class Statements {
    // ruleid: verification_code_stored.java.sql
    static final String INSERT = "INSERT INTO cards (id, cvv) VALUES (?, ?)";
    // ruleid: verification_code_stored.java.sql
    static final String SPLIT = "INSERT INTO cards (id, " + "cvv) VALUES (?, ?)";
    // ruleid: verification_code_stored.java.sql
    static final String CHANGE = "UPDATE cards SET cvv = ? WHERE id = ?";
    // ruleid: verification_code_stored.java.sql
    static final String TABLE = "CREATE TABLE cards (id BIGINT, cvv VARCHAR(40))";
    // ok: verification_code_stored.java.sql
    static final String RESULT = "INSERT INTO answers (id, cvv_result) VALUES (?, ?)";
    // ok: verification_code_stored.java.sql
    static final String PROSE = "The cvv is missing";
}

class CardStore {
    void keep(Card card, String cvv, HttpSession session, HttpServletRequest request) throws Exception {
        // ruleid: verification_code_stored.java.store
        redis.opsForValue().set(key, cvv);
        // ruleid: verification_code_stored.java.store
        session.setAttribute("card", cvv);
        // ruleid: verification_code_stored.java.store
        request.getSession().setAttribute("card", card.getCvv());
        // ruleid: verification_code_stored.java.store
        response.addCookie(new Cookie("card", cvv));
        // ruleid: verification_code_stored.java.store
        Files.writeString(path, cvv);
        // ruleid: verification_code_stored.java.store
        kafkaTemplate.send("cards", id, cvv);
        // ruleid: verification_code_stored.java.store
        rabbitTemplate.convertAndSend("cards", cvv);
        // ruleid: verification_code_stored.java.store
        jdbc.update("INSERT INTO cards VALUES (?, ?)", id, cvv);
        PreparedStatement statement = connection.prepareStatement("INSERT INTO cards VALUES (?)");
        // ruleid: verification_code_stored.java.store
        statement.setString(1, cvv);
        try (Connection open = source.getConnection();
             PreparedStatement insert = open.prepareStatement("INSERT INTO cards VALUES (?)")) {
            // ruleid: verification_code_stored.java.store
            insert.setString(1, cvv);
        }
        // ruleid: verification_code_stored.java.store
        cardCache.put(id, cvv);
        String body = mapper.writeValueAsString(Map.of("card", cvv));
        // ruleid: verification_code_stored.java.store
        producer.send("cards", body);
        // ruleid: verification_code_stored.java.store
        redis.opsForValue().set(key, passwordEncoder.encode(cvv));
        // ruleid: verification_code_stored.java.store
        redis.opsForValue().set(key, cipher.decrypt(encryptedCvv));
        // ruleid: verification_code_stored.java.store
        Files.write(path, mac.doFinal(cvv.getBytes(UTF_8)));
        // ruleid: verification_code_stored.java.store
        redis.opsForValue().set(key, mapper.writeValueAsString(Map.of("sealed", encrypt(cvv), "plain", cvv)));
    }

    void clean(Card card, String cvv, HttpSession session) throws Exception {
        // ok: verification_code_stored.java.store
        redis.opsForValue().set(key, card.getToken());
        // ok: verification_code_stored.java.store
        redis.opsForValue().set(key, mask(cvv));
        // ok: verification_code_stored.java.store
        redis.opsForValue().get(cvv);
        // ok: verification_code_stored.java.store
        session.setAttribute("length", cvv.length());
        // ok: verification_code_stored.java.store
        gateway.authorise(card.getToken(), cvv);
        // ok: verification_code_stored.java.store
        fields.put("card", cvv);
        PreparedStatement query = connection.prepareStatement("SELECT id FROM cards WHERE value = ?");
        // ok: verification_code_stored.java.store
        query.setString(1, cvv);
    }
}
