package payments

import (
	"encoding/json"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"os"

	"github.com/rs/zerolog"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
)

func charge(card *Card, pan string, req *ChargeRequest, r *http.Request, logger *zap.Logger, zl zerolog.Logger) {
	// ruleid: pan_logged.go
	log.Printf("charging %s", pan)
	// ruleid: pan_logged.go
	log.Println("charging", card.Number)
	// ruleid: pan_logged.go
	log.Fatalf("no route for %s", req.CardNumber)
	// ruleid: pan_logged.go
	fmt.Println("pan: " + pan)
	// ruleid: pan_logged.go
	fmt.Fprintf(os.Stderr, "card %s\n", card.PAN)
	// ruleid: pan_logged.go
	slog.Info("charging", "pan", card.Number)
	// ruleid: pan_logged.go
	slog.Info("charging", slog.String("pan", pan))
	// ruleid: pan_logged.go
	slog.ErrorContext(r.Context(), "declined", "card_number", req.CardNumber)
	// ruleid: pan_logged.go
	logger.Info("charging", zap.String("pan", pan))
	// ruleid: pan_logged.go
	logger.Sugar().Infow("charging", "pan", card.GetPan())
	// ruleid: pan_logged.go
	logger.Sugar().Infof("charging %s", pan)
	// ruleid: pan_logged.go
	logrus.WithField("pan", pan).Info("charging")
	// ruleid: pan_logged.go
	logrus.WithFields(logrus.Fields{"order": req.OrderID, "pan": pan}).Info("charging")
	// ruleid: pan_logged.go
	zl.Info().Str("pan", pan).Msg("charging")
	// ruleid: pan_logged.go
	log.Printf("card %s", r.FormValue("card_number"))
	// ruleid: pan_logged.go
	log.Print(fmt.Sprintf("card=%s", pan))
	// ruleid: pan_logged.go
	log.Printf("card %s", pan[:12])
	// ruleid: pan_logged.go
	zl.Info().Str("card", req.CardNumber).Msg("charge")
	// ruleid: pan_logged.go
	log.Println(req.CardNumber[:12])
	// ruleid: pan_logged.go
	level.Info(logger).Log("msg", "charge", "pan", pan)

	line := fmt.Sprintf("charging %s", card.CardNumber)
	// ruleid: pan_logged.go
	log.Println(line)

	fields := map[string]string{}
	fields["number"] = pan
	// ruleid: pan_logged.go
	log.Printf("%v", fields)

	body, _ := json.Marshal(map[string]string{"pan": pan})
	// ruleid: pan_logged.go
	log.Printf("request %s", body)
}

func clean(card *Card, pan string, req *ChargeRequest, logger *zap.Logger, repo *CardRepository) {
	// ok: pan_logged.go
	log.Printf("the card number was rejected")
	// ok: pan_logged.go
	log.Printf("charging %s", mask(pan))
	// ok: pan_logged.go
	log.Printf("charging %s", cards.MaskPAN(card.Number))
	// ok: pan_logged.go
	slog.Info("charging", "pan", card.MaskedPAN)
	// ok: pan_logged.go
	slog.Info("charging", "last4", pan[len(pan)-4:])
	// ok: pan_logged.go
	slog.Info("charging", "bin", pan[:6])
	// ok: pan_logged.go
	logger.Info("charging", zap.Int("digits", len(card.Number)))
	// ok: pan_logged.go
	logger.Info("charging", zap.Bool("valid", luhn.Valid(pan)))
	// ok: pan_logged.go
	logger.Info("charging", zap.String("token", card.Token))
	// ok: pan_logged.go
	log.Printf("row %d", repo.FindByPAN(pan).ID)
	// ok: pan_logged.go
	log.Printf("failed: %v", ErrInvalidCardNumber)
	// ok: pan_logged.go
	log.Printf("same: %v", pan == req.Other)
	// ok: pan_logged.go
	catalog.Info(pan)

	shown := mask(pan)
	// ok: pan_logged.go
	log.Printf("charging %s", shown)
	pan = mask(pan)
	// ok: pan_logged.go
	log.Printf("charging %s", pan)
}

func objects(card *Card, paymentCard Card, req *ChargeRequest) {
	// ruleid: pan_logged.go.card_object
	log.Printf("card %+v", card)
	// ruleid: pan_logged.go.card_object
	slog.Info("charging", "card", paymentCard)
	// ruleid: pan_logged.go.card_object
	fmt.Printf("%v\n", req.Card)
	// ok: pan_logged.go.card_object
	log.Printf("brand %s", card.Brand)
	// ok: pan_logged.go.card_object
	log.Printf("gift %v", req.GiftCard)
	// ok: pan_logged.go.card_object
	log.Printf("saved card")
}
