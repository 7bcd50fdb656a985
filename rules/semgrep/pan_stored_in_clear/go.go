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
	// ruleid: pan_stored_in_clear.go.column
	CardNumber string `gorm:"size:40"`
	// ok: pan_stored_in_clear.go.column
	MaskedPAN string `gorm:"size:40"`
}

type Row struct {
	// ruleid: pan_stored_in_clear.go.column
	Value string `db:"card_number"`
	// ruleid: pan_stored_in_clear.go.column
	CardNumber string `db:"card_number"`
	// ok: pan_stored_in_clear.go.column
	Company string `db:"company"`
	// ok: pan_stored_in_clear.go.column
	Last string `db:"pan_last_four"`
}

type Secret struct {
	// ok: pan_stored_in_clear.go.column
	CardNumber []byte `gorm:"serializer:encrypted"`
}

type Request struct {
	// ok: pan_stored_in_clear.go.column
	CardNumber string `json:"card_number"`
	// ok: pan_stored_in_clear.go.column
	Copy string `gorm:"-"`
}

const (
	// ok: pan_stored_in_clear.go.sql
	insert = `INSERT INTO cards (id, card_number) VALUES ($1, $2)`
	// ruleid: pan_stored_in_clear.go.sql
	table = "CREATE TABLE cards (id BIGINT, card_number VARCHAR(19) NOT NULL)"
	// ok: pan_stored_in_clear.go.sql
	result = "INSERT INTO answers (id, pan_last_four) VALUES ($1, $2)"
	// ok: pan_stored_in_clear.go.sql
	prose = "the card_number is missing"
)

func keep(ctx context.Context, db *sql.DB, rdb *redis.Client, card *Card, pan string, w http.ResponseWriter) {
	// ruleid: pan_stored_in_clear.go.store
	rdb.Set(ctx, key, pan, time.Hour)
	// ruleid: pan_stored_in_clear.go.store
	rdb.HSet(ctx, key, "card", card.CardNumber)
	// ruleid: pan_stored_in_clear.go.store
	db.Exec("INSERT INTO cards VALUES ($1)", pan)
	// ruleid: pan_stored_in_clear.go.store
	db.ExecContext(ctx, "UPDATE cards SET value = $1", card.CardNumber)
	// ruleid: pan_stored_in_clear.go.store
	os.WriteFile("card.txt", []byte(pan), 0o600)
	// ruleid: pan_stored_in_clear.go.store
	http.SetCookie(w, &http.Cookie{Name: "card", Value: pan})
	body, _ := json.Marshal(map[string]string{"card": pan})
	// ruleid: pan_stored_in_clear.go.store
	writer.WriteMessages(ctx, kafka.Message{Value: body})
	// ruleid: pan_stored_in_clear.go.store
	session.Values["card"] = pan
	// ruleid: pan_stored_in_clear.go.store
	db.WithContext(ctx).Create(&StoredCard{ID: 1, CardNumber: pan})
	// ok: pan_stored_in_clear.go.store
	rdb.Set(ctx, key, encrypt(pan), time.Hour)
}

func clean(ctx context.Context, db *sql.DB, rdb *redis.Client, card *Card, pan string) {
	// ok: pan_stored_in_clear.go.store
	rdb.Set(ctx, key, card.Token, time.Hour)
	// ok: pan_stored_in_clear.go.store
	rdb.Set(ctx, key, mask(pan), time.Hour)
	// ok: pan_stored_in_clear.go.store
	rdb.Get(ctx, pan)
	// ok: pan_stored_in_clear.go.store
	db.QueryRow("SELECT id FROM cards WHERE value = $1", pan)
	// ok: pan_stored_in_clear.go.store
	rdb.Set(ctx, key, len(pan), time.Hour)
	// ok: pan_stored_in_clear.go.store
	gateway.Authorise(ctx, card.Token, pan)
}

func entFields() []ent.Field {
	return []ent.Field{
		// ruleid: pan_stored_in_clear.go.column
		field.String("card_number").MaxLen(19),
		// ok: pan_stored_in_clear.go.column
		field.String("card_number").GoType(Ciphertext("")),
		// ok: pan_stored_in_clear.go.column
		field.String("card_token").Unique(),
	}
}

func ginSession(c *gin.Context, cardNumber string) {
	s := sessions.Default(c)
	// ruleid: pan_stored_in_clear.go.store
	s.Set("card", cardNumber)
	// ok: pan_stored_in_clear.go.store
	s.Set("last4", cardNumber[len(cardNumber)-4:])
}

func export(file io.Writer, pan string) {
	w := csv.NewWriter(file)
	// ruleid: pan_stored_in_clear.go.store
	w.Write([]string{pan, "2030"})
	// ok: pan_stored_in_clear.go.store
	w.Write([]string{pan[len(pan)-4:], "2030"})
}
