"use strict";
const https = require("https");
const fs = require("fs");
const constants = require("constants");

const server = https.createServer(
  {
    key: fs.readFileSync("/run/secrets/tls.key"),
    // ruleid: weak_tls_version.javascript.secure_protocol
    secureProtocol: "TLSv1_server_method",
    secureOptions: constants.SSL_OP_NO_SSLv2,
  },
  app,
);
// ruleid: weak_tls_version.javascript.version
https.globalAgent.options.minVersion = "TLSv1";
// ok: weak_tls_version.javascript.version
https.globalAgent.options.minVersion = "TLSv1.2";
server.listen(443);
