// Passwords, keys and tokens.
import axios from "axios";
import Redis from "ioredis";
import { Kafka } from "kafkajs";
import mongoose from "mongoose";
import mysql from "mysql2/promise";
import nodemailer from "nodemailer";
import { Pool } from "pg";
import { createClient } from "redis";
import { S3Client } from "@aws-sdk/client-s3";
import { Sequelize } from "sequelize";
import Stripe from "stripe";

const password = process.env.ACQUIRER_PASSWORD ?? "";
// ruleid: hard_coded_credential.javascript.password
const sandboxPassword = "Jasmine-Pearl-77";
// ruleid: hard_coded_credential.javascript.account_password
const dbPassword = "oolong";
// ruleid: hard_coded_credential.javascript.password
const smtpPassword = process.env.SMTP_PASSWORD || "keemun99";
// ruleid: hard_coded_credential.javascript.token
const acquirerApiKey = "nha_live_8fK2vQ7xLw3TzR9bYc5HdN1m";
// ruleid: hard_coded_credential.javascript.token
const webhookSecret = process.env.WEBHOOK_SECRET ?? "7xLw3TzR9bYc5HdN1m8fK2vQ";
// ruleid: hard_coded_credential.javascript.token
export const partner = { clientId: "kettlewick", clientSecret: "7xLw3TzR9bYc5HdN1m8fK2vQ" };
// ok: hard_coded_credential.javascript.password
const adminPassword = process.env.ADMIN_PASSWORD!;
// ok: hard_coded_credential.javascript.account_password
const rootPassword = "changeme";
// ok: hard_coded_credential.javascript.password
const passwordPattern = "^(?=.*[0-9]).{12,}$";
// ok: hard_coded_credential.javascript.password
const labels = { password: "Password", newPassword: "New password (12 characters)", passwordHint: "At least 1 digit!" };
// ok: hard_coded_credential.javascript.account_password
const actions = { adminPassword: "ADMIN_PASSWORD", dbPassword: "db.password", mailPassword: "mail_password" };
// ok: hard_coded_credential.javascript.password
const field = { type: "password", name: "password", autoComplete: "current-password" };
// ok: hard_coded_credential.javascript.token
const firebase = { apiKey: "AIzaSyD8fK2vQ7xLw3TzR9bYc5HdN1mAbCdEfGh", authDomain: "kettlewick.example" };
// ok: hard_coded_credential.javascript.token
const names = { apiKey: "ACQUIRER_API_KEY", accessToken: "accessTokenOfTheSession", apiKeyHeader: "X-Nordhaven-Key-2026" };
// ok: hard_coded_credential.javascript.token
const nextPageToken = "eyJvZmZzZXQiOjEwMH0eyJvZmZzZXQi";

// ruleid: hard_coded_credential.javascript.client
export const orders = new Pool({ host: "db.kettlewick.example", user: "orders", password: "tearoom" });
export const ledger = mysql.createConnection({
  host: process.env.DB_HOST,
  user: "ledger",
  // ruleid: hard_coded_credential.javascript.client
  password: "tearoom",
});
// ruleid: hard_coded_credential.javascript.client
export const cache = new Redis({ host: "cache.kettlewick.example", password: "tearoom" });
// ruleid: hard_coded_credential.javascript.client
export const queue = createClient({ password: "tearoom" });
// ruleid: hard_coded_credential.javascript.client
export const mail = nodemailer.createTransport({ host: "mail.kettlewick.example", auth: { user: "orders", pass: "tearoom" } });
// ruleid: hard_coded_credential.javascript.client
export const kafka = new Kafka({ brokers: [], sasl: { mechanism: "plain", username: "orders", password: "tearoom" } });
// ruleid: hard_coded_credential.javascript.client
export const orm = new Sequelize("orders", "orders", "tearoom", { dialect: "postgres" });
// ruleid: hard_coded_credential.javascript.client
export const s3 = new S3Client({ credentials: { accessKeyId: "id", secretAccessKey: "wJalr7tnFEMIK7MDENGbPxRfiCYzzSteep" } });
// ruleid: hard_coded_credential.javascript.client
axios.get("https://api.nordhaven.example", { auth: { username: "kettlewick", password: "tearoom" } });
// ok: hard_coded_credential.javascript.client
export const local = new Pool({ host: "localhost", user: "postgres", password: "postgres" });
// ok: hard_coded_credential.javascript.client
export const fromEnv = new Pool({ host: process.env.DB_HOST, password: process.env.DB_PASSWORD });
// ok: hard_coded_credential.javascript.client
export const named = axios.get("https://api.nordhaven.example", { auth: { username: "kettlewick", password } });
// ok: hard_coded_credential.javascript.client
export const reused = { auth: { username: "sandbox", password: sandboxPassword } };
// ok: hard_coded_credential.javascript.client
export const minio = new S3Client({ endpoint: "http://localhost:9000", credentials: { accessKeyId: "m", secretAccessKey: "minio123" } });

// ruleid: hard_coded_credential.javascript.url
mongoose.connect("mongodb+srv://orders:tearoom@cluster0.kettlewick.example/orders");
// ruleid: hard_coded_credential.javascript.url
export const dsn = process.env.DATABASE_URL ?? "postgres://orders:Lapsang41@db.kettlewick.example/orders";
// ruleid: hard_coded_credential.javascript.url
export const templated = `amqps://orders:tearoom@mq.kettlewick.example/${process.env.VHOST}`;
// ok: hard_coded_credential.javascript.url
export const builtDsn = `postgres://${process.env.DB_USER}:${process.env.DB_PASSWORD}@db.kettlewick.example/orders`;
// ok: hard_coded_credential.javascript.url
export const localDsn = "postgres://postgres:postgres@localhost:5432/orders";
// ruleid: hard_coded_credential.javascript.url
export const replicas = "mongodb://orders:tearoom@a.kettlewick.example:27017,b.kettlewick.example:27017/orders";
// ok: hard_coded_credential.javascript.url
export const hosts = "https://a.kettlewick.example:8443,orders:@b.kettlewick.example/orders";
// ok: hard_coded_credential.javascript.url
export const documented = "postgres://user:password@host:5432/database";
// ok: hard_coded_credential.javascript.url
export const anonymous = "mongodb://db.kettlewick.example:27017/orders?replicaSet=rs0";

// ruleid: hard_coded_credential.javascript.header
fetch("https://api.nordhaven.example", { headers: { Authorization: "Bearer 8fK2vQ7xLw3TzR9bYc5HdN1m" } });
// ruleid: hard_coded_credential.javascript.header
axios.defaults.headers.common["Authorization"] = "Basic a2V0dGxld2ljazp0ZWFyb29tMQ==";
// ok: hard_coded_credential.javascript.header
fetch("https://api.nordhaven.example", { headers: { Authorization: `Bearer ${token}` } });
// ok: hard_coded_credential.javascript.header
fetch("https://api.nordhaven.example", { headers: { authorization: "Bearer " + token, accept: "application/json" } });

// ruleid: hard_coded_credential.javascript.live_key
export const stripe = new Stripe("sk_live_8fK2vQ7xLw3TzR");
// ruleid: hard_coded_credential.javascript.test_key
export const sandboxStripe = new Stripe("sk_test_8fK2vQ7xLw3TzR9b");
// ok: hard_coded_credential.javascript.live_key
export const goodStripe = new Stripe(process.env.STRIPE_SECRET_KEY!);
// ok: hard_coded_credential.javascript.live_key
export const browserStripe = loadStripe("pk_live_8fK2vQ7xLw3TzR");
// ok: hard_coded_credential.javascript.test_key
export const isTest = (key: string) => key.startsWith("sk_test_");

passport.use(
  // ruleid: hard_coded_credential.javascript.login_provider
  new GitHubStrategy({ clientID: "kettlewick", clientSecret: "two-sugars-please", callbackURL: "/callback" }, login),
);
// ruleid: hard_coded_credential.javascript.login_provider
oauth.clientSecret = "two-sugars-please";
// ok: hard_coded_credential.javascript.login_provider
passport.use(new GitHubStrategy({ clientID: "kettlewick", clientSecret: process.env.GITHUB_SECRET!, callbackURL: "/callback" }, login));
// ok: hard_coded_credential.javascript.login_provider
export const oauthLabels = { clientId: "Client id", clientSecret: "Client secret", consumerSecret: "consumer_secret" };
// ok: hard_coded_credential.javascript.login_provider
export const oauthSettings = { clientSecret: "GITHUB_CLIENT_SECRET", placeholder: { clientSecret: "your-client-secret" } };
