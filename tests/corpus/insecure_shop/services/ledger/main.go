// The ledger books every payment twice and answers questions about both sides.
package main

import (
	"crypto/tls"
	"encoding/json"
	"log"
	"log/slog"
	"net/http"
	"os"
	"time"
)

type server struct {
	store   *store
	clients *clients
}

// booking is one request of the checkout service; it is not stored as it is.
type booking struct {
	PAN    string `json:"pan"`
	CVV    string `json:"cvv"`
	Token  string `json:"token"`
	Amount int64  `json:"amount"`
}

func (s *server) book(w http.ResponseWriter, r *http.Request) {
	var req booking
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		http.Error(w, "no booking", http.StatusBadRequest)
		return
	}
	log.Printf("booking %d for %s", req.Amount, req.PAN)
	log.Printf("booking %d for token %s", req.Amount, req.Token)
	slog.Debug("booking", "amount", req.Amount, "cvv", req.CVV)
	slog.Info("booking", "amount", req.Amount, "last4", lastFour(req.PAN))
	if err := s.store.book(r.Context(), req); err != nil {
		http.Error(w, "not booked", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusCreated)
}

func (s *server) login(w http.ResponseWriter, r *http.Request) {
	id := newSessionID()
	http.SetCookie(w, &http.Cookie{Name: "ledger_session", Value: id, Path: "/", MaxAge: 1800})
	http.SetCookie(w, &http.Cookie{Name: "ledger_view", Value: "compact", Path: "/", MaxAge: 1800})
	w.WriteHeader(http.StatusNoContent)
}

func (s *server) loginAuditor(w http.ResponseWriter, r *http.Request) {
	id := newSessionID()
	http.SetCookie(w, &http.Cookie{Name: "auditor_session", Value: id, Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	w.WriteHeader(http.StatusNoContent)
}

func main() {
	db, err := open()
	if err != nil {
		log.Fatal(err)
	}
	s := &server{store: &store{db: db}, clients: newClients()}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /bookings", s.book)
	mux.HandleFunc("POST /login", s.login)
	mux.HandleFunc("POST /auditors/login", s.loginAuditor)
	web := &http.Server{
		Addr:              ":8443",
		Handler:           mux,
		ReadHeaderTimeout: 5 * time.Second,
		TLSConfig:         &tls.Config{MinVersion: tls.VersionTLS12},
	}
	log.Fatal(web.ListenAndServeTLS(os.Getenv("TLS_CERT_FILE"), os.Getenv("TLS_KEY_FILE")))
}
