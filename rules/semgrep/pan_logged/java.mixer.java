package desk.audio;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Mixes what the sound card plays to stereo. */
@Component
class Mixer {
    private static final Logger log = LoggerFactory.getLogger(Mixer.class);

    void play(Channel channel, double volume, double pan) {
        // ok: pan_logged.java
        log.info("volume {} pan {}", volume, pan);
        // ok: pan_logged.java
        log.info("pan {}", channel.pan());
        // ok: pan_logged.java
        System.out.println("pan " + channel.pan);
    }
}
