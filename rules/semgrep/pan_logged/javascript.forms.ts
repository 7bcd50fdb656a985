import winston from 'winston';
import { Logger } from '@nestjs/common';

interface ChargeDto {
  amount: number;
  cardNumber: string;
}

interface RefundDto {
  paymentId: string;
}

const out = winston.createLogger({});

export class Charges {
  private readonly logger = new Logger(Charges.name);

  charge(dto: ChargeDto) {
    // ruleid: pan_logged.javascript.typed
    this.logger.log('charge', dto);
    // ruleid: pan_logged.javascript.typed
    this.logger.log('charge', { ...dto, at: Date.now() });
    // ok: pan_logged.javascript.typed
    this.logger.log('charge', dto.amount);
    // ruleid: pan_logged.javascript.log
    out.log('info', 'charge', { card: dto.cardNumber });
    // ok: pan_logged.javascript.log
    out.log('info', 'charge', { card: dto.cardNumber.slice(-4) });
  }

  refund(dto: RefundDto) {
    // ok: pan_logged.javascript.typed
    this.logger.log('refund', dto);
  }
}

export function routes(app: any) {
  app.post('/payments', (req: any, res: any) => {
    // ruleid: pan_logged.javascript.body
    console.log('payment', req.body);
    // ok: pan_logged.javascript.body
    console.log('payment', req.body.amount);
  });
  app.post('/newsletter', (req: any, res: any) => {
    // ok: pan_logged.javascript.body
    console.log('subscribed', req.body);
  });
}
