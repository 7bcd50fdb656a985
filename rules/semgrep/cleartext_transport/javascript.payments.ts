import http from 'http';
import { charge } from './charge';

// ruleid: cleartext_transport.javascript.payment_server
http.createServer((req, res) => (req.url === '/payments' ? charge(req, res) : res.end())).listen(8080);
