// Ciphers, good and bad.
import crypto, { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import * as nodeCrypto from "crypto";
import CryptoJS from "crypto-js";
import TripleDES from "crypto-js/tripledes";
import AES from "crypto-js/aes";
import forge from "node-forge";
import NodeRSA from "node-rsa";
import aesjs from "aes-js";

const LEGACY = "des-ede3-cbc";

export function node(key: Buffer, iv: Buffer, algorithm: string) {
  // ruleid: broken_cipher.javascript.node
  createCipheriv("des-ede3-cbc", key, iv);
  // ruleid: broken_cipher.javascript.node
  crypto.createCipheriv("aes-256-ecb", key, null);
  // ruleid: broken_cipher.javascript.node
  nodeCrypto.createCipheriv('rc4', key, '');
  // ruleid: broken_cipher.javascript.node
  crypto.createCipheriv(LEGACY, key, iv);
  // ruleid: broken_cipher.javascript.node
  createDecipheriv(`bf-cbc`, key, iv);
  // ruleid: broken_cipher.javascript.node
  crypto.createCipheriv("AES-128-ECB", key, null);
  // ok: broken_cipher.javascript.node
  createCipheriv("aes-256-gcm", key, randomBytes(12));
  // ok: broken_cipher.javascript.node
  crypto.createCipheriv("aes-128-gcm", key, iv);
  // ok: broken_cipher.javascript.node
  crypto.createCipheriv("chacha20-poly1305", key, iv, { authTagLength: 16 });
  // ok: broken_cipher.javascript.node
  crypto.createCipheriv("aes-256-cbc", key, iv);
  // ok: broken_cipher.javascript.node
  crypto.createCipheriv(algorithm, key, iv);
  // ok: broken_cipher.javascript.node
  crypto.createHash("sha256").update("des-cbc");
}

export function cryptoJs(data: string, key: string) {
  // ruleid: broken_cipher.javascript.crypto_js
  CryptoJS.TripleDES.encrypt(data, key);
  // ruleid: broken_cipher.javascript.crypto_js
  CryptoJS.RC4.decrypt(data, key);
  // ruleid: broken_cipher.javascript.crypto_js
  TripleDES.encrypt(data, key);
  // ruleid: broken_cipher.javascript.crypto_js
  CryptoJS.AES.encrypt(data, key, { mode: CryptoJS.mode.ECB, padding: CryptoJS.pad.Pkcs7 });
  // ok: broken_cipher.javascript.crypto_js
  CryptoJS.AES.encrypt(data, key, { mode: CryptoJS.mode.CBC, iv: CryptoJS.lib.WordArray.random(16) });
  // ok: broken_cipher.javascript.crypto_js
  AES.encrypt(data, key);
  // ok: broken_cipher.javascript.crypto_js
  const view = { mode: editor.mode.ECG };
  return view;
}

export function libraries(key: string) {
  // ruleid: broken_cipher.javascript.package
  forge.cipher.createCipher("3DES-CBC", key);
  // ruleid: broken_cipher.javascript.package
  forge.cipher.createCipher("AES-ECB", key);
  // ruleid: broken_cipher.javascript.package
  new aesjs.ModeOfOperation.ecb(key);
  // ok: broken_cipher.javascript.package
  forge.cipher.createCipher("AES-GCM", key);
  // ok: broken_cipher.javascript.package
  new aesjs.ModeOfOperation.ctr(key);
}

export function asymmetric(publicKey: string, data: Buffer) {
  // ruleid: broken_cipher.javascript.rsa_padding
  crypto.publicEncrypt({ key: publicKey, padding: crypto.constants.RSA_PKCS1_PADDING }, data);
  // ruleid: broken_cipher.javascript.rsa_padding
  new NodeRSA(publicKey, { encryptionScheme: "pkcs1" });
  // ok: broken_cipher.javascript.rsa_padding
  crypto.publicEncrypt({ key: publicKey, padding: crypto.constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" }, data);
  // ok: broken_cipher.javascript.rsa_padding
  crypto.sign("sha256", data, { key: publicKey, padding: crypto.constants.RSA_PKCS1_PADDING });
}

export function forged(key: Buffer, nonce: Buffer, text: Buffer) {
  // ruleid: broken_cipher.javascript.tag_unchecked
  const decipher = crypto.createDecipheriv("aes-256-gcm", key, nonce);
  return decipher.update(text);
}
export function genuine(key: Buffer, nonce: Buffer, text: Buffer, tag: Buffer) {
  // ok: broken_cipher.javascript.tag_unchecked
  const decipher = crypto.createDecipheriv("aes-256-gcm", key, nonce);
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(text), decipher.final()]);
}
