package vault

import (
	"crypto/aes"
	"crypto/hmac"
	"crypto/sha256"
	"os"

	"github.com/golang-jwt/jwt/v5"
	"github.com/gorilla/sessions"
)

// ruleid: hard_coded_key.go.setting
var jwtSecret = []byte("q8Vt-2mLx-77Rk-pZ0w")

// ruleid: hard_coded_key.go.setting
const encryptionKey = "4f1d9a7c22b08e63"

// ok: hard_coded_key.go.setting
const signingKeyName = "hearth-jwt-2026"

// ok: hard_coded_key.go.setting
const signingKey = "app.signing.key"

// ok: hard_coded_key.go.setting
var cacheKey = "cards:2026-11"

// ok: hard_coded_key.go.setting
var masterKey = os.Getenv("MASTER_KEY")

func ciphers(key []byte, settings Settings) {
	// ruleid: hard_coded_key.go.cipher
	one, _ := aes.NewCipher([]byte("h34rth-9x-c4rd-k"))
	// ruleid: hard_coded_key.go.cipher
	two, _ := aes.NewCipher([]byte(encryptionKey))
	// ruleid: hard_coded_key.go.cipher
	three, _ := aes.NewCipher([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
	// ruleid: hard_coded_key.go.cipher
	mac := hmac.New(sha256.New, []byte("m4c-0f-the-card"))
	// ruleid: hard_coded_key.go.cipher
	store := sessions.NewCookieStore([]byte("s3ss10n-k3y-0f-hearth"))
	// ruleid: hard_coded_key.go.cipher
	again := hmac.New(sha256.New, jwtSecret)
	// ok: hard_coded_key.go.cipher
	four, _ := aes.NewCipher(key)
	// ok: hard_coded_key.go.cipher
	five, _ := aes.NewCipher([]byte(os.Getenv("VAULT_KEY")))
	// ok: hard_coded_key.go.cipher
	six := hmac.New(sha256.New, []byte(settings.Key))
	// ok: hard_coded_key.go.cipher
	seven := hmac.New(sha256.New, []byte("Bitcoin seed"))
	use(one, two, three, mac, store, again, four, five, six, seven)
}

func tokens(token *jwt.Token, text string, key []byte) {
	// ruleid: hard_coded_key.go.jwt
	signed, _ := token.SignedString([]byte("k3y-f0r-t0kens"))
	// ruleid: hard_coded_key.go.jwt
	other, _ := token.SignedString(jwtSecret)
	parsed, _ := jwt.Parse(text, func(t *jwt.Token) (interface{}, error) {
		// ruleid: hard_coded_key.go.jwt
		return []byte("k3y-f0r-t0kens"), nil
	})
	// ok: hard_coded_key.go.jwt
	fine, _ := token.SignedString(key)
	checked, _ := jwt.Parse(text, func(t *jwt.Token) (interface{}, error) {
		// ok: hard_coded_key.go.jwt
		return key, nil
	})
	// ok: hard_coded_key.go.jwt
	env, _ := token.SignedString([]byte(os.Getenv("JWT_SECRET")))
	use(signed, other, parsed, fine, checked, env)
}

func page() ([]byte, error) {
	// ok: hard_coded_key.go.jwt
	return []byte("k3y-f0r-n0thing"), nil
}

func fallbacks() {
	// ruleid: hard_coded_key.go.fallback
	secret := getEnv("JWT_SECRET", "hearth-dev")
	// ruleid: hard_coded_key.go.fallback
	viper.SetDefault("encryption.key", "hearth-dev-hearth-dev")
	// ok: hard_coded_key.go.fallback
	name := getEnv("JWT_KEY_ID", "hearth-2026")
	// ok: hard_coded_key.go.fallback
	empty := getEnv("JWT_SECRET", "")
	// ok: hard_coded_key.go.fallback
	t.Setenv("JWT_SECRET", "hearth-test")
	key := os.Getenv("SESSION_KEY")
	if key == "" {
		// ruleid: hard_coded_key.go.fallback
		key = "hearth-session"
	}
	token := os.Getenv("SESSION_KEY")
	if token == "" {
		// ok: hard_coded_key.go.fallback
		log.Fatal("SESSION_KEY is missing")
	}
	raw, err := hex.DecodeString("000102030405060708090a0b0c0d0e0f")
	// ruleid: hard_coded_key.go.cipher
	block, err := aes.NewCipher(raw)
	given, err := hex.DecodeString(os.Getenv("VAULT_KEY"))
	// ok: hard_coded_key.go.cipher
	fine, err := aes.NewCipher(given)
	use(secret, name, empty, key, block, fine, err)
}

func tutorial(token *jwt.Token) {
	// ruleid: hard_coded_key.go.jwt
	signed, _ := token.SignedString([]byte("my_secret_key"))
	// ok: hard_coded_key.go.jwt
	tested, _ := token.SignedString([]byte("test"))
	use(signed, tested)
}
