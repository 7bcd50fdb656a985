package network

import "crypto/tls"

func suites() []*tls.Config {
	// ruleid: weak_tls_cipher.go.suites
	rc4 := &tls.Config{CipherSuites: []uint16{tls.TLS_RSA_WITH_RC4_128_SHA}}
	old := &tls.Config{
		MinVersion: tls.VersionTLS12,
		// ruleid: weak_tls_cipher.go.suites
		CipherSuites: []uint16{
			tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
			tls.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA,
		},
	}
	// ok: weak_tls_cipher.go.suites
	fine := &tls.Config{CipherSuites: []uint16{tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384}}
	var all []uint16
	// ruleid: weak_tls_cipher.go.insecure_list
	for _, suite := range tls.InsecureCipherSuites() {
		all = append(all, suite.ID)
	}
	// ok: weak_tls_cipher.go.insecure_list
	for _, suite := range tls.CipherSuites() {
		all = append(all, suite.ID)
	}
	// ok: weak_tls_cipher.go.insecure_list
	for _, suite := range tls.InsecureCipherSuites() {
		refuse(suite.ID)
	}
	return []*tls.Config{rc4, old, fine}
}

func weak(id uint16) bool {
	// ok: weak_tls_cipher.go.suites
	return id == tls.TLS_RSA_WITH_RC4_128_SHA
}
