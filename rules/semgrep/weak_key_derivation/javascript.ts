// Passwords and what is derived from them.
import crypto, { createHash, pbkdf2Sync, scryptSync } from "node:crypto";
import { promisify } from "node:util";
import argon2 from "argon2";
import bcrypt from "bcrypt";
import { genSalt } from "bcryptjs";
import CryptoJS from "crypto-js";

const ROUNDS = 1000;
const pbkdf2 = promisify(crypto.pbkdf2);

export async function derive(password: string, salt: Buffer, key: CryptoKey, rounds: number) {
  // ruleid: weak_key_derivation.javascript.pbkdf2
  pbkdf2Sync(password, salt, 1000, 32, "sha256");
  // ruleid: weak_key_derivation.javascript.pbkdf2
  crypto.pbkdf2(password, salt, 100_000, 64, "sha512", () => {});
  // ruleid: weak_key_derivation.javascript.pbkdf2
  await pbkdf2(password, salt, ROUNDS, 32, "sha256");
  // ruleid: weak_key_derivation.javascript.pbkdf2
  CryptoJS.PBKDF2(password, "salt", { keySize: 8, iterations: 1000 });
  // ruleid: weak_key_derivation.javascript.pbkdf2
  await crypto.subtle.deriveKey({ name: "PBKDF2", salt, iterations: 100000, hash: "SHA-256" }, key, aes, false, ["encrypt"]);
  // ok: weak_key_derivation.javascript.pbkdf2
  pbkdf2Sync(password, salt, 600000, 32, "sha256");
  // ok: weak_key_derivation.javascript.pbkdf2
  crypto.pbkdf2Sync(password, salt, 210_000, 64, "sha512");
  // ok: weak_key_derivation.javascript.pbkdf2
  pbkdf2Sync(password, salt, rounds, 32, "sha256");
  // ok: weak_key_derivation.javascript.pbkdf2
  await crypto.subtle.deriveBits({ name: "PBKDF2", salt, iterations: 1_000_000, hash: "SHA-256" }, key, 256);
}

export function cryptoJs(data: string, passphrase: string, key: CryptoJS.lib.WordArray, iv: CryptoJS.lib.WordArray) {
  // ruleid: weak_key_derivation.javascript.crypto_js
  CryptoJS.AES.encrypt(data, passphrase).toString();
  // ruleid: weak_key_derivation.javascript.crypto_js
  CryptoJS.PBKDF2(passphrase, "salt", { keySize: 8 });
  // ok: weak_key_derivation.javascript.crypto_js
  CryptoJS.AES.encrypt(data, key, { iv });
  // ok: weak_key_derivation.javascript.crypto_js
  CryptoJS.PBKDF2(passphrase, salt, { keySize: 8, iterations: 600000, hasher: CryptoJS.algo.SHA256 });
}

export async function costs(password: string, salt: Buffer) {
  // ruleid: weak_key_derivation.javascript.cost
  await bcrypt.hash(password, 5);
  // ruleid: weak_key_derivation.javascript.cost
  bcrypt.hashSync(password, 8);
  // ruleid: weak_key_derivation.javascript.cost
  await genSalt(4);
  // ruleid: weak_key_derivation.javascript.cost
  scryptSync(password, salt, 64, { N: 1024 });
  // ruleid: weak_key_derivation.javascript.cost
  crypto.scryptSync(password, salt, 64, { cost: 4096, blockSize: 8 });
  // ruleid: weak_key_derivation.javascript.cost
  await argon2.hash(password, { type: argon2.argon2id, memoryCost: 1024 });
  // ok: weak_key_derivation.javascript.cost
  await bcrypt.hash(password, 12);
  // ok: weak_key_derivation.javascript.cost
  scryptSync(password, salt, 64, { N: 2 ** 17, r: 8, p: 1 });
  // ok: weak_key_derivation.javascript.cost
  scryptSync(password, salt, 64);
  // ok: weak_key_derivation.javascript.cost
  await argon2.hash(password, { memoryCost: 65536 });
  // ok: weak_key_derivation.javascript.cost
  const bucket = ring.hash(password, 4);
  return bucket;
}

export async function fast(password: string, user: { password: string; passwordResetToken: string; email: string }) {
  // ruleid: weak_key_derivation.javascript.fast_hash
  const first = createHash("sha256").update(password).digest("hex");
  // ruleid: weak_key_derivation.javascript.fast_hash
  const second = crypto.createHash("sha512").update(`${user.email}:${user.password}`).digest("hex");
  // ruleid: weak_key_derivation.javascript.fast_hash
  const third = CryptoJS.SHA256(password).toString();
  // ok: weak_key_derivation.javascript.fast_hash
  const fourth = createHash("sha256").update(user.passwordResetToken).digest("hex");
  // ok: weak_key_derivation.javascript.fast_hash
  const fifth = createHash("sha256").update(user.email).digest("hex");
  // ok: weak_key_derivation.javascript.fast_hash
  const digest = createHash("sha512").update(password).digest("base64");
  const sixth = await bcrypt.hash(digest, 12);
  return [first, second, third, fourth, fifth, sixth];
}

export function salts(password: string, stored: { salt: Buffer }) {
  // ruleid: weak_key_derivation.javascript.salt
  const shared = crypto.scryptSync(password, "kettlewick", 32);
  // ruleid: weak_key_derivation.javascript.salt
  const alsoShared = crypto.pbkdf2Sync(password, Buffer.from("kettlewick"), 600000, 32, "sha256");
  // ok: weak_key_derivation.javascript.salt
  const own = crypto.scryptSync(password, stored.salt, 32);
  // ruleid: weak_key_derivation.javascript.lost_salt
  const lost = crypto.scryptSync(password, crypto.randomBytes(16), 32);
  const salt = crypto.randomBytes(16);
  // ok: weak_key_derivation.javascript.lost_salt
  const kept = [salt, crypto.scryptSync(password, salt, 32)];
  // ok: weak_key_derivation.javascript.salt
  const configured = crypto.scryptSync(password, process.env.SALT ?? fail(), 32);
  return [shared, alsoShared, own, lost, kept, configured];
}
