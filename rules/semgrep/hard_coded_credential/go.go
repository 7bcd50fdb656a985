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
	// ok: hard_coded_credential.go.login
	request.SetBasicAuth("hearth", password)
	// ok: hard_coded_credential.go.login
	typed := LoginForm{Password: "typed!in-7"}
	use(cache, mail, login, open, typed)
}

func databases(user, password string) {
	// ruleid: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://ledger:v4ult-river@db.hearth.io:5432/pay?sslmode=verify-full")
	// ruleid: hard_coded_credential.go.address
	sql.Open("mysql", "ledger:v4ult-river@tcp(db.hearth.io:3306)/pay")
	// ruleid: hard_coded_credential.go.address
	sql.Open("postgres", "host=db.hearth.io user=ledger password=v4ult-river dbname=pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", os.Getenv("DATABASE_URL"))
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", fmt.Sprintf("postgres://%s:%s@db.hearth.io:5432/pay", user, password))
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "postgres://pay:pay@localhost:5432/pay")
	// ok: hard_coded_credential.go.address
	sql.Open("postgres", "host=db.hearth.io user=ledger sslmode=verify-full")
}
