package web

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/gorilla/sessions"
)

const sessionCookie = "hearth_session"

func cookies(w http.ResponseWriter, r *http.Request, c *gin.Context, id string) {
	// ruleid: insecure_cookie.go.session
	http.SetCookie(w, &http.Cookie{Name: "session_id", Value: id, Path: "/"})
	// ruleid: insecure_cookie.go.session
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Value: id, HttpOnly: true})
	// ruleid: insecure_cookie.go.off
	http.SetCookie(w, &http.Cookie{Name: "auth_token", Value: id, Secure: false, HttpOnly: true})
	// ruleid: insecure_cookie.go.off
	c.SetCookie("session", id, 3600, "/", "hearth.io", false, true)
	// ruleid: insecure_cookie.go.off
	options := &sessions.Options{Path: "/", HttpOnly: true, Secure: false}
	// ok: insecure_cookie.go.session, insecure_cookie.go.off
	http.SetCookie(w, &http.Cookie{Name: "session_id", Value: id, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	// ok: insecure_cookie.go.session
	http.SetCookie(w, &http.Cookie{Name: "session_id", Value: "", MaxAge: -1})
	// ok: insecure_cookie.go.session
	http.SetCookie(w, &http.Cookie{Name: "theme", Value: "dark"})
	// ok: insecure_cookie.go.session
	r.AddCookie(&http.Cookie{Name: "session_id", Value: id})
	// ok: insecure_cookie.go.off
	c.SetCookie("session", id, 3600, "/", "hearth.io", true, true)
	// ok: insecure_cookie.go.off
	c.SetCookie("lang", "de", 3600, "/", "hearth.io", false, false)
	use(options)
}
