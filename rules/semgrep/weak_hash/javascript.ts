// Digests, where they matter and where they do not.
import crypto, { createHash, createHmac, createSign } from "node:crypto";
import CryptoJS from "crypto-js";
import md5 from "md5";

export function forumPasswordHash(password: string): string {
  // ruleid: weak_hash.javascript.secret
  return createHash("sha1").update(password).digest("hex");
}

export function legacy(user: { password: string; salt: string }, resetToken: string, name: string) {
  // ruleid: weak_hash.javascript.secret
  const first = crypto.createHash("md5").update(user.salt + user.password).digest("hex");
  // ruleid: weak_hash.javascript.secret
  const second = md5(user.password);
  // ruleid: weak_hash.javascript.secret
  const third = CryptoJS.MD5(user.password).toString();
  // ruleid: weak_hash.javascript.secret
  const fourth = CryptoJS.SHA1(`${name}:${user.password}`).toString();
  const hash = crypto.createHash("sha1");
  // ruleid: weak_hash.javascript.secret
  hash.update(resetToken);
  // ok: weak_hash.javascript.secret
  const sixth = createHash("sha256").update(resetToken).digest("hex");
  // ok: weak_hash.javascript.secret
  const seventh = md5(name);
  return [first, second, third, fourth, hash.digest("hex"), sixth, seventh];
}

// ruleid: weak_hash.javascript.secret
crypto.subtle.digest("SHA-1", new TextEncoder().encode(form.password));
// ok: weak_hash.javascript.secret
crypto.subtle.digest("SHA-256", new TextEncoder().encode(form.name));

export function signRequest(params: string[]): string {
  // ruleid: weak_hash.javascript.purpose
  return createHash("md5").update(params.join("&")).digest("hex");
}

export const makeToken = (user: string) => {
  // ruleid: weak_hash.javascript.purpose
  return crypto.createHash("sha1").update(user + Date.now()).digest("hex");
};

export function order(body: string, orderId: string) {
  // ruleid: weak_hash.javascript.purpose
  const signature = crypto.createHash("md5").update(body + orderId).digest("hex");
  // ok: weak_hash.javascript.purpose
  const etag = crypto.createHash("md5").update(body).digest("hex");
  // ok: weak_hash.javascript.purpose
  const cacheKey = createHash("sha1").update(body).digest("base64");
  // ok: weak_hash.javascript.purpose
  const strong = createHash("sha256").update(body).digest("hex");
  return { signature, etag, cacheKey, strong };
}

export function fileChecksum(content: Buffer): string {
  // ok: weak_hash.javascript.purpose, weak_hash.javascript.secret
  return createHash("md5").update(content).digest("hex");
}

export function gravatar(email: string): string {
  // ok: weak_hash.javascript.secret
  return `https://www.gravatar.com/avatar/${md5(email.trim().toLowerCase())}`;
}

export function sign(body: string, key: string) {
  // ruleid: weak_hash.javascript.signature
  const first = createSign("RSA-SHA1").update(body).sign(key);
  // ruleid: weak_hash.javascript.signature
  const second = crypto.createSign("md5").update(body).sign(key);
  // ruleid: weak_hash.javascript.signature
  const third = createHmac("md5", key).update(body).digest("hex");
  // ruleid: weak_hash.javascript.signature
  crypto.subtle.importKey("jwk", jwk, { name: "RSASSA-PKCS1-v1_5", hash: "SHA-1" }, false, ["verify"]);
  // ok: weak_hash.javascript.signature
  const fourth = createSign("RSA-SHA256").update(body).sign(key);
  // ok: weak_hash.javascript.signature
  const fifth = createHmac("sha256", key).update(body).digest("hex");
  // ok: weak_hash.javascript.signature
  const totp = createHmac("sha1", key).update(counter).digest();
  // ok: weak_hash.javascript.signature
  crypto.subtle.importKey("jwk", jwk, { name: "RSA-PSS", hash: "SHA-256" }, false, ["verify"]);
  return [first, second, third, fourth, fifth, totp];
}

export function people(user: User, text: string) {
  const digest = crypto.createHash("sha256").update(text).digest("hex");
  user.setPassword(digest);
  // ruleid: weak_hash.javascript.password
  const weak = crypto.createHash("md5").update(text).digest("hex");
  user.setPassword(weak);
  // ruleid: weak_hash.javascript.password
  const hashedPw = md5(text);
  // ok: weak_hash.javascript.password
  const cacheName = md5(text);
  return [hashedPw, cacheName];
}
