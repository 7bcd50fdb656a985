// Whose certificate is believed.
import { readFileSync } from "node:fs";
import https from "node:https";
import tls from "node:tls";
import axios from "axios";
import got from "got";
import Redis from "ioredis";
import { Kafka } from "kafkajs";
import mongoose from "mongoose";
import nodemailer from "nodemailer";
import { Pool } from "pg";
import sql from "mssql";
import superagent from "superagent";
import { Agent, setGlobalDispatcher } from "undici";
import { spawn } from "node:child_process";

const STRICT = false;

// ruleid: tls_verification_disabled.javascript.reject_unauthorized
const sandbox = new https.Agent({ rejectUnauthorized: false, keepAlive: true });
// ruleid: tls_verification_disabled.javascript.reject_unauthorized
const loose = new https.Agent({ keepAlive: true, rejectUnauthorized: STRICT });
// ok: tls_verification_disabled.javascript.reject_unauthorized
const strict = new https.Agent({ rejectUnauthorized: true });
// ok: tls_verification_disabled.javascript.reject_unauthorized
const configured = new https.Agent({ rejectUnauthorized: process.env.NODE_ENV === "production" });
// ok: tls_verification_disabled.javascript.reject_unauthorized
const own = new https.Agent({ ca: readFileSync("/etc/ssl/internal-ca.pem") });

export const api = axios.create({
  baseURL: "https://acquirer.example",
  httpsAgent: new https.Agent({
    // ruleid: tls_verification_disabled.javascript.reject_unauthorized
    rejectUnauthorized: false,
  }),
});
// ruleid: tls_verification_disabled.javascript.reject_unauthorized
export const score = got.extend({ https: { rejectUnauthorized: false } });
// ruleid: tls_verification_disabled.javascript.reject_unauthorized
setGlobalDispatcher(new Agent({ connect: { rejectUnauthorized: false } }));
// ruleid: tls_verification_disabled.javascript.reject_unauthorized
export const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } });
// ruleid: tls_verification_disabled.javascript.reject_unauthorized
export const redis = new Redis({ host: "cache.kettle.example", tls: { rejectUnauthorized: false } });
// ruleid: tls_verification_disabled.javascript.reject_unauthorized
export const kafka = new Kafka({ brokers: ["k1.kettle.example:9093"], ssl: { rejectUnauthorized: false } });
// ruleid: tls_verification_disabled.javascript.reject_unauthorized
export const mail = nodemailer.createTransport({ host: "mail.kettle.example", tls: { rejectUnauthorized: false } });
// ruleid: tls_verification_disabled.javascript.reject_unauthorized
https.globalAgent.options.rejectUnauthorized = false;
// ok: tls_verification_disabled.javascript.reject_unauthorized
https.createServer({ requestCert: true, rejectUnauthorized: false }, handler).listen(8443);
// ok: tls_verification_disabled.javascript.reject_unauthorized
if (options.rejectUnauthorized === false) throw new Error("certificates must be checked");

// ruleid: tls_verification_disabled.javascript.environment
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
// ruleid: tls_verification_disabled.javascript.environment
process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
// ruleid: tls_verification_disabled.javascript.environment
spawn("node", ["worker.js"], { env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: "0" } });
// ok: tls_verification_disabled.javascript.environment
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "1";
// ok: tls_verification_disabled.javascript.environment
delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
// ok: tls_verification_disabled.javascript.environment
if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === "0") throw new Error("refusing to start");

// ruleid: tls_verification_disabled.javascript.host_name
tls.connect({ host: "pos.kettle.example", port: 443, checkServerIdentity: () => undefined });
// ruleid: tls_verification_disabled.javascript.host_name
tls.connect({ host: "pos.kettle.example", port: 443, checkServerIdentity: (_host, _cert) => { return undefined; } });
// ruleid: tls_verification_disabled.javascript.host_name
tls.connect({ host: "pos.kettle.example", port: 443, checkServerIdentity: function (host: string) {} });
// ruleid: tls_verification_disabled.javascript.host_name
export const sftp = { host: "batch.bank.example", hostVerifier: () => true };
tls.connect({
  host: "pos.kettle.example",
  // ok: tls_verification_disabled.javascript.host_name
  checkServerIdentity: (host, cert) => {
    const error = tls.checkServerIdentity(host, cert);
    return error ?? pinned(cert);
  },
});
// ok: tls_verification_disabled.javascript.host_name
tls.connect({ host: "pos.kettle.example", checkServerIdentity: tls.checkServerIdentity });
// ok: tls_verification_disabled.javascript.host_name
export const sftpKnown = { host: "batch.bank.example", hostVerifier: (key: Buffer) => key.equals(BANK_KEY) };

// ruleid: tls_verification_disabled.javascript.driver
mongoose.connect(process.env.MONGO_URL!, { tls: true, tlsAllowInvalidCertificates: true });
// ok: tls_verification_disabled.javascript.driver
mongoose.connect(process.env.MONGO_URL!, { tls: true, tlsCAFile: "/etc/ssl/ca.pem" });
// ruleid: tls_verification_disabled.javascript.driver
sql.connect({ server: "ledger.kettle.example", options: { encrypt: true, trustServerCertificate: true } });
// ok: tls_verification_disabled.javascript.driver
sql.connect({ server: "ledger.kettle.example", options: { encrypt: true, trustServerCertificate: false } });
// ruleid: tls_verification_disabled.javascript.driver
superagent.get("https://score.example").disableTLSCerts();
// ruleid: tls_verification_disabled.javascript.driver
export const orders = new Pool({ connectionString: "postgres://orders@db.kettle.example/orders?sslmode=no-verify" });
// ok: tls_verification_disabled.javascript.driver
export const verified = new Pool({ connectionString: "postgres://orders@db.kettle.example/orders?sslmode=verify-full" });
// ok: tls_verification_disabled.javascript.driver
export const audit = { insecureSkipVerify: false, strictSSL: true };

// ruleid: tls_verification_disabled.javascript.reject_unauthorized
https.request({ host: "pos.kettle.example", port: 443, rejectUnauthorized: false, requestCert: true, agent: false }, done);
// ok: tls_verification_disabled.javascript.reject_unauthorized
tls.createServer({ cert, key, requestCert: true, rejectUnauthorized: false }, (socket) => socket.authorized || socket.destroy());
// ruleid: tls_verification_disabled.javascript.driver
app.on("certificate-error", (event, contents, url, error, certificate, callback) => {
  event.preventDefault();
  callback(true);
});
// ok: tls_verification_disabled.javascript.driver
app.on("certificate-error", (event, contents, url, error, certificate, callback) => {
  event.preventDefault();
  if (certificate.fingerprint === PINNED) callback(true);
  else callback(false);
});
// ruleid: tls_verification_disabled.javascript.driver
app.commandLine.appendSwitch("ignore-certificate-errors");
