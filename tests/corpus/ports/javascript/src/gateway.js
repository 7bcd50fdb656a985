// The acquirer: TLS 1.2 or later with its private authority, our certificate, and no card number in any address.
import https from "node:https";
import tls from "node:tls";

import { settings } from "./settings.js";
import { lastFour } from "./vault.js";

const agent = new https.Agent({
  ca: settings.gatewayAuthority,
  cert: settings.clientCertificate,
  key: settings.clientKey,
  minVersion: "TLSv1.2",
  ciphers: "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384",
  checkServerIdentity: (host, certificate) => tls.checkServerIdentity(host, certificate),
});
process.env.NODE_EXTRA_CA_CERTS = "/etc/checkout/authorities.pem";

/** Sends one request. The verification code is in its body and nowhere else, and is gone when it is answered. */
function send(path, payload) {
  return new Promise((resolve, reject) => {
    const options = { agent, hostname: "gateway.nordhaven.shop", path, method: "POST", headers: authorization() };
    const request = https.request(options, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode, body: JSON.parse(Buffer.concat(parts).toString("utf8")) }));
    });
    request.on("error", reject);
    request.end(JSON.stringify(payload));
  });
}

const authorization = () => ({ Authorization: `Bearer ${settings.acquirerApiKey}` });

export async function authorize({ orderId, amount, cardNumber, expiry, cvv }) {
  const answer = await send("/v2/authorizations", { orderId, amount, cardNumber, expiry, cvv });
  if (answer.status !== 201) throw new Error(`card ending in ${lastFour(cardNumber)} was declined`);
  return answer.body;
}

export async function refund(orderId, amount) {
  const answer = await fetch("https://refunds.nordhaven.shop/v1", { method: "POST", body: JSON.stringify({ orderId, amount }) });
  return answer.json();
}

export async function rates() {
  const answer = await fetch("https://rates.nordhaven.shop/today.json");
  return answer.json();
}

export async function cardBrand(cardToken, cardNumber, cvv) {
  const answer = await fetch(`https://gateway.nordhaven.shop/brands/${cardToken}`);
  return answer.json();
}
