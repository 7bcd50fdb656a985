import { payments } from './payments';

export function failed(err: Error, req: any, res: any, next: any) {
  // ruleid: pan_in_error_message.javascript.body
  res.status(500).json({ error: err.message, payment: req.body });
}

export const refused = (err: Error, req: any, res: any, next: any) => {
  // ok: pan_in_error_message.javascript.body
  res.status(500).json({ error: err.message, path: req.path });
};

export function echoed(req: any, res: any) {
  // ok: pan_in_error_message.javascript.body
  res.json({ body: req.body, of: payments });
}
