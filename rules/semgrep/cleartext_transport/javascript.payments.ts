import http from 'http';
import { charge } from './charge';

// ruleid: cleartext_transport.javascript.payment_server
http
  .createServer(async (req, res) => {
    if (req.url === '/payments') await charge(req);
    res.end();
  })
  .listen(8080);
