import axios from "axios";
import got from "got";
import { Controller, Get, Param, Query } from "@nestjs/common";

const BASE = "https://api.acquirer.example/v2";

// --- requests

export async function ask(cardNumber: string, req: any, card: any, http: any, agent: any) {
  // ruleid: pan_in_url.javascript.request
  await fetch(`${BASE}/cards/${cardNumber}`);
  // ruleid: pan_in_url.javascript.request
  await axios.get(`${BASE}/brands?number=${card.number}`, { httpsAgent: agent });
  // ruleid: pan_in_url.javascript.request
  await axios.get(`${BASE}/brands`, { params: { pan: req.body.pan } });
  // ruleid: pan_in_url.javascript.request
  await got(BASE + "/cards/" + encodeURIComponent(cardNumber));
  // ruleid: pan_in_url.javascript.request
  await got.get(`${BASE}/cards`, { searchParams: { cardNumber } });
  // ruleid: pan_in_url.javascript.request
  await axios({ method: "get", url: `${BASE}/cards/${req.body?.cardNumber}` });
  // ruleid: pan_in_url.javascript.request
  await superagent.get(`${BASE}/cards`).query({ cardNumber });
  const params = new URLSearchParams({ cardNumber });
  // ruleid: pan_in_url.javascript.request
  await fetch(`${BASE}/cards?${params.toString()}`);
  const search = new URLSearchParams();
  search.append("pan", cardNumber);
  // ruleid: pan_in_url.javascript.request
  await fetch(`${BASE}/cards?${search}`);
  const url = new URL(`${BASE}/cards`);
  // ruleid: pan_in_url.javascript.request
  url.searchParams.set("card", cardNumber);
  // ruleid: pan_in_url.javascript.request
  await this.httpService.get(`/cards/${card.pan}`).toPromise();
  // ruleid: pan_in_url.javascript.request
  image.src = `https://pixel.example/p.gif?c=${cardNumber}`;
  // ruleid: pan_in_url.javascript.request
  await http.get("/cards", { params: new HttpParams({ fromObject: { cardNumber } }) });

  // ok: pan_in_url.javascript.request
  await fetch(`${BASE}/cards`, { method: "POST", body: JSON.stringify({ cardNumber }) });
  // ok: pan_in_url.javascript.request
  await fetch(`${BASE}/cards`, { method: "POST", body: new URLSearchParams({ cardNumber }) });
  // ok: pan_in_url.javascript.request
  await axios.post(`${BASE}/charges`, { cardNumber, amount: 1 });
  // ok: pan_in_url.javascript.request
  await axios.request({ url: `${BASE}/charges`, method: "post", data: { cardNumber } });
  // ok: pan_in_url.javascript.request
  await got.post(`${BASE}/charges`, { json: { cardNumber } });
  // ok: pan_in_url.javascript.request
  await axios.get(`${BASE}/cards/${card.token}`);
  // ok: pan_in_url.javascript.request
  await axios.get(`${BASE}/brands?bin=${cardNumber.slice(0, 6)}`);
  // ok: pan_in_url.javascript.request
  await fetch(`${BASE}/cards/${hmac(key, cardNumber)}?last4=${cardNumber.slice(-4)}`);
  // ok: pan_in_url.javascript.request
  await fetch(`${BASE}/cards/${await tokenize(cardNumber)}`);
  // ok: pan_in_url.javascript.request
  await fetch(`${BASE}/parcels/${trackingNumber}?gift=${giftCardNumber}`);
  // ok: pan_in_url.javascript.request
  cache.get(cardNumber);
  // ok: pan_in_url.javascript.request
  image.src = `/logos/${brandOf(cardNumber)}.svg`;
  // ok: pan_in_url.javascript.request
  await fetch(`/tiles?pan=${map.pan.x}`);
}

export const cardUrl = (cardNumber: string) => {
  // ruleid: pan_in_url.javascript.request
  return `${BASE}/cards/${cardNumber}`;
};

export const tokenUrl = (cardNumber: string) => {
  // ok: pan_in_url.javascript.request
  return `${BASE}/cards/${tokenOf(cardNumber)}`;
};

export const spaced = (cardNumber: string) => {
  // ok: pan_in_url.javascript.request
  return `${cardNumber} `;
};

// --- navigation

export function go(req: any, res: any, router: any, cardNumber: string, orderId: string, cardToken: string) {
  // ruleid: pan_in_url.javascript.navigation
  res.redirect(`/checkout/retry?order=${orderId}&card=${cardNumber}`);
  // ruleid: pan_in_url.javascript.navigation
  res.redirect(302, "/retry?card=" + req.body.cardNumber);
  // ruleid: pan_in_url.javascript.navigation
  router.push(`/cards/${cardNumber}`);
  // ruleid: pan_in_url.javascript.navigation
  router.push({ path: "/cards", query: { cardNumber } });
  // ruleid: pan_in_url.javascript.navigation
  window.location.href = `/pay?pan=${cardNumber}`;
  // ruleid: pan_in_url.javascript.navigation
  history.pushState({}, "", `?card=${cardNumber}`);
  // ruleid: pan_in_url.javascript.navigation
  navigate(`/cards/${cardNumber}/history`);
  // ruleid: pan_in_url.javascript.navigation
  this.router.navigate(["/cards", cardNumber]);
  // ruleid: pan_in_url.javascript.navigation
  window.open("https://bank.example/?c=" + cardNumber);

  // ok: pan_in_url.javascript.navigation
  res.redirect(`/checkout/retry?order=${orderId}&token=${cardToken}&ending=${lastFour(cardNumber)}`);
  // ok: pan_in_url.javascript.navigation
  router.push(`/cards/${cardToken}`);
  // ok: pan_in_url.javascript.navigation
  history.pushState({ cardNumber: undefined }, "", "/next");
  // ok: pan_in_url.javascript.navigation
  cards.push(cardNumber);
  // ok: pan_in_url.javascript.navigation
  navigate("/cards", { replace: cardNumber.length > 0 });
  // ok: pan_in_url.javascript.navigation
  cardNumber.replace(" ", "");
}

// --- routes

// ruleid: pan_in_url.javascript.route
app.get("/cards/:cardNumber", (req: any, res: any) => res.sendStatus(204));
// ruleid: pan_in_url.javascript.route
router.delete("/wallet/:pan/tokens", remove);
// ruleid: pan_in_url.javascript.route
fastify.route({ method: "GET", path: "/cards/{card_number}", handler });
// ok: pan_in_url.javascript.route
app.get("/cards/:token", show);
// ok: pan_in_url.javascript.route
app.get("/cards/:cardId/last4/:last4", show);
// ok: pan_in_url.javascript.route
app.post("/card-number/validate", validate);
// ok: pan_in_url.javascript.route
app.get("/gift/:giftCardNumber", show);
// ok: pan_in_url.javascript.route
app.get("/orders/:orderNumber", show);
// ok: pan_in_url.javascript.route
app.get("/panels/:panel", show);

@Controller("cards")
export class CardsController {
  // ruleid: pan_in_url.javascript.route
  @Get(":cardNumber")
  one(@Param("cardNumber") cardNumber: string) {
    return this.service.find(cardNumber);
  }

  // ok: pan_in_url.javascript.route
  @Get(":token")
  byToken(@Param("token") token: string) {
    return this.service.find(token);
  }

  @Get()
  // ruleid: pan_in_url.javascript.query
  search(@Query("pan") pan: string) {
    return this.service.find(pan);
  }

  @Get("bin")
  // ok: pan_in_url.javascript.query
  bin(@Query("cardToken") cardToken: string) {
    return this.service.find(cardToken);
  }
}

export function read(req: any) {
  // ruleid: pan_in_url.javascript.query
  const found = find(req.query.cardNumber);
  // ruleid: pan_in_url.javascript.query
  const { card_number, page } = req.query;
  // ruleid: pan_in_url.javascript.query
  const pan = new URL(req.url).searchParams.get("pan");
  // ok: pan_in_url.javascript.query
  const { token, last4 } = req.query;
  // ok: pan_in_url.javascript.query
  const other = req.query.trackingNumber;
  // ok: pan_in_url.javascript.query
  const body = req.body.cardNumber;
  // ok: pan_in_url.javascript.query
  db.query.cards.findFirst({ where: eq(cards.token, token) });
}
