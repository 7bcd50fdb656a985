package network

import (
	"net/http"

	"github.com/redis/go-redis/v9"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
)

// ruleid: cleartext_transport.go.address
const gatewayURL = "http://gateway.acquirer-one.com/v1/charge"

var gateway = Gateway{
	Name: "acquirer one",
	// ruleid: cleartext_transport.go.address
	BaseURL: "http://gateway.acquirer-one.com/v1/charge",
	// ok: cleartext_transport.go.address
	//OldURL: "http://gateway.acquirer-one.com/v1/charge",
	// ruleid: cleartext_transport.go.address
	Next: Server{Name: "next", URL: "http://gateway.acquirer-one.com/v2/charge"},
	// ok: cleartext_transport.go.address
	Callback: "https://shop.hearth.io/payments",
	// ok: cleartext_transport.go.address
	Namespace: "http://gateway.acquirer-one.com/v1/charge",
	// ok: cleartext_transport.go.address
	DocsURL: "http://localhost/payments",
}

// ok: cleartext_transport.go.address
const secureURL = "https://gateway.acquirer-one.com/v1/charge"

// ok: cleartext_transport.go.address
const localURL = "http://localhost:8080/payments"

func send(body io.Reader) {
	// ruleid: cleartext_transport.go.http
	http.Post("http://api.acquirer-one.com/orders", "application/json", body)
	// ruleid: cleartext_transport.go.http
	request, _ := http.NewRequest(http.MethodPost, "http://api.acquirer-one.com/orders", body)
	// ruleid: cleartext_transport.go.http
	status, _ := http.Get("http://payments.acquirer-one.com/status")
	// ok: cleartext_transport.go.http
	http.Post("https://api.acquirer-one.com/orders", "application/json", body)
	// ok: cleartext_transport.go.http
	http.Post("http://orders:8080/orders", "application/json", body)
	// ok: cleartext_transport.go.http
	http.Post("http://127.0.0.1:8080/orders", "application/json", body)
	// ruleid: cleartext_transport.go.read
	http.Post("http://example.com/orders", "application/json", body)
	// ruleid: cleartext_transport.go.read
	http.Post("http://api.example.org:8080/orders", "application/json", body)
	// ok: cleartext_transport.go.http
	http.Post("http://localhost/orders", "application/json", body)
	// ok: cleartext_transport.go.http
	http.Post("http://orders.local/orders", "application/json", body)
	// ok: cleartext_transport.go.http
	http.Post("http://orders.test:8080/orders", "application/json", body)
	// ok: cleartext_transport.go.http
	http.Post("http://orders.invalid/orders", "application/json", body)
	// ok: cleartext_transport.go.http
	http.Post("http://first.last:word@localhost:8080/orders", "application/json", body)
	// ruleid: cleartext_transport.go.read
	http.Get("http://payments.example.net/status")
	// ruleid: cleartext_transport.go.http
	http.Post("http://example.com.acquirer-one.com/orders", "application/json", body)
	// ruleid: cleartext_transport.go.http
	http.Post("http://api.our-example.com/orders", "application/json", body)
	// ruleid: cleartext_transport.go.http
	http.Post("http://first.last:word@api.acquirer-one.com/orders", "application/json", body)
	// ruleid: cleartext_transport.go.read
	weather, _ := http.Get("http://www.weather-one.com/forecast")
	use(request, status, weather)
}

func databases() {
	// ruleid: cleartext_transport.go.database
	open("postgres", "postgres://ledger@db.hearth.io:5432/pay?sslmode=disable")
	// ruleid: cleartext_transport.go.database
	open("postgres", "host=db.hearth.io user=ledger dbname=pay sslmode=disable")
	// ok: cleartext_transport.go.database
	open("postgres", "postgres://ledger@db.hearth.io:5432/pay?sslmode=verify-full")
	// ok: cleartext_transport.go.database
	open("postgres", "postgres://ledger@localhost:5432/pay?sslmode=disable")
	// ok: cleartext_transport.go.database
	open("postgres", "host=localhost user=ledger dbname=pay sslmode=disable")
	// ok: cleartext_transport.go.database
	open("postgres", "postgres://ledger@postgres:5432/pay?sslmode=disable")
}

func connections(config *tls.Config, address string) {
	// ruleid: cleartext_transport.go.grpc
	old, _ := grpc.Dial("vault.hearth.io:443", grpc.WithInsecure())
	// ruleid: cleartext_transport.go.grpc
	open, _ := grpc.NewClient("vault.hearth.io:443", grpc.WithTransportCredentials(insecure.NewCredentials()))
	// ok: cleartext_transport.go.grpc
	local, _ := grpc.NewClient("localhost:9090", grpc.WithTransportCredentials(insecure.NewCredentials()))
	// ok: cleartext_transport.go.grpc
	given, _ := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	// ok: cleartext_transport.go.grpc
	secure, _ := grpc.NewClient("vault.hearth.io:443", grpc.WithTransportCredentials(credentials.NewTLS(config)))
	// ruleid: cleartext_transport.go.connection
	cache, _ := redis.ParseURL("redis://cache.hearth.io:6379/0")
	// ok: cleartext_transport.go.connection
	nobody, _ := redis.ParseURL("redis://cache.example.com:6379/0")
	// ok: cleartext_transport.go.connection
	closed, _ := redis.ParseURL("rediss://cache.hearth.io:6379/0")
	// ok: cleartext_transport.go.connection
	inside, _ := redis.ParseURL("redis://cache:6379/0")
	use(old, open, local, given, secure, cache, nobody, closed, inside)
}

func clients(ctx context.Context, password string, body Order) {
	// ruleid: cleartext_transport.go.http
	resty.New().R().SetBody(body).Post("http://api.acquirer-one.com/orders")
	// ruleid: cleartext_transport.go.http
	base := sling.New().Base("http://api.acquirer-one.com/v1/")
	// ruleid: cleartext_transport.go.http
	grequests.Post("http://api.acquirer-one.com/orders", nil)
	// ok: cleartext_transport.go.http
	resty.New().R().SetBody(body).Post("http://orders:8080/orders")
	// ruleid: cleartext_transport.go.database
	open("mysql", "ledger@tcp(db.hearth.io:3306)/pay?tls=false")
	// ok: cleartext_transport.go.database
	open("mysql", "ledger@tcp(mysql:3306)/pay?tls=false")
	// ruleid: cleartext_transport.go.files
	batch, err := ftp.Dial("ftp.acquirer-one.com:21", ftp.DialWithTimeout(5*time.Second))
	// ok: cleartext_transport.go.files
	closed, err := ftp.Dial("ftp.acquirer-one.com:21", ftp.DialWithExplicitTLS(config))
	// ok: cleartext_transport.go.files
	local, err := ftp.Dial("localhost:2121")
	// ok: cleartext_transport.go.files
	started, err := ftp.DialTimeout(fmt.Sprintf("localhost:%d", server.Port), 10*time.Second)
	// ruleid: cleartext_transport.go.files
	telnet.DialToAndCall(host, caller)
	// ok: cleartext_transport.go.files
	telnet.DialToAndCallTLS(host, caller, config)
	// ruleid: cleartext_transport.go.mail
	post, err := mail.NewClient("mail.hearth.io", mail.WithTLSPolicy(mail.NoTLS))
	// ok: cleartext_transport.go.mail
	safe, err := mail.NewClient("mail.hearth.io", mail.WithTLSPolicy(mail.TLSMandatory))
	// ruleid: cleartext_transport.go.option
	store, err := minio.New("files.hearth.io", &minio.Options{Creds: creds, Secure: false})
	// ok: cleartext_transport.go.option
	inside, err := minio.New("minio:9000", &minio.Options{Creds: creds, Secure: false})
	// ruleid: cleartext_transport.go.option
	producer, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": servers, "security.protocol": "SASL_PLAINTEXT"})
	// ok: cleartext_transport.go.option
	sealed, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": servers, "security.protocol": "SASL_SSL"})
	use(base, batch, closed, local, post, safe, store, inside, producer, sealed, err)
}

func directory() error {
	// ok: cleartext_transport.go.connection
	l, err := ldap.DialURL("ldap://directory.hearth.io:389")
	if err != nil {
		return err
	}
	if err = l.StartTLS(config); err != nil {
		return err
	}
	return l.Bind(user, password)
}

func open(handler http.Handler) {
	// ruleid: cleartext_transport.go.server
	log.Fatal(http.ListenAndServe(":8443", handler))
}

func frontend(handler http.Handler) {
	server := &http.Server{Addr: ":80", Handler: handler}
	// ruleid: cleartext_transport.go.server
	server.ListenAndServe()
}

func behindProxy(handler http.Handler) {
	// ok: cleartext_transport.go.server
	log.Fatal(http.ListenAndServe(":8080", handler))
}

func redirecting(handler http.Handler, m *autocert.Manager) {
	// ok: cleartext_transport.go.server
	go http.ListenAndServe(":80", m.HTTPHandler(nil))
	log.Fatal(http.ListenAndServeTLS(":443", "", "", handler))
}

func readPlain(client *http.Client, ctx context.Context, body io.Reader) {
	// ruleid: cleartext_transport.go.read
	client.Get("http://rates.weather-one.com/eur.json")
	// ruleid: cleartext_transport.go.read
	http.NewRequest("GET", "http://rates.weather-one.com/eur.json", nil)
	// ruleid: cleartext_transport.go.read
	http.NewRequestWithContext(ctx, http.MethodGet, "http://rates.weather-one.com/eur.json", nil)
	// ruleid: cleartext_transport.go.read
	gorequest.New().Delete("http://rates.weather-one.com/eur.json").End()
	// ruleid: cleartext_transport.go.read
	sling.New().Get("http://rates.weather-one.com").QueryStruct(query).Request()
	// ruleid: cleartext_transport.go.read
	http.NewRequest("POST", "http://example.com/orders", body)
	// ruleid: cleartext_transport.go.http
	http.NewRequest("POST", "http://api.weather-one.com/orders", body)
	// ok: cleartext_transport.go.read
	client.Get("https://rates.weather-one.com/eur.json")
	// ok: cleartext_transport.go.read
	client.Get("http://rates:8080/eur.json")
	// ok: cleartext_transport.go.read
	client.Get("http://localhost:8080/eur.json")
	// ok: cleartext_transport.go.read
	cache.Get("http://rates.weather-one.com/eur.json")
	// ok: cleartext_transport.go.read
	header.Get("http://rates.weather-one.com/eur.json")
	// ok: cleartext_transport.go.read
	client.Get("http://www.w3.org/2000/svg")
}
