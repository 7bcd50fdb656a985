package vault

import (
	"crypto/sha256"

	stretch "golang.org/x/crypto/pbkdf2"
)

func renamed(password, salt []byte) {
	// ruleid: weak_key_derivation.go.pbkdf2
	one := stretch.Key(password, salt, 1000, 32, sha256.New)
	// ok: weak_key_derivation.go.pbkdf2
	two := stretch.Key(password, salt, 600000, 32, sha256.New)
	use(one, two)
}
