package cards

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"os"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/segmentio/kafka-go"
)

type StoredCard struct {
	ID int64 `gorm:"primaryKey"`
	// ruleid: verification_code_stored.go.column
	CVV string `gorm:"size:40"`
	// ok: verification_code_stored.go.column
	CVVResult string `gorm:"size:40"`
}

type Row struct {
	// ruleid: verification_code_stored.go.column
	Value string `db:"cvv"`
	// ruleid: verification_code_stored.go.column
	CVV string `db:"cvv"`
	// ok: verification_code_stored.go.column
	Discount string `db:"discount"`
	// ok: verification_code_stored.go.column
	Last string `db:"cvv_result"`
}

type Request struct {
	// ok: verification_code_stored.go.column
	CVV string `json:"cvv"`
	// ok: verification_code_stored.go.column
	Copy string `gorm:"-"`
}

const (
	// ruleid: verification_code_stored.go.sql
	insert = `INSERT INTO cards (id, cvv) VALUES ($1, $2)`
	// ruleid: verification_code_stored.go.sql
	change = "UPDATE cards SET cvv = $1 WHERE id = $2"
	// ruleid: verification_code_stored.go.sql
	table = `CREATE TABLE cards (id BIGINT, cvv VARCHAR(40),
		created TIMESTAMP
	)`
	// ok: verification_code_stored.go.sql
	result = "INSERT INTO answers (id, cvv_result) VALUES ($1, $2)"
	// ok: verification_code_stored.go.sql
	prose = "the cvv is missing"
)

func keep(ctx context.Context, db *sql.DB, rdb *redis.Client, card *Card, cvv string, w http.ResponseWriter) {
	// ruleid: verification_code_stored.go.store
	rdb.Set(ctx, key, cvv, time.Hour)
	// ruleid: verification_code_stored.go.store
	rdb.HSet(ctx, key, "card", card.CVV)
	// ruleid: verification_code_stored.go.store
	db.Exec("INSERT INTO cards VALUES ($1)", cvv)
	// ruleid: verification_code_stored.go.store
	db.ExecContext(ctx, "UPDATE cards SET value = $1", card.CVV)
	// ruleid: verification_code_stored.go.store
	os.WriteFile("card.txt", []byte(cvv), 0o600)
	// ruleid: verification_code_stored.go.store
	http.SetCookie(w, &http.Cookie{Name: "card", Value: cvv})
	body, _ := json.Marshal(map[string]string{"card": cvv})
	// ruleid: verification_code_stored.go.store
	writer.WriteMessages(ctx, kafka.Message{Value: body})
	// ruleid: verification_code_stored.go.store
	session.Values["card"] = cvv
	// ruleid: verification_code_stored.go.store
	db.WithContext(ctx).Create(&StoredCard{ID: 1, CVV: cvv})
	// ruleid: verification_code_stored.go.store
	rdb.Set(ctx, key, sha256.Sum256([]byte(cvv)), time.Hour)
}

func clean(ctx context.Context, db *sql.DB, rdb *redis.Client, card *Card, cvv string) {
	// ok: verification_code_stored.go.store
	rdb.Set(ctx, key, card.Token, time.Hour)
	// ok: verification_code_stored.go.store
	rdb.Set(ctx, key, mask(cvv), time.Hour)
	// ok: verification_code_stored.go.store
	rdb.Get(ctx, cvv)
	// ok: verification_code_stored.go.store
	db.QueryRow("SELECT id FROM cards WHERE value = $1", cvv)
	// ok: verification_code_stored.go.store
	rdb.Set(ctx, key, len(cvv), time.Hour)
	// ok: verification_code_stored.go.store
	gateway.Authorise(ctx, card.Token, cvv)
}
