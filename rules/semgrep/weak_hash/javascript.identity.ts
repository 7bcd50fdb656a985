// Pseudonyms of people.
import crypto from "node:crypto";
import CryptoJS from "crypto-js";

export function pseudonyms(user: User, pseudonymKey: Buffer) {
  // ruleid: weak_hash.javascript.identity
  const visitor = crypto.createHash("sha1").update(user.email).digest("hex");
  // ok: weak_hash.javascript.identity
  const etag = crypto.createHash("sha1").update(user.page).digest("hex");
  // ok: weak_hash.javascript.identity
  const pseudonym = crypto.createHmac("sha256", pseudonymKey).update(user.email).digest("hex");
  // ruleid: weak_hash.javascript.identity
  const caller = CryptoJS.MD5(user.phoneNumber).toString();
  // ok: weak_hash.javascript.identity
  const sent = CryptoJS.MD5(user.emailTemplate).toString();
  return [caller, sent, visitor, etag, pseudonym];
}
