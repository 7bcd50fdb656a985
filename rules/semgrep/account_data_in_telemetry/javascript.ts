import * as Sentry from "@sentry/node";
import { trace } from "@opentelemetry/api";
import posthog from "posthog-js";
import mixpanel from "mixpanel-browser";
import { datadogRum } from "@datadog/browser-rum";

export function report(cardNumber: string, card: any, req: any, order: any, scope: any) {
  // ruleid: account_data_in_telemetry.javascript.crash_report
  Sentry.setContext("card", { number: cardNumber });
  // ruleid: account_data_in_telemetry.javascript.crash_report
  Sentry.setExtra("cardNumber", req.body.account);
  // ruleid: account_data_in_telemetry.javascript.crash_report
  Sentry.captureMessage(`declined ${card.number}`);
  // ruleid: account_data_in_telemetry.javascript.crash_report
  Sentry.addBreadcrumb({ message: "charge", data: { pan: card.pan } });
  // ruleid: account_data_in_telemetry.javascript.crash_report
  scope.setExtra("card", cardNumber);
  // ruleid: account_data_in_telemetry.javascript.crash_report
  Bugsnag.leaveBreadcrumb("charge", { cardNumber });
  // ruleid: account_data_in_telemetry.javascript.crash_report
  newrelic.addCustomAttribute("card", cardNumber);
  // ruleid: account_data_in_telemetry.javascript.crash_report
  LogRocket.identify(order.customer, { cardNumber });
  // ruleid: account_data_in_telemetry.javascript.crash_report
  datadogRum.addAction("charge", { cardNumber: req.body?.cardNumber });
  // ok: account_data_in_telemetry.javascript.crash_report
  Sentry.setContext("card", { brand: card.brand, last4: cardNumber.slice(-4) });
  // ok: account_data_in_telemetry.javascript.crash_report
  Sentry.setTag("cardBrand", brandOf(cardNumber));
  // ok: account_data_in_telemetry.javascript.crash_report
  Sentry.captureMessage("card number is missing");
  // ok: account_data_in_telemetry.javascript.crash_report
  Sentry.setExtra("cardNumber", mask(cardNumber));
  // ok: account_data_in_telemetry.javascript.crash_report
  Sentry.setExtra("errors", errors.cardNumber);

  const span = trace.getActiveSpan();
  // ruleid: account_data_in_telemetry.javascript.span
  span.setAttribute("card.number", cardNumber);
  // ruleid: account_data_in_telemetry.javascript.span
  span?.setAttributes({ order: order.id, pan: card.pan });
  // ruleid: account_data_in_telemetry.javascript.span
  span.addEvent("charged", { card: `${cardNumber}` });
  // ruleid: account_data_in_telemetry.javascript.span
  tracer.startActiveSpan("charge", { attributes: { cardNumber } }, run);
  // ruleid: account_data_in_telemetry.javascript.span
  declinedCounter.inc({ card: cardNumber });
  // ok: account_data_in_telemetry.javascript.span
  span.setAttribute("card.last4", cardNumber.slice(-4));
  // ok: account_data_in_telemetry.javascript.span
  span.setAttribute("card.token", card.token);
  // ok: account_data_in_telemetry.javascript.span
  span.setAttribute("card.valid", luhn(cardNumber));
  // ok: account_data_in_telemetry.javascript.span
  input.setAttribute("value", cardNumber);
  // ok: account_data_in_telemetry.javascript.span
  declinedCounter.inc({ brand: card.brand });
}

export function measure(cardNumber: string, card: any, brand: string, props: any, map: any) {
  // ruleid: account_data_in_telemetry.javascript.analytics
  analytics.track("card rejected", { brand, cardNumber });
  // ruleid: account_data_in_telemetry.javascript.analytics
  window.analytics.identify(props.user, { card: card.number });
  // ruleid: account_data_in_telemetry.javascript.analytics
  gtag("event", "purchase", { card: cardNumber });
  // ruleid: account_data_in_telemetry.javascript.analytics
  window.dataLayer.push({ event: "purchase", cardNumber });
  // ruleid: account_data_in_telemetry.javascript.analytics
  mixpanel.track("Purchase", { pan: card.pan });
  // ruleid: account_data_in_telemetry.javascript.analytics
  posthog.capture("purchase", { card: `card ${cardNumber}` });
  // ruleid: account_data_in_telemetry.javascript.analytics
  amplitude.getInstance().logEvent("purchase", { cardNumber });
  // ruleid: account_data_in_telemetry.javascript.analytics
  Intercom("trackEvent", "declined", { cardNumber });
  // ruleid: account_data_in_telemetry.javascript.analytics
  FullStory.event("purchase", { cardNumber });
  // ok: account_data_in_telemetry.javascript.analytics
  analytics.track("card entered", { brand, last4: cardNumber.slice(-4) });
  // ok: account_data_in_telemetry.javascript.analytics
  analytics.track("pin dropped", { garden: map.pin, track: map.track, pan: map.pan });
  // ok: account_data_in_telemetry.javascript.analytics
  gtag("event", "add_payment_info", { payment_type: brandOf(cardNumber) });
  // ok: account_data_in_telemetry.javascript.analytics
  window.dataLayer.push({ event: "cardNumberFocused", length: cardNumber.length });
  // ok: account_data_in_telemetry.javascript.analytics
  mixpanel.track("Gift card", { giftCardNumber: props.giftCardNumber });
  // ok: account_data_in_telemetry.javascript.analytics
  cards.push({ cardNumber });
}

export function codes(cvv: string, req: any, span: any, pinBlock: string) {
  // ruleid: account_data_in_telemetry.javascript.sad
  Sentry.setContext("card", { cvv });
  // ruleid: account_data_in_telemetry.javascript.sad
  span.setAttribute("cvv", req.body.code);
  // ruleid: account_data_in_telemetry.javascript.sad
  analytics.track("declined", { code: req.body.cvc });
  // ruleid: account_data_in_telemetry.javascript.sad
  posthog.capture("pin", { pinBlock });
  // ruleid: account_data_in_telemetry.javascript.sad
  window.dataLayer.push({ event: "pay", track2: req.body.track2 });
  // ok: account_data_in_telemetry.javascript.sad
  analytics.track("declined", { cvvResult: req.body.cvvResult, hasCvv: !!cvv });
  // ok: account_data_in_telemetry.javascript.sad
  analytics.track("cvv tooltip opened", { field: "cvv" });
  // ok: account_data_in_telemetry.javascript.sad
  analytics.track("pin dropped", { color: pin.color, track: track.title });
  // ok: account_data_in_telemetry.javascript.sad
  span.setAttribute("cvv.length", cvv.length);
}

export async function otherServices(card: { number: string; cvv: string; last4: string }, order: Order, req: Request) {
  const { cardNumber } = req.body;
  // ruleid: account_data_in_telemetry.javascript.crash_report
  Sentry.configureScope((scope) => scope.setUser({ id: cardNumber }));
  // ruleid: account_data_in_telemetry.javascript.crash_report
  Bugsnag.notify(new Error("declined"), (event) => event.addMetadata("card", { cardNumber }));
  // ruleid: account_data_in_telemetry.javascript.span
  trace.getActiveSpan()?.setAttribute("card.number", cardNumber);
  // ok: account_data_in_telemetry.javascript.span
  trace.getActiveSpan()?.setAttribute("card.last4", card.last4);
  // ruleid: account_data_in_telemetry.javascript.analytics
  ldClient.identify({ kind: "user", key: cardNumber });
  // ruleid: account_data_in_telemetry.javascript.analytics
  window.dataLayer?.push({ event: "paid", cardNumber });
  // ok: account_data_in_telemetry.javascript.analytics
  window.dataLayer?.push({ event: "card_number_error", cardType: card.type });
  // ruleid: account_data_in_telemetry.javascript.service
  await algoliaIndex.saveObject({ objectID: order.id, cardNumber });
  // ruleid: account_data_in_telemetry.javascript.service
  await openai.chat.completions.create({ model, messages: [{ role: "user", content: `Why was ${cardNumber} declined?` }] });
  // ok: account_data_in_telemetry.javascript.service
  await openai.chat.completions.create({ model, messages: [{ role: "user", content: `Why was ${maskPan(cardNumber)} declined?` }] });
  // ok: account_data_in_telemetry.javascript.service
  await algoliaIndex.saveObject({ objectID: order.id, last4: card.last4 });
  // ruleid: account_data_in_telemetry.javascript.whole
  Sentry.setContext("payment", card);
  // ruleid: account_data_in_telemetry.javascript.whole
  Sentry.captureException(new Error("declined"), { extra: req.body });
  // ok: account_data_in_telemetry.javascript.whole
  Sentry.setContext("payment", { brand: card.brand, last4: card.last4 });
}
