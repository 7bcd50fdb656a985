package cards

type Card struct {
	// ok: account_data.go.model
	ID int64 `gorm:"primaryKey"`
	// ruleid: account_data.go.model, account_data.go.field
	PanCiphertext []byte `gorm:"column:pan_ciphertext"`
	// ok: account_data.go.model
	// ruleid: account_data.go.field
	Cvv string `gorm:"-"`
}

type CardRequest struct {
	// ok: account_data.go.model
	// ruleid: account_data.go.field
	CardNumber string `json:"card_number"`
	// ok: account_data.go.field
	Colour string
}

func pay() {
	// ok: account_data.go.field
	var cardNumber string
	_ = cardNumber
}

// ruleid: account_data.go.sql
const wallets = "CREATE TABLE wallets (id int, card_number text)"
// ok: account_data.go.sql
const query = "SELECT card_number text FROM wallets"
