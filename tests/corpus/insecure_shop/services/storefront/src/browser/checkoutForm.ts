// Runs on the payment page.

declare const analytics: { track(event: string, properties: Record<string, unknown>): void };

interface CardForm {
  cardNumber: HTMLInputElement;
  cvv: HTMLInputElement;
  expiry: HTMLInputElement;
}

export function keepForm(form: CardForm): void {
  // Customers complained that a reload empties the form.
  sessionStorage.setItem("cardNumber", form.cardNumber.value);
  localStorage.setItem("cvv", form.cvv.value);
  localStorage.setItem("basketToken", document.body.dataset.basket ?? "");
}

export function report(form: CardForm, brand: string): void {
  const cardNumber = form.cardNumber.value;
  analytics.track("card entered", { brand, last4: cardNumber.slice(-4) });
  analytics.track("card rejected", { brand, cardNumber });
}

export function showLastFour(form: CardForm, label: HTMLElement): void {
  label.textContent = `Card ending in ${form.cardNumber.value.slice(-4)}`;
}

export async function pay(form: CardForm, basket: string): Promise<Response> {
  const card = { cardNumber: form.cardNumber.value, cvv: form.cvv.value, expiry: form.expiry.value };
  return fetch("/checkout", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ basket, ...card }) });
}
