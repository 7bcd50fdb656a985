// Mounts the provider's frames; what comes back is a payment method's id.
const stripe = Stripe(document.body.dataset.key);
const elements = stripe.elements();
for (const part of ["cardNumber", "cardExpiry", "cardCvc"]) {
  elements.create(part).mount(`#${part}`);
}
