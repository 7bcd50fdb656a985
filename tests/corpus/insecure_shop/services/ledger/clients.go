package main

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"time"
)

type clients struct {
	acquirer *http.Client
	bank     *http.Client
	archive  *http.Client
	till     *http.Client
}

func newClients() *clients {
	return &clients{
		acquirer: client(&tls.Config{MinVersion: tls.VersionTLS12, RootCAs: internalRoots()}),
		bank:     client(&tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: true}),
		archive:  client(&tls.Config{MinVersion: tls.VersionTLS10}),
		till:     client(&tls.Config{MinVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_RSA_WITH_RC4_128_SHA}}),
	}
}

func client(config *tls.Config) *http.Client {
	return &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{TLSClientConfig: config}}
}

func internalRoots() *x509.CertPool {
	roots, err := x509.SystemCertPool()
	if err != nil {
		return x509.NewCertPool()
	}
	return roots
}

func (c *clients) entriesOf(pan string) (*http.Response, error) {
	return c.acquirer.Get("https://api.nordhaven-acquiring.example/v2/cards/" + pan + "/entries")
}

func (c *clients) entriesOfToken(token string) (*http.Response, error) {
	return c.acquirer.Get("https://api.nordhaven-acquiring.example/v2/tokens/" + token + "/entries")
}

func (c *clients) interestRate() (*http.Response, error) {
	// paylint: ignore[cleartext_transport] the published rate, there is nothing of ours in it
	return http.Get("http://rates.oldbridge-bank.example/today")
}

func (c *clients) sidecarReady() (*http.Response, error) {
	return http.Get("http://127.0.0.1:15021/healthz/ready")
}
