package cards

import (
	"fmt"
	"net/http"

	"github.com/DataDog/datadog-go/v5/statsd"
	"github.com/bugsnag/bugsnag-go/v2"
	"github.com/getsentry/sentry-go"
	"github.com/honeybadger-io/honeybadger-go"
	"github.com/posthog/posthog-go"
	"github.com/rollbar/rollbar-go"
	"github.com/segmentio/analytics-go/v3"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

func traced(ctx context.Context, card *Card, pan string, w http.ResponseWriter, r *http.Request, segment *xray.Segment) {
	// ruleid: account_data_in_telemetry.go.tracing
	span.SetAttributes(attribute.String("pan", pan))
	// ruleid: account_data_in_telemetry.go.tracing
	span.SetTag("pan", card.Number)
	// ruleid: account_data_in_telemetry.go.tracing
	payments.WithLabelValues("visa", pan).Inc()
	// ruleid: account_data_in_telemetry.go.tracing
	txn.AddAttribute("pan", pan)
	// ruleid: account_data_in_telemetry.go.tracing
	span.AddEvent("charging " + pan)
	// ruleid: account_data_in_telemetry.go.tracing
	span.SetStatus(codes.Error, fmt.Sprintf("declined %s", card.Number))
	// ruleid: account_data_in_telemetry.go.tracing
	child := tracer.StartSpan("charge", tracer.Tag("card", card.Number))
	// ruleid: account_data_in_telemetry.go.tracing
	app.RecordCustomEvent("Charge", map[string]any{"card": card.Number})
	// ruleid: account_data_in_telemetry.go.tracing
	segment.AddMetadata("cvv", card.CVV)
	// ruleid: account_data_in_telemetry.go.tracing
	statsd.Incr("charges", []string{"card:" + pan}, 1)
	use(child)
}

func reported(card *Card, pan string, err error, hub *sentry.Hub) {
	// ruleid: account_data_in_telemetry.go.errors
	scope.SetExtra("cvv", card.CVV)
	// ruleid: account_data_in_telemetry.go.errors
	sentry.CaptureMessage("declined " + pan)
	// ruleid: account_data_in_telemetry.go.errors
	hub.CaptureMessage(pan)
	sentry.WithScope(func(scope *sentry.Scope) {
		// ruleid: account_data_in_telemetry.go.errors
		scope.SetContext("card", map[string]any{"number": card.Number})
	})
	// ruleid: account_data_in_telemetry.go.errors
	bugsnag.Notify(err, bugsnag.MetaData{"card": {"number": pan}})
	// ruleid: account_data_in_telemetry.go.errors
	honeybadger.Notify(err, honeybadger.Context{"pan": pan})
	// ruleid: account_data_in_telemetry.go.errors
	rollbar.ErrorWithExtras(rollbar.ERR, err, map[string]any{"card": card.Number})
	notice := airbrake.Notice(err, nil, 1)
	// ruleid: account_data_in_telemetry.go.errors
	notice.Params["card"] = card.Number
	event := &sentry.Event{}
	// ruleid: account_data_in_telemetry.go.errors
	event.Message = "declined: " + pan
}

func counted(client analytics.Client, flags *ld.LDClient, card *Card, pan string, user User) {
	// ruleid: account_data_in_telemetry.go.analytics
	client.Enqueue(analytics.Track{UserId: user.ID, Event: "paid", Properties: analytics.NewProperties().Set("card", card.Number)})
	// ruleid: account_data_in_telemetry.go.analytics
	client.Enqueue(analytics.Identify{UserId: pan})
	// ruleid: account_data_in_telemetry.go.analytics
	client.Enqueue(posthog.Capture{DistinctId: user.ID, Properties: map[string]any{"pan": pan}})
	// ruleid: account_data_in_telemetry.go.analytics
	mixpanel.Track(ctx, []*Event{{Name: "paid", Card: card.Number}})
	// ruleid: account_data_in_telemetry.go.analytics
	who := ldcontext.New(pan)
	use(who)
}

func indexed(index *search.Index, es *elastic.Client, inserter *bigquery.Inserter, card *Card, pan string) {
	// ruleid: account_data_in_telemetry.go.index
	index.SaveObject(map[string]string{"objectID": card.ID, "number": card.Number})
	// ruleid: account_data_in_telemetry.go.index
	es.Index().Index("payments").BodyJson(map[string]string{"pan": pan})
	// ruleid: account_data_in_telemetry.go.index
	inserter.Put(ctx, []*Row{{Card: card.Number}})
}

func clean(ctx context.Context, card *Card, pan string, w http.ResponseWriter, r *http.Request) {
	// ok: account_data_in_telemetry.go.tracing
	span.SetAttributes(attribute.String("token", card.Token))
	// ok: account_data_in_telemetry.go.tracing
	span.SetAttributes(attribute.String("last4", pan[len(pan)-4:]))
	// ok: account_data_in_telemetry.go.tracing
	payments.WithLabelValues(card.Brand).Inc()
	// ok: account_data_in_telemetry.go.tracing
	span.SetTag("card", mask(pan))
	// ok: account_data_in_telemetry.go.tracing
	span.SetAttributes(attribute.Int("pan.length", len(pan)))
	// ok: account_data_in_telemetry.go.tracing
	span.SetAttributes(attribute.Bool("card.valid", luhn.Valid(pan)))
	// ok: account_data_in_telemetry.go.errors
	scope.SetExtra("cvv_result", card.CVVResult)
	// ok: account_data_in_telemetry.go.errors
	sentry.CaptureMessage("declined " + card.Last4)
	// ok: account_data_in_telemetry.go.errors
	bugsnag.Notify(err, bugsnag.MetaData{"card": {"number": mask(pan)}})
	// ok: account_data_in_telemetry.go.analytics
	client.Enqueue(analytics.Track{UserId: user.ID, Event: "paid", Properties: analytics.NewProperties().Set("brand", card.Brand)})
	// ok: account_data_in_telemetry.go.analytics
	client.Enqueue(analytics.Track{UserId: user.ID, Properties: analytics.NewProperties().Set("pan", view.PanX)})
	// ok: account_data_in_telemetry.go.index
	index.SaveObject(map[string]string{"objectID": card.ID, "last4": card.Last4})
	// ok: account_data_in_telemetry.go.index
	vault.Put(ctx, encrypt(pan))
}
