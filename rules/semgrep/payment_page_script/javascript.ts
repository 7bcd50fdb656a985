import helmet from "helmet";

app.use(
  helmet.contentSecurityPolicy({
    directives: {
      // ruleid: payment_page_script.javascript.policy
      scriptSrc: ["'self'", "'unsafe-inline'", "https://js.stripe.com"],
      // ok: payment_page_script.javascript.policy
      styleSrc: ["'self'", "'unsafe-inline'"],
    },
  })
);
app.use(
  helmet.contentSecurityPolicy({
    directives: {
      // ok: payment_page_script.javascript.policy
      scriptSrc: ["'self'", "https://js.stripe.com", (req, res) => `'nonce-${res.locals.nonce}'`],
    },
  })
);
// ruleid: payment_page_script.javascript.policy
res.setHeader("Content-Security-Policy", "default-src 'self'; script-src * 'unsafe-eval'; frame-src https://js.stripe.com");
// ok: payment_page_script.javascript.policy
res.setHeader("Content-Security-Policy", "default-src 'self'; script-src 'self' https://js.stripe.com; style-src 'unsafe-inline'");
const header = {
  key: "Content-Security-Policy",
  // ruleid: payment_page_script.javascript.policy
  value: `default-src 'self'; script-src 'self' 'unsafe-inline' https://js.stripe.com`,
};
