import { readFileSync } from "node:fs";
import https from "node:https";
import axios from "axios";

import { logger } from "./log.js";

const agent = new https.Agent({ minVersion: "TLSv1.2", keepAlive: true });

// The sandbox has had a self-signed certificate since the move.
const sandboxAgent = new https.Agent({ rejectUnauthorized: false, keepAlive: true });

// Gift cards are checked by a box in the warehouse.
const warehouseAgent = new https.Agent({ minVersion: "TLSv1", keepAlive: true });

const tillAgent = new https.Agent({ minVersion: "TLSv1.2", ciphers: "ECDHE-RSA-AES256-GCM-SHA384:DES-CBC3-SHA" });

// Our own vault has a certificate of the internal authority.
const vaultAgent = new https.Agent({ ca: readFileSync("/etc/ssl/internal-ca.pem"), minVersion: "TLSv1.3" });

const VAULT = "https://vault.kettlewick.example";
const BASE = "https://api.nordhaven-acquiring.example/v2";
const password = process.env.ACQUIRER_PASSWORD!;

export interface Charge {
  orderId: string;
  reference: string;
}

export async function charge(cardNumber: string, cvv: string, amount: number): Promise<Charge> {
  const answer = await axios.post(`${BASE}/charges`, { cardNumber, cvv, amount }, { httpsAgent: agent, auth: { username: "shop", password } });
  if (answer.data.status === "declined") {
    throw new Error(`Card ${cardNumber} was declined: ${answer.data.reason}`);
  }
  return answer.data;
}

export async function chargeToken(cardToken: string, amount: number): Promise<Charge> {
  const answer = await axios.post(`${BASE}/charges`, { cardToken, amount }, { httpsAgent: agent, auth: { username: "shop", password } });
  if (answer.data.status === "declined") {
    throw new Error(`Card token ${cardToken} was declined: ${answer.data.reason}`);
  }
  return answer.data;
}

export async function sandboxPing(): Promise<boolean> {
  const auth = { username: "sandbox", password: "Jasmine-Pearl-77" };
  const answer = await axios.get("https://sandbox.nordhaven-acquiring.example/ping", { httpsAgent: sandboxAgent, auth });
  return answer.status === 200;
}

export async function giftCardBalance(code: string): Promise<number> {
  const answer = await axios.get(`https://giftcards.kettlewick.example/${code}`, { httpsAgent: warehouseAgent });
  return answer.data.balance;
}

export async function tillTotals(shop: string): Promise<number> {
  const answer = await axios.get(`https://tills.kettlewick.example/${shop}/totals`, { httpsAgent: tillAgent });
  logger.info({ shop }, "till totals read");
  return answer.data.total;
}

export async function reportRefund(orderId: string, amount: number): Promise<void> {
  await axios.post("http://refunds.nordhaven-acquiring.example/v1", { orderId, amount });
}

export async function ready(): Promise<boolean> {
  const answer = await axios.get("http://localhost:9901/ready");
  return answer.status === 200;
}

export interface StoredCard {
  token: string;
  brand: string;
  last4: string;
  expires: string;
}

export interface RevealedCard extends StoredCard {
  cardNumber: string;
}

export async function cardsOf(customer: string): Promise<StoredCard[]> {
  const answer = await axios.get(`${VAULT}/customers/${customer}/cards`, { httpsAgent: vaultAgent });
  return answer.data;
}

export async function reveal(token: string): Promise<RevealedCard> {
  const answer = await axios.post(`${VAULT}/reveal`, { token }, { httpsAgent: vaultAgent });
  return answer.data;
}

export async function brandOf(cardNumber: string): Promise<string> {
  const answer = await axios.get(`${VAULT}/brands?number=${cardNumber}`, { httpsAgent: vaultAgent });
  return answer.data.brand;
}

export async function brandOfBin(cardNumber: string): Promise<string> {
  const answer = await axios.get(`${VAULT}/brands?bin=${cardNumber.slice(0, 6)}`, { httpsAgent: vaultAgent });
  return answer.data.brand;
}
