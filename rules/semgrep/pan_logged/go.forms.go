package charge

import (
	"encoding/json"
	"log"
	"log/slog"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

type Purchase struct {
	Merchant   string
	CardNumber string `json:"card_number"`
}

type Refund struct {
	PaymentID string
	Reason    string
}

func authorise(p Purchase, logger *zap.Logger) {
	// ruleid: pan_logged.go.deferred
	defer log.Printf("authorised %s", p.CardNumber)
	// ok: pan_logged.go.deferred
	defer log.Printf("authorised %s", last4(p.CardNumber))
	defer func() {
		if r := recover(); r != nil {
			// ruleid: pan_logged.go.deferred
			log.Printf("panic while charging %s: %v", p.CardNumber, r)
			// ok: pan_logged.go.deferred
			log.Printf("panic while charging for %s: %v", p.Merchant, r)
		}
	}()
	// ruleid: pan_logged.go.fields
	log.Printf("purchase %+v", p)
	// ruleid: pan_logged.go.fields
	logger.Info("purchase", zap.Any("purchase", &p), zap.Any("again", p))
	// ok: pan_logged.go.fields
	log.Printf("purchase for %s", p.Merchant)
}

func refund(r Refund, p *Purchase) {
	// ok: pan_logged.go.fields
	log.Printf("refund %+v", r)
	// ruleid: pan_logged.go.fields
	slog.Info("purchase", slog.Any("purchase", p))
}

func sale(p Purchase, z *zap.SugaredLogger) {
	// ruleid: pan_logged.go.fields
	z.Debugf("sale %+v", p)
	// ruleid: pan_logged.go
	z.Debugf("sale %s", p.CardNumber)
	body, _ := json.Marshal(p)
	// ruleid: pan_logged.go.fields
	z.Debug(string(body))
	// ok: pan_logged.go.fields
	z.Debug(len(body))
}

func (p *Purchase) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	enc.AddString("merchant", p.Merchant)
	// ok: pan_logged.go
	enc.AddString("last4", p.CardNumber[len(p.CardNumber)-4:])
	// ruleid: pan_logged.go
	enc.AddString("card", p.CardNumber)
	return nil
}

func last4(s string) string { return s[len(s)-4:] }
