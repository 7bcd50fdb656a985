package cards

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httputil"

	"go.uber.org/zap"
)

type CardDetails struct {
	CardNumber string
	Holder     string
}

func whole(details *CardDetails, in CreditCard, order Order, layout CardLayout, logger *zap.Logger) {
	// ruleid: pan_logged.go.typed
	log.Printf("taken: %+v", details)
	// ruleid: pan_logged.go.typed
	logger.Info("taken", zap.Any("in", in))
	// ruleid: pan_logged.go.typed
	fmt.Printf("%v", in)
	// ok: pan_logged.go.typed
	log.Printf("taken: %+v", order)
	// ok: pan_logged.go.typed
	log.Printf("taken: %s", details.Holder)
	// ok: pan_logged.go.typed
	log.Printf("shown: %v", layout)
}

func take(w http.ResponseWriter, r *http.Request) {
	dump, _ := httputil.DumpRequest(r, true)
	// ruleid: pan_logged.go.body
	log.Printf("request: %s", dump)
	body, err := io.ReadAll(r.Body)
	// ruleid: pan_logged.go.body
	log.Println("body", string(body))
	// ok: pan_logged.go.body
	log.Println("body", len(body))
	// ok: pan_logged.go.body
	log.Println("body", err)
	// ok: pan_logged.go.body
	log.Println("body", redact(body))
}
