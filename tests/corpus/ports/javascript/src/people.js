// Customers log in here: passwords, sessions, tokens of partners.
import crypto, { randomBytes } from "node:crypto";

import bcrypt from "bcrypt";
import jwt from "jsonwebtoken";

import { settings } from "./settings.js";

export async function register(users, email, password) {
  const hashedPassword = await bcrypt.hash(password, 12);
  const visitor = crypto.createHmac("sha256", settings.receiptKey).update(email).digest("hex");
  return users.insert({ email, hashedPassword, visitor });
}

/** A key made of a merchant's passphrase, for the export that only they can open. */
export function exportKey(password, salt) {
  return crypto.pbkdf2Sync(password, salt, 600_000, 32, "sha256");
}

export function newSession() {
  const sessionId = randomBytes(32).toString("base64url");
  return sessionId;
}

export function partner(req) {
  const token = req.headers["x-partner-token"];
  const claims = jwt.verify(token, settings.tokenKey, { algorithms: ["RS256"], audience: "checkout" });
  return claims.sub;
}

export function loginStrategy(Strategy, found) {
  return new Strategy({ clientID: "kettlewick", clientSecret: settings.loginClientSecret, callbackURL: "/callback" }, found);
}

export function startSession(res, sessionToken) {
  res.cookie("session_token", sessionToken, { httpOnly: true, secure: true, sameSite: "strict" });
}
