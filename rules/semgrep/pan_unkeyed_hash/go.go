package cards

import (
	"crypto/sha256"
)

func flows(ctx context.Context, card *Card, pan string, w http.ResponseWriter, r *http.Request) {
	// ruleid: pan_unkeyed_hash.go
	a := sha256.Sum256([]byte(pan))
	// ruleid: pan_unkeyed_hash.go
	b := md5.Sum([]byte(card.Number))
	// ruleid: pan_unkeyed_hash.go
	c := sha1.Sum([]byte(salt + pan))
	h := sha256.New()
	// ruleid: pan_unkeyed_hash.go
	h.Write([]byte(pan))
	// ruleid: pan_unkeyed_hash.go
	io.WriteString(h, card.CardNumber)
	// ruleid: pan_unkeyed_hash.go
	d := sha512.Sum512([]byte(strings.TrimSpace(pan)))
	// ruleid: pan_unkeyed_hash.go
	e, _ := bcrypt.GenerateFromPassword([]byte(pan), bcrypt.DefaultCost)
}

func clean(ctx context.Context, card *Card, pan string, w http.ResponseWriter, r *http.Request) {
	mac := hmac.New(sha256.New, key)
	// ok: pan_unkeyed_hash.go
	mac.Write([]byte(pan))
	// ok: pan_unkeyed_hash.go
	a := sha256.Sum256(body)
	// ok: pan_unkeyed_hash.go
	b := sha256.Sum256([]byte(card.Token))
	// ok: pan_unkeyed_hash.go
	c := sha256.Sum256([]byte(maskPAN(pan)))
	// ok: pan_unkeyed_hash.go
	d := md5.Sum([]byte(card.MaskedPAN))
	// ok: pan_unkeyed_hash.go
	w.Write([]byte(etag))
}
