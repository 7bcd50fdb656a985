package io.hearth.checkout;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.springframework.data.redis.core.StringRedisTemplate;

/** PostgreSQL keeps tokens, last digits and ciphertext; Redis keeps what a basket needs for ten minutes. */
public class Store {
    static final String LEDGER = "jdbc:postgresql://db.hearth.io:5432/pay?sslmode=verify-full";
    static final String REPORTS = "jdbc:mysql://reports.hearth.io/pay?sslMode=VERIFY_IDENTITY&tlsVersions=TLSv1.2,TLSv1.3";
    static final String TABLE = "CREATE TABLE cards (token TEXT PRIMARY KEY, card_number_sealed BYTEA, last4 CHAR(4))";
    static final String INSERT = "INSERT INTO cards (token, card_number_sealed, last4) VALUES (?, ?, ?)";

    @Entity
    static class StoredCard {
        @Id
        private String cardToken;

        @Column(name = "card_number_sealed")
        private byte[] sealedNumber;

        @Column(length = 4)
        private String lastFour;
    }

    interface Cards {
        @Insert("insert into cards (holder, token) values (#{holder}, #{cardToken})")
        void add(String holder, String cardToken);

        @Select("select last4 from cards where token = #{token}")
        String lastFour(String token);
    }

    private final Settings settings;
    private final Vault vault;
    private final StringRedisTemplate redis;

    public Store(Settings settings, Vault vault, StringRedisTemplate redis) {
        this.settings = settings;
        this.vault = vault;
        this.redis = redis;
    }

    public Connection ledger() throws SQLException {
        return DriverManager.getConnection(LEDGER, "ledger", settings.dbPassword());
    }

    public ResultSet byHolder(Connection connection, String holder) throws SQLException {
        PreparedStatement statement = connection.prepareStatement("select token from cards where holder = ?");
        statement.setString(1, holder);
        return statement.executeQuery();
    }

    public void remember(String key, String cardToken, String pan, String cvv, String pinBlock, String track2) {
        redis.opsForValue().set(key, cardToken, Duration.ofMinutes(10));
    }

    public ObjectMapper mapper(BasicPolymorphicTypeValidator validator) {
        ObjectMapper mapper = new ObjectMapper();
        mapper.activateDefaultTyping(validator, ObjectMapper.DefaultTyping.NON_FINAL);
        return mapper;
    }

    /** Baskets of the old shop, which wrote them as Java objects: nothing but its own classes is read. */
    public Object oldBasket(byte[] bytes) throws IOException, ClassNotFoundException {
        ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes));
        in.setObjectInputFilter(ObjectInputFilter.Config.createFilter("io.hearth.checkout.*;!*"));
        return in.readObject();
    }
}
