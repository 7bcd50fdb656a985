package checkout

import (
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"

	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/bcrypt"
	"golang.org/x/crypto/pbkdf2"
	"golang.org/x/crypto/scrypt"
)

// User is a customer or a clerk.
type User struct {
	ID           string
	DateOfBirth  string
	PasswordHash string
	Pseudonym    string
}

// SetPassword keeps what bcrypt makes of it.
func (user *User) SetPassword(password []byte) error {
	hash, err := bcrypt.GenerateFromPassword(password, 12)
	if err != nil {
		return err
	}
	user.PasswordHash = string(hash)
	return nil
}

// Pseudonym hides a birthday behind a key.
func (user *User) hide(key []byte) {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(user.DateOfBirth))
	user.Pseudonym = hex.EncodeToString(mac.Sum(nil))
}

func exportKey(password string, salt []byte) []byte {
	return argon2.IDKey([]byte(password), salt, 1, 64*1024, 4, 32)
}

func archiveKey(password string, salt []byte) ([]byte, error) {
	return scrypt.Key([]byte(password), salt, 32768, 8, 1, 32)
}

func terminalKey(password, salt []byte) []byte {
	return pbkdf2.Key(password, salt, 600000, 32, sha256.New)
}

func sign(fields string) string {
	mac := hmac.New(sha256.New, []byte(webhookSigningKey))
	mac.Write([]byte(fields))
	return hex.EncodeToString(mac.Sum(nil))
}

func digestOf(document []byte) []byte {
	h := sha256.New()
	h.Write(document)
	return h.Sum(nil)
}

// claimsOf reads the claims of a token that our login service signed.
func claimsOf(bearerToken string, public *rsa.PublicKey) (*jwt.RegisteredClaims, error) {
	claims := &jwt.RegisteredClaims{}
	token, err := jwt.ParseWithClaims(bearerToken, claims, func(*jwt.Token) (any, error) { return public, nil }, jwt.WithValidMethods([]string{"RS256"}), jwt.WithAudience("checkout"))
	if err != nil {
		return nil, err
	}
	if !token.Valid {
		return nil, errors.New("the token is not valid")
	}
	return claims, nil
}

func tenant(bearerToken string, public *rsa.PublicKey) (string, error) {
	claims, err := claimsOf(bearerToken, public)
	if err != nil {
		return "", err
	}
	return claims.Issuer, nil
}

func subject(text string, claims *jwt.RegisteredClaims, keys jwt.Keyfunc) (name string, err error) {
	token, err := jwt.ParseWithClaims(text, claims, keys)
	if err != nil {
		return "", err
	}
	return token.Claims.GetSubject()
}

func issue(claims jwt.Claims) (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(jwtSecret)
}

func startSession(w http.ResponseWriter, id string) {
	http.SetCookie(w, &http.Cookie{Name: "session_id", Value: id, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}
