package network

import (
	"crypto/tls"
	"os"
)

func versions(settings Settings) []*tls.Config {
	// ruleid: weak_tls_version.go.minimum
	ten := &tls.Config{MinVersion: tls.VersionTLS10}
	// ruleid: weak_tls_version.go.minimum
	eleven := &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS11, MaxVersion: tls.VersionTLS13}
	// ruleid: weak_tls_version.go.minimum
	ssl := tls.Config{MinVersion: tls.VersionSSL30}
	// ruleid: weak_tls_version.go.minimum
	ssl.MaxVersion = tls.VersionTLS11
	// ruleid: weak_tls_version.go.number
	number := &tls.Config{MinVersion: 0x0301}
	// ruleid: weak_tls_version.go.default
	os.Setenv("GODEBUG", "http2client=0,tls10server=1")
	// ok: weak_tls_version.go.minimum
	twelve := &tls.Config{MinVersion: tls.VersionTLS12}
	// ok: weak_tls_version.go.minimum
	thirteen := &tls.Config{MinVersion: tls.VersionTLS13}
	// ok: weak_tls_version.go.number
	plain := &tls.Config{MinVersion: 0x0303}
	// ok: weak_tls_version.go.minimum, weak_tls_version.go.number
	configured := &tls.Config{MinVersion: settings.MinVersion}
	// ok: weak_tls_version.go.default
	os.Setenv("GODEBUG", "http2client=0")
	return []*tls.Config{ten, eleven, &ssl, number, twelve, thirteen, plain, configured}
}

func refuse(state tls.ConnectionState) bool {
	// ok: weak_tls_version.go.minimum
	return state.Version == tls.VersionTLS10 || state.Version == tls.VersionTLS11
}
