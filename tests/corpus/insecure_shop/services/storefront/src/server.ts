import { readFileSync } from "node:fs";
import https from "node:https";
import cookieParser from "cookie-parser";
import express from "express";
import helmet from "helmet";

import { sessions } from "./lib/session.js";
import { account, checkout } from "./routes.js";

const app = express();
app.use(helmet());
app.use(express.json({ limit: "50kb" }));
app.use(cookieParser());
app.use(sessions());
app.use("/checkout", checkout);
app.use("/account", account);

// The load balancer talks TLS to us as well, with a certificate of the internal authority.
const tls = {
  key: readFileSync(process.env.TLS_KEY_FILE!),
  cert: readFileSync(process.env.TLS_CERT_FILE!),
  minVersion: "TLSv1.2" as const,
};

https.createServer(tls, app).listen(8443);
