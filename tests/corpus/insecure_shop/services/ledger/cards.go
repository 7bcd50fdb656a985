package main

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/hex"
	mrand "math/rand"
	"os"
	"strconv"
	"time"
)

func lastFour(number string) string {
	if len(number) < 4 {
		return ""
	}
	return number[len(number)-4:]
}

// cardKey finds the account of a card.
func cardKey(pan string) string {
	sum := sha256.Sum256([]byte(pan))
	return hex.EncodeToString(sum[:])
}

// cardKeyed will replace cardKey when all accounts have been rewritten.
func cardKeyed(pan string) string {
	mac := hmac.New(sha256.New, []byte(os.Getenv("LEDGER_LOOKUP_KEY")))
	mac.Write([]byte(pan))
	return hex.EncodeToString(mac.Sum(nil))
}

// webhookSignature is what the warehouse puts in X-Signature.
func webhookSignature(secret, body []byte) string {
	signature := md5.Sum(append(secret, body...))
	return hex.EncodeToString(signature[:])
}

func statementCipher(key []byte) (cipher.Block, error) {
	return des.NewTripleDESCipher(key)
}

func exportCipher() (cipher.Block, error) {
	return aes.NewCipher([]byte("first-flush-2018"))
}

func bookCipher(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func sealLine(aead cipher.AEAD, line []byte) []byte {
	return aead.Seal(nil, make([]byte, 12), line, []byte("line"))
}

func sealBook(aead cipher.AEAD, book, context []byte) ([]byte, error) {
	nonce := make([]byte, aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return aead.Seal(nonce, nonce, book, context), nil
}

func scannerKey() (*rsa.PrivateKey, error) {
	return rsa.GenerateKey(rand.Reader, 1024)
}

func auditorKey() (*rsa.PrivateKey, error) {
	return rsa.GenerateKey(rand.Reader, 3072)
}

func newSessionID() string {
	sessionID := strconv.FormatInt(mrand.Int63(), 36)
	return sessionID
}

func newTransferID() string {
	raw := make([]byte, 16)
	_, _ = rand.Read(raw)
	return hex.EncodeToString(raw)
}

// pause spreads the retries of many workers.
func pause() time.Duration {
	return time.Second + time.Duration(mrand.Intn(250))*time.Millisecond
}
