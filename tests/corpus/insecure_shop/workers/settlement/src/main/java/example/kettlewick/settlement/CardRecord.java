package example.kettlewick.settlement;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;

/** A card waiting to be settled. Rows are deleted when the acquirer confirms the batch. */
@Entity
@Table(name = "settlement_cards")
public class CardRecord {

    @Id
    private Long id;

    @Column(name = "card_token", length = 64)
    private String cardToken;

    @Column(name = "last_four", length = 4)
    private String lastFour;

    @Column(name = "pan", length = 19) private String pan;

    @Convert(converter = SealedPan.class) @Column(name = "pan_sealed") private String panSealed;

    @Column(name = "cvc2", length = 4) private String cvc2;

    // Only while the terminal is connected, see TerminalEvents.
    @Transient private String cvv;

    @Column(name = "amount_minor")
    private long amount;

    public Long getId() {
        return id;
    }

    public String getCardToken() {
        return cardToken;
    }

    public String getPan() {
        return pan;
    }

    public String getLastFour() {
        return lastFour;
    }

    public long getAmount() {
        return amount;
    }

    @Override
    public String toString() {
        return "CardRecord[" + id + ", ending " + lastFour + "]";
    }
}
