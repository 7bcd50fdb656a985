"use strict";
const request = require("request");
const https = require("https");

// ruleid: tls_verification_disabled.javascript.driver
request({ url: "https://score.example/v1", strictSSL: false, json: true }, done);
// ok: tls_verification_disabled.javascript.driver
request({ url: "https://score.example/v1", strictSSL: true, json: true }, done);

const options = { hostname: "avs.example", port: 443, method: "POST" };
// ruleid: tls_verification_disabled.javascript.reject_unauthorized
options.rejectUnauthorized = false;
// ok: tls_verification_disabled.javascript.reject_unauthorized
options.rejectUnauthorized = config.strict;
// ruleid: tls_verification_disabled.javascript.host_name
options.checkServerIdentity = function () { return null; };
// ok: tls_verification_disabled.javascript.host_name
options.checkServerIdentity = verifyPin;
https.request(options, done).end();
// ruleid: tls_verification_disabled.javascript.environment
process.env.NODE_TLS_REJECT_UNAUTHORIZED = 0;
// ok: tls_verification_disabled.javascript.environment
process.env.NODE_EXTRA_CA_CERTS = "/etc/ssl/ca.pem";
