package crypto

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/tls"

	"golang.org/x/crypto/bcrypt"
	"golang.org/x/crypto/chacha20poly1305"
)

func uses(key, data []byte, registry Registry) {
	// ruleid: cryptography.go.hash
	digest := sha256.Sum256(data)
	// ok: cryptography.go.hash
	total := registry.Sum(data)
	// ruleid: cryptography.go.hmac
	mac := hmac.New(sha256.New, key)
	// ok: cryptography.go.hmac
	same := hmac.Equal(data, key)
	// ruleid: cryptography.go.aes
	block, _ := aes.NewCipher(key)
	// ok: cryptography.go.aes, cryptography.go.mode
	size := aes.BlockSize
	// ruleid: cryptography.go.mode
	box, _ := cipher.NewGCM(block)
	// ruleid: cryptography.go.aead
	other, _ := chacha20poly1305.New(key)
	// ok: cryptography.go.aead
	wide := chacha20poly1305.KeySize
	// ruleid: cryptography.go.kdf
	hash, _ := bcrypt.GenerateFromPassword(data, 12)
	// ok: cryptography.go.kdf
	err := bcrypt.CompareHashAndPassword(hash, data)
	// ruleid: cryptography.go.key
	pair, _ := rsa.GenerateKey(rand.Reader, 3072)
	// ruleid: cryptography.go.key
	curve, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	// ok: cryptography.go.key, cryptography.go.signature
	id := registry.GenerateKey(rand.Reader)
	// ruleid: cryptography.go.signature
	signed, _ := ecdsa.SignASN1(rand.Reader, curve, data)
	// ruleid: cryptography.go.tls
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	// ruleid: cryptography.go.tls_minimum
	config.MinVersion = tls.VersionTLS13
	// ruleid: cryptography.go.tls_verification
	config.InsecureSkipVerify = false
	// ok: cryptography.go.tls, cryptography.go.tls_minimum, cryptography.go.tls_verification
	config.ServerName = "bank.example"
	_, _, _, _, _, _, _, _, _, _, _, _, _ = digest, total, mac, same, size, box, other, wide, err, pair, id, signed, config
}
