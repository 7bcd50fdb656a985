package cards

import (
	"fmt"
	"net/http"
)

func flows(ctx context.Context, card *Card, pan string, w http.ResponseWriter, r *http.Request) {
	// ruleid: account_data_in_telemetry.go
	span.SetAttributes(attribute.String("pan", pan))
	// ruleid: account_data_in_telemetry.go
	scope.SetExtra("cvv", card.CVV)
	// ruleid: account_data_in_telemetry.go
	sentry.CaptureMessage("declined " + pan)
	// ruleid: account_data_in_telemetry.go
	span.SetTag("pan", card.Number)
	// ruleid: account_data_in_telemetry.go
	payments.WithLabelValues("visa", pan).Inc()
	// ruleid: account_data_in_telemetry.go
	txn.AddAttribute("pan", pan)
}

func clean(ctx context.Context, card *Card, pan string, w http.ResponseWriter, r *http.Request) {
	// ok: account_data_in_telemetry.go
	span.SetAttributes(attribute.String("token", card.Token))
	// ok: account_data_in_telemetry.go
	span.SetAttributes(attribute.String("last4", pan[len(pan)-4:]))
	// ok: account_data_in_telemetry.go
	scope.SetExtra("cvv_result", card.CVVResult)
	// ok: account_data_in_telemetry.go
	payments.WithLabelValues(card.Brand).Inc()
	// ok: account_data_in_telemetry.go
	span.SetTag("card", mask(pan))
}
