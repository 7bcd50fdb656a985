// Everything secret comes from the environment, which the secret manager fills; nothing has a default.
import { readFileSync } from "node:fs";

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`setting ${name} is missing`);
  return value;
}

function key(name) {
  const bytes = Buffer.from(required(name), "base64");
  if (bytes.length !== 32) throw new Error(`setting ${name} is not 32 bytes in base64`);
  return bytes;
}

const dbPassword = required("DB_PASSWORD");
const batchPassword = required("BATCH_PASSWORD");
const acquirerApiKey = required("ACQUIRER_API_KEY");
const stripeKey = required("STRIPE_SECRET_KEY");
const sandboxKey = required("STRIPE_SANDBOX_KEY");
const sessionSecret = required("SESSION_SECRET");
const receiptKey = key("RECEIPT_KEY");
const clientKey = readFileSync(required("CLIENT_KEY_FILE"));
const brokerUrl = "amqps://" + required("BROKER_HOST");
const paymentEndpoint = "https://gateway.nordhaven.shop/v2";

export const settings = Object.freeze({
  acquirerApiKey,
  brokerUrl,
  clientCertificate: readFileSync(required("CLIENT_CERTIFICATE_FILE")),
  clientKey,
  databaseAuthority: readFileSync(required("DB_CA_FILE"), "utf8"),
  dbPassword,
  gatewayAuthority: readFileSync(required("GATEWAY_CA_FILE")),
  loginClientSecret: required("LOGIN_CLIENT_SECRET"),
  paymentEndpoint,
  receiptKey,
  sandboxKey,
  sessionSecret,
  batchPassword,
  stripeKey,
  dataKey: key("DATA_KEY"),
  fingerprintKey: key("FINGERPRINT_KEY"),
  tokenKey: readFileSync(required("TOKEN_PUBLIC_KEY_FILE")),
});
