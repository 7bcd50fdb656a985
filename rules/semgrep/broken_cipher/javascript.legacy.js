"use strict";
const crypto = require("crypto");
const { createCipheriv } = require("node:crypto");
const CryptoJS = require("crypto-js");
const forge = require("node-forge");

// ruleid: broken_cipher.javascript.node
const cipher = crypto.createCipheriv("des-cbc", key, iv);
// ruleid: broken_cipher.javascript.node
const ecb = createCipheriv("aes-128-ecb", key, "");
// ok: broken_cipher.javascript.node
const gcm = createCipheriv("aes-256-gcm", key, nonce);
// ruleid: broken_cipher.javascript.crypto_js
const hidden = CryptoJS.DES.encrypt(text, key).toString();
// ok: broken_cipher.javascript.crypto_js
const sum = CryptoJS.SHA256(text);
// ruleid: broken_cipher.javascript.package
const rc2 = forge.rc2.createEncryptionCipher(key, 128);
// ok: broken_cipher.javascript.package
const random = forge.random.getBytesSync(16);
// ok: broken_cipher.javascript.node
const description = { description: "des-cbc is refused", destination: "rc4" };
