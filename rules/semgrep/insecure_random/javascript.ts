// What is drawn by lot.
import { createCipheriv, randomBytes, randomInt, randomUUID } from "node:crypto";
import _ from "lodash";
import { v1 as uuidv1, v4 as uuidv4 } from "uuid";

const TEAS = ["Assam", "Darjeeling", "Keemun", "Sencha"];
const CHARS = "abcdefghijklmnopqrstuvwxyz0123456789";

export function newResetToken(): string {
  // ruleid: insecure_random.javascript.value
  const resetToken = Math.random().toString(36).slice(2) + Date.now().toString(36);
  return resetToken;
}

export function generateToken(length: number): string {
  let result = "";
  for (let i = 0; i < length; i++) {
    result += CHARS.charAt(Math.floor(Math.random() * CHARS.length));
  }
  // ruleid: insecure_random.javascript.value
  return result;
}

// ruleid: insecure_random.javascript.value
export const createOtp = () => Math.floor(100000 + Math.random() * 900000).toString();

export const generateSecret = () => {
  const parts: string[] = [];
  for (let i = 0; i < 32; i++) parts.push(CHARS[Math.floor(Math.random() * CHARS.length)]);
  // ruleid: insecure_random.javascript.value
  return parts.join("");
};

export function codes(user: { apiKey: string }) {
  // ruleid: insecure_random.javascript.value
  const otp = Math.floor(Math.random() * 1000000);
  // ruleid: insecure_random.javascript.value
  user.apiKey = Math.random().toString(16).substring(2);
  // ruleid: insecure_random.javascript.value
  const session = { sessionId: `${Date.now()}-${Math.random()}` };
  // ruleid: insecure_random.javascript.value
  const token = Math.random().toString(36).slice(2);
  // ruleid: insecure_random.javascript.value
  const voucherCode = Array.from({ length: 8 }, () => CHARS[Math.floor(Math.random() * 36)]).join("");
  // ruleid: insecure_random.javascript.value
  const verificationCode = _.random(100000, 999999);
  // ruleid: insecure_random.javascript.value
  const sessionToken = uuidv1();
  // ruleid: insecure_random.javascript.value
  const iv = Buffer.from(Math.random().toString());
  // ruleid: insecure_random.javascript.value
  const cipher = createCipheriv("aes-256-cbc", randomBytes(32), Buffer.from(Math.random().toString()));
  return { iv, otp, session, token, voucherCode, verificationCode, sessionToken, cipher };
}

export function good(user: { apiKey: string }) {
  // ok: insecure_random.javascript.value
  user.apiKey = randomBytes(32).toString("base64url");
  // ok: insecure_random.javascript.value
  const otp = randomInt(1_000_000);
  // ok: insecure_random.javascript.value
  const sessionId = randomUUID();
  // ok: insecure_random.javascript.value
  const resetToken = uuidv4();
  return { otp, sessionId, resetToken };
}

export async function harmless(tokens: string[], attempt: number, fetchToken: (delay: number) => string) {
  // ok: insecure_random.javascript.value
  const tea = TEAS[Math.floor(Math.random() * TEAS.length)];
  // ok: insecure_random.javascript.value
  const token = tokens[Math.floor(Math.random() * tokens.length)];
  // ok: insecure_random.javascript.value
  const key = Math.random();
  // ok: insecure_random.javascript.value
  const id = Math.random().toString(36).slice(2);
  // ok: insecure_random.javascript.value
  const secret = Math.floor(Math.random() * 100);
  // ok: insecure_random.javascript.value
  await sleep(2 ** attempt * 100 + Math.random() * 50);
  // ok: insecure_random.javascript.value
  const sessionToken = fetchToken(Math.random() * 50);
  // ok: insecure_random.javascript.value
  const sessionTimeout = 3600 + Math.random() * 60;
  // ok: insecure_random.javascript.value
  const list = tokens.map((t) => ({ key: Math.random(), t }));
  return { tea, token, key, id, secret, sessionToken, sessionTimeout, list };
}
