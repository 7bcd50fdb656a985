import pino from "pino";

// Fields that never leave the process, whoever logs the object around them.
export const logger = pino({
  level: process.env.LOG_LEVEL ?? "info",
  redact: {
    paths: ["card.number", "card.cvv", "*.card.number", "*.card.cvv", "req.headers.authorization"],
    censor: "[redacted]",
  },
});

export function lastFour(cardNumber: string): string {
  return cardNumber.slice(-4);
}
