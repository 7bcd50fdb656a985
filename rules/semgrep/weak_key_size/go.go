package vault

import (
	"crypto/dsa"
	"crypto/rand"
	"crypto/rsa"
)

const small = 1024

func pairs(size int, parameters *dsa.Parameters) {
	// ruleid: weak_key_size.go.rsa
	one, _ := rsa.GenerateKey(rand.Reader, 1024)
	// ruleid: weak_key_size.go.rsa
	two, _ := rsa.GenerateKey(rand.Reader, small)
	// ok: weak_key_size.go.rsa
	three, _ := rsa.GenerateKey(rand.Reader, 2048)
	// ok: weak_key_size.go.rsa
	four, _ := rsa.GenerateKey(rand.Reader, size)
	// ruleid: weak_key_size.go.dsa
	dsa.GenerateParameters(parameters, rand.Reader, dsa.L1024N160)
	// ok: weak_key_size.go.dsa
	dsa.GenerateParameters(parameters, rand.Reader, dsa.L2048N256)
	use(one, two, three, four)
}
