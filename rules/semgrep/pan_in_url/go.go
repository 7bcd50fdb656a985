package cards

import (
	"fmt"
	"net/http"
)

func flows(ctx context.Context, card *Card, pan string, w http.ResponseWriter, r *http.Request) {
	// ruleid: pan_in_url.go
	http.Get(fmt.Sprintf("https://api.example.com/cards/%s", pan))
	// ruleid: pan_in_url.go
	http.Get("https://api.example.com/cards?pan=" + card.Number)
	target := "https://api.example.com/cards/" + pan
	// ruleid: pan_in_url.go
	req, _ := http.NewRequest("GET", target, nil)
	q := url.Values{}
	q.Set("pan", pan)
	// ruleid: pan_in_url.go
	u.RawQuery = q.Encode()
	// ruleid: pan_in_url.go
	http.Redirect(w, r, "/pay?card="+card.CardNumber, 302)
	// ruleid: pan_in_url.go
	p, _ := url.Parse("https://api.example.com/cards/" + r.FormValue("card_number"))
}

func clean(ctx context.Context, card *Card, pan string, w http.ResponseWriter, r *http.Request) {
	// ok: pan_in_url.go
	http.Get("https://api.example.com/cards/" + card.Token)
	// ok: pan_in_url.go
	http.Post("https://api.example.com/cards", "application/json", strings.NewReader(pan))
	form := url.Values{}
	form.Set("pan", pan)
	// ok: pan_in_url.go
	http.PostForm("https://api.example.com/cards", form)
	// ok: pan_in_url.go
	http.Get("https://api.example.com/bins/" + pan[:6])
	// ok: pan_in_url.go
	http.Get("https://api.example.com/cards/" + tokenize(pan))
}

func routes(r *gin.Engine, mux *http.ServeMux) {
	// ruleid: pan_in_url.go.route
	r.GET("/cards/:pan", read)
	// ruleid: pan_in_url.go.route
	mux.HandleFunc("GET /cards/{cardNumber}", read)
	// ok: pan_in_url.go.route
	r.GET("/cards/:token", read)
	// ok: pan_in_url.go.route
	r.POST("/cards", create)
	// ok: pan_in_url.go.route
	r.GET("/companies/:company", read)
}
