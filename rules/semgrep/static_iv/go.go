package vault

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"io"

	"golang.org/x/crypto/nacl/secretbox"
)

var fixedIV = []byte("0123456789abcdef")

func fixed(block cipher.Block, gcm cipher.AEAD, key, text []byte) {
	// ruleid: static_iv.go.nonce
	one := cipher.NewCBCEncrypter(block, []byte("0000111122223333"))
	// ruleid: static_iv.go.nonce
	two := cipher.NewCTR(block, fixedIV)
	nonce := make([]byte, gcm.NonceSize())
	// ruleid: static_iv.go.nonce
	three := gcm.Seal(nil, nonce, text, nil)
	// ruleid: static_iv.go.nonce
	four := gcm.Seal(nil, []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, text, nil)
	// ruleid: static_iv.go.from_key
	five := cipher.NewCBCEncrypter(block, key[:block.BlockSize()])
	use(one, two, three, four, five)
}

func fresh(block cipher.Block, gcm cipher.AEAD, text []byte, secret *[32]byte, sequence uint64) ([]byte, error) {
	nonce := make([]byte, gcm.NonceSize())
	if _, err := io.ReadFull(rand.Reader, nonce); err != nil {
		return nil, err
	}
	// ok: static_iv.go.nonce
	sealed := gcm.Seal(nonce, nonce, text, nil)
	iv := make([]byte, 16)
	if _, err := rand.Read(iv); err != nil {
		return nil, err
	}
	// ok: static_iv.go.nonce, static_iv.go.from_key
	mode := cipher.NewCBCEncrypter(block, iv)
	counter := make([]byte, 12)
	binary.BigEndian.PutUint64(counter[4:], sequence)
	// ok: static_iv.go.nonce
	counted := gcm.Seal(nil, counter, text, nil)
	prefixed := make([]byte, 12)
	copy(prefixed[4:], text[:8])
	// ok: static_iv.go.nonce
	again := gcm.Seal(nil, prefixed, text, nil)
	out := make([]byte, 16+len(text))
	head := out[:16]
	if _, err := io.ReadFull(rand.Reader, head); err != nil {
		return nil, err
	}
	// ok: static_iv.go.nonce
	stream := cipher.NewCTR(block, head)
	// ok: static_iv.go.nonce
	decrypt := cipher.NewCBCDecrypter(block, text[:16])
	var once [24]byte
	if _, err := io.ReadFull(rand.Reader, once[:]); err != nil {
		return nil, err
	}
	// ok: static_iv.go.nonce
	boxed := secretbox.Seal(once[:], []byte("one lump or two"), &once, secret)
	use(sealed, mode, counted, again, stream, decrypt, boxed)
	return sealed, nil
}
