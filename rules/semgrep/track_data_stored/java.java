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
    // ruleid: track_data_stored.java.column
    private String magStripeData;
    // ruleid: track_data_stored.java.column
    @Column(name = "track2_data", length = 40)
    private String value;
    // ok: track_data_stored.java.column
    @Transient
    private String track2;
    // ok: track_data_stored.java.column
    @Column(name = "track_title")
    private String trackReader;
    // ok: track_data_stored.java.column
    private String soundtrack;
}

// ruleid: track_data_stored.java.column
@Table("cards") record CardRow(Long id, String track2) {}

// ok: track_data_stored.java.column
record CardCommand(Long id, String track2) {}

@Embeddable
class PlainCard {
    // ruleid: track_data_stored.java.column
    @Column(length = 40) String track2;
}

@Document("cards")
class CardDocument {
    @Convert(converter = EncryptedString.class)
    // ruleid: track_data_stored.java.column
    private String track2;
}

class CardRequest {
    // ok: track_data_stored.java.column
    private String track2;
}

class Statements {
    // ruleid: track_data_stored.java.sql
    static final String INSERT = "INSERT INTO cards (id, track2_data) VALUES (?, ?)";
    // ruleid: track_data_stored.java.sql
    static final String SPLIT = "INSERT INTO cards (id, " + "track2_data) VALUES (?, ?)";
    // ruleid: track_data_stored.java.sql
    static final String CHANGE = "UPDATE cards SET track2_data = ? WHERE id = ?";
    // ruleid: track_data_stored.java.sql
    static final String TABLE = "CREATE TABLE cards (id BIGINT, track2_data VARCHAR(40))";
    // ok: track_data_stored.java.sql
    static final String RESULT = "INSERT INTO answers (id, track_title) VALUES (?, ?)";
    // ok: track_data_stored.java.sql
    static final String PROSE = "The track2_data is missing";
}

@Repository
class CardStore {
    void keep(Card card, Swipe swipe, String track2, HttpSession session, HttpServletRequest request) throws Exception {
        // ruleid: track_data_stored.java.store
        redis.opsForValue().set(key, track2);
        // ruleid: track_data_stored.java.store
        session.setAttribute("card", track2);
        // ruleid: track_data_stored.java.store
        request.getSession().setAttribute("card", card.getTrack2());
        // ruleid: track_data_stored.java.store
        response.addCookie(new Cookie("card", track2));
        // ruleid: track_data_stored.java.store
        Files.writeString(path, track2);
        // ruleid: track_data_stored.java.store
        kafkaTemplate.send("cards", id, track2);
        // ruleid: track_data_stored.java.store
        rabbitTemplate.convertAndSend("cards", track2);
        // ruleid: track_data_stored.java.store
        jdbc.update("INSERT INTO cards VALUES (?, ?)", id, track2);
        // ruleid: track_data_stored.java.store
        Files.writeString(path, swipe.track2());
        // ruleid: track_data_stored.java.store
        jdbc.update("INSERT INTO swipes VALUES (?, ?)", swipe.terminalId(), request.swipe().track1Data());
        PreparedStatement statement = connection.prepareStatement("INSERT INTO cards VALUES (?)");
        // ruleid: track_data_stored.java.store
        statement.setString(1, track2);
        try (Connection open = source.getConnection();
             PreparedStatement insert = open.prepareStatement("INSERT INTO cards VALUES (?)")) {
            // ruleid: track_data_stored.java.store
            insert.setString(1, track2);
        }
        // ruleid: track_data_stored.java.store
        cardCache.put(id, track2);
        String body = mapper.writeValueAsString(Map.of("card", track2));
        // ruleid: track_data_stored.java.store
        producer.send("cards", body);
        // ruleid: track_data_stored.java.store
        redis.opsForValue().set(key, cipher.encrypt(track2));
    }

    void clean(Card card, Swipe swipe, Parcel parcel, String track2, HttpSession session) throws Exception {
        // ok: track_data_stored.java.store
        redis.opsForValue().set(key, card.getToken());
        // ok: track_data_stored.java.store
        redis.opsForValue().set(key, mask(track2));
        // ok: track_data_stored.java.store
        redis.opsForValue().get(track2);
        // ok: track_data_stored.java.store
        session.setAttribute("length", track2.length());
        // ok: track_data_stored.java.store
        gateway.authorise(card.getToken(), track2);
        // ok: track_data_stored.java.store
        fields.put("card", track2);
        // ok: track_data_stored.java.store
        Files.writeString(path, swipe.terminalId());
        // ok: track_data_stored.java.store
        Files.writeString(path, mask(swipe.track2()));
        // ok: track_data_stored.java.store
        jdbc.update("INSERT INTO parcels VALUES (?, ?)", parcel.trackingNumber(), parcel.trackUrl());
        // ok: track_data_stored.java.store
        cardCache.put(id, acquirer.authorise(swipe.track2()));
        PreparedStatement query = connection.prepareStatement("SELECT id FROM cards WHERE value = ?");
        // ok: track_data_stored.java.store
        query.setString(1, track2);
    }
}
