package payments

import (
	"crypto/sha256"
	"fmt"
	"log"
	"log/slog"
	"net/http"

	"go.uber.org/zap"
)

func authorise(card *Card, cvv, track2, pinBlock string, logger *zap.Logger, r *http.Request) {
	// ruleid: sad_logged.go
	log.Printf("cvv %s", cvv)
	// ruleid: sad_logged.go
	slog.Info("authorising", "cvc", card.CVC)
	// ruleid: sad_logged.go
	logger.Info("authorising", zap.String("cvv", card.CVV))
	// ruleid: sad_logged.go
	log.Printf("track %s", track2)
	// ruleid: sad_logged.go
	log.Printf("pin block %x", pinBlock)
	// ruleid: sad_logged.go
	fmt.Println("code", r.FormValue("cvv"))
	// ruleid: sad_logged.go
	log.Printf("hash %x", sha256.Sum256([]byte(cvv)))
	line := "code=" + card.SecurityCode
	// ruleid: sad_logged.go
	log.Print(line)
}

func clean(card *Card, cvv string, player *Player, pin gpio.PinIO, resp *Response) {
	// ok: sad_logged.go
	log.Print("the cvv is wrong")
	// ok: sad_logged.go
	log.Printf("cvv %s", redact(cvv))
	// ok: sad_logged.go
	log.Printf("cvv of %d digits", len(cvv))
	// ok: sad_logged.go
	slog.Info("answer", "cvv_result", resp.CVVResult)
	// ok: sad_logged.go
	log.Printf("given: %v", cvv != "")
	// ok: sad_logged.go
	log.Printf("playing %s", player.Track)
	// ok: sad_logged.go
	log.Printf("pin %s", pin)
	// ok: sad_logged.go
	log.Printf("valid %v", validCVV(cvv))
}
