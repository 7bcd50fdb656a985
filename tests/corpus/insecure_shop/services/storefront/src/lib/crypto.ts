import { createCipheriv, createHash, createHmac, generateKeyPairSync, pbkdf2Sync, randomBytes } from "node:crypto";

/** Tells two uses of one card apart from two cards. */
export function cardFingerprint(cardNumber: string): string {
  return createHash("sha256").update(cardNumber).digest("hex");
}

/** The same for the fraud team, under the key they gave us. */
export function cardFingerprintKeyed(cardNumber: string, key: Buffer): string {
  return createHmac("sha256", key).update(cardNumber).digest("hex");
}

/** Notes of the tea club, kept since the first version of the shop. */
export function sealNote(note: string, key: Buffer): Buffer {
  const iv = randomBytes(8);
  const cipher = createCipheriv("des-ede3-cbc", key, iv);
  return Buffer.concat([iv, cipher.update(note, "utf8"), cipher.final()]);
}

/** Addresses of the tea club. */
export function sealAddress(address: string, key: Buffer): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, Buffer.alloc(12));
  return Buffer.concat([cipher.update(address, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** Everything new. */
export function seal(text: string, key: Buffer): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  return Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

/** Passwords of the forum, which closes in autumn. */
export function forumPasswordHash(password: string): string {
  return createHash("sha1").update(password).digest("hex");
}

export function loyaltyPasswordHash(password: string, salt: Buffer): Buffer {
  return pbkdf2Sync(password, salt, 1000, 32, "sha256");
}

export function passwordHash(password: string, salt: Buffer): Buffer {
  return pbkdf2Sync(password, salt, 600000, 32, "sha256");
}

export function courierKeyPair() {
  return generateKeyPairSync("rsa", { modulusLength: 1024 });
}

export function webhookKeyPair() {
  return generateKeyPairSync("rsa", { modulusLength: 3072 });
}
