// PostgreSQL keeps tokens, last four digits and ciphertext; Redis keeps baskets; files keep what is exported.
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import Redis from "ioredis";
import yaml from "js-yaml";
import pg from "pg";

import { settings } from "./settings.js";
import { fingerprint, newToken, seal } from "./vault.js";

const database = new pg.Pool({
  host: "db.kettlewick.shop",
  user: "orders",
  password: settings.dbPassword,
  ssl: { ca: settings.databaseAuthority },
});
const redis = new Redis("rediss://cache.kettlewick.shop:6380");

export const schema = `CREATE TABLE cards (token text PRIMARY KEY, card_number_sealed bytea, expiry_sealed bytea, last4 char(4), fingerprint text)`;

/** Keeps a card that may be charged again. The verification code never gets here. */
export async function keep({ cardNumber, expiry }) {
  const token = newToken();
  const row = [token, seal(cardNumber, token), seal(expiry, token), cardNumber.slice(-4), fingerprint(cardNumber)];
  await database.query("INSERT INTO cards VALUES ($1, $2, $3, $4, $5)", row);
  return { cardToken: token, last4: row[3] };
}

export const byToken = (req) => database.query("SELECT last4 FROM cards WHERE token = $1", [req.params.token]);

export const payment = (payments, req) => payments.findOne({ token: String(req.body.token) });

export const remember = (basket, cardToken, cardNumber, cvv) => redis.set(`card-on-file:${basket}`, cardToken, "EX", 600);

export const exportRow = (row) => fs.promises.appendFile("charges.csv", `${row.cardToken};${row.amount}\n`);

export const statement = (req, done) => fs.readFile(path.join("statements", path.basename(req.params.name)), done);

export const encryptStatement = (file, done) => execFile("gpg", ["--encrypt", file], done);

export const feeRules = (text) => yaml.load(text, { schema: yaml.JSON_SCHEMA });

export const basketOf = (cookie) => JSON.parse(cookie);

export const stateOf = (req) => JSON.parse(Buffer.from(req.body.state, "base64").toString("utf8"));

export async function sendBatch(client, password) {
  await client.access({ host: "batch.nordhaven.shop", user: "shop", password, secure: true });
  await client.uploadFrom("charges.csv", "charges.csv");
}

export const reports = (sql) => sql.connect({ server: "ledger.kettlewick.shop", options: { encrypt: true, trustServerCertificate: false } });
