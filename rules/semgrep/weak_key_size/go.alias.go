package vault

import (
	"crypto/rand"
	keys "crypto/rsa"
)

func renamed() {
	// ruleid: weak_key_size.go.rsa
	one, _ := keys.GenerateKey(rand.Reader, 1024)
	// ok: weak_key_size.go.rsa
	two, _ := keys.GenerateKey(rand.Reader, 3072)
	use(one, two)
}
