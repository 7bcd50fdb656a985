import http from 'http';

// ok: cleartext_transport.javascript.payment_server
http.createServer((req, res) => res.end(req.url === '/health' ? 'ok' : '')).listen(8080);
