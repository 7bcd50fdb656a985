// What is told of a payment: logs, traces, analytics, mail. None of it is told the number or the code.
import * as Sentry from "@sentry/node";
import { Span } from "@opentelemetry/api";
import { Logger } from "pino";

import { lastFour } from "./vault.js";

export class ChargeRequest {
  orderId!: string;
  amount!: number;
  cardNumber!: string;
}

export class Reports {
  constructor(private readonly logger: Logger, private readonly analytics: any, private readonly openai: any, private readonly mailer: any, private readonly slack: any) {}

  charged(dto: ChargeRequest) {
    this.logger.info("charged", dto.amount);
  }

  attempted(span: Span, order: any, card: any, cardNumber: string, cvv: string, req: any) {
    this.logger.info({ order: order.id, last4: lastFour(cardNumber) });
    this.logger.info({ brand: card.brand, last4: card.last4 });
    span.setAttribute("card.last4", lastFour(cardNumber));
    Sentry.setContext("card", { brand: card.brand, last4: lastFour(cardNumber) });
    Sentry.setContext("payment", { brand: card.brand });
    this.analytics.track("card entered", { brand: card.brand, last4: lastFour(cardNumber) });
  }

  async explain(model: string, cardNumber: string) {
    return this.openai.chat.completions.create({ model, messages: [{ role: "user", content: `Declined: ${lastFour(cardNumber)}` }] });
  }

  async tell(customer: any, cardNumber: string) {
    await this.mailer.sendMail({ to: customer.email, subject: "Receipt", text: `Your card ending in ${lastFour(cardNumber)}` });
    await this.slack.chat.postMessage({ channel: "#payments", text: `declined: **** ${lastFour(cardNumber)}` });
  }
}
