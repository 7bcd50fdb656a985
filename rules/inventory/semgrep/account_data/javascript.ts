import { Column, Entity } from "typeorm";

@Entity()
export class SavedCard {
  // ok: account_data.javascript.column
  @Column() id: number;

  // ruleid: account_data.javascript.column, account_data.javascript.field
  @Column({ type: "varchar", transformer: new EncryptionTransformer(options) }) pan: string;
}

const Card = sequelize.define("cards", {
  // ok: account_data.javascript.described
  id: { type: DataTypes.INTEGER },
  // ruleid: account_data.javascript.described
  cardNumber: { type: DataTypes.STRING(19) },
});

export interface CardRequest {
  // ruleid: account_data.javascript.field
  cardNumber: string;
  // ok: account_data.javascript.field
  colour: string;
}

app.post("/pay", (req, res) => {
  // ruleid: account_data.javascript.body
  const { amount, cardNumber } = req.body;
  // ruleid: account_data.javascript.body
  const code = req.body.cvv;
  // ok: account_data.javascript.body
  const { colour } = req.body;
  res.end();
});

// ruleid: account_data.javascript.sql
const wallets = "CREATE TABLE wallets (id int, card_number text)";
// ok: account_data.javascript.sql
const query = "SELECT card_number text FROM wallets";
