package checkout

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	"golang.org/x/crypto/ssh"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"k8s.io/client-go/rest"
)

func init() {
	os.Setenv("GODEBUG", "http2client=0")
}

// sound is what both sides may choose from with TLS 1.2.
func sound() (suites []uint16) {
	for _, suite := range tls.CipherSuites() {
		suites = append(suites, suite.ID)
	}
	return suites
}

// Gateway talks to the acquirer with its private authority and a certificate of ours.
func Gateway(authority *x509.CertPool, own tls.Certificate) *http.Client {
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{
		RootCAs:      authority,
		Certificates: []tls.Certificate{own},
		MinVersion:   tls.VersionTLS12,
		CipherSuites: []uint16{tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384},
	}}}
}

// Authorize sends the card and the code in the body of one request.
func Authorize(ctx context.Context, client *http.Client, card Card, amount int64) error {
	pan, cvv := card.Number, card.CVV
	body, err := json.Marshal(map[string]any{"number": pan, "expiry": card.Expiry, "code": cvv, "amount": amount})
	if err != nil {
		return fmt.Errorf("the request for card ending in %s cannot be made", Last4(pan))
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, gatewayURL, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+required("GATEWAY_TOKEN"))
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

func refund(body *bytes.Reader) (*http.Response, error) {
	return http.Post("https://api.acquirer-one.com/refunds", "application/json", body)
}

func rates() (*http.Response, error) {
	return http.Get("https://rates.weather-one.com/eur.json")
}

func brand(card Card, cvv string) (*http.Response, error) {
	return http.Get("https://api.acquirer-one.com/cards/" + card.Token)
}

func vault(config *tls.Config) (*grpc.ClientConn, error) {
	return grpc.NewClient("vault.hearth.io:443", grpc.WithTransportCredentials(credentials.NewTLS(config)))
}

func cluster(host string) *rest.Config {
	return &rest.Config{Host: host, TLSClientConfig: rest.TLSClientConfig{CAFile: "/etc/checkout/cluster.pem"}}
}

func batchLogin(key ssh.PublicKey, signer ssh.Signer) *ssh.ClientConfig {
	return &ssh.ClientConfig{User: "batch", Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)}, HostKeyCallback: ssh.FixedHostKey(key)}
}
