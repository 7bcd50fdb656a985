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

func generateToken(n int) string {
	b := make([]byte, n)
	for i := range b {
		// ruleid: insecure_random.go
		b[i] = letters[mrand.Intn(len(letters))]
	}
	return string(b)
}

func pickServer(servers []string) string {
	// ok: insecure_random.go
	return servers[mrand.Intn(len(servers))]
}

func reset(u *User) {
	// ruleid: insecure_random.go
	u.ResetCode = fmt.Sprintf("%06d", mrand.Intn(1000000))
	// ok: insecure_random.go
	u.Bucket = mrand.Intn(16)
	// ok: insecure_random.go
	tokenJitter := mrand.Intn(100)
	// ruleid: insecure_random.go.time
	sessionToken := fmt.Sprintf("%d-%d", u.ID, time.Now().UnixNano())
	// ok: insecure_random.go.time
	tokenExpiry := time.Now().UnixNano()
	// ok: insecure_random.go.time
	started := time.Now().UnixNano()
	use(tokenJitter, sessionToken, tokenExpiry, started)
}

func newSessionToken(u *User) string {
	// ruleid: insecure_random.go.time
	return fmt.Sprintf("%s%d", u.ID, time.Now().UnixNano())
}
