package config

import (
	"database/sql"
	"fmt"
	"net/http"
	"net/smtp"
	"os"

	"github.com/redis/go-redis/v9"
	"github.com/stripe/stripe-go/v76"
	"golang.org/x/crypto/ssh"
)

// ruleid: hard_coded_credential.go.variable
const dbPassword = "v4ult!river-92"

// ruleid: hard_coded_credential.go.variable
var gatewayAPIKey = "9f8c2b71e04d4a6c8b13"

// ruleid: hard_coded_credential.go.variable
const rawPassword = `v4ult!river-92`

// ok: hard_coded_credential.go.variable
const maskedPassword = "********"

// ok: hard_coded_credential.go.variable
var samplePassword = "your-password-1"

// ok: hard_coded_credential.go.variable
var templatePassword = "${DB_PASSWORD1}"

// ok: hard_coded_credential.go.variable
const passwordField = "password2"

// ok: hard_coded_credential.go.variable
var apiKey = os.Getenv("API_KEY")

// ok: hard_coded_credential.go.variable
const clientSecret = "hearth.oauth.client-secret"

func clients(request *http.Request, password string) {
	// ruleid: hard_coded_credential.go.login
	cache := redis.NewClient(&redis.Options{Addr: "cache:6379", Password: "v4ult!river"})
	// ruleid: hard_coded_credential.go.login
	mail := smtp.PlainAuth("", "post", "v4ult!river", "mail.hearth.example")
	// ruleid: hard_coded_credential.go.login
	request.SetBasicAuth("hearth", "v4ult!river")
	// ruleid: hard_coded_credential.go.login
	login := ssh.Password("v4ult!river")
	// ruleid: hard_coded_credential.go.login
	stripe.Key = "sk_hearth_4eC39HqLyjWDarjtT1zdp7dc"
	// ok: hard_coded_credential.go.login
	stripe.Key = os.Getenv("STRIPE_KEY")
	// ok: hard_coded_credential.go.login
	open := redis.NewClient(&redis.Options{Addr: "cache:6379", Password: ""})
	// ruleid: hard_coded_credential.go.login
	proxy := url.UserPassword("hearth", "v4ult!river")
	// ruleid: hard_coded_credential.go.login
	request.SetBasicAuth("hearth", "password")
	// ok: hard_coded_credential.go.login
	request.SetBasicAuth("hearth", password)
	// ok: hard_coded_credential.go.login
	request.SetBasicAuth("user", "password")
	// ok: hard_coded_credential.go.login
	shown := url.UserPassword("username", "pass")
	// ok: hard_coded_credential.go.login
	masked := url.UserPassword("hearth", "*****")
	// ok: hard_coded_credential.go.login
	near := redis.NewClient(&redis.Options{Addr: "localhost:6379", Password: "v4ult!river"})
	// ok: hard_coded_credential.go.login
	nobody := smtp.PlainAuth("", "post@example.com", "v4ult!river", "mail.example.com")
	// ruleid: hard_coded_credential.go.field
	// ok: hard_coded_credential.go.login
	typed := LoginForm{Password: "typed!in-7"}
	use(cache, mail, login, open, typed, proxy, shown, masked, near, nobody)
}

func databases(host, user, password string) {
	// ruleid: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://ledger:v4ult-river@db.hearth.io:5432/pay?sslmode=verify-full")
	// ruleid: hard_coded_credential.go.address
	sql.Open("mysql", "ledger:v4ult-river@tcp(db.hearth.io:3306)/pay")
	// ruleid: hard_coded_credential.go.address
	sql.Open("postgres", "host=db.hearth.io user=ledger password=v4ult-river dbname=pay")
	// ruleid: hard_coded_credential.go.address
	sql.Open("postgres", fmt.Sprintf("postgres://ledger:v4ult-river@%s/pay", host))
	// ruleid: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://ledger:v4ult-river@db:5432/pay")
	// ruleid: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://ledger:v4ult-river@db.hearth.example:5432/pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://ledger:v4ult-river@example:5432/pay")
	// ruleid: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://ledger:ledger@db.hearth.io:5432/pay")
	// ruleid: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://ledger:v4ult%24river@db.hearth.io/pay?application_name=localhost")
	// ruleid: hard_coded_credential.go.address
	sql.Open("mysql", "ledger:v4ult-river@udp(db.hearth.io:3306)/pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", os.Getenv("DATABASE_URL"))
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://user:pass@db.hearth.io:5432/pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://ledger:password@db.hearth.io:5432/pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://ledger:****@db.hearth.io:5432/pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://ledger:xxxxx@db.hearth.io:5432/pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://ledger:REDACTED@db.hearth.io:5432/pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", os.ExpandEnv("postgres://ledger:${PASS}@db.hearth.io:5432/pay"))
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", fmt.Sprintf("postgres://ledger:%s@db.hearth.io:5432/pay", password))
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://ledger:v4ult-river@db.example.com:5432/pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://ledger:v4ult-river@127.0.0.1:5432/pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://ledger:v4ult-river@hostname:5432/pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://postgres:postgres@db:5432/pay")
	// ok: hard_coded_credential.go.address
	amqp.Dial("amqp://guest:guest@rabbitmq:5672/")
	// ok: hard_coded_credential.go.address
	sql.Open("mysql", "user:password@tcp(127.0.0.1:3306)/pay")
	// ok: hard_coded_credential.go.address
	sql.Open("mysql", "ledger:%s@tcp(db.hearth.io:3306)/pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "host=localhost user=ledger password=v4ult-river dbname=pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "host=postgres user=postgres password=postgres dbname=pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", fmt.Sprintf("host=db.hearth.io user=%s password=%s dbname=pay", user, password))
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", fmt.Sprintf("postgres://%s:%s@db.hearth.io:5432/pay", user, password))
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://pay:pay@localhost:5432/pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "host=db.hearth.io user=ledger sslmode=verify-full")
}

func fields(request *http.Request) {
	// ruleid: hard_coded_credential.go.field
	config := Config{Host: "db.hearth.io", User: "ledger", Password: "v4ult!river-92"}
	gateway := GatewayConfig{
		// ruleid: hard_coded_credential.go.field
		APIKey: "9f8c2b71e04d4a6c8b13",
	}
	// ok: hard_coded_credential.go.field
	empty := Config{User: "ledger", Password: ""}
	// ok: hard_coded_credential.go.field
	label := Labels{Password: "Your password"}
	// ok: hard_coded_credential.go.field
	named := Secret{PasswordKey: "db-password"}
	// ruleid: hard_coded_credential.go.fallback
	password := getEnv("DB_PASSWORD", "hearth")
	// ok: hard_coded_credential.go.fallback
	user := getEnv("DB_USER", "hearth")
	// ok: hard_coded_credential.go.fallback
	t.Setenv("DB_PASSWORD", "hearth")
	// ruleid: hard_coded_credential.go.header
	request.Header.Set("Authorization", "Bearer 9f8c2b71e04d4a6c8b13")
	// ok: hard_coded_credential.go.header
	request.Header.Set("Authorization", "Bearer "+token)
	// ok: hard_coded_credential.go.header
	request.Header.Set("Content-Type", "application/json")
	use(config, gateway, empty, label, named, password, user)
}

func settings() Config {
	return Config{
		// ruleid: hard_coded_credential.go.field
		DBPass: "hunter2horse",
		// ok: hard_coded_credential.go.field
		DBPasswordFile: "/run/secrets/db",
	}
}

type walletType string

// ok: hard_coded_credential.go.variable
const walletTypeMasterpass walletType = "masterpass"

// ruleid: hard_coded_credential.go.variable
const dbPassword = "changeling"
