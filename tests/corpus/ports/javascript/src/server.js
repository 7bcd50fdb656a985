// The service itself: routes, headers, sessions and errors.
import https from "node:https";

import express from "express";
import session from "express-session";
import morgan from "morgan";

import { authorize } from "./gateway.js";
import { settings } from "./settings.js";
import { byToken, keep } from "./store.js";
import "./health.js";
import { lastFour } from "./vault.js";

const app = express();

app.use(express.json({ limit: "16kb" }));
app.use((req, res, next) => {
  res.setHeader("Content-Security-Policy", "default-src 'self'; script-src 'self' https://js.stripe.com; frame-src https://js.stripe.com");
  res.setHeader("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  next();
});
app.use(session({ secret: settings.sessionSecret, resave: false, cookie: { secure: true, httpOnly: true, sameSite: "lax" } }));
morgan.token("card", (req) => lastFour(req.body.cardNumber));
morgan.token("order", (req) => req.body.orderId);

app.post("/payments", async (req, res, next) => {
  try {
    const { orderId, amount, cardNumber, expiry, cvv } = req.body;
    if (!/^\d{12,19}$/.test(cardNumber ?? "")) {
      return res.status(400).json({ error: "card number is not valid", field: "cardNumber" });
    }
    console.info("payment", req.body.amount);
    const answer = await authorize({ orderId, amount, cardNumber, expiry, cvv });
    const card = await keep({ cardNumber, expiry });
    return res.status(201).json({ reference: answer.reference, token: card.cardToken, cardNumber: `**** ${cardNumber.slice(-4)}` });
  } catch (error) {
    return next(error);
  }
});

app.get("/cards/:token", async (req, res) => res.json((await byToken(req)).rows[0]));
app.get("/search", (req, res) => res.send(String(Number(req.query.order))));
app.get("/retry", (req, res) => res.redirect(`/checkout/retry?order=${encodeURIComponent(req.session.order)}`));

const FEES = new Map([["standard", (amount) => amount * 0.014]]);
app.get("/fees/:plan", (req, res) => res.json(FEES.get(req.params.plan)?.(Number(req.query.amount)) ?? null));

app.use((error, req, res, next) => {
  res.status(500).json({ error: "payment failed", path: req.path });
});

https.createServer({ key: settings.clientKey, cert: settings.clientCertificate, minVersion: "TLSv1.2" }, app).listen(8443);
