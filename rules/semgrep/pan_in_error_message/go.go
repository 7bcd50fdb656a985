package cards

import (
	"fmt"
	"net/http"
)

func flows(ctx context.Context, card *Card, pan string, w http.ResponseWriter, r *http.Request) {
	// ruleid: pan_in_error_message.go
	err := fmt.Errorf("bad card %s", pan)
	// ruleid: pan_in_error_message.go
	e2 := errors.New("bad card " + card.Number)
	// ruleid: pan_in_error_message.go
	http.Error(w, "bad card "+pan, 400)
	// ruleid: pan_in_error_message.go
	e3 := status.Errorf(codes.InvalidArgument, "card %s", card.GetCardNumber())
	// ruleid: pan_in_error_message.go
	c.JSON(http.StatusBadRequest, gin.H{"error": "bad card " + pan})
	// ruleid: pan_in_error_message.go
	panic("card " + pan)
}

func clean(ctx context.Context, card *Card, pan string, w http.ResponseWriter, r *http.Request) {
	// ok: pan_in_error_message.go
	err := fmt.Errorf("bad card number")
	// ok: pan_in_error_message.go
	e2 := fmt.Errorf("bad card %s", mask(pan))
	// ok: pan_in_error_message.go
	e3 := fmt.Errorf("bad card ending in %s", pan[len(pan)-4:])
	// ok: pan_in_error_message.go
	e4 := fmt.Errorf("wrong length %d", len(pan))
	// ok: pan_in_error_message.go
	http.Error(w, "bad card number", 400)
	// ok: pan_in_error_message.go
	e5 := fmt.Errorf("%w: order %s", ErrInvalidCardNumber, card.OrderID)
}
