// The balancer asks for health here; nothing else is answered.
import http from "node:http";

export const health = http.createServer((req, res) => res.end(req.url === "/health" ? "ok" : "")).listen(8080);
