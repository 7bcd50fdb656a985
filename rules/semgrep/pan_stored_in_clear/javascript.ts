import { Column, Entity, PrimaryColumn, TableColumn } from "typeorm";
import { EncryptionTransformer } from "typeorm-fields";
import { DataTypes, Model, Sequelize } from "sequelize";
import mongoose from "mongoose";
import { bytea, mysqlTable, pgTable, serial, text, varchar } from "drizzle-orm/pg-core";
import crypto from "crypto";
import fs from "fs";

// --- columns

@Entity()
export class SavedCard {
  @PrimaryColumn()
  // ok: pan_stored_in_clear.javascript.column
  token: string;

  @Column({ type: "varchar", length: 19 })
  // ruleid: pan_stored_in_clear.javascript.column
  cardNumber: string;

  @Column()
  // ruleid: pan_stored_in_clear.javascript.column
  private pan?: string;

  @Column({ type: "varchar", transformer: new EncryptionTransformer(options) })
  // ok: pan_stored_in_clear.javascript.column
  creditCardNumber: string;

  @Column("varchar", { transformer: sealed })
  // ok: pan_stored_in_clear.javascript.column
  debitCardNumber: string;

  @Column({ type: "bytea" })
  // ok: pan_stored_in_clear.javascript.column
  primaryAccountNumber: Buffer;

  @Encrypted()
  @Column()
  // ok: pan_stored_in_clear.javascript.column
  paymentCardNumber: string;

  @Column({ length: 4 })
  // ok: pan_stored_in_clear.javascript.column
  ccNumber: string;

  @Column()
  // ok: pan_stored_in_clear.javascript.column
  maskedCardNumber: string;

  @Column()
  // ok: pan_stored_in_clear.javascript.column
  cardNumberHash: string;

  @Column()
  // ok: pan_stored_in_clear.javascript.column
  loyaltyCardNumber: string;
}

export class CardDto {
  @IsCreditCard()
  // ok: pan_stored_in_clear.javascript.column
  cardNumber: string;
}

export const Card = new Sequelize("sqlite::memory:").define("Card", {
  // ruleid: pan_stored_in_clear.javascript.column
  card_number: { type: DataTypes.STRING, allowNull: false },
  // ok: pan_stored_in_clear.javascript.column
  pan: {
    type: DataTypes.TEXT,
    set(value: string) {
      this.setDataValue("pan", encrypt(value));
    },
  },
  // ok: pan_stored_in_clear.javascript.column
  ccNumber: DataTypes.BLOB,
  // ok: pan_stored_in_clear.javascript.column
  encryptedCardNumber: DataTypes.STRING,
  // ok: pan_stored_in_clear.javascript.column
  cardNumberLast4: DataTypes.STRING(4),
});

class Instrument extends Model {}
Instrument.init(
  {
    // ruleid: pan_stored_in_clear.javascript.column
    cardNo: DataTypes.STRING(19),
  },
  { sequelize: db, tableName: "instruments" },
);

export const paymentSchema = new mongoose.Schema({
  // ruleid: pan_stored_in_clear.javascript.column
  cardNumber: String,
  card: {
    // ok: pan_stored_in_clear.javascript.column
    number: { type: String, set: encrypt, get: decrypt },
  },
  // ok: pan_stored_in_clear.javascript.column
  creditCardNumber: { type: String, set: encrypt },
});

export const cards = pgTable("cards", {
  id: serial("id").primaryKey(),
  // ruleid: pan_stored_in_clear.javascript.column
  cardNumber: varchar("card_number", { length: 19 }),
  // ok: pan_stored_in_clear.javascript.column
  primaryAccountNumber: bytea("pan"),
});

export async function up(knex: any, runner: any, db: any) {
  await knex.schema.createTable("cards", (table: any) => {
    // ruleid: pan_stored_in_clear.javascript.column
    table.string("card_number", 19).notNullable();
    // ok: pan_stored_in_clear.javascript.column
    table.binary("card_number_ciphertext");
    // ok: pan_stored_in_clear.javascript.column
    table.binary("pan");
    // ok: pan_stored_in_clear.javascript.column
    table.string("card_number", 4);
    // ok: pan_stored_in_clear.javascript.column
    table.string("card_token");
    // ok: pan_stored_in_clear.javascript.column
    table.index("card_number");
  });
  // ruleid: pan_stored_in_clear.javascript.column
  await runner.addColumn("cards", new TableColumn({ name: "card_number", type: "varchar" }));
  // ruleid: pan_stored_in_clear.javascript.statement
  await runner.query(`CREATE TABLE cards (id bigint, card_number varchar(19), expiry char(4))`);
  // ruleid: pan_stored_in_clear.javascript.statement
  await db.query("ALTER TABLE cards ADD COLUMN pan text");
  // ok: pan_stored_in_clear.javascript.statement
  await db.query("CREATE TABLE cards (id bigint, card_number bytea, token text)");
  // ok: pan_stored_in_clear.javascript.statement
  await db.query("CREATE TABLE cards (id bigint, card_number_last4 char(4), card_token text)");
  // ok: pan_stored_in_clear.javascript.statement
  await db.query("ALTER TABLE cards DROP COLUMN card_number");
}

// --- databases

export async function store(req: any, repository: any, collection: any, knex: any, db: any, cipher: any) {
  const { cardNumber, expiry, cardNumber: number } = req.body;
  // ruleid: pan_stored_in_clear.javascript.database
  await prisma.card.create({ data: { cardNumber, expiry } });
  // ruleid: pan_stored_in_clear.javascript.database
  await prisma.card.update({ where: { id: 1 }, data: { reference: number } });
  // ruleid: pan_stored_in_clear.javascript.database
  await repository.save({ pan: req.body?.pan });
  // ruleid: pan_stored_in_clear.javascript.database
  await Card.create({ card_number: req.body.account.trim() });
  // ruleid: pan_stored_in_clear.javascript.database
  await SavedCard.findOneAndUpdate({ user: 1 }, { $set: { card: { number: req.body.account } } });
  // ruleid: pan_stored_in_clear.javascript.database
  await collection.insertOne({ ...rest, number: cardNumber.replace(/\s/g, "") });
  // ruleid: pan_stored_in_clear.javascript.database
  await knex("cards").insert([{ card_number: cardNumber }]);
  // ruleid: pan_stored_in_clear.javascript.database
  await db.query("INSERT INTO cards (card_number, expiry) VALUES ($1, $2)", [cardNumber, expiry]);
  // ruleid: pan_stored_in_clear.javascript.database
  await pool.execute("UPDATE cards SET card_number = ? WHERE id = ?", [req.body.cardNumber, 1]);
  // ruleid: pan_stored_in_clear.javascript.database
  await db.query(`INSERT INTO cards VALUES ('${cardNumber}')`);
  // ruleid: pan_stored_in_clear.javascript.database
  await sql`INSERT INTO cards (number) VALUES (${cardNumber})`;
  // ruleid: pan_stored_in_clear.javascript.database
  await addDoc(collectionRef, { cardNumber });
  // ruleid: pan_stored_in_clear.javascript.database
  await repository.save({ display: cardNumber.slice(0, 12) });
  const card = new SavedCard({ cardNumber });
  // ruleid: pan_stored_in_clear.javascript.database
  await card.save();

  // ok: pan_stored_in_clear.javascript.database
  await prisma.card.create({ data: { cardNumber: encrypt(cardNumber), last4: cardNumber.slice(-4) } });
  // ok: pan_stored_in_clear.javascript.database
  await prisma.card.create({ data: { token: await vault.tokenize(cardNumber), brand: detectBrand(cardNumber) } });
  // ok: pan_stored_in_clear.javascript.database
  await repository.save({ cardNumber: cipher.update(cardNumber, "utf8", "hex") + cipher.final("hex") });
  // ok: pan_stored_in_clear.javascript.database
  await repository.save({ lookup: crypto.createHmac("sha256", key).update(cardNumber).digest("hex") });
  // ok: pan_stored_in_clear.javascript.database
  await repository.save({ cardNumber: ciphertext, pan: encryptedPan });
  // ok: pan_stored_in_clear.javascript.database
  await repository.save({ cardNumber: `**** **** **** ${cardNumber.slice(-4)}` });
  // ok: pan_stored_in_clear.javascript.database
  await repository.save({ cardNumber: maskCardNumber(cardNumber), maskedPan, cardToken });
  // ok: pan_stored_in_clear.javascript.database
  await stripe.tokens.create({ card: { number: cardNumber } });
  // ok: pan_stored_in_clear.javascript.database
  await stripe.paymentMethods.create({ type: "card", card: { number: cardNumber, exp_month: 1 } });
  // ok: pan_stored_in_clear.javascript.database
  const [found] = await db.query("SELECT id FROM cards WHERE lookup = $1", [hmac(key, cardNumber)]);
  // ok: pan_stored_in_clear.javascript.database
  await db.query("UPDATE cards SET seen_at = now() WHERE card_id = $1", [cardNumber]);
  const charge = await gateway.charge({ cardNumber });
  // ok: pan_stored_in_clear.javascript.database
  await repository.save({ reference: charge.reference, valid: luhn(cardNumber), length: cardNumber.length });
  // ok: pan_stored_in_clear.javascript.database
  await Gift.create({ giftCardNumber, loyaltyCardNumber });
  // ok: pan_stored_in_clear.javascript.database
  await repository.save({ ...req.body, cardNumber: undefined });
  const kept = { cardNumber, expiry };
  // ok: pan_stored_in_clear.javascript.database
  await repository.save({ ...kept, cardNumber: await encrypt(cardNumber) });
  // ok: pan_stored_in_clear.javascript.database
  await Setting.create({ key: "zoom", pan: view.pan });
  // ok: pan_stored_in_clear.javascript.database
  new Set().add(cardNumber);
}

export async function sealed(req: any, repository: any) {
  const cardNumber = await encrypt(req.body.cardNumber);
  // ok: pan_stored_in_clear.javascript.database
  await repository.save({ cardNumber });
}

// --- caches, sessions, cookies

export async function remember(req: any, res: any, redis: any, cache: any) {
  const { cardNumber, basket } = req.body;
  // ruleid: pan_stored_in_clear.javascript.session
  await redis.set(`card-on-file:${basket}`, cardNumber, "EX", 600);
  // ruleid: pan_stored_in_clear.javascript.session
  await redis.hset(`card:${basket}`, "pan", req.body.account);
  // ruleid: pan_stored_in_clear.javascript.session
  await redis.set(`seen:${cardNumber}`, 1);
  // ruleid: pan_stored_in_clear.javascript.session
  cache.set(basket, JSON.stringify({ cardNumber }));
  // ruleid: pan_stored_in_clear.javascript.session
  req.session.cardNumber = cardNumber;
  // ruleid: pan_stored_in_clear.javascript.session
  req.session.checkout = { ...req.session.checkout, pan: req.body.pan };
  // ruleid: pan_stored_in_clear.javascript.session
  res.cookie("cc", req.body.cardNumber, { secure: true });

  // ok: pan_stored_in_clear.javascript.session
  await redis.set(`token-on-file:${basket}`, cardToken, "EX", 600);
  // ok: pan_stored_in_clear.javascript.session
  await redis.set(`card:${hmac(key, cardNumber)}`, 1);
  // ok: pan_stored_in_clear.javascript.session
  await redis.set(`card:${basket}`, encrypt(cardNumber));
  // ok: pan_stored_in_clear.javascript.session
  req.session.last4 = cardNumber.slice(-4);
  // ok: pan_stored_in_clear.javascript.session
  req.session.cardNumber = undefined;
  // ok: pan_stored_in_clear.javascript.session
  res.cookie("map", JSON.stringify(map.pan));
}

// --- browsers and devices

export function keep(form: any, values: any) {
  // ruleid: pan_stored_in_clear.javascript.browser
  sessionStorage.setItem("cardNumber", form.cardNumber.value);
  // ruleid: pan_stored_in_clear.javascript.browser
  localStorage.setItem("checkout", JSON.stringify({ ...values, cardNumber: values.cardNumber }));
  // ruleid: pan_stored_in_clear.javascript.browser
  localStorage["card"] = values.cardNumber;
  // ruleid: pan_stored_in_clear.javascript.browser
  AsyncStorage.setItem("card_number", values.account);
  // ruleid: pan_stored_in_clear.javascript.browser
  document.cookie = "card=" + values.cardNumber;
  // ok: pan_stored_in_clear.javascript.browser
  sessionStorage.setItem("panX", String(panX));
  // ok: pan_stored_in_clear.javascript.browser
  localStorage.setItem("last4", values.cardNumber.slice(-4));
  // ok: pan_stored_in_clear.javascript.browser
  localStorage.setItem("cardNumber", maskedNumber);
  // ok: pan_stored_in_clear.javascript.browser
  localStorage.removeItem("cardNumber");
  // ok: pan_stored_in_clear.javascript.browser
  sessionStorage.setItem("cardBrand", brandOf(values.cardNumber));
}

// --- files and queues

export async function exportCards(rows: any[], producer: any, row: any) {
  // ruleid: pan_stored_in_clear.javascript.file
  fs.appendFileSync("cards.csv", `${row.card_number};${row.expiry}\n`);
  // ruleid: pan_stored_in_clear.javascript.file
  await fs.promises.writeFile("card.json", JSON.stringify({ pan: row.pan }));
  // ruleid: pan_stored_in_clear.javascript.file
  csvStream.write([row.cardNumber, row.expiry]);
  // ruleid: pan_stored_in_clear.javascript.file
  await producer.send({ topic: "cards", messages: [{ key: row.cardNumber, value: "x" }] });
  // ruleid: pan_stored_in_clear.javascript.file
  await s3.send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: row.cardNumber }));
  // ok: pan_stored_in_clear.javascript.file
  fs.appendFileSync("cards.csv", `${row.cardToken};${row.cardNumber.slice(-4)}\n`);
  // ok: pan_stored_in_clear.javascript.file
  await producer.send({ topic: "cards", messages: [{ value: encrypt(row.cardNumber) }] });
  // ok: pan_stored_in_clear.javascript.file
  res.write(row.cardNumber);
}

export async function otherPlaces(user: UserRecord, cardNumber: string) {
  // ruleid: pan_stored_in_clear.javascript.database
  user.cardNumber = cardNumber;
  await user.save();
  user.cardNumber = maskPan(cardNumber);
  // ok: pan_stored_in_clear.javascript.database
  await user.save();
  // ruleid: pan_stored_in_clear.javascript.database
  await kysely.insertInto("cards").values({ card_number: cardNumber }).execute();
  // ruleid: pan_stored_in_clear.javascript.database
  await this.payments.insertOne({ cardNumber });
  // ruleid: pan_stored_in_clear.javascript.database
  await this.em.nativeUpdate(Card, { id: user.id }, { cardNumber });
  // ok: pan_stored_in_clear.javascript.database
  trie.insert(cardNumber);
  // ok: pan_stored_in_clear.javascript.database
  new Set<string>().add(cardNumber);
  // ruleid: pan_stored_in_clear.javascript.browser
  useLocalStorage("checkout", { cardNumber });
  // ok: pan_stored_in_clear.javascript.browser
  useLocalStorage("checkout", { last4: cardNumber.slice(-4) });
  // ruleid: pan_stored_in_clear.javascript.file
  await inngest.send({ name: "charge", data: { cardNumber } });
}

export class CardRow extends Model {
  static get jsonSchema() {
    return {
      type: "object",
      properties: {
        // ruleid: pan_stored_in_clear.javascript.column
        cardNumber: { type: "string" },
        // ok: pan_stored_in_clear.javascript.column
        cardToken: { type: "string" },
      },
    };
  }
}
// ruleid: pan_stored_in_clear.javascript.column
export const convexCards = defineTable({ cardNumber: v.string(), last4: v.string() });
// ruleid: pan_stored_in_clear.javascript.column
await schema.createTable("cards").addColumn("card_number", "varchar(19)").execute();
