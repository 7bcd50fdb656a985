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
	// ruleid: track_data_stored.go.column
	Track2Data string `gorm:"size:40"`
	// ok: track_data_stored.go.column
	TrackName string `gorm:"size:40"`
}

type Row struct {
	// ruleid: track_data_stored.go.column
	Value string `db:"track2_data"`
	// ruleid: track_data_stored.go.column
	Track2Data string `db:"track2_data"`
	// ok: track_data_stored.go.column
	Soundtrack string `db:"soundtrack"`
	// ok: track_data_stored.go.column
	Last string `db:"track_title"`
}

type Secret struct {
	// ruleid: track_data_stored.go.column
	Track2Data []byte `gorm:"serializer:encrypted"`
}

type Request struct {
	// ok: track_data_stored.go.column
	Track2Data string `json:"track2_data"`
	// ok: track_data_stored.go.column
	Copy string `gorm:"-"`
}

const (
	// ruleid: track_data_stored.go.sql
	insert = `INSERT INTO cards (id, track2_data) VALUES ($1, $2)`
	// ruleid: track_data_stored.go.sql
	change = "UPDATE cards SET track2_data = $1 WHERE id = $2"
	// ruleid: track_data_stored.go.sql
	table = `CREATE TABLE cards (id BIGINT, track2_data VARCHAR(40),
		created TIMESTAMP
	)`
	// ok: track_data_stored.go.sql
	result = "INSERT INTO answers (id, track_title) VALUES ($1, $2)"
	// ok: track_data_stored.go.sql
	prose = "the track2_data is missing"
)

func keep(ctx context.Context, db *sql.DB, rdb *redis.Client, card *Card, track2 string, w http.ResponseWriter) {
	// ruleid: track_data_stored.go.store
	rdb.Set(ctx, key, track2, time.Hour)
	// ruleid: track_data_stored.go.store
	rdb.HSet(ctx, key, "card", card.Track2Data)
	// ruleid: track_data_stored.go.store
	db.Exec("INSERT INTO cards VALUES ($1)", track2)
	// ruleid: track_data_stored.go.store
	db.ExecContext(ctx, "UPDATE cards SET value = $1", card.Track2Data)
	// ruleid: track_data_stored.go.store
	os.WriteFile("card.txt", []byte(track2), 0o600)
	// ruleid: track_data_stored.go.store
	http.SetCookie(w, &http.Cookie{Name: "card", Value: track2})
	body, _ := json.Marshal(map[string]string{"card": track2})
	// ruleid: track_data_stored.go.store
	writer.WriteMessages(ctx, kafka.Message{Value: body})
	// ruleid: track_data_stored.go.store
	session.Values["card"] = track2
	// ruleid: track_data_stored.go.store
	db.WithContext(ctx).Create(&StoredCard{ID: 1, Track2Data: track2})
	// ruleid: track_data_stored.go.store
	rdb.Set(ctx, key, encrypt(track2), time.Hour)
}

func clean(ctx context.Context, db *sql.DB, rdb *redis.Client, card *Card, track2 string) {
	// ok: track_data_stored.go.store
	rdb.Set(ctx, key, card.Token, time.Hour)
	// ok: track_data_stored.go.store
	rdb.Set(ctx, key, mask(track2), time.Hour)
	// ok: track_data_stored.go.store
	rdb.Get(ctx, track2)
	// ok: track_data_stored.go.store
	db.QueryRow("SELECT id FROM cards WHERE value = $1", track2)
	// ok: track_data_stored.go.store
	rdb.Set(ctx, key, len(track2), time.Hour)
	// ok: track_data_stored.go.store
	gateway.Authorise(ctx, card.Token, track2)
}
