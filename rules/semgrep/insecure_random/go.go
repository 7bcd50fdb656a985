package auth

import (
	"fmt"
	"math/rand"
	"strconv"

	crand "crypto/rand"
)

func values(session *Session) {
	// ruleid: insecure_random.go.value
	otp := fmt.Sprintf("%06d", rand.Intn(1000000))
	// ruleid: insecure_random.go.value
	sessionID := strconv.FormatInt(rand.Int63(), 36)
	// ruleid: insecure_random.go.value
	session.Token = strconv.FormatUint(rand.Uint64(), 16)
	// ruleid: insecure_random.go.value
	next := Session{User: 7, Nonce: rand.Int63()}
	salt := make([]byte, 16)
	// ruleid: insecure_random.go.value
	rand.Read(salt)
	// ok: insecure_random.go.value
	delay := rand.Intn(500)
	// ok: insecure_random.go.value
	maxTokens := rand.Intn(10)
	key := make([]byte, 32)
	// ok: insecure_random.go.value
	crand.Read(key)
	// ok: insecure_random.go.value
	token := crand.Text()
	use(otp, sessionID, next, delay, maxTokens, token)
}

func generateToken(n int) string {
	b := make([]byte, n)
	for i := range b {
		// ruleid: insecure_random.go.function
		b[i] = letters[rand.Intn(len(letters))]
	}
	return string(b)
}

func (s *Service) NewResetCode() string {
	// ruleid: insecure_random.go.function
	return strconv.Itoa(rand.Intn(1000000))
}

func shuffle(items []string) string {
	// ok: insecure_random.go.function
	return items[rand.Intn(len(items))]
}

func generateSecret() string {
	// ok: insecure_random.go.function
	return crand.Text()
}
