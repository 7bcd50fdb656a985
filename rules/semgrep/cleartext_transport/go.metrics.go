package main

import "net/http"

func main() {
	http.HandleFunc("/metrics", nil)
	http.HandleFunc("/discards", nil)
	// ok: cleartext_transport.go.payment_server
	http.ListenAndServe(":9090", nil)
}
