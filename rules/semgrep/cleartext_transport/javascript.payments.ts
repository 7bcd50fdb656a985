import http from 'http';
import https from 'https';
import { charge } from './charge';

// ruleid: cleartext_transport.javascript.payment_server
http.createServer((req, res) => (req.url === '/payments' ? charge(req, res) : res.end())).listen(8080);

// What this service asks of others, and where else it sends people, says nothing of what it serves.
export const ask = () => https.get('https://acquirer.example.com/health');
export const done = (res) => res.redirect('/thanks');
const cache = 'redis://localhost:6379';

// ok: cleartext_transport.javascript.payment_server
http.createServer(app).listen(8081, '127.0.0.1');

const HOST = '127.0.0.1';
// ok: cleartext_transport.javascript.payment_server
const inside = http.createServer(app);
inside.listen(8082, HOST, () => ready());

// ok: cleartext_transport.javascript.payment_server
http.createServer((req, res) => { res.writeHead(301, { Location: `https://${req.headers.host}${req.url}` }).end(); }).listen(80);
