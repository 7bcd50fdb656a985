"use strict";
const https = require("https");
const options = { key: loadKey() };
// ruleid: weak_tls_cipher.javascript.list
options.ciphers = "ECDHE-RSA-RC4-SHA:HIGH";
// ok: weak_tls_cipher.javascript.list
options.ciphers = "ECDHE-RSA-AES128-GCM-SHA256:HIGH:!aNULL";
https.createServer(options, app).listen(443);
