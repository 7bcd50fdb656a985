// Which TLS versions a service accepts.
import { readFileSync } from "node:fs";
import https from "node:https";
import tls, { createSecureContext, createServer } from "node:tls";
import axios from "axios";
import nodemailer from "nodemailer";
import { Agent } from "undici";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as elbv2 from "aws-cdk-lib/aws-elasticloadbalancingv2";

const LEGACY = "TLSv1";

export const agents = [
  // ruleid: weak_tls_version.javascript.version
  new https.Agent({ minVersion: "TLSv1", keepAlive: true }),
  // ruleid: weak_tls_version.javascript.version
  new https.Agent({ keepAlive: true, minVersion: LEGACY }),
  // ok: weak_tls_version.javascript.version
  new https.Agent({ minVersion: "TLSv1.2", keepAlive: true }),
  // ok: weak_tls_version.javascript.version
  new https.Agent({ minVersion: process.env.MIN_TLS as tls.SecureVersion }),
  // ruleid: weak_tls_version.javascript.version
  new Agent({ connect: { minVersion: "TLSv1.1" } }),
  // ok: weak_tls_version.javascript.version
  new Agent({ connect: { minVersion: "TLSv1.3" as const } }),
];

const options = {
  key: readFileSync(process.env.TLS_KEY_FILE!),
  // ruleid: weak_tls_version.javascript.version
  minVersion: "TLSv1.1" as const,
  honorCipherOrder: true,
};
createServer(options).listen(8443);

// ruleid: weak_tls_version.javascript.version
tls.connect({ host: "pos.kettle.example", port: 443, maxVersion: "TLSv1.1" });
// ruleid: weak_tls_version.javascript.version
tls.DEFAULT_MIN_VERSION = "TLSv1";
// ok: weak_tls_version.javascript.version
tls.DEFAULT_MIN_VERSION = "TLSv1.2";
// ok: weak_tls_version.javascript.version
tls.DEFAULT_MAX_VERSION = "TLSv1.3";

export const mail = nodemailer.createTransport({
  host: process.env.SMTP_HOST,
  secure: true,
  // ruleid: weak_tls_version.javascript.version
  tls: { minVersion: "TLSv1" },
});

// ok: weak_tls_version.javascript.version
if (socketVersion === "TLSv1") throw new Error("TLS 1.0 refused");
// ok: weak_tls_version.javascript.version
const app = { minVersion: "1.0", version: "TLSv1" };
// ok: weak_tls_version.javascript.version
const client = { minVersion: "4.1.0" };

// ruleid: weak_tls_version.javascript.secure_protocol
createSecureContext({ secureProtocol: "TLSv1_method" });
// ruleid: weak_tls_version.javascript.secure_protocol
export const sslv3 = https.request({ host: "bank.example", secureProtocol: "SSLv3_method" });
// ruleid: weak_tls_version.javascript.secure_protocol
export const tls11 = axios.create({ httpsAgent: new https.Agent({ secureProtocol: "TLSv1_1_client_method" }) });
// ruleid: weak_tls_version.javascript.negotiated
export const negotiated = https.request({ host: "bank.example", secureProtocol: "TLS_method" });
// ok: weak_tls_version.javascript.secure_protocol
export const tls12 = https.request({ host: "bank.example", secureProtocol: "TLSv1_2_method" });

export const edge = {
  domainNames: ["pay.kettle.example"],
  // ruleid: weak_tls_version.javascript.cloud
  minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_1_2016,
};
export const goodEdge = {
  // ok: weak_tls_version.javascript.cloud
  minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
};
// ruleid: weak_tls_version.javascript.version
export const pulumiEdge = { viewerCertificate: { minimumProtocolVersion: "TLSv1_2016" } };
// ok: weak_tls_version.javascript.version
export const pulumiGood = { viewerCertificate: { minimumProtocolVersion: "TLSv1.2_2021" } };
// ruleid: weak_tls_version.javascript.cloud
balancer.addListener("https", { port: 443, sslPolicy: elbv2.SslPolicy.LEGACY });
// ok: weak_tls_version.javascript.cloud
balancer.addListener("https", { port: 443, sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS });
// ruleid: weak_tls_version.javascript.cloud
export const listener = { port: 443, sslPolicy: "ELBSecurityPolicy-2016-08" };
// ok: weak_tls_version.javascript.cloud
export const goodListener = { port: 443, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" };

// ruleid: weak_tls_version.javascript.negotiated
https.createServer({ key, cert, secureProtocol: "TLS_method" }, app);
// ruleid: weak_tls_version.javascript.negotiated
https.createServer({ key, cert, secureOptions: constants.SSL_OP_NO_SSLv2 | constants.SSL_OP_NO_SSLv3 }, app);
// ok: weak_tls_version.javascript.negotiated
https.createServer({ key, cert, secureProtocol: "TLS_method", secureOptions: constants.SSL_OP_NO_TLSv1 | constants.SSL_OP_NO_TLSv1_1 }, app);
// ok: weak_tls_version.javascript.negotiated
https.createServer({ key, cert, secureProtocol: "TLSv1_2_method" }, app);
// ok: weak_tls_version.javascript.negotiated
https.createServer({ key, cert, secureOptions: constants.SSL_OP_CIPHER_SERVER_PREFERENCE }, app);
