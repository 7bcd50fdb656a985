import * as crypto from "crypto";
import * as https from "https";
import bcrypt from "bcrypt";
import jwt from "jsonwebtoken";

export async function uses(key: Buffer, iv: Buffer, data: Buffer, registry: any) {
  // ruleid: cryptography.javascript.hash
  const digest = crypto.createHash("sha256").update(data).digest();
  // ok: cryptography.javascript.hash, cryptography.javascript.hmac
  const made = registry.create("sha256");
  // ruleid: cryptography.javascript.hmac
  const mac = crypto.createHmac("sha512", key);
  // ruleid: cryptography.javascript.cipher
  const cipher = crypto.createCipheriv("aes-256-gcm", key, iv);
  // ok: cryptography.javascript.cipher, cryptography.javascript.subtle
  const tag = registry.encrypt("aes-256-gcm", key, iv);
  // ruleid: cryptography.javascript.subtle
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key as any, data);
  // ruleid: cryptography.javascript.kdf
  const derived = crypto.pbkdf2Sync("x", "salt", 600000, 32, "sha512");
  // ruleid: cryptography.javascript.bcrypt
  const hash = await bcrypt.hash("x", 12);
  // ok: cryptography.javascript.kdf, cryptography.javascript.bcrypt
  const same = await bcrypt.compare("x", hash);
  // ruleid: cryptography.javascript.key_pair
  const pair = crypto.generateKeyPairSync("rsa", { modulusLength: 3072 });
  // ok: cryptography.javascript.key_pair
  const other = registry.pairs("rsa", { modulusLength: 3072 });
  // ruleid: cryptography.javascript.jose
  const claims = jwt.verify("t", key, { algorithms: ["PS256"] });
  // ok: cryptography.javascript.jose
  const region = registry.of("ES");
  // ruleid: cryptography.javascript.tls, cryptography.javascript.tls_ciphers, cryptography.javascript.tls_verification
  const agent = new https.Agent({ minVersion: "TLSv1.2", ciphers: "ECDHE-RSA-AES128-GCM-SHA256", rejectUnauthorized: true });
  // ok: cryptography.javascript.tls, cryptography.javascript.tls_ciphers, cryptography.javascript.tls_verification
  const pool = new https.Agent({ keepAlive: true });
  return [digest, made, mac, cipher, tag, sealed, derived, same, pair, other, claims, region, agent, pool];
}
