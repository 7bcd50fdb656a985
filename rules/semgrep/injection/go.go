package cards

import (
	"database/sql"
	"fmt"
	"html/template"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

func find(w http.ResponseWriter, r *http.Request, db *sql.DB, ctx context.Context) {
	holder := r.FormValue("cardholder")
	// ruleid: injection.go.request, injection.go.statement
	rows, _ := db.Query("SELECT token FROM cards WHERE holder = '" + holder + "'")
	// ok: injection.go.request, injection.go.statement
	good, _ := db.Query("SELECT token FROM cards WHERE holder = $1", holder)
	order := r.URL.Query().Get("order")
	// ruleid: injection.go.request
	sorted, _ := db.QueryContext(ctx, fmt.Sprintf("SELECT token FROM cards ORDER BY %s", order))
	// ok: injection.go.request, injection.go.statement
	chosen, _ := db.QueryContext(ctx, fmt.Sprintf("SELECT token FROM cards ORDER BY %s", columns[order]))
	id, _ := strconv.Atoi(r.FormValue("id"))
	// ok: injection.go.request
	number, _ := db.Query(fmt.Sprintf("SELECT token FROM cards LIMIT %d", id))
	use(rows, good, sorted, chosen, number)
}

func body(w http.ResponseWriter, r *http.Request, db *gorm.DB) {
	var in Search
	json.NewDecoder(r.Body).Decode(&in)
	// ruleid: injection.go.request
	db.Where("merchant_id = " + in.Merchant).Find(&cards)
	// ok: injection.go.request
	db.Where("merchant_id = ?", in.Merchant).Find(&cards)
	// ruleid: injection.go.request
	db.Order(in.Sort).Find(&cards)
}

func export(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("file")
	// ruleid: injection.go.request
	out, _ := exec.Command("sh", "-c", "gpg -d /exports/"+name).Output()
	// ok: injection.go.request
	safe, _ := exec.Command("gpg", "-d", filepath.Base(name)).Output()
	// ruleid: injection.go.request
	raw, _ := os.ReadFile("/exports/" + name)
	// ok: injection.go.request
	based, _ := os.ReadFile(filepath.Join("/exports", filepath.Base(name)))
	// ruleid: injection.go.request
	fmt.Fprintf(w, "<h1>Card of %s</h1>", r.FormValue("holder"))
	// ok: injection.go.request
	fmt.Fprintf(w, "<h1>Card of %s</h1>", template.HTMLEscapeString(r.FormValue("holder")))
	use(out, safe, raw, based)
}

func framework(c *gin.Context, db *sql.DB) {
	// ruleid: injection.go.request, injection.go.statement
	db.Exec(fmt.Sprintf("UPDATE cards SET status = 'blocked' WHERE token = '%s'", c.Param("token")))
}

func (s *Store) byToken(ctx context.Context, token, table string, ids []string) {
	// ruleid: injection.go.statement
	s.db.QueryRowContext(ctx, fmt.Sprintf("SELECT last4 FROM cards WHERE token = '%s'", token))
	query := fmt.Sprintf(`DELETE FROM cards WHERE token = '%s'`, token)
	// ruleid: injection.go.statement
	s.db.Exec(query)
	// ok: injection.go.statement
	s.db.Query(fmt.Sprintf("SELECT last4 FROM %s WHERE token = $1", table), token)
	// ok: injection.go.statement
	s.db.Query(fmt.Sprintf("SELECT last4 FROM cards WHERE token IN (%s)", placeholders(ids)), ids)
	// ok: injection.go.statement
	s.db.Query("SELECT last4 FROM cards WHERE token = " + placeholder(1), token)
	// ok: injection.go.statement
	s.db.Query("SELECT last4 FROM cards WHERE token = ?", token)
}
