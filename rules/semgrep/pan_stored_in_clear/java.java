package shop.payments;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import java.nio.file.Files;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Repository;

@Entity
@Table(name = "cards")
public class StoredCard {
    @Id
    private Long id;
    @Column(length = 40)
    // ruleid: pan_stored_in_clear.java.column
    private String primaryAccountNumber;
    // ruleid: pan_stored_in_clear.java.column
    @Column(name = "card_number", length = 40)
    private String value;
    // ok: pan_stored_in_clear.java.column
    @Transient
    private String pan;
    // ok: pan_stored_in_clear.java.column
    @Column(name = "pan_last_four")
    private String maskedPan;
    // ok: pan_stored_in_clear.java.column
    private String company;
}

// ruleid: pan_stored_in_clear.java.column
@Table("cards") record CardRow(Long id, String pan) {}

// ok: pan_stored_in_clear.java.column
record CardCommand(Long id, String pan) {}

@Embeddable
class PlainCard {
    // ruleid: pan_stored_in_clear.java.column
    @Column(length = 40) String pan;
}

@Document("cards")
class CardDocument {
    // ok: pan_stored_in_clear.java.column
    @Convert(converter = EncryptedString.class)
    private String pan;
}

class CardRequest {
    // ok: pan_stored_in_clear.java.column
    private String pan;
}

class Statements {
    // ok: pan_stored_in_clear.java.sql
    static final String INSERT = "INSERT INTO cards (id, card_number) VALUES (?, ?)";
    // ruleid: pan_stored_in_clear.java.sql
    static final String TABLE = "CREATE TABLE cards (id BIGINT, card_number VARCHAR(19) NOT NULL)";
    // ok: pan_stored_in_clear.java.sql
    static final String RESULT = "INSERT INTO answers (id, pan_last_four) VALUES (?, ?)";
    // ok: pan_stored_in_clear.java.sql
    static final String PROSE = "The card_number is missing";
}

class CardStore {
    void keep(Card card, String pan, HttpSession session, HttpServletRequest request) throws Exception {
        // ruleid: pan_stored_in_clear.java.store
        redis.opsForValue().set(key, pan);
        // ruleid: pan_stored_in_clear.java.store
        session.setAttribute("card", pan);
        // ruleid: pan_stored_in_clear.java.store
        request.getSession().setAttribute("card", card.getCardNumber());
        // ruleid: pan_stored_in_clear.java.store
        response.addCookie(new Cookie("card", pan));
        // ruleid: pan_stored_in_clear.java.store
        Files.writeString(path, pan);
        // ruleid: pan_stored_in_clear.java.store
        kafkaTemplate.send("cards", id, pan);
        // ruleid: pan_stored_in_clear.java.store
        rabbitTemplate.convertAndSend("cards", pan);
        // ruleid: pan_stored_in_clear.java.store
        jdbc.update("INSERT INTO cards VALUES (?, ?)", id, pan);
        PreparedStatement statement = connection.prepareStatement("INSERT INTO cards VALUES (?)");
        // ruleid: pan_stored_in_clear.java.store
        statement.setString(1, pan);
        try (Connection open = source.getConnection();
             PreparedStatement insert = open.prepareStatement("INSERT INTO cards VALUES (?)")) {
            // ruleid: pan_stored_in_clear.java.store
            insert.setString(1, pan);
        }
        // ruleid: pan_stored_in_clear.java.store
        cardCache.put(id, pan);
        String body = mapper.writeValueAsString(Map.of("card", pan));
        // ruleid: pan_stored_in_clear.java.store
        producer.send("cards", body);
        // ok: pan_stored_in_clear.java.store
        redis.opsForValue().set(key, cipher.encrypt(pan));
    }

    void clean(Card card, String pan, HttpSession session) throws Exception {
        // ok: pan_stored_in_clear.java.store
        redis.opsForValue().set(key, card.getToken());
        // ok: pan_stored_in_clear.java.store
        redis.opsForValue().set(key, mask(pan));
        // ok: pan_stored_in_clear.java.store
        redis.opsForValue().get(pan);
        // ok: pan_stored_in_clear.java.store
        session.setAttribute("length", pan.length());
        // ok: pan_stored_in_clear.java.store
        gateway.authorise(card.getToken(), pan);
        // ok: pan_stored_in_clear.java.store
        fields.put("card", pan);
        PreparedStatement query = connection.prepareStatement("SELECT id FROM cards WHERE value = ?");
        // ok: pan_stored_in_clear.java.store
        query.setString(1, pan);
    }
}
