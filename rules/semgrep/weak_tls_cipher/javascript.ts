// Which cipher suites a service accepts.
import https from "node:https";
import tls from "node:tls";
import nodemailer from "nodemailer";

const TILL_SUITES = "AES128-SHA:DES-CBC3-SHA";

// ruleid: weak_tls_cipher.javascript.list
export const till = new https.Agent({ minVersion: "TLSv1.2", ciphers: "ECDHE-RSA-AES256-GCM-SHA384:DES-CBC3-SHA" });
// ruleid: weak_tls_cipher.javascript.list
export const named = new https.Agent({ ciphers: TILL_SUITES });
// ruleid: weak_tls_cipher.javascript.list
tls.createServer({ ciphers: "ALL:eNULL", honorCipherOrder: true });
// ruleid: weak_tls_cipher.javascript.list
tls.connect({ host: "bank.example", ciphers: "DEFAULT@SECLEVEL=0" });
// ruleid: weak_tls_cipher.javascript.list
export const joined = tls.createSecureContext({ ciphers: ["ECDHE-RSA-AES128-GCM-SHA256", "RC4-SHA"].join(":") });
// ruleid: weak_tls_cipher.javascript.list
tls.DEFAULT_CIPHERS = "RC4-MD5";
export const mail = nodemailer.createTransport({
  tls: {
    // ruleid: weak_tls_cipher.javascript.list
    ciphers: "SSLv3:RC4",
  },
});

// ok: weak_tls_cipher.javascript.list
export const modern = new https.Agent({ ciphers: "ECDHE-RSA-AES256-GCM-SHA384:!aNULL:!MD5:!3DES" });
// ok: weak_tls_cipher.javascript.list
export const excluded = new https.Agent({ ciphers: "HIGH:!RC4:!DES:!eNULL:!EXPORT" });
// ok: weak_tls_cipher.javascript.list
export const aead = tls.createSecureContext({ ciphers: ["TLS_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256"].join(":") });
// ok: weak_tls_cipher.javascript.list
export const configured = new https.Agent({ ciphers: process.env.TLS_CIPHERS });
// ok: weak_tls_cipher.javascript.list
export const refused = { weak: "RC4-SHA", reason: "NULL suites are refused" };
// ok: weak_tls_cipher.javascript.list
export const puzzle = { ciphers: ["caesar", "NULL"], solved: false };
