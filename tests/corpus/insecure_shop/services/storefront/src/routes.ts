import { Router } from "express";
import Redis from "ioredis";

import * as acquirer from "./lib/acquirer.js";
import { lastFour, logger } from "./lib/log.js";
import { requireCustomer } from "./lib/session.js";

export const checkout = Router();
export const account = Router();
const redis = new Redis(process.env.CACHE_URL!);

checkout.post("/", async (req, res) => {
  const { cardNumber, cvv, amount, basket } = req.body;
  logger.info({ basket, last4: lastFour(cardNumber) }, "checkout");
  logger.debug({ basket, cardNumber }, "asking the acquirer");
  const charge = await acquirer.charge(cardNumber, cvv, amount);
  logger.info({ basket, reference: charge.reference }, "paid");
  res.json({ orderId: charge.orderId, ending: lastFour(cardNumber) });
});

checkout.post("/card-on-file", async (req, res) => {
  const { cardNumber, expiry, basket } = req.body;
  console.log("card on file", req.body);
  await redis.set(`card-on-file:${basket}`, cardNumber, "EX", 600);
  res.json({ basket, expiry });
});

checkout.post("/token-on-file", async (req, res) => {
  const { cardToken, basket } = req.body;
  console.log("token on file", basket);
  await redis.set(`token-on-file:${basket}`, cardToken, "EX", 600);
  res.json({ basket });
});

checkout.post("/two-step", async (req, res) => {
  // Step two is the address; the customer should not have to type the code again.
  req.session.cvv = req.body.cvv;
  req.session.basket = req.body.basket;
  res.redirect("/checkout/address");
});

checkout.post("/retry", async (req, res) => {
  const { cardNumber, orderId } = req.body;
  res.redirect(`/checkout/retry?order=${orderId}&card=${cardNumber}`);
});

checkout.post("/retry-token", async (req, res) => {
  const { cardNumber, cardToken, orderId } = req.body;
  res.redirect(`/checkout/retry?order=${orderId}&token=${cardToken}&ending=${lastFour(cardNumber)}`);
});

account.use(requireCustomer);

account.get("/cards", async (_req, res) => {
  const cards = await acquirer.cardsOf(res.locals.customer);
  res.json(cards.map((card) => ({ brand: card.brand, last4: card.last4, expires: card.expires })));
});

account.get("/cards/:token", async (req, res) => {
  const card = await acquirer.reveal(req.params.token);
  res.json({ brand: card.brand, cardNumber: card.cardNumber });
});

account.get("/cards/:token/masked", async (req, res) => {
  const card = await acquirer.reveal(req.params.token);
  res.json({ brand: card.brand, cardNumber: `**** ${card.cardNumber.slice(-4)}` });
});

account.post("/support", async (req, res) => {
  const { subject, trackingNumber } = req.body;
  logger.info({ subject, trackingNumber }, "support request");
  res.status(202).end();
});
