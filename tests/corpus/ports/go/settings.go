// Package checkout takes cards, keeps tokens and charges them.
package checkout

import (
	"encoding/base64"
	"fmt"
	"os"
)

// required reads a setting that the secret store fills; none has a default.
func required(name string) string {
	value, found := os.LookupEnv(name)
	if !found || value == "" {
		panic(fmt.Sprintf("setting %s is missing", name))
	}
	return value
}

func keyOf(name string) []byte {
	key, err := base64.StdEncoding.DecodeString(required(name))
	if err != nil || len(key) != 32 {
		panic(fmt.Sprintf("setting %s is not 32 bytes in base64", name))
	}
	return key
}

const gatewayURL = "https://gateway.acquirer-one.com/v1/charge"

var (
	dbPassword        = required("DB_PASSWORD")
	jwtSecret         = []byte(required("JWT_SECRET"))
	smtpPassword      = required("SMTP_PASSWORD")
	webhookSigningKey = required("WEBHOOK_SIGNING_KEY")
	encryptionKey     = keyOf("DATA_KEY")
	fingerprintKey    = keyOf("FINGERPRINT_KEY")
)
