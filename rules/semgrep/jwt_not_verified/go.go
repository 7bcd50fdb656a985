package auth

import (
	"github.com/go-jose/go-jose/v4/jwt"
	gojwt "github.com/golang-jwt/jwt/v5"
)

func subject(text string) string {
	var claims Claims
	// ruleid: jwt_not_verified.go.unverified
	_, _, err := new(jwt.Parser).ParseUnverified(text, &claims)
	use(err)
	return claims.Subject
}

func read(parser *gojwt.Parser, text string) {
	// ruleid: jwt_not_verified.go.unverified
	token, _, _ := parser.ParseUnverified(text, gojwt.MapClaims{})
	use(token)
}

func jose(token *jwt.JSONWebToken, claims *Claims, key any) {
	// ruleid: jwt_not_verified.go.unverified
	token.UnsafeClaimsWithoutVerification(claims)
	// ok: jwt_not_verified.go.unverified
	token.Claims(key, claims)
}

func keyed(parser *jwt.Parser, text string, keys Keys) (*jwt.Token, error) {
	// ok: jwt_not_verified.go.unverified
	token, _, _ := parser.ParseUnverified(text, &Claims{})
	key := keys.Find(token.Header["kid"])
	return jwt.Parse(text, func(*jwt.Token) (any, error) { return key, nil })
}

func none(claims Claims) {
	// ruleid: jwt_not_verified.go.none
	text, _ := jwt.NewWithClaims(jwt.SigningMethodNone, claims).SignedString(
		// ruleid: jwt_not_verified.go.none
		jwt.UnsafeAllowNoneSignatureType,
	)
	// ok: jwt_not_verified.go.none
	signed := jwt.NewWithClaims(jwt.SigningMethodRS256, claims)
	// ok: jwt_not_verified.go.none
	option := jwt.WithValidMethods([]string{"RS256"})
	// ok: jwt_not_verified.go.none
	style := css("display", "none")
	use(text, signed, option, style)
}

func ignored(text string, claims *Claims, keys jwt.Keyfunc) {
	// ruleid: jwt_not_verified.go.ignored
	token, _ := jwt.ParseWithClaims(text, claims, keys)
	use(token.Claims)
}

func heeded(text string, claims *Claims, keys jwt.Keyfunc) {
	// ok: jwt_not_verified.go.ignored
	token, err := jwt.ParseWithClaims(text, claims, keys)
	use(token, err)
}

func checked(text string, claims *Claims, keys jwt.Keyfunc) bool {
	// ok: jwt_not_verified.go.ignored
	token, _ := jwt.ParseWithClaims(text, claims, keys)
	return token != nil && token.Valid
}

func options(text string, keys jwt.Keyfunc) {
	// ruleid: jwt_not_verified.go.claims
	token, err := jwt.Parse(text, keys, jwt.WithoutClaimsValidation())
	// ok: jwt_not_verified.go.claims
	other, err := jwt.Parse(text, keys, jwt.WithLeeway(time.Minute))
	// ruleid: jwt_not_verified.go.claims
	verifier := provider.Verifier(&oidc.Config{ClientID: "hearth", SkipExpiryCheck: true})
	// ok: jwt_not_verified.go.claims
	strict := provider.Verifier(&oidc.Config{ClientID: "hearth"})
	use(token, other, err, verifier, strict)
}

func byHand(bearerToken string) string {
	parts := strings.Split(bearerToken, ".")
	// ruleid: jwt_not_verified.go.decoded
	body, _ := base64.RawURLEncoding.DecodeString(parts[1])
	return string(body)
}

func fileName(name string) string {
	parts := strings.Split(name, ".")
	// ok: jwt_not_verified.go.decoded
	body, _ := base64.RawURLEncoding.DecodeString(parts[1])
	return string(body)
}

// The parser of a library: the signature is checked further down.
func (p *Parser) ParseWithClaims(text string, claims Claims, keys Keyfunc) (*Token, error) {
	// ok: jwt_not_verified.go.unverified
	token, parts, err := p.ParseUnverified(text, claims)
	if err != nil {
		return token, err
	}
	key, err := keys(token)
	if err = token.Method.Verify(strings.Join(parts[0:2], "."), token.Signature, key); err != nil {
		return token, err
	}
	return token, nil
}
