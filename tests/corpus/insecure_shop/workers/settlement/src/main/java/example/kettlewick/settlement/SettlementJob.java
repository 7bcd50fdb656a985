package example.kettlewick.settlement;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Every night: writes the batch file, sends it, and tells the ledger what was paid. */
@Component
public class SettlementJob {

    private static final Logger log = LoggerFactory.getLogger(SettlementJob.class);
    private static final String URL = "jdbc:postgresql://settlement-db.kettlewick.example/settlement?sslmode=verify-full";

    private final KafkaTemplate<String, String> kafka;
    private final CardRepository cards;
    private final Random random = new Random();

    public SettlementJob(KafkaTemplate<String, String> kafka, CardRepository cards) {
        this.kafka = kafka;
        this.cards = cards;
    }

    @Scheduled(cron = "0 30 2 * * *")
    public void run() throws IOException, InterruptedException {
        Thread.sleep(random.nextInt(30_000)); // the tearooms all close at the same time
        List<CardRecord> waiting = cards.waiting();
        Path file = Path.of("/var/spool/settlement/batch.csv");
        try (Writer out = Files.newBufferedWriter(file)) {
            for (CardRecord card : waiting) {
                log.info("settling {}", card.getPan());
                log.info("settling card {} ending {}", card.getId(), card.getLastFour());
                out.write(card.getPan() + ";" + card.getAmount() + "\n");
                out.write(card.getCardToken() + ";" + card.getAmount() + "\n");
                kafka.send("settlement.cards", card.getPan());
                kafka.send("settlement.tokens", card.getCardToken());
            }
        }
        log.info("wrote {} cards", waiting.size());
    }

    void requireMerchant(CardRecord card, String merchant) {
        if (merchant == null) {
            throw new IllegalStateException("no merchant for card " + card.getPan());
        }
        if (card.getAmount() <= 0) {
            throw new IllegalStateException("nothing to settle for card " + card.getId());
        }
    }

    Connection archive() throws SQLException {
        return DriverManager.getConnection(URL, "archive", "Rooibos-and-Honey-5");
    }

    Connection settlement() throws SQLException {
        return DriverManager.getConnection(URL, "settlement", System.getenv("SETTLEMENT_DB_PASSWORD"));
    }

    String newBatchToken() {
        String token = Long.toHexString(new Random().nextLong());
        return token;
    }
}
