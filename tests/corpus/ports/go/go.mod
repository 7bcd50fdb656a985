module checkout

go 1.24

require (
	github.com/IBM/sarama v1.45.0
	github.com/getsentry/sentry-go v0.31.1
	github.com/golang-jwt/jwt/v5 v5.2.2
	github.com/jackc/pgx/v5 v5.7.2
	github.com/redis/go-redis/v9 v9.7.3
	go.opentelemetry.io/otel v1.34.0
	golang.org/x/crypto v0.35.0
)
