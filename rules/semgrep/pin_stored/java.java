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
    // ruleid: pin_stored.java.column
    private String encryptedPin;
    // ruleid: pin_stored.java.column
    @Column(name = "pin_block", length = 40)
    private String value;
    // ok: pin_stored.java.column
    @Transient
    private String pinBlock;
    // ok: pin_stored.java.column
    @Column(name = "pin_retries")
    private String pinTries;
    // ok: pin_stored.java.column
    private String pin;
}

// ruleid: pin_stored.java.column
@Table("cards") record CardRow(Long id, String pinBlock) {}

// ok: pin_stored.java.column
record CardCommand(Long id, String pinBlock) {}

@Embeddable
class PlainCard {
    // ruleid: pin_stored.java.column
    @Column(length = 40) String pinBlock;
}

@Document("cards")
class CardDocument {
    @Convert(converter = EncryptedString.class)
    // ruleid: pin_stored.java.column
    private String pinBlock;
}

class CardRequest {
    // ok: pin_stored.java.column
    private String pinBlock;
}

class Statements {
    // ruleid: pin_stored.java.sql
    static final String INSERT = "INSERT INTO cards (id, pin_block) VALUES (?, ?)";
    // ruleid: pin_stored.java.sql
    static final String SPLIT = "INSERT INTO cards (id, " + "pin_block) VALUES (?, ?)";
    // ruleid: pin_stored.java.sql
    static final String CHANGE = "UPDATE cards SET pin_block = ? WHERE id = ?";
    // ruleid: pin_stored.java.sql
    static final String TABLE = "CREATE TABLE cards (id BIGINT, pin_block VARCHAR(40))";
    // ok: pin_stored.java.sql
    static final String RESULT = "INSERT INTO answers (id, pin_retries) VALUES (?, ?)";
    // ok: pin_stored.java.sql
    static final String PROSE = "The pin_block is missing";
}

class CardStore {
    void keep(Card card, String pinBlock, HttpSession session, HttpServletRequest request) throws Exception {
        // ruleid: pin_stored.java.store
        redis.opsForValue().set(key, pinBlock);
        // ruleid: pin_stored.java.store
        session.setAttribute("card", pinBlock);
        // ruleid: pin_stored.java.store
        request.getSession().setAttribute("card", card.getPinBlock());
        // ruleid: pin_stored.java.store
        response.addCookie(new Cookie("card", pinBlock));
        // ruleid: pin_stored.java.store
        Files.writeString(path, pinBlock);
        // ruleid: pin_stored.java.store
        kafkaTemplate.send("cards", id, pinBlock);
        // ruleid: pin_stored.java.store
        rabbitTemplate.convertAndSend("cards", pinBlock);
        // ruleid: pin_stored.java.store
        jdbc.update("INSERT INTO cards VALUES (?, ?)", id, pinBlock);
        PreparedStatement statement = connection.prepareStatement("INSERT INTO cards VALUES (?)");
        // ruleid: pin_stored.java.store
        statement.setString(1, pinBlock);
        try (Connection open = source.getConnection();
             PreparedStatement insert = open.prepareStatement("INSERT INTO cards VALUES (?)")) {
            // ruleid: pin_stored.java.store
            insert.setString(1, pinBlock);
        }
        // ruleid: pin_stored.java.store
        cardCache.put(id, pinBlock);
        String body = mapper.writeValueAsString(Map.of("card", pinBlock));
        // ruleid: pin_stored.java.store
        producer.send("cards", body);
        // ruleid: pin_stored.java.store
        redis.opsForValue().set(key, cipher.encrypt(pinBlock));
    }

    void clean(Card card, String pinBlock, HttpSession session) throws Exception {
        // ok: pin_stored.java.store
        redis.opsForValue().set(key, card.getToken());
        // ok: pin_stored.java.store
        redis.opsForValue().set(key, mask(pinBlock));
        // ok: pin_stored.java.store
        redis.opsForValue().get(pinBlock);
        // ok: pin_stored.java.store
        session.setAttribute("length", pinBlock.length());
        // ok: pin_stored.java.store
        gateway.authorise(card.getToken(), pinBlock);
        // ok: pin_stored.java.store
        fields.put("card", pinBlock);
        PreparedStatement query = connection.prepareStatement("SELECT id FROM cards WHERE value = ?");
        // ok: pin_stored.java.store
        query.setString(1, pinBlock);
    }
}
