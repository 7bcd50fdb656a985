import React, { useState } from "react";

// --- answers

export async function reveal(req: any, res: any, reply: any, ctx: any, card: any, vault: any) {
  const { cardNumber, brand } = await vault.reveal(req.params.token);
  // ruleid: pan_overdisplayed.javascript.response
  res.json({ brand: card.brand, cardNumber: card.cardNumber });
  // ruleid: pan_overdisplayed.javascript.response
  res.status(200).json({ brand, number: cardNumber });
  // ruleid: pan_overdisplayed.javascript.response
  res.send(card.number);
  // ruleid: pan_overdisplayed.javascript.response
  return reply.send({ pan: card.account });
}

export async function more(ctx: any, res: any, cardNumber: string, card: any) {
  // ruleid: pan_overdisplayed.javascript.response
  ctx.body = { card: { number: cardNumber } };
  // ruleid: pan_overdisplayed.javascript.response
  res.render("card", { cardNumber });
  // ruleid: pan_overdisplayed.javascript.response
  res.json({ number: cardNumber.slice(0, 12) });
  // ok: pan_overdisplayed.javascript.response
  res.json({ brand: card.brand, cardNumber: `**** ${card.cardNumber.slice(-4)}` });
  // ok: pan_overdisplayed.javascript.response
  res.json({ cardNumber: mask(cardNumber), last4: lastFour(cardNumber), bin: cardNumber.slice(0, 6) });
  // ok: pan_overdisplayed.javascript.response
  res.json({ cardNumber: maskedNumber, token: cardToken });
  // ok: pan_overdisplayed.javascript.response
  res.status(400).json({ field: "cardNumber" });
  // ok: pan_overdisplayed.javascript.response
  res.json(cards.map((one: any) => ({ brand: one.brand, last4: one.last4 })));
  // ok: pan_overdisplayed.javascript.response
  res.json({ valid: luhn(cardNumber), length: cardNumber.length });
  // ok: pan_overdisplayed.javascript.response
  res.json({ giftCardNumber, trackingNumber, phoneNumber });
  // ok: pan_overdisplayed.javascript.response
  acquirer.send({ cardNumber });
}

// --- pages

export function CardRow({ card, cardNumber }: any) {
  return (
    <tr>
      {/* ruleid: pan_overdisplayed.javascript.markup */}
      <td>{card.number}</td>
      {/* ruleid: pan_overdisplayed.javascript.markup */}
      <td className="mono">Card {cardNumber} of {card.owner}</td>
      {/* ok: pan_overdisplayed.javascript.markup */}
      <td>{card.last4}</td>
      {/* ok: pan_overdisplayed.javascript.markup */}
      <td>{mask(cardNumber)}</td>
      {/* ok: pan_overdisplayed.javascript.markup */}
      <td>**** {cardNumber.slice(-4)}</td>
      {/* ok: pan_overdisplayed.javascript.markup */}
      <td>{t("cardNumber")}</td>
      {/* ok: pan_overdisplayed.javascript.markup */}
      <td>{errors.cardNumber}</td>
      {/* ok: pan_overdisplayed.javascript.markup */}
      <Icon brand={brandOf(cardNumber)}>{cardNumber ? "ok" : "missing"}</Icon>
    </tr>
  );
}

export function Checkout() {
  const [cardNumber, setCardNumber] = useState("");
  return (
    <form>
      {/* ok: pan_overdisplayed.javascript.markup */}
      <input value={cardNumber} onChange={(event) => setCardNumber(event.target.value)} />
      {/* ok: pan_overdisplayed.javascript.markup */}
      <p>{cardNumber}</p>
    </form>
  );
}

export function dom(element: HTMLElement, card: any, form: any) {
  // ruleid: pan_overdisplayed.javascript.markup
  element.innerText = card.cardNumber;
  // ruleid: pan_overdisplayed.javascript.markup
  element.innerHTML = `<b>${card.number}</b>`;
  // ruleid: pan_overdisplayed.javascript.markup
  $("#card").text(card.number);
  // ok: pan_overdisplayed.javascript.markup
  element.textContent = `Card ending in ${form.cardNumber.value.slice(-4)}`;
  // ok: pan_overdisplayed.javascript.markup
  element.textContent = card.brand;
}

// --- masks

export function masks(pan: string, cardNumber: string, card: any, name: string) {
  // ruleid: pan_overdisplayed.javascript.mask
  const a = cardNumber.slice(0, 12) + "****";
  // ruleid: pan_overdisplayed.javascript.mask
  const b = `${cardNumber.slice(0, -4)}****`;
  // ruleid: pan_overdisplayed.javascript.mask
  const c = cardNumber.slice(0, 6) + "******" + cardNumber.slice(-6);
  // ruleid: pan_overdisplayed.javascript.mask
  const d = `****${card.number.slice(4)}`;
  // ruleid: pan_overdisplayed.javascript.mask
  const e = cardNumber.replace(/\d{4}$/, "****");
  // ruleid: pan_overdisplayed.javascript.mask
  const f = cardNumber.replace(/\d(?=\d{6})/g, "*");
  // ruleid: pan_overdisplayed.javascript.mask_eight
  const g = cardNumber.replace(/^(\d{8})\d+(\d{4})$/, "$1****$2");
  // ruleid: pan_overdisplayed.javascript.mask
  const gg = cardNumber.replace(/^(\d{6})\d+(\d{6})$/, "$1****$2");
  // ruleid: pan_overdisplayed.javascript.mask
  const h = card.number.slice(-8).padStart(16, "*");
  // ok: pan_overdisplayed.javascript.mask
  const i = cardNumber.slice(0, 6) + "******" + cardNumber.slice(-4);
  // ok: pan_overdisplayed.javascript.mask
  const j = `**** **** **** ${cardNumber.slice(-4)}`;
  // ok: pan_overdisplayed.javascript.mask
  const k = cardNumber.replace(/\d(?=\d{4})/g, "*");
  // ok: pan_overdisplayed.javascript.mask
  const l = cardNumber.slice(0, -4).replace(/\d/g, "*") + cardNumber.slice(-4);
  // ok: pan_overdisplayed.javascript.mask
  const m = cardNumber.slice(-4).padStart(16, "*");
  // ok: pan_overdisplayed.javascript.mask
  const n = cardNumber.replace(/(\d{4})(?=\d)/g, "$1 ");
  // ok: pan_overdisplayed.javascript.mask
  const o = name.slice(0, 12) + "…";
  // ok: pan_overdisplayed.javascript.mask
  const p = binTable[cardNumber.slice(0, 8)];
  // ok: pan_overdisplayed.javascript.mask
  const q = cardNumber.replace(/^(\d{6})\d+(\d{4})$/, "$1******$2");
  // ruleid: pan_overdisplayed.javascript.mask_eight
  const r = cardNumber.slice(0, 8) + "****" + cardNumber.slice(-4);
  // ruleid: pan_overdisplayed.javascript.mask_eight
  const s = `${cardNumber.substring(0, 8)}****${cardNumber.slice(-4)}`;
  // ok: pan_overdisplayed.javascript.mask_eight
  const t = lookup(cardNumber.slice(0, 8));
  // ok: pan_overdisplayed.javascript.mask_eight
  const u = `${cardNumber.slice(0, 6)}******${cardNumber.slice(-4)}`;
}
