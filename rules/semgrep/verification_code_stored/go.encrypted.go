package cards

import (
	"context"
	"crypto/cipher"
	"database/sql"
	"encoding/base64"
	"net/http"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"
)

type Payment struct {
	gorm.Model
	// ruleid: verification_code_stored.go.encrypted_column
	// ok: verification_code_stored.go.column
	CVV []byte `gorm:"serializer:encrypted"`
	// ruleid: verification_code_stored.go.encrypted_column
	// ok: verification_code_stored.go.column
	EncryptedCVV string `gorm:"size:200"`
	// ruleid: verification_code_stored.go.encrypted_column
	// ok: verification_code_stored.go.column
	CvvEnc string `json:"-" gorm:"column:cvv_enc"`
	// ruleid: verification_code_stored.go.encrypted_column
	// ok: verification_code_stored.go.column
	CVC string `db:"cvc_encrypted"`
	// ruleid: verification_code_stored.go.encrypted_column
	// ok: verification_code_stored.go.column
	Code crypto.EncryptedString `db:"cvv"`
	// ruleid: verification_code_stored.go.encrypted_column
	// ok: verification_code_stored.go.column
	CVVCiphertext []byte `gorm:"type:bytea"`
	// A hash is no encryption, and neither is base64.
	// ruleid: verification_code_stored.go.column
	// ok: verification_code_stored.go.encrypted_column
	CVVHash string `gorm:"size:64"`
	// ruleid: verification_code_stored.go.column
	// ok: verification_code_stored.go.encrypted_column
	CVVEncoded string `gorm:"size:64"`
	// ok: verification_code_stored.go.encrypted_column
	EncryptedCVVPresent bool `gorm:"not null"`
	// ok: verification_code_stored.go.encrypted_column
	EncryptedPassword string `gorm:"size:200"`
	// ok: verification_code_stored.go.encrypted_column
	EncryptedCVVCopy string `gorm:"-"`
}

type ChargeRequest struct {
	// ok: verification_code_stored.go.encrypted_column
	EncryptedCVV string `json:"encrypted_cvv"`
}

func (Card) Fields() []ent.Field {
	return []ent.Field{
		// ruleid: verification_code_stored.go.encrypted_column
		// ok: verification_code_stored.go.column
		field.String("encrypted_cvv"),
	}
}

const (
	// ruleid: verification_code_stored.go.encrypted_column
	// ok: verification_code_stored.go.sql
	insertEncrypted = `INSERT INTO cards (id, cvv_enc) VALUES ($1, $2)`
	// ruleid: verification_code_stored.go.encrypted_column
	// ok: verification_code_stored.go.sql
	insertCall = `INSERT INTO cards (id, cvv) VALUES (:id, pgp_sym_encrypt(:cvv, :key))`
	// ruleid: verification_code_stored.go.encrypted_column
	// ok: verification_code_stored.go.sql
	updateCall = "UPDATE cards SET cvv = AES_ENCRYPT(?, ?) WHERE id = ?"
	// ruleid: verification_code_stored.go.sql
	// ok: verification_code_stored.go.encrypted_column
	numberOnly = `INSERT INTO cards (id, cvv, pan) VALUES (:id, :cvv, pgp_sym_encrypt(:pan, :key))`
	// ok: verification_code_stored.go.encrypted_column
	forget = "UPDATE cards SET encrypted_cvv = NULL WHERE id = ?"
	// ok: verification_code_stored.go.encrypted_column
	wait = "SELECT encrypted_cvv FROM cards WHERE id = ?"
)

func keepEncrypted(ctx context.Context, db *sql.DB, rdb *redis.Client, card *Card, cvv string, aead cipher.AEAD) {
	// ruleid: verification_code_stored.go.encrypted
	// ok: verification_code_stored.go.store
	rdb.Set(ctx, key, encrypt(cvv), time.Hour)
	sealed := aead.Seal(nonce, nonce, []byte(card.CVV), nil)
	// ruleid: verification_code_stored.go.encrypted
	// ok: verification_code_stored.go.store
	rdb.Set(ctx, key, base64.StdEncoding.EncodeToString(sealed), time.Hour)
	secret, err := vault.EncryptString(ctx, cvv)
	// ruleid: verification_code_stored.go.encrypted
	// ok: verification_code_stored.go.store
	db.ExecContext(ctx, "INSERT INTO cards VALUES ($1, $2)", card.Token, secret)
	out, err := client.Encrypt(ctx, &kms.EncryptInput{KeyId: &id, Plaintext: []byte(cvv)})
	// ruleid: verification_code_stored.go.encrypted
	// ok: verification_code_stored.go.store
	os.WriteFile("card.bin", out.CiphertextBlob, 0o600)
	// ruleid: verification_code_stored.go.encrypted
	// ok: verification_code_stored.go.store
	rdb.HSet(ctx, key, "card", card.EncryptedCVV)
	// ruleid: verification_code_stored.go.encrypted
	// ok: verification_code_stored.go.store
	db.Create(&Payment{ID: 1, EncryptedCVV: secret})
	cvvCiphertext, err := aead.EncryptWithKey(cvv, key)
	// ruleid: verification_code_stored.go.encrypted
	// ok: verification_code_stored.go.store
	session.Values["card"] = cvvCiphertext
	cvvEnc, err := seal(cvv)
	// ruleid: verification_code_stored.go.encrypted
	// ok: verification_code_stored.go.store
	http.SetCookie(w, &http.Cookie{Name: "card", Value: cvvEnc})

	// In clear again, or never encrypted.
	// ruleid: verification_code_stored.go.store
	// ok: verification_code_stored.go.encrypted
	rdb.Set(ctx, key, decrypt(card.EncryptedCVV), time.Hour)
	// ruleid: verification_code_stored.go.store
	// ok: verification_code_stored.go.encrypted
	rdb.Set(ctx, key, base64.StdEncoding.EncodeToString([]byte(cvv)), time.Hour)
	// ruleid: verification_code_stored.go.store
	// ok: verification_code_stored.go.encrypted
	rdb.HSet(ctx, key, map[string]string{"sealed": cvvEnc, "card": cvv})
	digest := hmacSHA256(cvv)
	// ok: verification_code_stored.go.encrypted
	rdb.Set(ctx, key, digest, time.Hour)
}

func cleanEncrypted(ctx context.Context, db *sql.DB, rdb *redis.Client, card *Card, cvv string) {
	// ok: verification_code_stored.go.encrypted
	rdb.Set(ctx, key, encrypt(card.Token), time.Hour)
	// ok: verification_code_stored.go.encrypted
	rdb.Set(ctx, key, isEncrypted(cvv), time.Hour)
	// ok: verification_code_stored.go.encrypted
	rdb.Get(ctx, encrypt(cvv))
	body, _ := json.Marshal(map[string]string{"encryptedCvv": encrypt(cvv)})
	// ok: verification_code_stored.go.encrypted
	http.Post(gatewayURL, "application/jose", bytes.NewReader(body))
	// ok: verification_code_stored.go.encrypted
	gateway.Authorise(ctx, card.Token, card.EncryptedCVV)
	// ok: verification_code_stored.go.encrypted
	rdb.Del(ctx, card.EncryptedCVV)
	// ok: verification_code_stored.go.encrypted
	rdb.Set(ctx, key, encryptionKey(cvv), time.Hour)
	// ok: verification_code_stored.go.encrypted
	rdb.Set(ctx, key, tokenize(encrypt(cvv)), time.Hour)
}
