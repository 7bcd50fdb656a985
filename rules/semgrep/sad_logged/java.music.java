package desk.audio;

import lombok.extern.slf4j.Slf4j;
import org.springframework.stereotype.Service;

/** Records what the sound card hears: two tracks, mixed to stereo. */
@Slf4j
@Service
class Recorder {
    void record(Take take, String track1, String trackData) {
        // ok: sad_logged.java
        log.info("recording {}", track1);
        // ok: sad_logged.java
        log.info("recording {} and {}", take.track1(), take.track2());
        // ok: sad_logged.java
        log.debug("levels {}", trackData);
        // ok: sad_logged.java
        System.out.println(take.getTrackData());
    }
}
