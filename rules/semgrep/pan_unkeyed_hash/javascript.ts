import bcrypt from "bcrypt";
import CryptoJS from "crypto-js";
import crypto, { createHash, createHmac } from "node:crypto";
import md5 from "md5";
import { sha256 } from "js-sha256";

export async function fingerprints(cardNumber: string, card: any, req: any, salt: string, key: Buffer, file: Buffer) {
  // ruleid: pan_unkeyed_hash.javascript.digest
  const a = createHash("sha256").update(cardNumber).digest("hex");
  // ruleid: pan_unkeyed_hash.javascript.digest
  const b = crypto.createHash("sha512").update(salt + card.number, "utf8").digest("base64");
  // ruleid: pan_unkeyed_hash.javascript.digest
  const c = crypto.createHash("md5").update(`${req.body?.cardNumber}:${card.expiry}`).digest("hex");
  // ruleid: pan_unkeyed_hash.javascript.digest
  const d = crypto.createHash("sha256").update(salt).update(Buffer.from(card.pan)).digest("hex");
  // ruleid: pan_unkeyed_hash.javascript.digest
  const e = CryptoJS.SHA256(cardNumber).toString();
  // ruleid: pan_unkeyed_hash.javascript.digest
  const f = sha256(cardNumber.replace(/\D/g, ""));
  // ruleid: pan_unkeyed_hash.javascript.digest
  const g = md5(card.getCardNumber());
  // ruleid: pan_unkeyed_hash.javascript.digest
  const h = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(cardNumber));
  // ruleid: pan_unkeyed_hash.javascript.digest
  const i = await bcrypt.hash(cardNumber, 10);
  const hash = crypto.createHash("sha256");
  // ruleid: pan_unkeyed_hash.javascript.digest
  hash.update(cardNumber);
  // ruleid: pan_unkeyed_hash.javascript.digest
  const j = createHash("sha256").update(cardNumber).digest("hex").slice(0, 16);

  // ok: pan_unkeyed_hash.javascript.digest
  const k = createHmac("sha256", key).update(cardNumber).digest("hex");
  // ok: pan_unkeyed_hash.javascript.digest
  const l = crypto.createHmac("sha512", key).update(card.number).digest();
  // ok: pan_unkeyed_hash.javascript.digest
  const m = CryptoJS.HmacSHA256(cardNumber, key).toString();
  // ok: pan_unkeyed_hash.javascript.digest
  const n = createHash("md5").update(file).digest("hex");
  // ok: pan_unkeyed_hash.javascript.digest
  const o = createHash("sha256").update(card.token).digest("hex");
  // ok: pan_unkeyed_hash.javascript.digest
  const p = createHash("sha256").update(cardNumber.slice(-4)).digest("hex");
  // ok: pan_unkeyed_hash.javascript.digest
  const q = sha256(maskedPan);
  // ok: pan_unkeyed_hash.javascript.digest
  const r = bcrypt.hash(password, 10);
  // ok: pan_unkeyed_hash.javascript.digest
  state.update(cardNumber);
  // ok: pan_unkeyed_hash.javascript.digest
  const s = md5(trackingNumber + giftCardNumber);

  // ruleid: pan_unkeyed_hash.javascript.truncated
  const t = createHmac("sha256", key).update(cardNumber).digest("hex").slice(0, 16);
  // ruleid: pan_unkeyed_hash.javascript.truncated
  const u = crypto.createHmac("sha256", key).update(card.number).digest("hex").substring(0, 8);
  // ok: pan_unkeyed_hash.javascript.truncated
  const v = createHmac("sha256", key).update(orderId).digest("hex").slice(0, 16);
  // ok: pan_unkeyed_hash.javascript.truncated
  const w = createHmac("sha256", key).update(cardNumber).digest("hex");
}

export async function otherHashes(cardNumber: string, key: Buffer) {
  // ruleid: pan_unkeyed_hash.javascript.digest
  hashes.sha512(cardNumber);
  // ruleid: pan_unkeyed_hash.javascript.digest
  await argon2.hash(cardNumber);
  // ok: pan_unkeyed_hash.javascript.digest
  hashes.hmac(key, cardNumber);
}
