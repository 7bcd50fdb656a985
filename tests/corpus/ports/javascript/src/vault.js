// Cards become tokens here: what leaves this module is a token, the last four digits and ciphertext.
import crypto, { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";

import { settings } from "./settings.js";

export const lastFour = (cardNumber) => cardNumber.slice(-4);
export const maskCard = (cardNumber) => cardNumber.slice(0, 6) + "******" + cardNumber.slice(-4);

export function seal(plain, recordId) {
  const key = settings.dataKey;
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(recordId));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

export function open(sealed, recordId) {
  const decipher = createDecipheriv("aes-256-gcm", settings.dataKey, sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from(recordId));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString("utf8");
}

/** The same for equal numbers and for nobody without the key. */
export function fingerprint(cardNumber) {
  return createHmac("sha256", settings.fingerprintKey).update(cardNumber).digest("hex");
}

export function newToken() {
  const cardToken = "tok_" + randomBytes(24).toString("base64url");
  return cardToken;
}

/** Seals a value for the terminals' key: RSA-OAEP, whose padding tells an attacker nothing. */
export function sealForTerminal(publicKey, data) {
  return crypto.publicEncrypt({ key: publicKey, padding: crypto.constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" }, data);
}

export const newTerminalKey = () => crypto.generateKeyPairSync("rsa", { modulusLength: 3072 });
export const newReceiptKey = () => crypto.generateKeyPairSync("ec", { namedCurve: "prime256v1" });

export const signReceipt = (body) => crypto.createSign("RSA-SHA256").update(body).sign(settings.clientKey);
