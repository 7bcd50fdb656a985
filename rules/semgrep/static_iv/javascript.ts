// Initialisation vectors and nonces.
import crypto, { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import CryptoJS from "crypto-js";
import nacl from "tweetnacl";

const IV = "0123456789abcdef";
const SHARED_IV = crypto.randomBytes(16);

export function sealAddress(address: string, key: Buffer): Buffer {
  // ruleid: static_iv.javascript.constant
  const cipher = createCipheriv("aes-256-gcm", key, Buffer.alloc(12));
  return Buffer.concat([cipher.update(address, "utf8"), cipher.final()]);
}

export function node(key: Buffer, row: { iv: Buffer }) {
  // ruleid: static_iv.javascript.constant
  crypto.createCipheriv("aes-256-cbc", key, IV);
  // ruleid: static_iv.javascript.constant
  crypto.createCipheriv("aes-256-cbc", key, "1234567890123456");
  // ruleid: static_iv.javascript.constant
  crypto.createCipheriv("aes-256-cbc", key, Buffer.from("00000000000000000000000000000000", "hex"));
  // ruleid: static_iv.javascript.constant
  createCipheriv("aes-256-ctr", key, new Uint8Array(16));
  // ruleid: static_iv.javascript.constant
  createCipheriv("aes-128-gcm", key, Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
  const zero = Buffer.alloc(16, 0);
  // ruleid: static_iv.javascript.constant
  createCipheriv("aes-256-cbc", key, zero);
  const iv = randomBytes(12);
  // ok: static_iv.javascript.constant
  createCipheriv("aes-256-gcm", key, iv);
  // ok: static_iv.javascript.constant
  createCipheriv("aes-256-cbc", key, row.iv);
  // ok: static_iv.javascript.constant
  createCipheriv("aes-256-cbc", key, nextIv("orders"));
  // ok: static_iv.javascript.constant
  createCipheriv("aes-256-ecb", key, "");
  // ok: static_iv.javascript.constant
  createDecipheriv("aes-256-gcm", key, row.iv);
  // ok: static_iv.javascript.constant
  createCipheriv("aes-256-cbc", key, Buffer.from(row.iv));
  // ok: static_iv.javascript.constant
  createCipheriv("aes-256-cbc", key, process.env["IV"]!);
}

export function counter(key: Buffer, n: number) {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(n, 8);
  // ok: static_iv.javascript.constant
  return createCipheriv("aes-256-gcm", key, nonce);
}

export async function browser(key: CryptoKey, data: Uint8Array) {
  // ruleid: static_iv.javascript.constant
  await crypto.subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12) }, key, data);
  const iv = new Uint8Array(12);
  crypto.getRandomValues(iv);
  // ok: static_iv.javascript.constant
  await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, data);
  // ok: static_iv.javascript.constant
  await crypto.subtle.encrypt({ name: "AES-GCM", iv: crypto.getRandomValues(new Uint8Array(12)) }, key, data);
  const fresh = crypto.getRandomValues(new Uint8Array(12));
  // ok: static_iv.javascript.constant
  await crypto.subtle.encrypt({ name: "AES-GCM", iv: fresh }, key, data);
}

export function libraries(data: string, key: CryptoJS.lib.WordArray, raw: Uint8Array) {
  // ruleid: static_iv.javascript.constant
  CryptoJS.AES.encrypt(data, key, { iv: CryptoJS.enc.Utf8.parse("1234567890123456"), mode: CryptoJS.mode.CBC });
  // ok: static_iv.javascript.constant
  CryptoJS.AES.encrypt(data, key, { iv: CryptoJS.lib.WordArray.random(16) });
  // ruleid: static_iv.javascript.constant
  nacl.secretbox(raw, new Uint8Array(24), raw);
  // ok: static_iv.javascript.constant
  nacl.secretbox(raw, nacl.randomBytes(24), raw);
}

export function derived(password: string, iv: Buffer) {
  // ruleid: static_iv.javascript.derived
  const cipher = crypto.createCipher("aes-256-cbc", password);
  // ok: static_iv.javascript.derived
  const good = crypto.createCipheriv("aes-256-cbc", password, iv);
  // ok: static_iv.javascript.derived
  const forged = forge.cipher.createCipher("AES-GCM", password);
  return [cipher, good, forged];
}

export function keyAsIv(key: Buffer, data: Buffer) {
  // ruleid: static_iv.javascript.key
  createCipheriv("aes-256-cbc", key, key.subarray(0, 16));
  // ruleid: static_iv.javascript.key
  crypto.createCipheriv("aes-128-cbc", key, key);
  // ok: static_iv.javascript.key
  crypto.createCipheriv("aes-128-cbc", key, data.subarray(0, 16));
}

export function encrypt(text: string, key: Buffer) {
  // ruleid: static_iv.javascript.reused
  const cipher = crypto.createCipheriv("aes-256-cbc", key, SHARED_IV);
  return cipher.update(text, "utf8", "hex") + cipher.final("hex");
}

export const encryptArrow = (text: string, key: Buffer) => {
  // ruleid: static_iv.javascript.reused
  const cipher = createCipheriv("aes-256-cbc", key, SHARED_IV);
  return cipher.update(text, "utf8", "hex") + cipher.final("hex");
};

export function encryptFresh(text: string, key: Buffer) {
  const iv = crypto.randomBytes(16);
  // ok: static_iv.javascript.reused
  const cipher = crypto.createCipheriv("aes-256-cbc", key, iv);
  return cipher.update(text, "utf8", "hex") + cipher.final("hex");
}

export function vectorOfTheKey(key: Buffer, text: string) {
  const vector = crypto.createHash("md5").update(key).digest();
  // ruleid: static_iv.javascript.constant
  return crypto.createCipheriv("aes-256-cbc", key, vector).update(text);
}

export function xored(text: Buffer, key: Buffer, derived: Buffer, nonce: Buffer) {
  const vector = Buffer.alloc(16);
  for (let i = 0; i < 16; i++) {
    vector[i] = derived[i] ^ nonce[i];
  }
  // ok: static_iv.javascript.constant
  return createCipheriv("aes-256-cbc", key, vector).update(text);
}

export function counted(text: Buffer, key: Buffer) {
  const vector = Buffer.alloc(16);
  for (let i = 0; i < 16; i++) {
    vector[i] = i;
  }
  // ruleid: static_iv.javascript.constant
  return createCipheriv("aes-256-cbc", key, vector).update(text);
}
