// Encrypts a card in the browser or app, with nothing but WebCrypto, so that only the payment service can read it.
//
//   const keys = await fetchKeys("https://pay.example/.well-known/jwks.json");
//   const encrypted_card = await encryptCard(keys, "merchant-1", {
//     number: field.value, expiry: { month: 12, year: 2030 }, verification_code: code.value,
//   });
//
// The result is a compact JWE (RFC 7516): ECDH-ES on P-256 or RSA-OAEP-256, with A256GCM. It opens once, within minutes.

const text = new TextEncoder();

function base64url(bytes) {
  let binary = "";
  for (const byte of new Uint8Array(bytes)) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return whole;
}

function uint32(value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

// A key agreed with a fresh key pair, used as it is (ECDH-ES; RFC 7518, 4.6): Concat KDF of NIST SP 800-56A, one round.
async function agree(jwk) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = await crypto.subtle.importKey("jwk", { kty: "EC", crv: "P-256", x: jwk.x, y: jwk.y }, curve, false, []);
  const ours = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", ours.publicKey);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const algorithm = text.encode("A256GCM");
  const info = join(uint32(algorithm.byteLength), algorithm, uint32(0), uint32(0), uint32(256));
  const key = await crypto.subtle.digest("SHA-256", join(uint32(1), shared, info));
  return { key, encryptedKey: new Uint8Array(0), header: { epk: { kty, crv, x, y } } };
}

// A random key, encrypted to theirs (RSA-OAEP-256; RFC 7518, 4.3).
async function transport(jwk) {
  const algorithm = { name: "RSA-OAEP", hash: "SHA-256" };
  const theirs = await crypto.subtle.importKey("jwk", { kty: "RSA", n: jwk.n, e: jwk.e }, algorithm, false, ["encrypt"]);
  const key = crypto.getRandomValues(new Uint8Array(32));
  return { key, encryptedKey: await crypto.subtle.encrypt(algorithm, theirs, key), header: {} };
}

const KEY_MANAGEMENT = { "ECDH-ES": agree, "RSA-OAEP-256": transport };

// The key set of the service. Throws if it does not answer within ten seconds.
export async function fetchKeys(url) {
  const answer = await fetch(url, { credentials: "omit", redirect: "error", signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error("the payment service does not give its keys");
  return answer.json();
}

// A compact JWE. `card`: { number, expiry: { month, year }, holder?, verification_code? }, as the person typed them.
export async function encryptCard(keys, tenant, card, now = Date.now()) {
  const jwk = keys.keys.find((candidate) => candidate.kid === keys.current);
  if (!jwk || jwk.use !== "enc" || !Object.hasOwn(KEY_MANAGEMENT, jwk.alg)) throw new Error("no usable key in the key set");
  const { key, encryptedKey, header } = await KEY_MANAGEMENT[jwk.alg](jwk);
  const head = base64url(text.encode(JSON.stringify({ alg: jwk.alg, enc: "A256GCM", kid: jwk.kid, ...header })));

  const nonce = base64url(crypto.getRandomValues(new Uint8Array(16)));
  const content = text.encode(JSON.stringify({ iat: Math.floor(now / 1000), nonce, tenant, card }));
  const cipher = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const options = { name: "AES-GCM", iv, additionalData: text.encode(head), tagLength: 128 };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(options, cipher, content));

  return [head, encryptedKey, iv, sealed.slice(0, -16), sealed.slice(-16)]
    .map((part) => (typeof part === "string" ? part : base64url(part)))
    .join(".");
}
