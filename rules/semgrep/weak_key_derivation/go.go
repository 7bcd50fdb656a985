package auth

import (
	"crypto/sha256"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/bcrypt"
	"golang.org/x/crypto/pbkdf2"
	"golang.org/x/crypto/scrypt"
)

const rounds = 4096

func derive(password, salt []byte, configured int) {
	// ruleid: weak_key_derivation.go.pbkdf2
	few := pbkdf2.Key(password, salt, rounds, 32, sha256.New)
	// ruleid: weak_key_derivation.go.pbkdf2
	standardFew, _ := pbkdf2.Key(sha256.New, "secret", salt, 10000, 32)
	// ok: weak_key_derivation.go.pbkdf2
	standardEnough, _ := pbkdf2.Key(sha256.New, "secret", salt, 600000, 32)
	// ok: weak_key_derivation.go.pbkdf2
	enough := pbkdf2.Key(password, salt, 600000, 32, sha256.New)
	// ok: weak_key_derivation.go.pbkdf2
	chosen := pbkdf2.Key(password, salt, configured, 32, sha256.New)
	// ruleid: weak_key_derivation.go.bcrypt
	cheap, _ := bcrypt.GenerateFromPassword(password, 4)
	// ruleid: weak_key_derivation.go.bcrypt
	minimum, _ := bcrypt.GenerateFromPassword(password, bcrypt.MinCost)
	// ok: weak_key_derivation.go.bcrypt
	standard, _ := bcrypt.GenerateFromPassword(password, bcrypt.DefaultCost)
	// ok: weak_key_derivation.go.bcrypt
	strong, _ := bcrypt.GenerateFromPassword(password, 12)
	// ruleid: weak_key_derivation.go.scrypt
	quick, _ := scrypt.Key(password, salt, 1024, 8, 1, 32)
	// ok: weak_key_derivation.go.scrypt
	slow, _ := scrypt.Key(password, salt, 32768, 8, 1, 32)
	// ok: weak_key_derivation.go.scrypt
	argon := argon2.IDKey(password, salt, 1, 64*1024, 4, 32)
	use(few, standardFew, standardEnough, enough, chosen, cheap, minimum, standard, strong, quick, slow, argon)
}

func salted(password string, salt []byte) {
	// ruleid: weak_key_derivation.go.argon2
	small := argon2.IDKey([]byte(password), salt, 1, 1024, 4, 32)
	// ok: weak_key_derivation.go.argon2
	large := argon2.IDKey([]byte(password), salt, 1, 64*1024, 4, 32)
	// ruleid: weak_key_derivation.go.salt
	same := argon2.IDKey([]byte(password), []byte("hearth"), 1, 64*1024, 4, 32)
	// ok: weak_key_derivation.go.salt
	own := argon2.IDKey([]byte(password), salt, 1, 64*1024, 4, 32)
	// ruleid: weak_key_derivation.go.fast_hash
	fast := sha256.Sum256([]byte(password))
	// ok: weak_key_derivation.go.fast_hash
	token := sha256.Sum256([]byte(resetToken))
	// ok: weak_key_derivation.go.fast_hash
	id := sha256.Sum256([]byte(passwordResetToken))
	use(small, large, same, own, fast, token, id)
}

func prehashed(password string) ([]byte, error) {
	// ok: weak_key_derivation.go.fast_hash
	sum := sha512.Sum512([]byte(password))
	return bcrypt.GenerateFromPassword(sum[:64], 12)
}
