package main

import "net/http"

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
