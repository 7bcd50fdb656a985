import createError from "http-errors";
import Boom from "@hapi/boom";
import { BadRequestException, HttpException } from "@nestjs/common";

export class DeclinedError extends Error {}

export async function charge(cardNumber: string, card: any, req: any, answer: any, ctx: any, next: any) {
  if (answer.status === "declined") {
    // ruleid: pan_in_error_message.javascript.throw
    throw new Error(`Card ${cardNumber} was declined: ${answer.reason}`);
  }
  if (answer.status === "unknown") {
    // ruleid: pan_in_error_message.javascript.throw
    throw new DeclinedError("declined", card.number);
  }
  if (answer.late) {
    // ruleid: pan_in_error_message.javascript.throw
    throw "card " + cardNumber + " timed out";
  }
  // ruleid: pan_in_error_message.javascript.throw
  next(new HttpException(`bad card ${req.body?.cardNumber}`, 400));
  // ruleid: pan_in_error_message.javascript.throw
  next(createError(400, `bad card ${cardNumber}`));
  // ruleid: pan_in_error_message.javascript.throw
  ctx.throw(400, `bad card ${cardNumber}`);
  // ruleid: pan_in_error_message.javascript.throw
  const failure = Boom.badRequest(`bad card ${cardNumber}`, { cardNumber });
  // ruleid: pan_in_error_message.javascript.throw
  assert(luhn(cardNumber), `bad card ${cardNumber}`);
  const message = `no such card: ${cardNumber}`;
  // ruleid: pan_in_error_message.javascript.throw
  return Promise.reject(new Error(message));
}

export async function fine(cardNumber: string, card: any, cardToken: string, answer: any) {
  if (answer.a) {
    // ok: pan_in_error_message.javascript.throw
    throw new Error(`Card ending in ${cardNumber.slice(-4)} was declined`);
  }
  if (answer.b) {
    // ok: pan_in_error_message.javascript.throw
    throw new Error(`Card token ${cardToken} was declined`);
  }
  if (answer.c) {
    // ok: pan_in_error_message.javascript.throw
    throw new RangeError(`a card number has 12 to 19 digits, not ${cardNumber.length}`);
  }
  if (answer.d) {
    // ok: pan_in_error_message.javascript.throw
    throw new BadRequestException({ field: "cardNumber", message: errors.cardNumber });
  }
  if (answer.e) {
    // ok: pan_in_error_message.javascript.throw
    throw new Error(`declined: ${mask(cardNumber)} ${maskedPan} ${card.last4}`);
  }
  try {
    await process(cardNumber);
  } catch (error) {
    // ok: pan_in_error_message.javascript.throw
    throw error;
  }
  // ok: pan_in_error_message.javascript.throw
  throw new Error("card number is not valid");
}

export function answer(req: any, res: any, reply: any, cardNumber: string) {
  // ruleid: pan_in_error_message.javascript.response
  res.status(400).json({ error: `card ${cardNumber} is not valid` });
  // ruleid: pan_in_error_message.javascript.response
  res.status(422).send(`card ${req.body.cardNumber} is not valid`);
  // ruleid: pan_in_error_message.javascript.response
  res.json({ error: "declined " + cardNumber });
  // ruleid: pan_in_error_message.javascript.response
  res.status(HttpStatus.BAD_REQUEST).json({ code: 1, cardNumber });
  // ruleid: pan_in_error_message.javascript.response
  reply.code(402).send({ message: `declined ${cardNumber}` });
  // ruleid: pan_in_error_message.javascript.response
  NextResponse.json({ message: `declined ${cardNumber}` }, { status: 402 });
  // ok: pan_in_error_message.javascript.response
  res.status(400).json({ error: "card number is not valid", field: "cardNumber" });
  // ok: pan_in_error_message.javascript.response
  res.status(400).json({ error: errors.cardNumber, last4: cardNumber.slice(-4) });
  // ok: pan_in_error_message.javascript.response
  res.status(402).json({ error: `declined: card ending in ${lastFour(cardNumber)}` });
  // ok: pan_in_error_message.javascript.response
  res.status(201).json({ token: tokenize(cardNumber) });
}

export function otherAnswers(card: { cardNumber: string; last4: string }, reply: FastifyReply, reject: (e: unknown) => void) {
  // ruleid: pan_in_error_message.javascript.throw
  reject(new PaymentDeclined("declined: " + card.cardNumber));
  // ok: pan_in_error_message.javascript.throw
  reject(new PaymentDeclined("declined: " + card.last4));
  // ruleid: pan_in_error_message.javascript.response
  reply.badRequest(`no such card: ${card.cardNumber}`);
  // ruleid: pan_in_error_message.javascript.response
  if (reply.sveltekit) return fail(400, { number: card.cardNumber });
  // ok: pan_in_error_message.javascript.response
  return reply.badRequest("no such card");
}
