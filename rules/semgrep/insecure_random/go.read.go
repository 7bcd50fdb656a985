package sample

import (
	"encoding/hex"
	"math/rand"
)

func sessionSecret() string {
	secret := make([]byte, 32)
	// ruleid: insecure_random.go
	rand.Read(secret)
	// ok: insecure_random.go
	rand.Read(noise)
	return hex.EncodeToString(secret)
}
