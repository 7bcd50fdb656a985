package weather

import (
	"database/sql"
	"fmt"
)

func rain(db *sql.DB, r *http.Request) {
	// ok: injection.go.statement, injection.go.request
	db.Query(fmt.Sprintf("SELECT mm FROM rain WHERE town = '%s'", r.FormValue("town")))
}
