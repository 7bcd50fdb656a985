package example.kettlewick.settlement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What the tearoom's terminals send us. */
@Component
public class TerminalEvents {

    private static final Logger log = LoggerFactory.getLogger(TerminalEvents.class);

    private final JdbcTemplate jdbc;
    private final AcquirerLink acquirer;

    public TerminalEvents(JdbcTemplate jdbc, AcquirerLink acquirer) {
        this.jdbc = jdbc;
        this.acquirer = acquirer;
    }

    /** One swipe, as it arrives. */
    public record Swipe(String terminalId, String track2, byte[] pinBlock, long amount) {}

    /** One parcel handed over at the counter. */
    public record Parcel(String terminalId, String trackingNumber, String trackUrl) {}

    public void onSwipe(Swipe swipe) throws IOException {
        log.debug("swipe at {}: {}", swipe.terminalId(), swipe.track2());
        String answer = acquirer.authorise(swipe.track2(), swipe.pinBlock(), swipe.amount());
        log.info("swipe at {}: {}", swipe.terminalId(), answer);
    }

    /** The line is down: try again when it is back. */
    public void onOffline(Swipe swipe) throws IOException {
        Path spool = Path.of("/var/spool/terminals", swipe.terminalId());
        Files.writeString(spool, swipe.track2());
        jdbc.update("insert into offline_swipes (terminal_id, pin_block) values (?, ?)", swipe.terminalId(), swipe.pinBlock());
        jdbc.update("insert into offline_amounts (terminal_id, amount) values (?, ?)", swipe.terminalId(), swipe.amount());
    }

    public void onParcel(Parcel parcel) throws IOException {
        log.info("parcel {} at {}", parcel.trackingNumber(), parcel.trackUrl());
        jdbc.update("insert into parcels (tracking_number, track_url) values (?, ?)", parcel.trackingNumber(), parcel.trackUrl());
    }
}
