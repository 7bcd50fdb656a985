// Key sizes.
import crypto, { createDiffieHellman, createECDH, generateKeyPair, generateKeyPairSync } from "node:crypto";
import forge from "node-forge";
import NodeRSA from "node-rsa";
import { generateKeyPair as joseKeyPair } from "jose";

const READER_BITS = 1024;

// ruleid: weak_key_size.javascript.rsa
export const courier = generateKeyPairSync("rsa", { modulusLength: 1024 });
// ruleid: weak_key_size.javascript.rsa
crypto.generateKeyPair("rsa", { modulusLength: READER_BITS, publicKeyEncoding: { type: "spki", format: "pem" } }, done);
// ruleid: weak_key_size.javascript.rsa
crypto.subtle.generateKey({ name: "RSA-OAEP", modulusLength: 1024, publicExponent: e, hash: "SHA-256" }, true, ["encrypt"]);
// ruleid: weak_key_size.javascript.rsa
export const forged = forge.pki.rsa.generateKeyPair({ bits: 1024, e: 0x10001 });
// ruleid: weak_key_size.javascript.rsa
export const nodeRsa = new NodeRSA({ b: 512 });
// ruleid: weak_key_size.javascript.rsa
export const dh = createDiffieHellman(1024);
// ok: weak_key_size.javascript.rsa
export const webhook = generateKeyPairSync("rsa", { modulusLength: 3072 });
// ok: weak_key_size.javascript.rsa
export const usual = generateKeyPairSync("rsa", { modulusLength: 2048 });
// ok: weak_key_size.javascript.rsa
export const configured = generateKeyPairSync("rsa", { modulusLength: Number(process.env.BITS) });
// ok: weak_key_size.javascript.rsa
export const nodeGood = new NodeRSA({ b: 2048 });
// ok: weak_key_size.javascript.rsa
export const edwards = generateKeyPairSync("ed25519");

// ruleid: weak_key_size.javascript.curve
export const old = generateKeyPairSync("ec", { namedCurve: "secp192k1" });
// ruleid: weak_key_size.javascript.curve
export const prime = generateKeyPairSync("ec", { namedCurve: "prime192v1" });
// ruleid: weak_key_size.javascript.curve
export const ecdh = createECDH("sect163k1");
// ruleid: weak_key_size.javascript.curve
export const group = crypto.getDiffieHellman("modp2");
// ok: weak_key_size.javascript.curve
export const p256 = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
// ok: weak_key_size.javascript.curve
export const bitcoin = createECDH("secp256k1");
// ok: weak_key_size.javascript.curve
export const modern = crypto.getDiffieHellman("modp14");
