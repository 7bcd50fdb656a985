package checkout

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
)

// Card is what a payer types; it lives as long as the request.
type Card struct {
	Number string
	Expiry string
	CVV    string
	Token  string
	Brand  string
}

// Last4 may be shown and logged.
func Last4(pan string) string { return pan[len(pan)-4:] }

// Seal encrypts with AES-256-GCM under a fresh nonce, bound to the record's id.
func Seal(plaintext, recordID string) ([]byte, error) {
	block, err := aes.NewCipher(encryptionKey)
	if err != nil {
		return nil, fmt.Errorf("the data key cannot be used: %w", err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("GCM is not to be had: %w", err)
	}
	nonce := make([]byte, gcm.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	sealed := gcm.Seal(nonce, nonce, []byte(plaintext), []byte(recordID))
	return sealed, nil
}

// Fingerprint is equal for equal numbers, and for nobody without the key.
func Fingerprint(pan string) string {
	mac := hmac.New(sha256.New, fingerprintKey)
	mac.Write([]byte(pan))
	return hex.EncodeToString(mac.Sum(nil))
}

// NewToken is 32 random bytes.
func NewToken() string {
	bytes := make([]byte, 32)
	if _, err := rand.Read(bytes); err != nil {
		panic(err)
	}
	cardToken := "tok_" + base64.RawURLEncoding.EncodeToString(bytes)
	return cardToken
}

// SealForTerminal encrypts a key for a terminal.
func SealForTerminal(public *rsa.PublicKey, message []byte) ([]byte, error) {
	return rsa.EncryptOAEP(sha256.New(), rand.Reader, public, message, nil)
}

// NewTerminalKey is kept by the HSM's operator.
func NewTerminalKey() (*rsa.PrivateKey, error) {
	return rsa.GenerateKey(rand.Reader, 3072)
}

// SignReceipt signs the digest of a receipt.
func SignReceipt(key *rsa.PrivateKey, digest []byte) ([]byte, error) {
	return rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, digest)
}
