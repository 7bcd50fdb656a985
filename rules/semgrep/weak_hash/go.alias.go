package vault

import (
	old "crypto/md5"
	modern "crypto/sha256"
)

func renamed(password string) {
	// ruleid: weak_hash.go.secret
	one := old.Sum([]byte(password))
	// ok: weak_hash.go.secret
	two := modern.Sum256([]byte(password))
	use(one, two)
}
