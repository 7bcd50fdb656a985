package vault

import (
	"crypto"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"fmt"
	"io"
)

func secrets(password string, apiKey string, user User, body []byte, path string) {
	// ruleid: weak_hash.go.secret
	sum := md5.Sum([]byte(password))
	// ruleid: weak_hash.go.secret
	salted := sha1.Sum([]byte(salt + user.Password))
	// ruleid: weak_hash.go.unstated
	h := md5.New()
	// ruleid: weak_hash.go.secret
	io.WriteString(h, password)
	// ruleid: weak_hash.go.secret
	h.Write([]byte(apiKey))
	// ok: weak_hash.go.secret
	h.Write(body)
	// ok: weak_hash.go.secret
	etag := fmt.Sprintf("%x", md5.Sum(body))
	// ok: weak_hash.go.secret
	name := sha1.Sum([]byte(path))
	// ok: weak_hash.go.secret
	fine := sha256.Sum256([]byte(apiKey))
	use(sum, salted, etag, name, fine)
}

func hashPassword(input string) string {
	// ruleid: weak_hash.go.purpose
	h := sha1.New()
	h.Write([]byte(input))
	return fmt.Sprintf("%x", h.Sum(nil))
}

func (g *Gateway) sign(fields string) string {
	// ruleid: weak_hash.go.purpose
	return fmt.Sprintf("%x", md5.Sum([]byte(fields)))
}

func (c *Cache) key(query string) string {
	// ok: weak_hash.go.purpose
	return fmt.Sprintf("%x", md5.Sum([]byte(query)))
}

func signature(fields string) [32]byte {
	// ok: weak_hash.go.purpose
	return sha256.Sum256([]byte(fields))
}

func signatures(key *rsa.PrivateKey, digest, secret []byte) {
	// ruleid: weak_hash.go.signature
	one, _ := rsa.SignPKCS1v15(nil, key, crypto.SHA1, digest)
	// ruleid: weak_hash.go.signature
	err := rsa.VerifyPKCS1v15(&key.PublicKey, crypto.MD5, digest, one)
	// ruleid: weak_hash.go.signature
	template := x509.Certificate{IsCA: true, SignatureAlgorithm: x509.SHA1WithRSA}
	// ruleid: weak_hash.go.signature
	weak := hmac.New(md5.New, secret)
	// ok: weak_hash.go.signature
	two, _ := rsa.SignPKCS1v15(nil, key, crypto.SHA256, digest)
	// ok: weak_hash.go.signature
	fine := x509.Certificate{SignatureAlgorithm: x509.SHA256WithRSA}
	// ok: weak_hash.go.signature
	strong := hmac.New(sha256.New, secret)
	// ok: weak_hash.go.signature
	refused := template.SignatureAlgorithm == x509.SHA1WithRSA
	use(err, template, weak, two, fine, strong, refused)
}

func indirect(user *User, text string) {
	data := []byte(user.Password)
	// ruleid: weak_hash.go.secret
	fmt.Printf("%x", md5.Sum(data))
	// ruleid: weak_hash.go.person
	pseudonym := sha1.Sum([]byte(user.DateOfBirth))
	// ok: weak_hash.go.person
	avatar := md5.Sum([]byte(user.Email))
	// ok: weak_hash.go.person
	keyed := hmac.New(sha256.New, []byte(user.Phone))
	use(pseudonym, avatar, keyed)
}

func setPassword(user *User, text string) {
	// ruleid: weak_hash.go.unstated
	h := md5.New()
	io.WriteString(h, text)
	// ruleid: weak_hash.go.kept
	user.SetPassword(h.Sum(nil))
	// ruleid: weak_hash.go.kept, weak_hash.go.unstated
	user.PasswordHash = hex.EncodeToString(sum(sha1.Sum([]byte(text))))
	// ok: weak_hash.go.kept
	user.ETag = hex.EncodeToString(h.Sum(nil))
	s := sha256.New()
	// ok: weak_hash.go.kept
	user.SetPassword(s.Sum(nil))
}

func receipt(lines []byte) string {
	// ruleid: weak_hash.go.unstated
	return fmt.Sprintf("%x", sha1.Sum(lines))
}

func fileChecksum(r io.Reader) []byte {
	// ok: weak_hash.go.unstated
	h := md5.New()
	io.Copy(h, r)
	return h.Sum(nil)
}

func sealForAcquirer(key *rsa.PublicKey, text []byte) ([]byte, error) {
	// ok: weak_hash.go.unstated
	return rsa.EncryptOAEP(sha1.New(), rand.Reader, key, text, nil)
}

func openFromAcquirer(key *rsa.PrivateKey, sealed []byte) ([]byte, error) {
	// ok: weak_hash.go.unstated
	return rsa.DecryptOAEP(sha1.New(), rand.Reader, key, sealed, nil)
}
