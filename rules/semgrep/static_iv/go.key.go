package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
)

func sealWithPartOfKey(key, text []byte) {
	block, _ := aes.NewCipher(key)
	iv := key[:aes.BlockSize]
	// ruleid: static_iv.go.nonce
	cipher.NewCTR(block, iv).XORKeyStream(text, text)
}

func seal(key, text []byte) {
	block, _ := aes.NewCipher(key)
	iv := make([]byte, aes.BlockSize)
	rand.Read(iv)
	// ok: static_iv.go.nonce
	cipher.NewCTR(block, iv).XORKeyStream(text, text)
}
