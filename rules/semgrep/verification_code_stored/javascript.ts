import { Column, Entity, EntitySchema, MigrationInterface, PrimaryGeneratedColumn, QueryRunner, Table, TableColumn } from "typeorm";
import { Prop, Schema, SchemaFactory } from "@nestjs/mongoose";
import { IsString } from "class-validator";
import { DataTypes, Model, Sequelize } from "sequelize";
import mongoose from "mongoose";
import { pgTable, serial, varchar } from "drizzle-orm/pg-core";
import { PrismaClient } from "@prisma/client";
import bcrypt from "bcrypt";
import crypto from "crypto";
import fs from "fs";
import Redis from "ioredis";
import NodeCache from "node-cache";

const prisma = new PrismaClient();
const redis = new Redis();
const cache = new NodeCache();

// --- columns

@Entity()
export class StoredCard {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  // ok: verification_code_stored.javascript.column
  cardToken: string;

  // ruleid: verification_code_stored.javascript.column
  @Column({ type: "varchar", length: 4 }) cvv: string;

  @Column({ nullable: true })
  // ruleid: verification_code_stored.javascript.column
  cardSecurityCode?: string;

  @IsString()
  @Column({ transformer: encryptTransformer })
  // ok: verification_code_stored.javascript.column
  // ruleid: verification_code_stored.javascript.encrypted_column
  private readonly encryptedCvc!: string;

  // The processor's answer is one letter, and no code.
  @Column()
  // ok: verification_code_stored.javascript.column
  cvvResult: string;

  @Column()
  // ok: verification_code_stored.javascript.column
  cvvProvided: boolean;
}

@Schema()
export class Wallet {
  @Prop({ required: true })
  // ruleid: verification_code_stored.javascript.column
  cvc: string;

  @Prop()
  // ok: verification_code_stored.javascript.column
  securityCode: string;
}

export class PayDto {
  @IsString()
  // ok: verification_code_stored.javascript.column
  cvv: string;
}

export const Payment = new Sequelize("sqlite::memory:").define("Payment", {
  amount: DataTypes.INTEGER,
  // ruleid: verification_code_stored.javascript.column
  cvv: { type: DataTypes.STRING(4), allowNull: true },
  // ok: verification_code_stored.javascript.column
  cvv2: DataTypes.VIRTUAL,
  // ok: verification_code_stored.javascript.column
  cvcChecked: { type: DataTypes.BOOLEAN },
});

class Instrument extends Model {}
Instrument.init(
  {
    token: DataTypes.STRING,
    // ruleid: verification_code_stored.javascript.column
    card_cvc: DataTypes.STRING,
  },
  { sequelize: new Sequelize("sqlite::memory:"), modelName: "Instrument" },
);

const cardSchema = new mongoose.Schema({
  last4: String,
  card: {
    // ruleid: verification_code_stored.javascript.column
    cvv: { type: String, select: false },
  },
  // ok: verification_code_stored.javascript.column
  cvvStatus: String,
});

export const cards = pgTable("cards", {
  id: serial("id").primaryKey(),
  // ruleid: verification_code_stored.javascript.column
  cvv: varchar("cvv", { length: 4 }),
  // ok: verification_code_stored.javascript.column
  cvvMatch: varchar("cvv_match", { length: 1 }),
});

export const CardEntity = new EntitySchema({
  name: "card",
  columns: {
    id: { type: Number, primary: true },
    // ruleid: verification_code_stored.javascript.column
    cvv2: { type: String },
  },
});

export class AddCode implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // ruleid: verification_code_stored.javascript.column
    await runner.addColumn("cards", new TableColumn({ name: "cvv", type: "varchar" }));
    // ruleid: verification_code_stored.javascript.statement
    await runner.query(`ALTER TABLE cards ADD COLUMN cvv varchar(4)`);
    // ok: verification_code_stored.javascript.statement
    await runner.query("ALTER TABLE cards ADD COLUMN cvv_result char(1)");
  }
  async down(runner: QueryRunner): Promise<void> {
    // ok: verification_code_stored.javascript.column
    await runner.dropColumn("cards", "cvv");
    // ok: verification_code_stored.javascript.statement
    await runner.query("ALTER TABLE cards DROP COLUMN cvv");
    // ok: verification_code_stored.javascript.statement
    await runner.query("UPDATE cards SET cvv = NULL, updated_at = now()");
  }
}

export const knexUp = (knex: any) =>
  knex.schema.createTable("cards", (table: any) => {
    table.increments("id");
    // ruleid: verification_code_stored.javascript.column
    table.string("cvv", 4);
    // ok: verification_code_stored.javascript.column
    table.string("cvv_response", 1);
    // ok: verification_code_stored.javascript.column
    table.dropColumn("cvc");
    // ok: verification_code_stored.javascript.column
    table.boolean("cvv_present");
  });

// --- statements

export async function keep(db: any, order: string, code: string, last4: string) {
  // ruleid: verification_code_stored.javascript.statement
  await db.query("INSERT INTO cards (order_id, cvv, last4) VALUES ($1, $2, $3)", [order, code, last4]);
  // ruleid: verification_code_stored.javascript.statement
  await db.execute("UPDATE cards SET brand = ?, card_cvc = ? WHERE id = ?", ["visa", code, order]);
  // ok: verification_code_stored.javascript.statement
  await db.query("INSERT INTO cards (order_id, cvv_result) VALUES ($1, $2)", [order, last4]);
  // ok: verification_code_stored.javascript.statement
  await db.query("SELECT cvv FROM legacy_cards WHERE id = $1", [order]);
  // ok: verification_code_stored.javascript.statement
  await db.query("UPDATE cards SET status = 'void' WHERE cvv IS NOT NULL");
  // ruleid: verification_code_stored.javascript.database
  await db.query(`INSERT INTO attempts VALUES ('${order}', '${req.body.cvv}')`);
  // ruleid: verification_code_stored.javascript.database
  await prisma.$executeRaw`INSERT INTO attempts VALUES (${order}, ${req.body.cvc})`;
}

// --- databases

export async function store(req: any, res: any, repository: any, collection: any, knex: any, gateway: any) {
  const { cardNumber, cvv, expiry, cvv: renamed } = req.body;
  // ruleid: verification_code_stored.javascript.database
  await prisma.card.create({ data: { token: await tokenize(cardNumber), cvv } });
  // ruleid: verification_code_stored.javascript.database
  await prisma.card.update({ where: { id: 1 }, data: { securityHash: bcrypt.hashSync(cvv, 10) } });
  // ok: verification_code_stored.javascript.database
  // ruleid: verification_code_stored.javascript.encrypted
  await prisma.card.upsert({ where: { id: 1 }, create: { code: encrypt(renamed) }, update: {} });
  // ruleid: verification_code_stored.javascript.database
  await repository.save({ token: req.body.token, cvv: req.body?.cvv });
  // ruleid: verification_code_stored.javascript.database
  await repository.insert({ ...rest, code: String(cvv).trim() });
  // ruleid: verification_code_stored.javascript.database
  await collection.insertOne({ expiry, cvv: crypto.createHash("sha256").update(cvv).digest("hex") });
  // ruleid: verification_code_stored.javascript.database
  await collection.updateOne({ _id: 1 }, { $set: { "card.cvv": cvv } });
  // ruleid: verification_code_stored.javascript.database
  await knex("payments").insert({ card_cvc: req.body.code });
  // ruleid: verification_code_stored.javascript.database
  await StoredCard.create({ cvv });
  const record = { cvv, expiry };
  // ruleid: verification_code_stored.javascript.database
  await db.insert(cards).values(record);
  const document = new Wallet({ cvc: cvv });
  // ruleid: verification_code_stored.javascript.database
  await document.save();
  // ruleid: verification_code_stored.javascript.database
  await setDoc(doc(firestore, "cards", "1"), { cvv });
  // ruleid: verification_code_stored.javascript.database
  await client.send(new PutItemCommand({ TableName: "cards", Item: { cvv: { S: cvv } } }));

  // The code goes to the processor, and its answer to the table.
  const charge = await gateway.charge({ cardNumber, cvv, amount: 1 });
  // ok: verification_code_stored.javascript.database
  await repository.save({ reference: charge.reference, cvvResult: charge.cvvResult });
  // ok: verification_code_stored.javascript.database
  await stripe.tokens.create({ card: { number: cardNumber, cvc: cvv } });
  // ok: verification_code_stored.javascript.database
  const method = await stripe.paymentMethods.create({ type: "card", card: { number: cardNumber, cvc: cvv } });
  // ok: verification_code_stored.javascript.database
  await repository.save({ method: method.id, hasCvv: !!cvv, cvvLength: cvv.length });
  // ok: verification_code_stored.javascript.database
  await repository.save({ ...record, cvv: null });
  // ok: verification_code_stored.javascript.database
  await repository.save({ cvv: undefined, expiry });
  // ok: verification_code_stored.javascript.database
  await prisma.card.create({ data: { token: await vault.tokenize({ cardNumber, cvv }) } });
  const { cvv: _, ...safe } = record;
  // ok: verification_code_stored.javascript.database
  await repository.save({ expiry: safe.expiry });
  // ok: verification_code_stored.javascript.database
  await axios.post("https://psp.example/charges", { cardNumber, cvv });
  // ok: verification_code_stored.javascript.database
  braintree.hostedFields.create({ fields: { cvv: { selector: "#cvv" } } });
  // ok: verification_code_stored.javascript.database
  form.set({ cvv });
  // ok: verification_code_stored.javascript.database
  await FieldError.create({ cvv: errors.cvv });
}

// --- sessions, caches, cookies

export async function remember(req: any, res: any) {
  const { cvv, basket } = req.body;
  // ruleid: verification_code_stored.javascript.session
  req.session.cvv = cvv;
  // ruleid: verification_code_stored.javascript.session
  req.session.checkout.code = req.body.card.cvc;
  // ruleid: verification_code_stored.javascript.session
  req.session.payment = { basket, ...req.body.card, cvv };
  // ruleid: verification_code_stored.javascript.session
  req.session.cvc = body.code;
  // ruleid: verification_code_stored.javascript.session
  await redis.set(`cvv:${basket}`, cvv, "EX", 600);
  // ruleid: verification_code_stored.javascript.session
  await redis.hset(`checkout:${basket}`, "cvv", req.body.code);
  // ruleid: verification_code_stored.javascript.session
  await redisClient.setEx("k", 60, JSON.stringify({ basket, cvv }));
  // ok: verification_code_stored.javascript.session
  // ruleid: verification_code_stored.javascript.encrypted
  cache.set(basket, encrypt(cvv), 300);
  // ruleid: verification_code_stored.javascript.session
  res.cookie("code", cvv, { httpOnly: true, secure: true });
  // ruleid: verification_code_stored.javascript.session
  await this.cacheManager.set("checkout", { cvv });

  // ok: verification_code_stored.javascript.session
  req.session.cvvEntered = Boolean(cvv);
  // ok: verification_code_stored.javascript.session
  req.session.basket = basket;
  // ok: verification_code_stored.javascript.session
  req.session.cvv = null;
  // ok: verification_code_stored.javascript.session
  delete req.session.cvv;
  // ok: verification_code_stored.javascript.session
  await redis.set(`cvv-attempts:${basket}`, attempts);
  // ok: verification_code_stored.javascript.session
  await redis.set(`token:${basket}`, await gateway.tokenize({ cvv }));
  // ok: verification_code_stored.javascript.session
  new Map().set("cvv", cvv);
  // ok: verification_code_stored.javascript.session
  res.cookie("cvv_tooltip_seen", "1");
}

// --- browsers and devices

export function keepInBrowser(form: any, values: any, db: any) {
  // ruleid: verification_code_stored.javascript.browser
  localStorage.setItem("cvv", form.cvv.value);
  // ruleid: verification_code_stored.javascript.browser
  window.sessionStorage.setItem("checkout", JSON.stringify({ ...values, cvv: values.cvv }));
  // ruleid: verification_code_stored.javascript.browser
  sessionStorage.setItem("cvc", form.code.value);
  // ruleid: verification_code_stored.javascript.browser
  localStorage.cvv = values.code;
  // ruleid: verification_code_stored.javascript.browser
  document.cookie = `cvv=${values.cvv}; path=/`;
  // ruleid: verification_code_stored.javascript.browser
  AsyncStorage.setItem("card", JSON.stringify({ cvc: values.cvc }));
  // ruleid: verification_code_stored.javascript.browser
  SecureStore.setItemAsync("code", values.cvv);
  // ruleid: verification_code_stored.javascript.browser
  db.transaction("cards", "readwrite").objectStore("cards").put({ id: 1, cvv: values.cvv });
  // ruleid: verification_code_stored.javascript.browser
  localforage.setItem("code", document.getElementById("cvv").value);
  // ruleid: verification_code_stored.javascript.browser
  chrome.storage.local.set({ cvv: values.cvv });
  // ruleid: verification_code_stored.javascript.browser
  Cookies.set("checkout", JSON.stringify({ cvv: values.cvv }));

  // ok: verification_code_stored.javascript.browser
  localStorage.setItem("basketToken", document.body.dataset.basket ?? "");
  // ok: verification_code_stored.javascript.browser
  sessionStorage.setItem("cvvHelpSeen", "true");
  // ok: verification_code_stored.javascript.browser
  localStorage.removeItem("cvv");
  // ok: verification_code_stored.javascript.browser
  localStorage.setItem("cvvValid", String(values.cvv.length === 3));
  // ok: verification_code_stored.javascript.browser
  localStorage.setItem("errors", JSON.stringify(errors.cvv));
  // ok: verification_code_stored.javascript.browser
  document.getElementById("cvv").value = values.cvv;
}

// --- files and queues

export async function writeOut(req: any, producer: any, channel: any, queue: any) {
  const { cvv, orderId } = req.body;
  // ruleid: verification_code_stored.javascript.file
  fs.writeFileSync("/tmp/last.json", JSON.stringify({ orderId, cvv }));
  // ruleid: verification_code_stored.javascript.file
  await fs.promises.appendFile("charges.csv", `${orderId},${cvv}\n`);
  // ruleid: verification_code_stored.javascript.file
  await producer.send({ topic: "charges", messages: [{ value: JSON.stringify({ orderId, cvv }) }] });
  // ruleid: verification_code_stored.javascript.file
  channel.sendToQueue("charges", Buffer.from(JSON.stringify({ cvv })));
  // ruleid: verification_code_stored.javascript.file
  await queue.add("charge", { orderId, cvv });
  // ruleid: verification_code_stored.javascript.file
  await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify({ cvv }) }));

  // ok: verification_code_stored.javascript.file
  fs.writeFileSync("/tmp/last.json", JSON.stringify({ orderId, hasCvv: !!cvv }));
  // ok: verification_code_stored.javascript.file
  await producer.send({ topic: "charges", messages: [{ value: JSON.stringify({ orderId }) }] });
  // ok: verification_code_stored.javascript.file
  fs.writeFileSync("labels.json", JSON.stringify({ cvv: "Security code" }));
  // ok: verification_code_stored.javascript.file
  validators.add("cvv", cvv);
}
