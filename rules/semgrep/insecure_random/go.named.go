package tokens

import (
	"crypto/rand"
	"fmt"
	mrand "math/rand"
)

func otp() string {
	r := mrand.New(mrand.NewSource(1))
	// ruleid: insecure_random.go
	return fmt.Sprintf("%06d", r.Intn(1000000))
}

func sessionID() string {
	b := make([]byte, 16)
	// ruleid: insecure_random.go
	mrand.Read(b)
	return fmt.Sprintf("%x", b)
}

func sessionKey() string {
	b := make([]byte, 16)
	// ok: insecure_random.go
	rand.Read(b)
	return fmt.Sprintf("%x", b)
}

func delay() int {
	// ok: insecure_random.go
	return mrand.Intn(100)
}
