import jakarta.persistence.*;

@Entity
@Table(name = "cards")
class Card {
    // ok: account_data.java.entity
    @Id private Long id;

    // ruleid: account_data.java.entity, account_data.java.field
    @Column(name = "pan", length = 19) private String pan;

    // ruleid: account_data.java.entity, account_data.java.field
    @Convert(converter = SealedPan.class) @Column(name = "pan_sealed") private String panSealed;

    // ok: account_data.java.entity
    // ruleid: account_data.java.field
    @Transient private String cvv;

    String masked() {
        // ok: account_data.java.entity
        String number = "**** " + lastFour;
        return number;
    }
}

class CardRequest {
    // ok: account_data.java.entity
    // ruleid: account_data.java.field
    private String cardNumber;
    // ok: account_data.java.field
    private String colour;
}

record Payment(
    String orderId,
    // ruleid: account_data.java.field
    String cardNumber,
    // ruleid: account_data.java.field
    String cvv) {}

// ruleid: account_data.java.sql
class Tables { static final String WALLETS = "CREATE TABLE wallets (id int, card_number text)"; }
// ok: account_data.java.sql
class Queries { static final String WALLETS = "SELECT card_number text FROM wallets"; }
