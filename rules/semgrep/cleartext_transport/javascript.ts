// Who talks without TLS.
import http from "node:http";
import * as grpc from "@grpc/grpc-js";
import axios from "axios";
import * as ftp from "basic-ftp";
import got from "got";
import Redis from "ioredis";
import { Kafka } from "kafkajs";
import mongoose from "mongoose";
import mysql from "mysql2/promise";
import nodemailer from "nodemailer";
import { Client, Pool } from "pg";
import { Sequelize } from "sequelize";
import { io } from "socket.io-client";
import SftpClient from "ssh2-sftp-client";
import { Telnet } from "telnet-client";
import amqp from "amqplib";
import { VaultClient } from "./gen/vault";

// ruleid: cleartext_transport.javascript.address
const GATEWAY_URL = process.env.GATEWAY_URL ?? "http://gateway.nordhaven.example/v2";
// ruleid: cleartext_transport.javascript.address
const paymentEndpoint = "http://api.nordhaven.example/v2";
// ruleid: cleartext_transport.javascript.address
export const config = { apiUrl: "http://acquirer.example/charges", retries: 3 };
// ok: cleartext_transport.javascript.address
const chargeUrl = "https://api.nordhaven.example/v2/charges";
// ok: cleartext_transport.javascript.address
const vaultUrl = process.env.VAULT_URL || "http://vault:8200";
// ok: cleartext_transport.javascript.address
const tokenizerUrl = "http://tokenizer.payments.svc.cluster.local:8080";
// ok: cleartext_transport.javascript.address
const checkoutUrl = process.env.CHECKOUT_URL ?? "http://localhost:3000/checkout";
// ok: cleartext_transport.javascript.address
const svg = { xmlns: "http://www.w3.org/2000/svg", base: "http://www.w3.org/1999/xhtml" };
// ok: cleartext_transport.javascript.address
const homepage = "http://kettlewick.example";

export async function calls(orderId: string, amount: number) {
  // ruleid: cleartext_transport.javascript.http
  await axios.post("http://refunds.nordhaven-acquiring.example/v1", { orderId, amount });
  // ruleid: cleartext_transport.javascript.http
  await axios.post(`http://refunds.nordhaven.example/v1/${orderId}`, { amount });
  // ruleid: cleartext_transport.javascript.http
  await fetch("http://score.hearthfraud.example/v1", { method: "POST", body: JSON.stringify({ orderId }) });
  // ruleid: cleartext_transport.javascript.http
  await fetch(`http://api.nordhaven.example/charges/${orderId}`);
  // ruleid: cleartext_transport.javascript.http
  await axios({ url: "http://score.hearthfraud.example/v1", method: "post", data: { orderId } });
  // ruleid: cleartext_transport.javascript.http
  const client = axios.create({ baseURL: "http://api.nordhaven.example", timeout: 3000 });
  // ruleid: cleartext_transport.javascript.http
  const api = got.extend({ prefixUrl: "http://api.nordhaven.example" });
  // ok: cleartext_transport.javascript.host
  http.request({ hostname: "localhost", port: 9901 }, () => {});
  // ruleid: cleartext_transport.javascript.host
  http.request({ hostname: "payments.nordhaven.example", method: "POST" }, () => {});
  // ok: cleartext_transport.javascript.http
  await axios.post("https://refunds.nordhaven-acquiring.example/v1", { orderId, amount });
  // ok: cleartext_transport.javascript.http
  await axios.get("http://localhost:9901/ready");
  // ok: cleartext_transport.javascript.http
  await fetch("http://payments:8080/charge", { method: "POST" });
  // ok: cleartext_transport.javascript.http
  await fetch("http://payments.shop.svc.cluster.local/charge", { method: "POST" });
  // ruleid: cleartext_transport.javascript.fetched
  await fetch("http://weather.example/today");
  // ok: cleartext_transport.javascript.http
  await fetch(process.env.GATEWAY_URL!, { method: "POST" });
  // ok: cleartext_transport.javascript.http
  await fetch("/checkout", { method: "POST" });
  // ok: cleartext_transport.javascript.http
  document.createElementNS("http://www.w3.org/2000/svg", "path");
  return { client, api };
}

// ruleid: cleartext_transport.javascript.url
const feed = new WebSocket("ws://terminals.kettlewick.example/feed");
// ruleid: cleartext_transport.javascript.url
const socket = io("ws://terminals.kettlewick.example");
// ok: cleartext_transport.javascript.url
const secureFeed = new WebSocket("wss://terminals.kettlewick.example/feed");
// ok: cleartext_transport.javascript.url
const localFeed = new WebSocket("ws://localhost:9000/feed");
// ok: cleartext_transport.javascript.url
const relativeFeed = new WebSocket(`ws://${location.host}/feed`);
// ruleid: cleartext_transport.javascript.url
const cache = new Redis("redis://cache.kettlewick.example:6379");
// ok: cleartext_transport.javascript.url
const safeCache = new Redis("rediss://cache.kettlewick.example:6380");
// ok: cleartext_transport.javascript.url
const nearCache = new Redis("redis://redis:6379");
// ruleid: cleartext_transport.javascript.url
const queue = amqp.connect("amqp://mq.kettlewick.example");
// ok: cleartext_transport.javascript.url
const localQueue = amqp.connect("amqp://localhost");

// ruleid: cleartext_transport.javascript.database
const orders = new Pool({ host: "db.kettlewick.example", database: "orders", ssl: false });
// ok: cleartext_transport.javascript.database
const localOrders = new Pool({ host: "localhost", database: "orders", ssl: false });
// ok: cleartext_transport.javascript.database
const composeOrders = new Pool({ host: "postgres", database: "orders", ssl: false });
// ok: cleartext_transport.javascript.database
const safeOrders = new Pool({ host: "db.kettlewick.example", ssl: { ca: process.env.DB_CA } });
// ruleid: cleartext_transport.javascript.database
const dsn = new Client({ connectionString: "postgres://orders@db.kettlewick.example/orders?sslmode=disable" });
// ok: cleartext_transport.javascript.database
const localDsn = new Client({ connectionString: "postgres://orders@localhost/orders?sslmode=disable" });
// ok: cleartext_transport.javascript.database
const fullDsn = new Client({ connectionString: "postgres://orders@db.kettlewick.example/orders?sslmode=verify-full" });
// ruleid: cleartext_transport.javascript.database
const sequelize = new Sequelize(process.env.DATABASE_URL!, { dialectOptions: { ssl: false } });
// ok: cleartext_transport.javascript.database
const sequelizeTls = new Sequelize(process.env.DATABASE_URL!, { dialectOptions: { ssl: { require: true } } });
// ruleid: cleartext_transport.javascript.database
mongoose.connect("mongodb://db.kettlewick.example/orders?ssl=false");
// ruleid: cleartext_transport.javascript.database
mongoose.connect(process.env.MONGO_URL!, { tls: false });
// ok: cleartext_transport.javascript.database
mongoose.connect(process.env.MONGO_URL!, { tls: true });
// ruleid: cleartext_transport.javascript.database
const kafka = new Kafka({ clientId: "orders", brokers: ["k1.kettlewick.example:9092"], ssl: false });
// ok: cleartext_transport.javascript.database
const kafkaLocal = new Kafka({ clientId: "orders", brokers: ["localhost:9092"], ssl: false });
// ok: cleartext_transport.javascript.database
const kafkaTls = new Kafka({ clientId: "orders", brokers: ["k1.kettlewick.example:9093"], ssl: true });
// ruleid: cleartext_transport.javascript.database
const vault = new VaultClient("vault.kettlewick.example:50051", grpc.credentials.createInsecure());
// ok: cleartext_transport.javascript.database
const nearVault = new VaultClient("localhost:50051", grpc.credentials.createInsecure());
// ok: cleartext_transport.javascript.database
const safeVault = new VaultClient("vault.kettlewick.example:50051", grpc.credentials.createSsl());
// ok: cleartext_transport.javascript.database
const ledger = mysql.createConnection({ host: "db.kettlewick.example", ssl: { rejectUnauthorized: true } });
// ok: cleartext_transport.javascript.database
const chart = new Chart({ host: "canvas", ssl: false });

export async function settle(password: string) {
  const client = new ftp.Client();
  // ruleid: cleartext_transport.javascript.login
  await client.access({ host: "batch.bank.example", user: "shop", password });
  // ruleid: cleartext_transport.javascript.login
  await client.access({ host: "batch.bank.example", user: "shop", password, secure: false });
  // ok: cleartext_transport.javascript.login
  await client.access({ host: "batch.bank.example", user: "shop", password, secure: true });
  const sftp = new SftpClient();
  // ok: cleartext_transport.javascript.login
  await sftp.connect({ host: "batch.bank.example", username: "shop", password });
  // ruleid: cleartext_transport.javascript.login
  const telnet = new Telnet();
  await telnet.connect({ host: "terminal.kettlewick.example", port: 23 });
}

export const mailer = nodemailer.createTransport(
  // ruleid: cleartext_transport.javascript.login
  { host: process.env.SMTP_HOST, auth: { user: "orders", pass: process.env.SMTP_PASSWORD }, ignoreTLS: true },
);
// ok: cleartext_transport.javascript.login
export const safeMailer = nodemailer.createTransport({ host: process.env.SMTP_HOST, secure: true, auth: credentials });

// ruleid: cleartext_transport.javascript.fetched
const rates = await fetch("http://rates.kettlewick.shop/today.json");
// ruleid: cleartext_transport.javascript.fetched
http.get("http://rates.kettlewick.shop/today.json", (res) => res.resume());
// ruleid: cleartext_transport.javascript.fetched
const sample = await fetch("http://api.example.com/rates.json");
export function bySettings() {
  // ruleid: cleartext_transport.javascript.fetched
  const target = new URL("http://rates.kettlewick.shop/today.json");
  http.request(target, (res) => res.resume());
  const config = {
    method: "GET",
    // ruleid: cleartext_transport.javascript.fetched
    url: "http://rates.kettlewick.shop/today.json",
  };
  axios(config).then((answer) => console.info(answer.status));
  // ok: cleartext_transport.javascript.fetched
  const link = { title: "Rates", url: "http://rates.kettlewick.shop/today.html" };
  console.info(link.title);
  // ok: cleartext_transport.javascript.fetched
  const shown = new URL("http://rates.kettlewick.shop/today.json");
  console.info(shown.pathname);
}
// ok: cleartext_transport.javascript.fetched
const local = await fetch("http://localhost:8080/rates");
// ok: cleartext_transport.javascript.fetched
const inside = await fetch("http://rates:8080/today.json");
// ok: cleartext_transport.javascript.fetched
const safe = await fetch("https://rates.kettlewick.shop/today.json");
// ok: cleartext_transport.javascript.fetched
const namespaced = document.createElementNS("http://www.w3.org/2000/svg", "path");

export function optionsFirst() {
  const options = { hostname: "rates.kettlewick.shop", port: 80, path: "/today" };
  // ruleid: cleartext_transport.javascript.host
  return http.request(options, (res) => res.resume());
}

// Where the customer's browser goes next, not the service.
// ok: cleartext_transport.javascript.address
export const profile = { flow_config: { bank_txn_pending_url: "http://www.kettlewick.shop" } };
