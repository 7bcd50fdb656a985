package charge

import (
	"log"
	"log/slog"
)

type CardPayment struct {
	Merchant   string
	CardNumber string
}

func (p CardPayment) LogValue() slog.Value {
	return slog.StringValue(p.Merchant + " " + p.CardNumber[len(p.CardNumber)-4:])
}

func pay(p CardPayment) {
	// ok: pan_logged.go.fields
	slog.Info("paid", slog.Any("payment", p))
	// ok: pan_logged.go.typed
	log.Printf("paid %v", p)
}

type VaultedCard struct {
	Token  string
	Holder string
}

func keep(v VaultedCard) {
	// ok: pan_logged.go.typed
	log.Printf("kept %v", v)
}
