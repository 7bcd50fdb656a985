// Where keys come from.
import crypto, { createCipheriv, createHmac, randomBytes } from "node:crypto";
import cookieParser from "cookie-parser";
import cookieSession from "cookie-session";
import CryptoJS from "crypto-js";
import Cryptr from "cryptr";
import express from "express";
import { expressjwt } from "express-jwt";
import session from "express-session";
import jwt, { sign } from "jsonwebtoken";
import { SignJWT, jwtVerify } from "jose";
import { JwtModule } from "@nestjs/jwt";
import { Strategy as JwtStrategy } from "passport-jwt";
import { dataKey } from "./kms";

const DATA = "k3ttlew1ck-gift-cards-since-2016";
const SESSION_IV = randomBytes(16);
const PROCESS = randomBytes(32);

export function ciphers(key: Buffer, iv: Buffer, text: string) {
  // ruleid: hard_coded_key.javascript.literal
  createCipheriv("aes-256-gcm", "k3ttlew1ck-gift-cards-since-2016", iv);
  // ruleid: hard_coded_key.javascript.literal
  crypto.createCipheriv("aes-256-gcm", Buffer.from(DATA), iv);
  // ruleid: hard_coded_key.javascript.literal
  crypto.createDecipheriv("aes-256-gcm", DATA, iv);
  // ruleid: hard_coded_key.javascript.literal
  createHmac("sha256", "darjeeling-first-flush").update(text).digest("hex");
  // ruleid: hard_coded_key.javascript.literal
  CryptoJS.AES.encrypt(text, "darjeeling-first-flush").toString();
  // ruleid: hard_coded_key.javascript.literal
  new Cryptr("darjeeling-first-flush");
  const raw = Buffer.from("8f2b7d0c4a6e91538f2b7d0c4a6e9153", "hex");
  // ruleid: hard_coded_key.javascript.literal
  createCipheriv("aes-128-gcm", raw, iv);
  // ok: hard_coded_key.javascript.literal
  createCipheriv("aes-256-gcm", key, iv);
  // ok: hard_coded_key.javascript.literal
  createCipheriv("aes-256-gcm", Buffer.from(process.env.DATA_KEY!, "hex"), iv);
  // ok: hard_coded_key.javascript.literal
  createCipheriv("aes-256-gcm", dataKey("alias/vault"), iv);
  // ok: hard_coded_key.javascript.literal
  createHmac("sha256", process.env["WEBHOOK_SECRET"]!).update("constant text").digest("hex");
  // ok: hard_coded_key.javascript.literal
  createHmac("sha256", "<your-key>").update(text).digest("hex");
}

export async function tokens(claims: object, token: string, publicKey: string) {
  // ruleid: hard_coded_key.javascript.jwt
  jwt.sign(claims, "one-lump-or-two-2020", { expiresIn: "7d" });
  // ruleid: hard_coded_key.javascript.jwt
  jwt.verify(token, "one-lump-or-two-2020", { algorithms: ["HS256"] });
  // ruleid: hard_coded_key.javascript.jwt
  await jwtVerify(token, new TextEncoder().encode("one-lump-or-two-2020"));
  // ruleid: hard_coded_key.javascript.jwt
  await new SignJWT({}).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode("one-lump-or-two"));
  // ok: hard_coded_key.javascript.jwt
  jwt.sign(claims, process.env.JWT_PRIVATE_KEY!, { algorithm: "RS256" });
  // ok: hard_coded_key.javascript.jwt
  jwt.verify(token, publicKey, { algorithms: ["RS256"] });
  // ok: hard_coded_key.javascript.jwt
  jwt.verify(token, process.env["JWT_PUBLIC_KEY"]!, { algorithms: ["RS256"] });
  // ok: hard_coded_key.javascript.jwt
  canvas.sign(claims, "signature", { color: "blue" });
}

const app = express();
// ruleid: hard_coded_key.javascript.jwt
app.use(session({ secret: "keyboard cat", resave: false, cookie: { secure: true } }));
// ruleid: hard_coded_key.javascript.jwt
app.use(cookieParser("keyboard cat"));
// ruleid: hard_coded_key.javascript.jwt
app.use(cookieSession({ name: "s", keys: ["keyboard cat"] }));
// ruleid: hard_coded_key.javascript.jwt
app.use(expressjwt({ secret: "keyboard cat", algorithms: ["HS256"] }));
// ruleid: hard_coded_key.javascript.jwt
export const module = JwtModule.register({ secret: "keyboard cat", signOptions: { expiresIn: "60s" } });
// ruleid: hard_coded_key.javascript.jwt
export const strategy = new JwtStrategy({ jwtFromRequest: header, secretOrKey: "keyboard cat" }, check);
// ok: hard_coded_key.javascript.jwt
app.use(session({ secret: process.env.SESSION_SECRET!, resave: false }));
// ok: hard_coded_key.javascript.jwt
app.use(cookieParser());
// ok: hard_coded_key.javascript.jwt
export const asyncModule = JwtModule.register({ secret: config.get("jwt.secret") });
// ok: hard_coded_key.javascript.jwt
export const quiz = makeQuiz({ secret: "the answer is Assam", keys: ["a", "b"] });

// ruleid: hard_coded_key.javascript.setting
const JWT_SECRET = "earl-grey-hot";
// ruleid: hard_coded_key.javascript.setting
const jwtSecret = process.env.JWT_SECRET || "lapsang-souchong";
// ruleid: hard_coded_key.javascript.setting
const signingKey = process.env.SIGNING_KEY ?? "lapsang-souchong";
// ruleid: hard_coded_key.javascript.setting
export const config1 = { port: 3000, encryptionKey: "0123456789abcdef0123456789abcdef" };
export class Settings {
  // ruleid: hard_coded_key.javascript.setting
  private readonly sessionSecret = "keemun-black-tea";
  // ok: hard_coded_key.javascript.setting
  readonly privateKey = "/run/secrets/jwt.pem";
}
// ok: hard_coded_key.javascript.setting
const secretKey = process.env.SECRET_KEY ?? "";
// ok: hard_coded_key.javascript.setting
const encryptionKey = "changeme";
// ok: hard_coded_key.javascript.setting
const masterKey = "alias/kettlewick-vault";
// ok: hard_coded_key.javascript.setting
const names = { jwtSecret: "JWT_SECRET", signingKey: "signing_key", cacheKey: "orders:v2" };
// ok: hard_coded_key.javascript.setting
const labels = { secretKeyLabel: "Your secret key", encryptionKeyHint: "At least 32 characters" };
// ok: hard_coded_key.javascript.setting
if (settings.jwtSecret === "earl-grey-hot") throw new Error("the old secret");

// ruleid: hard_coded_key.javascript.private_key
export const pem = `-----BEGIN EC PRIVATE KEY-----
TXVjaCBhZG8gYWJvdXQgYSBwb3Qgb2YgdGVhLCB3aGljaCBpcyBubyBrZXkgYXQg
-----END EC PRIVATE KEY-----`;
// ok: hard_coded_key.javascript.private_key
export const isPem = (text: string) => text.startsWith("-----BEGIN PRIVATE KEY-----");

// ruleid: hard_coded_key.javascript.fallback
const receiptKey = process.env.RECEIPT_KEY || crypto.randomBytes(32).toString("hex");
// ruleid: hard_coded_key.javascript.fallback
const secret = process.env.JWT_SECRET ?? randomBytes(32);
// ok: hard_coded_key.javascript.fallback
const requestId = process.env.REQUEST_ID ?? randomBytes(8).toString("hex");
// ok: hard_coded_key.javascript.fallback
const nonce = options.nonce ?? randomBytes(12);

export function encrypt(text: string) {
  const iv = randomBytes(12);
  // ruleid: hard_coded_key.javascript.process_key
  const cipher = createCipheriv("aes-256-gcm", PROCESS, iv);
  return [iv, cipher.update(text), cipher.final()];
}
// ruleid: hard_coded_key.javascript.process_key
app.use(session({ secret: crypto.randomBytes(32).toString("hex"), resave: false }));
// ruleid: hard_coded_key.javascript.process_key
export const storage = new EncryptedStorage(crypto.randomBytes(32));
// ok: hard_coded_key.javascript.process_key
export const ring = new NonceRing(crypto.randomBytes(32));

export function envelope(text: string) {
  const key = randomBytes(32);
  // ok: hard_coded_key.javascript.process_key
  const cipher = createCipheriv("aes-256-gcm", key, SESSION_IV);
  return [wrap(key), cipher.update(text), cipher.final()];
}

export function namedLikeOne(claims: object, token: string, pem: string, buffer: Buffer) {
  // ruleid: hard_coded_key.javascript.jwt
  jwt.sign(claims, "secret");
  // ruleid: hard_coded_key.javascript.jwt
  njwt.create(claims, "shop-secret");
  // ruleid: hard_coded_key.javascript.jwt
  sign(claims, "shop-secret");
  // ok: hard_coded_key.javascript.jwt
  jwt.verify(token, "<secret>");
  // ok: hard_coded_key.javascript.jwt
  jwt.verify(token, "-----BEGIN PUBLIC KEY-----");
  // ok: hard_coded_key.javascript.jwt
  sign(claims, pem);
  // ruleid: hard_coded_key.javascript.literal
  crypto.createSecretKey("two-lumps-please", "utf-8");
  // ruleid: hard_coded_key.javascript.literal
  crypto.privateDecrypt({ key: pem, passphrase: "two-lumps-please" }, buffer);
  // ruleid: hard_coded_key.javascript.literal
  const derived = crypto.scryptSync("two-lumps-please", "pepper", 32);
  // ok: hard_coded_key.javascript.literal
  crypto.scryptSync(process.env.VAULT_PASSPHRASE!, salt(), 32);
  const signer = crypto.createSign("RSA-SHA256");
  // ok: hard_coded_key.javascript.literal
  signer.sign(pem, "hex");
  // ok: hard_coded_key.javascript.literal
  crypto.createPrivateKey({ key: pem, passphrase: process.env.KEY_PASSPHRASE });
  return derived;
}

// ruleid: hard_coded_key.javascript.jwt
export const sessionOptions = { secret: "two-lumps-please", resave: false, saveUninitialized: false };
// ok: hard_coded_key.javascript.jwt
export const goodSessionOptions = { secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false };
// ok: hard_coded_key.javascript.setting
export const client = createAdminClient({ baseUrl: "https://your-store.com", secretKey: "sk_xxx" });
