package audio

import "log"

// record keeps what the sound card hears: two tracks, mixed to stereo.
func record(take *Take, track1 string, trackData []byte) {
	// ok: sad_logged.go
	log.Printf("recording %s", track1)
	// ok: sad_logged.go
	log.Printf("recording %s and %s", take.Track1, take.Track2)
	// ok: sad_logged.go
	log.Printf("levels %x", trackData)
}
