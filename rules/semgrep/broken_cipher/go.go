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

func blocks(key []byte, plaintext string, pan string, public *rsa.PublicKey, message []byte) {
	block, _ := aes.NewCipher(key)
	out := make([]byte, len(plaintext))
	// ruleid: broken_cipher.go.block
	block.Encrypt(out, []byte(plaintext))
	gcm, _ := cipher.NewGCM(block)
	// ok: broken_cipher.go.block
	sealed := gcm.Seal(nil, nonce, []byte(plaintext), nil)
	// ok: broken_cipher.go.block
	vault.Encrypt(out, []byte(plaintext))
	// ruleid: broken_cipher.go.third_party
	weak := cryptor.AesEcbEncrypt([]byte(pan), key)
	// ruleid: broken_cipher.go.third_party
	old := goEncrypt.DesCbcEncrypt([]byte(pan), key)
	// ok: broken_cipher.go.third_party
	fine := cryptor.AesGcmEncrypt([]byte(pan), key)
	// ok: broken_cipher.go.third_party
	text := DescribeEncryption(key)
	// ruleid: broken_cipher.go.rsa_padding
	padded, _ := rsa.EncryptPKCS1v15(rand.Reader, public, message)
	// ok: broken_cipher.go.rsa_padding
	oaep, _ := rsa.EncryptOAEP(sha256.New(), rand.Reader, public, message, nil)
	// ok: broken_cipher.go.rsa_padding
	signed, _ := rsa.SignPKCS1v15(rand.Reader, private, crypto.SHA256, digest)
	use(sealed, weak, old, fine, text, padded, oaep, signed)
}
