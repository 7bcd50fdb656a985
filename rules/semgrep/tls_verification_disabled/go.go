package network

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

func clients(pool *x509.CertPool, check func(tls.ConnectionState) error) *http.Client {
	transport := &http.Transport{
		// ruleid: tls_verification_disabled.go.tls_config
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
	}
	// ruleid: tls_verification_disabled.go.tls_config
	http.DefaultTransport.(*http.Transport).TLSClientConfig = &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true,
	}
	// ruleid: tls_verification_disabled.go.tls_config
	transport.TLSClientConfig.InsecureSkipVerify = true
	// ok: tls_verification_disabled.go.tls_config
	pinned := &tls.Config{InsecureSkipVerify: true, VerifyConnection: check}
	// ok: tls_verification_disabled.go.tls_config
	raw := &tls.Config{InsecureSkipVerify: true, VerifyPeerCertificate: verify(pool)}
	// ok: tls_verification_disabled.go.tls_config
	strict := &tls.Config{RootCAs: pool, InsecureSkipVerify: false}
	// ok: tls_verification_disabled.go.tls_config
	configured := &tls.Config{RootCAs: pool, InsecureSkipVerify: settings.Skip}
	_, _, _, _ = pinned, raw, strict, configured
	return &http.Client{Transport: transport}
}

func later(check func(tls.ConnectionState) error) *tls.Config {
	// ok: tls_verification_disabled.go.tls_config
	c := &tls.Config{InsecureSkipVerify: true}
	c.VerifyConnection = check
	return c
}

func after(c *tls.Config, check func(tls.ConnectionState) error) {
	// ok: tls_verification_disabled.go.tls_config
	c.InsecureSkipVerify = true
	c.VerifyConnection = check
}

func databases() {
	// ruleid: tls_verification_disabled.go.driver
	open("mysql", "pay@tcp(db.hearth.example:3306)/pay?tls=skip-verify&parseTime=true")
	// ruleid: tls_verification_disabled.go.driver
	open("sqlserver", "sqlserver://db.hearth.example:1433?database=pay&TrustServerCertificate=true")
	// ok: tls_verification_disabled.go.driver
	open("mysql", "pay@tcp(db.hearth.example:3306)/pay?tls=hearth")
	// ok: tls_verification_disabled.go.driver
	open("mysql", "pay@tcp(127.0.0.1:3306)/pay?tls=skip-verify")
	// ok: tls_verification_disabled.go.driver
	say("never use tls=skip-verify here")
}

func batch(key ssh.PublicKey) {
	// ruleid: tls_verification_disabled.go.ssh
	insecure := &ssh.ClientConfig{User: "batch", HostKeyCallback: ssh.InsecureIgnoreHostKey()}
	// ruleid: tls_verification_disabled.go.ssh
	silent := &ssh.ClientConfig{User: "batch", HostKeyCallback: func(string, net.Addr, ssh.PublicKey) error { return nil }}
	// ok: tls_verification_disabled.go.ssh
	fixed := &ssh.ClientConfig{User: "batch", HostKeyCallback: ssh.FixedHostKey(key)}
	known, _ := knownhosts.New("known_hosts")
	// ok: tls_verification_disabled.go.ssh
	listed := &ssh.ClientConfig{User: "batch", HostKeyCallback: known}
	_, _, _, _ = insecure, silent, fixed, listed
}

func more(pool *x509.CertPool) {
	// ruleid: tls_verification_disabled.go.tls_config
	options := grequests.RequestOptions{InsecureSkipVerify: true}
	// ruleid: tls_verification_disabled.go.tls_config
	blind := &tls.Config{InsecureSkipVerify: true, VerifyPeerCertificate: func(raw [][]byte, chains [][]*x509.Certificate) error { return nil }}
	// ok: tls_verification_disabled.go.tls_config
	pinned := &tls.Config{InsecureSkipVerify: true, VerifyPeerCertificate: func(raw [][]byte, chains [][]*x509.Certificate) error { return check(raw, pool) }}
	// ruleid: tls_verification_disabled.go.client
	cluster := &rest.Config{Host: host, TLSClientConfig: rest.TLSClientConfig{Insecure: true}}
	// ok: tls_verification_disabled.go.client
	safe := &rest.Config{Host: host, TLSClientConfig: rest.TLSClientConfig{CAFile: file}}
	// ruleid: tls_verification_disabled.go.client
	client := req.C().EnableInsecureSkipVerify()
	// ok: tls_verification_disabled.go.client
	sound := req.C().SetRootCertsFromFile("ca.pem")
	use(options, blind, pinned, cluster, safe, client, sound)
}
