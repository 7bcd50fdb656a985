import { Column, Entity, MigrationInterface, QueryRunner, TableColumn } from "typeorm";
import { EncryptionTransformer } from "typeorm-encrypted";
import { DataTypes } from "sequelize";
import mongoose from "mongoose";
import crypto from "crypto";

// --- columns

@Entity()
export class WaitingCard {
  @Column()
  // ok: verification_code_stored.javascript.column
  // ruleid: verification_code_stored.javascript.encrypted_column
  encryptedCvv: string;

  @Column({ transformer: new EncryptionTransformer({ key, algorithm: "aes-256-gcm" }) })
  // ok: verification_code_stored.javascript.column
  // ruleid: verification_code_stored.javascript.encrypted_column
  cvv: string;

  @Column({ name: "cvv_enc", length: 80 })
  // ok: verification_code_stored.javascript.column
  // ruleid: verification_code_stored.javascript.encrypted_column
  cvv2?: string;

  @Column({ transformer: encryptTransformer })
  number: string;

  // The column above is encrypted, this one is not.
  @Column()
  // ruleid: verification_code_stored.javascript.column
  cvc: string;

  @Column()
  // ok: verification_code_stored.javascript.encrypted_column
  cvvEncrypted: boolean;

  @Column()
  // ok: verification_code_stored.javascript.encrypted_column
  encryptionKeyId: string;
}

export class WaitingRequest {
  // ok: verification_code_stored.javascript.encrypted_column
  encryptedCvv: string;
}

const waitingSchema = new mongoose.Schema({
  // ok: verification_code_stored.javascript.column
  // ruleid: verification_code_stored.javascript.encrypted_column
  cvv: { type: String, set: encrypt, get: decrypt },
  // ok: verification_code_stored.javascript.column
  // ruleid: verification_code_stored.javascript.encrypted_column
  encryptedCvc: String,
  // ruleid: verification_code_stored.javascript.column
  cvc: { type: String, select: false },
});

export class AddWaiting implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // ok: verification_code_stored.javascript.column
    // ruleid: verification_code_stored.javascript.encrypted_column
    await runner.addColumn("cards", new TableColumn({ name: "encrypted_cvv", type: "varchar" }));
    // ok: verification_code_stored.javascript.statement
    // ruleid: verification_code_stored.javascript.encrypted_column
    await runner.query("ALTER TABLE cards ADD COLUMN cvv_enc bytea");
    // ok: verification_code_stored.javascript.encrypted_column
    await runner.dropColumn("cards", "encrypted_cvv");
    // ok: verification_code_stored.javascript.encrypted_column
    await runner.query("UPDATE cards SET encrypted_cvv = NULL");
  }
}

export async function statements(db: any, order: string, code: string, number: string) {
  // ok: verification_code_stored.javascript.statement
  // ruleid: verification_code_stored.javascript.encrypted_column
  await db.query("INSERT INTO cards (order_id, encrypted_cvv) VALUES ($1, $2)", [order, code]);
  // ok: verification_code_stored.javascript.statement, verification_code_stored.javascript.database
  // ruleid: verification_code_stored.javascript.encrypted_column
  await db.query("INSERT INTO cards (order_id, cvv) VALUES ($1, pgp_sym_encrypt($2, $3))", [order, cvv, key]);
  // ok: verification_code_stored.javascript.statement
  // ruleid: verification_code_stored.javascript.encrypted_column
  await db.execute("UPDATE cards SET cvv = AES_ENCRYPT(?, ?) WHERE id = ?", [code, key, order]);
  // The number is encrypted, the code is not.
  // ruleid: verification_code_stored.javascript.statement
  await db.execute("INSERT INTO cards (number, cvv) VALUES (AES_ENCRYPT(?, ?), ?)", [number, key, code]);
  // ok: verification_code_stored.javascript.encrypted_column
  await db.query("SELECT encrypted_cvv FROM cards WHERE id = $1", [order]);
}

// --- calls

export async function wait(req: any, res: any, prisma: any, redis: any, cache: any, queue: any, fs: any, kms: any) {
  const { cvv, cvvEnc, order } = req.body;
  // ok: verification_code_stored.javascript.session
  // ruleid: verification_code_stored.javascript.encrypted
  await redis.set(`waiting:${order}`, await kms.encrypt(cvv), "EX", 300);
  const locked = encrypt(JSON.stringify({ order, cvv }));
  // ok: verification_code_stored.javascript.session
  // ruleid: verification_code_stored.javascript.encrypted
  cache.set(order, locked);
  // ok: verification_code_stored.javascript.database
  // ruleid: verification_code_stored.javascript.encrypted
  await prisma.card.create({ data: { cvv: locked } });
  const cipher = crypto.createCipheriv("aes-256-gcm", key, iv);
  const data = Buffer.concat([cipher.update(cvv, "utf8"), cipher.final()]);
  // ok: verification_code_stored.javascript.database
  // ruleid: verification_code_stored.javascript.encrypted
  await prisma.card.create({ data: { data } });
  const c = crypto.createCipheriv("aes-256-gcm", key, iv);
  const hex = c.update(cvv, "utf8", "hex") + c.final("hex");
  // ok: verification_code_stored.javascript.file
  // ruleid: verification_code_stored.javascript.encrypted
  fs.writeFileSync("/tmp/waiting", hex);
  // ok: verification_code_stored.javascript.session
  // ruleid: verification_code_stored.javascript.encrypted
  req.session.payment = { order, code: CryptoJS.AES.encrypt(cvv, key).toString() };
  // ok: verification_code_stored.javascript.file
  // ruleid: verification_code_stored.javascript.encrypted
  await queue.add("charge", { order, cvvEnc });
  // ok: verification_code_stored.javascript.browser
  // ruleid: verification_code_stored.javascript.encrypted
  localStorage.setItem("card", encrypt(document.getElementById("cvv").value));
  // ruleid: verification_code_stored.javascript.encrypted
  sessionStorage.setItem("card", document.getElementById("encrypted_cvv").value);
  // ok: verification_code_stored.javascript.database
  // ruleid: verification_code_stored.javascript.encrypted
  await prisma.card.create({ data: { encryptedCvv: code } });
  // ok: verification_code_stored.javascript.database
  // ruleid: verification_code_stored.javascript.encrypted
  await prisma.card.create({ data: { cvv: encrypted } });
}

export async function clean(req: any, prisma: any, redis: any, gateway: any) {
  const { cvv, encryptedCvv, order } = req.body;
  // In clear again, or beside it: other rules speak of that.
  // ok: verification_code_stored.javascript.encrypted
  // ruleid: verification_code_stored.javascript.session
  await redis.set(order, decrypt(encryptedCvv));
  // ok: verification_code_stored.javascript.encrypted
  // ruleid: verification_code_stored.javascript.session
  await redis.set(order, JSON.stringify({ sealed: encrypt(cvv), plain: cvv }));
  // Hashed with a key is not encrypted.
  // ok: verification_code_stored.javascript.encrypted
  // ruleid: verification_code_stored.javascript.session
  await redis.set(order, crypto.createHmac("sha256", key).update(cvv).digest("hex"));
  // ok: verification_code_stored.javascript.encrypted
  // ruleid: verification_code_stored.javascript.session
  await redis.set(order, Buffer.from(cvv).toString("base64"));
  // ok: verification_code_stored.javascript.encrypted, verification_code_stored.javascript.session
  await redis.set(order, await gateway.authorize(encrypt(cvv)));
  // ok: verification_code_stored.javascript.encrypted, verification_code_stored.javascript.session
  await redis.set(order, isEncrypted(cvv));
  // ok: verification_code_stored.javascript.encrypted, verification_code_stored.javascript.session
  await redis.set(order, encrypt(req.body.amount));
  // ok: verification_code_stored.javascript.encrypted, verification_code_stored.javascript.session
  await redis.set(order, encryptionKey);
  // ok: verification_code_stored.javascript.encrypted, verification_code_stored.javascript.session
  await redis.del(encryptedCvv);
  // ok: verification_code_stored.javascript.encrypted, verification_code_stored.javascript.database
  await prisma.card.update({ where: { order }, data: { encryptedCvv: null } });
  // ok: verification_code_stored.javascript.encrypted, verification_code_stored.javascript.database
  await axios.post("https://gateway.example/charges", { cvv: await jwe.encrypt(cvv) });
}
