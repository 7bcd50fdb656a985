import debugFactory from "debug";
import log4js from "log4js";
import morgan from "morgan";
import pino from "pino";
import { Logger } from "@nestjs/common";
import { createLogger } from "winston";

const logger = createLogger();
const debug = debugFactory("shop:cards");
const log = log4js.getLogger("cards");

export class Cards {
  private readonly logger = new Logger(Cards.name);
  #pan = "";

  show(req: any, res: any, card: any) {
    const { cardNumber, amount, basket, cardNumber: typed, card: { number, cvc } } = req.body;
    // ruleid: pan_logged.javascript.log
    console.log(cardNumber);
    // ruleid: pan_logged.javascript.log
    console.log("card", cardNumber, "charged");
    // ruleid: pan_logged.javascript.log
    logger.info(`charging ${cardNumber}`);
    // ruleid: pan_logged.javascript.log
    logger.info("charging " + card.number + " now");
    // ruleid: pan_logged.javascript.log
    logger.debug({ basket, cardNumber }, "asking the acquirer");
    // ruleid: pan_logged.javascript.log
    this.logger.warn(`declined: ${req.body?.cardNumber}`);
    // ruleid: pan_logged.javascript.log
    log.error("declined %s", req.body!.card!.number);
    // ruleid: pan_logged.javascript.log
    req.log.info({ card: { number: req.body.account } });
    // ruleid: pan_logged.javascript.log
    debug("card %s", typed);
    // ruleid: pan_logged.javascript.log
    pino().child({ cardNumber });
    // ruleid: pan_logged.javascript.log
    console.info(JSON.stringify({ basket, pan: card.pan }));
    // ruleid: pan_logged.javascript.log
    console.error("bad", cardNumber.replace(/\s+/g, ""));
    // ruleid: pan_logged.javascript.log
    logger.log("info", { message: "card", ...{ cardNumber } });
    // ruleid: pan_logged.javascript.log
    logger.log({ level: "info", message: `card ${req.body["card-number"]}` });
    // ruleid: pan_logged.javascript.log
    console.table([cardNumber, amount]);
    // ruleid: pan_logged.javascript.log
    console.log(card.getCardNumber());
    // ruleid: pan_logged.javascript.log
    console.log(`card ${cardNumber.slice(0, 12)}`);
    // ruleid: pan_logged.javascript.log
    console.log(Buffer.from(cardNumber).toString("base64"));
    // ruleid: pan_logged.javascript.log
    console.log(new FormData(form).get("card_number"));
    // ruleid: pan_logged.javascript.log
    console.debug(number);
    let line = "card=";
    line += cardNumber;
    // ruleid: pan_logged.javascript.log
    process.stdout.write(line);
    const event = { type: "charge", payload: { pan: cardNumber } };
    // ruleid: pan_logged.javascript.log
    logger.info(event);
    // ok: pan_logged.javascript.log
    logger.info(event.type);

    // ok: pan_logged.javascript.log
    console.log("card number is missing", basket);
    // ok: pan_logged.javascript.log
    logger.info(`card ending in ${cardNumber.slice(-4)}`);
    // ok: pan_logged.javascript.log
    logger.info({ last4: cardNumber.substring(cardNumber.length - 4), bin: cardNumber.slice(0, 6) });
    // ok: pan_logged.javascript.log
    logger.info(mask(cardNumber), maskPan(card.number), lastFour(cardNumber));
    // ok: pan_logged.javascript.log
    logger.info({ card: tokenize(cardNumber), fingerprint: hmac(key, cardNumber) });
    // ok: pan_logged.javascript.log
    logger.info({ cardNumber: "**** " + last4, pan: masked });
    // ok: pan_logged.javascript.log
    logger.info(cardNumber.replace(/\d(?=\d{4})/g, "*"));
    // ok: pan_logged.javascript.log
    logger.info("length", cardNumber.length, cardNumber.startsWith("4"), isValid(cardNumber), !cardNumber);
    // ok: pan_logged.javascript.log
    logger.info("brand", cardNumber.brand, cardNumber.issuer);
    // ok: pan_logged.javascript.log
    console.log(maskedPan, card.maskedNumber, card.last4, cardToken, cardNumberHash, card.brand);
    // ok: pan_logged.javascript.log
    console.log(errors.cardNumber, form.errors.cardNumber.message, touched.cardNumber, styles.cardNumber);
    // ok: pan_logged.javascript.log
    console.log(cardNumberInput, cardNumberRef, CARD_NUMBER_LENGTH, Field.CARD_NUMBER);
    // ok: pan_logged.javascript.log
    console.log(giftCardNumber, memberCardNumber, trackingNumber, orderNumber, phone.number);
    // ok: pan_logged.javascript.log
    console.log(this.detectBrand(cardNumber), typeof cardNumber, cardNumber === other);
    // ok: pan_logged.javascript.log
    Math.log(cardNumber);
    // ok: pan_logged.javascript.log
    dialog.error(cardNumber);
    // ok: pan_logged.javascript.log
    metrics.track("logged", basket);
  }

  masked(req: any) {
    const cardNumber = maskCardNumber(req.body.cardNumber);
    // ok: pan_logged.javascript.log
    logger.info({ cardNumber });
    const pan = `**** **** **** ${req.body.last4}`;
    // ok: pan_logged.javascript.log
    logger.info(pan);
    const sealed = encrypt(req.body.cardNumber);
    // ok: pan_logged.javascript.log
    logger.info(sealed);
  }

  whole(card: any, creditCard: any, order: any, cardUi: any, paymentMethod: any) {
    // ruleid: pan_logged.javascript.card
    console.log(card);
    // ruleid: pan_logged.javascript.card
    logger.info("charging", JSON.stringify(creditCard));
    // ruleid: pan_logged.javascript.card
    logger.info({ order: order.id, card });
    // ruleid: pan_logged.javascript.card
    logger.info({ ...order.cardDetails });
    // ruleid: pan_logged.javascript.card
    logger.info(`card ${JSON.stringify(order.creditCard)}`);
    // ruleid: pan_logged.javascript.card
    console.log("card: " + JSON.stringify(card));
    // ok: pan_logged.javascript.card
    logger.info({ brand: card.brand, id: card.id });
    // ok: pan_logged.javascript.card
    console.log(card.brand, card.last4, `card ${card.id}`);
    // ok: pan_logged.javascript.card
    console.log("card", order.card.token);
    // ok: pan_logged.javascript.card
    console.log(maskCard(card), redact(creditCard), { card: card.id });
    // ok: pan_logged.javascript.card
    console.log(giftCard, businessCard, scoreCard, cardUi, cardRef, cardStyle);
    // ok: pan_logged.javascript.card
    console.log(paymentMethod);
    // ok: pan_logged.javascript.card
    console.log("card", cards.length, card === other);
  }
}

export const handler = async (req: any, res: any) => {
  const { cardNumber, expiry, basket } = req.body;
  // ruleid: pan_logged.javascript.body
  console.log("card on file", req.body);
  // ruleid: pan_logged.javascript.body
  logger.info({ body: req.body });
  // ruleid: pan_logged.javascript.body
  logger.debug(`body ${JSON.stringify(req.body)}`);
  // ok: pan_logged.javascript.body
  logger.info({ basket: req.body.basket });
  // ok: pan_logged.javascript.body
  console.log("keys", Object.keys(req.body));
};

export function other(req: any, res: any) {
  const { cardToken, basket } = req.body;
  // ok: pan_logged.javascript.body
  console.log("token on file", req.body);
}

export function third(request: any, reply: any) {
  // ruleid: pan_logged.javascript.body
  request.log.info({ payload: request.body }, "payment");
  return charge(request.body.pan, request.body.amount);
}

// ruleid: pan_logged.javascript.access_log
morgan.token("card", (req: any) => req.body.cardNumber);
// ok: pan_logged.javascript.access_log
morgan.token("card", (req: any) => lastFour(req.body.cardNumber));
// ok: pan_logged.javascript.access_log
morgan.token("id", (req: any) => req.id);

const payLog = debug("kettlewick:pay");
export function otherLoggers(dto: { cardNumber: string; last4: string }) {
  // ruleid: pan_logged.javascript.log
  payLog("charging %s", dto.cardNumber);
  // ruleid: pan_logged.javascript.log
  window.console.log(dto.cardNumber);
  // ruleid: pan_logged.javascript.log
  console?.info(dto.cardNumber);
  // ruleid: pan_logged.javascript.log
  logger.appendKeys({ pan: dto.cardNumber });
  // ok: pan_logged.javascript.log
  payLog("charging %s", dto.last4);
  // ok: pan_logged.javascript.log
  openDialog({ title: "Card", value: dto.cardNumber });
  // ok: pan_logged.javascript.log
  catalog(dto.cardNumber);
}
