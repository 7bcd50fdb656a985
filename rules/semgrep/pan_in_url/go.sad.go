package charge

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

func check(cvv, id string) {
	// ruleid: pan_in_url.go.sad
	http.Get(fmt.Sprintf("https://gateway.example.com/check?cvv=%s", cvv))
	// ok: pan_in_url.go.sad
	http.Get(fmt.Sprintf("https://gateway.example.com/check?id=%s&cvv_given=%t", id, cvv != ""))
	// ok: pan_in_url.go.sad
	http.Post("https://gateway.example.com/check", "application/json", strings.NewReader(cvv))
	q := url.Values{}
	q.Set("security_code", cvv)
	u := url.URL{Scheme: "https", Host: "gateway.example.com"}
	// ruleid: pan_in_url.go.sad
	u.RawQuery = q.Encode()
}

func checkRequest(r *http.Request, cvv string) {
	q := r.URL.Query()
	q.Add("cvv", cvv)
	// ruleid: pan_in_url.go.sad
	r.URL.RawQuery = q.Encode()
}
