package charge

import "log"

type cardRequest struct{ ID, CVV string }

func authorise(r cardRequest) {
	// ruleid: sad_logged.go.deferred
	defer log.Println("authorised", r.CVV)
	// ok: sad_logged.go.deferred
	defer log.Println("authorised", r.ID)
	// ok: sad_logged.go.deferred
	defer log.Println("code given", r.CVV != "")
}
