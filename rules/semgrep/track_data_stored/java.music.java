package desk.audio;

import java.nio.file.Files;
import org.springframework.stereotype.Repository;

/** Keeps what the sound card heard: two tracks, mixed to stereo. */
@Repository
class Takes {
    // ok: track_data_stored.java.sql
    static final String INSERT = "INSERT INTO takes (id, track_data) VALUES (?, ?)";

    void keep(Take take, byte[] trackData) throws Exception {
        // ok: track_data_stored.java.store
        Files.write(path, trackData);
        // ok: track_data_stored.java.store
        Files.writeString(path, take.track2());
        // ok: track_data_stored.java.store
        takeCache.put(take.id(), take.track1());
    }
}

@Entity
class Take {
    // ok: track_data_stored.java.column
    private byte[] trackData;
}
