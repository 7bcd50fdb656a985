package cards

import (
	"fmt"
	"net/http"
)

func flows(ctx context.Context, card *Card, pan string, w http.ResponseWriter, r *http.Request) {
	// ruleid: pan_overdisplayed.go
	json.NewEncoder(w).Encode(map[string]string{"pan": pan})
	// ruleid: pan_overdisplayed.go
	fmt.Fprintf(w, "card %s", card.Number)
	// ruleid: pan_overdisplayed.go
	w.Write([]byte(pan))
	// ruleid: pan_overdisplayed.go
	c.JSON(http.StatusOK, gin.H{"pan": pan})
	// ruleid: pan_overdisplayed.go
	c.JSON(200, CardView{Number: card.CardNumber})
}

func clean(ctx context.Context, card *Card, pan string, w http.ResponseWriter, r *http.Request) {
	// ok: pan_overdisplayed.go
	json.NewEncoder(w).Encode(map[string]string{"pan": mask(pan)})
	// ok: pan_overdisplayed.go
	fmt.Fprintf(w, "card ending in %s", pan[len(pan)-4:])
	// ok: pan_overdisplayed.go
	json.NewEncoder(buffer).Encode(map[string]string{"pan": pan})
	// ok: pan_overdisplayed.go
	c.JSON(http.StatusOK, gin.H{"token": card.Token})
	// ok: pan_overdisplayed.go
	w.Write([]byte(card.Brand))
}

func exported(file io.Writer, pan string) {
	w := csv.NewWriter(file)
	// ok: pan_overdisplayed.go
	w.Write([]string{pan, "2030"})
}
