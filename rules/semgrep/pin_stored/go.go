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
	// ruleid: pin_stored.go.column
	PinBlock string `gorm:"size:40"`
	// ok: pin_stored.go.column
	PinTries string `gorm:"size:40"`
}

type Row struct {
	// ruleid: pin_stored.go.column
	Value string `db:"pin_block"`
	// ruleid: pin_stored.go.column
	PinBlock string `db:"pin_block"`
	// ok: pin_stored.go.column
	Pin string `db:"pin"`
	// ok: pin_stored.go.column
	Last string `db:"pin_retries"`
}

type Secret struct {
	// ruleid: pin_stored.go.column
	PinBlock []byte `gorm:"serializer:encrypted"`
}

type Request struct {
	// ok: pin_stored.go.column
	PinBlock string `json:"pin_block"`
	// ok: pin_stored.go.column
	Copy string `gorm:"-"`
}

const (
	// ruleid: pin_stored.go.sql
	insert = `INSERT INTO cards (id, pin_block) VALUES ($1, $2)`
	// ruleid: pin_stored.go.sql
	change = "UPDATE cards SET pin_block = $1 WHERE id = $2"
	// ruleid: pin_stored.go.sql
	table = `CREATE TABLE cards (id BIGINT, pin_block VARCHAR(40),
		created TIMESTAMP
	)`
	// ok: pin_stored.go.sql
	result = "INSERT INTO answers (id, pin_retries) VALUES ($1, $2)"
	// ok: pin_stored.go.sql
	prose = "the pin_block is missing"
)

func keep(ctx context.Context, db *sql.DB, rdb *redis.Client, card *Card, pinBlock string, w http.ResponseWriter) {
	// ruleid: pin_stored.go.store
	rdb.Set(ctx, key, pinBlock, time.Hour)
	// ruleid: pin_stored.go.store
	rdb.HSet(ctx, key, "card", card.PinBlock)
	// ruleid: pin_stored.go.store
	db.Exec("INSERT INTO cards VALUES ($1)", pinBlock)
	// ruleid: pin_stored.go.store
	db.ExecContext(ctx, "UPDATE cards SET value = $1", card.PinBlock)
	// ruleid: pin_stored.go.store
	os.WriteFile("card.txt", []byte(pinBlock), 0o600)
	// ruleid: pin_stored.go.store
	http.SetCookie(w, &http.Cookie{Name: "card", Value: pinBlock})
	body, _ := json.Marshal(map[string]string{"card": pinBlock})
	// ruleid: pin_stored.go.store
	writer.WriteMessages(ctx, kafka.Message{Value: body})
	// ruleid: pin_stored.go.store
	session.Values["card"] = pinBlock
	// ruleid: pin_stored.go.store
	db.WithContext(ctx).Create(&StoredCard{ID: 1, PinBlock: pinBlock})
	// ruleid: pin_stored.go.store
	rdb.Set(ctx, key, encrypt(pinBlock), time.Hour)
}

func clean(ctx context.Context, db *sql.DB, rdb *redis.Client, card *Card, pinBlock string) {
	// ok: pin_stored.go.store
	rdb.Set(ctx, key, card.Token, time.Hour)
	// ok: pin_stored.go.store
	rdb.Set(ctx, key, mask(pinBlock), time.Hour)
	// ok: pin_stored.go.store
	rdb.Get(ctx, pinBlock)
	// ok: pin_stored.go.store
	db.QueryRow("SELECT id FROM cards WHERE value = $1", pinBlock)
	// ok: pin_stored.go.store
	rdb.Set(ctx, key, len(pinBlock), time.Hour)
	// ok: pin_stored.go.store
	gateway.Authorise(ctx, card.Token, pinBlock)
}
