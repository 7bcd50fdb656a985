package cards

import (
	"fmt"
	"net/http"
)

func flows(ctx context.Context, card *Card, pan string, w http.ResponseWriter, r *http.Request) {
	// ruleid: pan_in_message.go
	smtp.SendMail(addr, auth, from, to, []byte("card "+pan))
	// ruleid: pan_in_message.go
	m.SetBody("text/plain", "Your card "+card.Number)
	// ruleid: pan_in_message.go
	api.PostMessage(channel, slack.MsgOptionText("declined "+pan, false))
	// ruleid: pan_in_message.go
	mailer.Send(ctx, to, fmt.Sprintf("card %s", pan))
	// ruleid: pan_in_message.go
	msg := &slack.WebhookMessage{Text: "card " + pan}
}

func clean(ctx context.Context, card *Card, pan string, w http.ResponseWriter, r *http.Request) {
	// ok: pan_in_message.go
	smtp.SendMail(addr, auth, from, to, []byte("card "+mask(pan)))
	// ok: pan_in_message.go
	m.SetBody("text/plain", "Your card ending in "+pan[len(pan)-4:])
	// ok: pan_in_message.go
	mailer.Send(ctx, to, card.OrderID)
	// ok: pan_in_message.go
	gateway.Send(ctx, pan)
	// ok: pan_in_message.go
	api.PostMessage(channel, slack.MsgOptionText("declined "+card.Token, false))
}

func chat(pan string) {
	// ruleid: pan_in_message.go
	http.Post("https://hooks.slack.com/services/x", "application/json", strings.NewReader(`{"text":"declined `+pan+`"}`))
	// ok: pan_in_message.go
	http.Post("https://gateway.example.com/charges", "application/json", strings.NewReader(`{"pan":"`+pan+`"}`))
}
