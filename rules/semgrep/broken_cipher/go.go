package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/rc4"

	"github.com/andreburgaud/crypt2go/ecb"
	"golang.org/x/crypto/blowfish"
	"golang.org/x/crypto/chacha20poly1305"
)

func ciphers(key, salt []byte) {
	// ruleid: broken_cipher.go.algorithm
	one, _ := des.NewCipher(key)
	// ruleid: broken_cipher.go.algorithm
	three, _ := des.NewTripleDESCipher(key)
	// ruleid: broken_cipher.go.algorithm
	stream, _ := rc4.NewCipher(key)
	// ruleid: broken_cipher.go.algorithm
	fish, _ := blowfish.NewCipher(key)
	// ok: broken_cipher.go.algorithm
	bcrypt, _ := blowfish.NewSaltedCipher(key, salt)
	// ok: broken_cipher.go.algorithm
	block, _ := aes.NewCipher(key)
	// ok: broken_cipher.go.algorithm
	chacha, _ := chacha20poly1305.New(key)
	// ruleid: broken_cipher.go.ecb
	mode := ecb.NewECBEncrypter(block)
	// ok: broken_cipher.go.ecb
	gcm, _ := cipher.NewGCM(block)
	use(one, three, stream, fish, bcrypt, chacha, mode, gcm)
}

func blocks(key, data, out []byte) error {
	block, err := aes.NewCipher(key)
	if err != nil {
		return err
	}
	size := block.BlockSize()
	for start := 0; start < len(data); start += size {
		// ruleid: broken_cipher.go.ecb
		block.Encrypt(out[start:start+size], data[start:start+size])
	}
	for len(data) > 0 {
		// ruleid: broken_cipher.go.ecb
		block.Decrypt(out, data[:size])
		data = data[size:]
	}
	return nil
}

func once(key, counter, out []byte) {
	block, _ := aes.NewCipher(key)
	// ok: broken_cipher.go.ecb
	block.Encrypt(out, counter)
	for _, part := range parts {
		// ok: broken_cipher.go.ecb
		vault.Encrypt(out, part)
	}
}
