package checkout

import (
	"context"
	"crypto/tls"
	"database/sql"
	"time"

	"github.com/jlaffaye/ftp"
	"github.com/minio/minio-go/v7"
	"github.com/redis/go-redis/v9"
	"github.com/wneessen/go-mail"
)

const table = "CREATE TABLE cards (token TEXT PRIMARY KEY, card_number_sealed BYTEA, last4 CHAR(4), fingerprint TEXT)"
const insert = "INSERT INTO cards (token, card_number_sealed, last4, fingerprint) VALUES ($1, $2, $3, $4)"

// CardRow is a card as gorm keeps it in the back office.
type CardRow struct {
	CardToken string `gorm:"size:40"`
	Last4     string `gorm:"size:4"`
}

func openLedger() (*sql.DB, error) {
	return sql.Open("postgres", "postgres://ledger@db.hearth.io:5432/pay?sslmode=verify-full")
}

func openReports() (*sql.DB, error) {
	return sql.Open("mysql", "pay@tcp(reports.hearth.io:3306)/pay?tls=hearth&parseTime=true")
}

func cache(config *tls.Config) *redis.Client {
	return redis.NewClient(&redis.Options{Addr: "cache.hearth.io:6380", Password: required("CACHE_PASSWORD"), TLSConfig: config})
}

func sessions() (*redis.Options, error) {
	return redis.ParseURL("rediss://sessions.hearth.io:6380/0")
}

// Login is what the administrator's tool sends.
type Login struct{ User, Password string }

func administrator() Login {
	return Login{User: "ledger", Password: required("ADMIN_PASSWORD")}
}

// Keep stores a card that may be charged again, without its code.
func Keep(ctx context.Context, db *sql.DB, card Card) (string, error) {
	token := NewToken()
	sealed, err := Seal(card.Number, token)
	if err != nil {
		return "", err
	}
	_, err = db.ExecContext(ctx, insert, token, sealed, Last4(card.Number), Fingerprint(card.Number))
	return token, err
}

// Remember keeps a basket's token for ten minutes.
func Remember(ctx context.Context, rdb *redis.Client, key string, card Card, swipe Swipe) {
	rdb.Set(ctx, key, card.Token, 10*time.Minute)
}

// Swipe comes from a terminal and goes to the acquirer, nowhere else.
type Swipe struct {
	PinBlock   string
	Track2Data string
}

// ByHolder finds tokens.
func ByHolder(ctx context.Context, db *sql.DB, holder string) (*sql.Rows, error) {
	return db.QueryContext(ctx, "SELECT token FROM cards WHERE holder = $1", holder)
}

func batch(config *tls.Config) (*ftp.ServerConn, error) {
	return ftp.Dial("ftp.acquirer-one.com:21", ftp.DialWithExplicitTLS(config))
}

func post() (*mail.Client, error) {
	return mail.NewClient("mail.hearth.io", mail.WithTLSPolicy(mail.TLSMandatory))
}

func archive(options minio.Options) (*minio.Client, error) {
	return minio.New("files.hearth.io", &minio.Options{Creds: options.Creds, Secure: true})
}
