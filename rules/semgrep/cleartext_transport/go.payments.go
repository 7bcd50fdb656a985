package main

import (
	"crypto/tls"
	"net/http"
)

// What this service asks of others says nothing of what it serves.
var acquirer = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS13}}}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/payments", nil)
	// ok: cleartext_transport.go.payment_server
	go http.ListenAndServe("127.0.0.1:9090", mux)
	// ruleid: cleartext_transport.go.payment_server
	http.ListenAndServe(":8080", mux)
}

func other(mux http.Handler) {
	srv := &http.Server{Addr: ":8081", Handler: mux}
	// ruleid: cleartext_transport.go.payment_server
	srv.ListenAndServe()
}

func both(mux http.Handler) {
	// ok: cleartext_transport.go.payment_server
	go http.ListenAndServe(":8082", http.HandlerFunc(toHTTPS))
	http.ListenAndServeTLS(":8444", "tls.crt", "tls.key", mux)
}

func metrics() {
	// ok: cleartext_transport.go.payment_server
	http.ListenAndServe(":9090", promhttp.Handler())
}
