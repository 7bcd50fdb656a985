package example.kettlewick.settlement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lamp over the kettle is green while the night's batch is through. It hangs on a GPIO pin of the office box. */
public class KettleLamp {

    private static final Logger log = LoggerFactory.getLogger(KettleLamp.class);
    private static final int GPIO_PIN = 17;

    public void set(boolean green) throws IOException {
        int pin = GPIO_PIN;
        log.debug("pin {} is {}", pin, green);
        Files.writeString(Path.of("/sys/class/gpio/gpio" + pin + "/value"), green ? "1" : "0");
    }
}
