package sample

import (
	"crypto/rand"
	mrand "math/rand"
	"strconv"
	"time"
)

type session struct{ token int64 }

func newSession(s *session) string {
	// ruleid: insecure_random.go
	sessionID := strconv.FormatInt(mrand.Int63(), 36)
	// ruleid: insecure_random.go
	otp := mrand.Intn(1000000)
	// ruleid: insecure_random.go
	s.token = mrand.Int63n(1 << 40)
	return sessionID + strconv.Itoa(otp)
}

func right() []byte {
	token := make([]byte, 32)
	// ok: insecure_random.go
	_, _ = rand.Read(token)
	// ok: insecure_random.go
	pause := time.Duration(mrand.Intn(250)) * time.Millisecond
	// ok: insecure_random.go
	index := mrand.Intn(3)
	time.Sleep(pause * time.Duration(index))
	return token
}
