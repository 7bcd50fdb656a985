package checkout

import (
	"crypto/tls"
	"database/sql"
	"encoding/json"
	"io"
	"log"
	"net/http"
)

// Server answers with TLS 1.2 or later.
func Server(gateway *http.Client, db *sql.DB) *http.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /payments", func(w http.ResponseWriter, r *http.Request) { pay(w, r, gateway, db) })
	mux.HandleFunc("GET /cards/{token}", func(w http.ResponseWriter, r *http.Request) { find(w, r, db) })
	return &http.Server{Addr: ":8443", Handler: mux, TLSConfig: &tls.Config{MinVersion: tls.VersionTLS12}}
}

func pay(w http.ResponseWriter, r *http.Request, gateway *http.Client, db *sql.DB) {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "the request is too long", http.StatusRequestEntityTooLarge)
		return
	}
	log.Println("bytes of the request", len(body))
	var card Card
	if err := json.Unmarshal(body, &card); err != nil {
		http.Error(w, "the request is no card", http.StatusBadRequest)
		return
	}
	if err := Authorize(r.Context(), gateway, card, 100); err != nil {
		http.Error(w, "the payment failed", http.StatusBadGateway)
		return
	}
	token, err := Keep(r.Context(), db, card)
	if err != nil {
		http.Error(w, "the card cannot be kept", http.StatusServiceUnavailable)
		return
	}
	json.NewEncoder(w).Encode(map[string]string{"token": token, "card_number": "**** " + Last4(card.Number)})
}

func find(w http.ResponseWriter, r *http.Request, db *sql.DB) {
	holder := r.URL.Query().Get("holder")
	rows, err := db.QueryContext(r.Context(), "SELECT token FROM cards WHERE holder = $1", holder)
	if err != nil {
		http.Error(w, "the cards cannot be read", http.StatusServiceUnavailable)
		return
	}
	defer rows.Close()
}

// Run ends when the server does.
func Run(server *http.Server) {
	log.Fatal(server.ListenAndServeTLS("/run/secrets/tls.crt", "/run/secrets/tls.key"))
}
