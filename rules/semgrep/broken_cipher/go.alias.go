package vault

import (
	modern "crypto/aes"
	old "crypto/des"
)

func renamed(key []byte) {
	// ruleid: broken_cipher.go.algorithm
	one, _ := old.NewCipher(key)
	// ok: broken_cipher.go.algorithm
	two, _ := modern.NewCipher(key)
	use(one, two)
}
