import debugFactory from "debug";
import morgan from "morgan";
import pino from "pino";
import winston from "winston";
import { Logger } from "@nestjs/common";

const logger = pino();
const debug = debugFactory("payments");

export class Payments {
  private readonly logger = new Logger(Payments.name);

  charge(req: any, res: any, { cvv, pinBlock, order }: any) {
    // ruleid: sad_logged.javascript.log
    this.logger.log(`charging ${order} with code ${cvv}`);
    // ruleid: sad_logged.javascript.log
    this.logger.debug({ order, cvv });
    // ruleid: sad_logged.javascript.log
    console.log("pin block", pinBlock);
    // ruleid: sad_logged.javascript.log
    console.error("failed", JSON.stringify({ order, code: req.body.card.cvc }));
    // ruleid: sad_logged.javascript.log
    winston.info("code " + req.body?.cvv);
    // ruleid: sad_logged.javascript.log
    logger.info({ card: { cvv: req.body.code } }, "card");
    // ruleid: sad_logged.javascript.log
    req.log.warn({ track2: req.body.track2 }, "swipe");
    // ruleid: sad_logged.javascript.log
    debug("cvv %s", cvv);
    // ruleid: sad_logged.javascript.log
    logger.trace(encrypt(cvv));
    // ruleid: sad_logged.javascript.log
    process.stdout.write(`${req.body["cvv2"]}\n`);

    // ok: sad_logged.javascript.log
    this.logger.log(`cvv result ${res.cvvResult}`);
    // ok: sad_logged.javascript.log
    console.log("the cvv is missing", order);
    // ok: sad_logged.javascript.log
    logger.info({ hasCvv: !!cvv, cvvLength: cvv.length });
    // ok: sad_logged.javascript.log
    console.log("cvv ok", cvv === expected);
    // ok: sad_logged.javascript.log
    logger.info({ cvv: "***" }, "charging");
    // ok: sad_logged.javascript.log
    logger.info(mask(cvv));
    // ok: sad_logged.javascript.log
    logger.info({ cvv: cvv.replace(/./g, "*") });
    // ok: sad_logged.javascript.log
    console.error(errors.cvv, formErrors.cvv.message);
    // ok: sad_logged.javascript.log
    console.debug("pin color", pin.color, "gpio", gpioPin);
    // ok: sad_logged.javascript.log
    console.log("playing track", track, track.title);
    // ok: sad_logged.javascript.log
    logger.info(CVV_FIELD, FieldNames.CVV);
    // ok: sad_logged.javascript.log
    catalog.info(cvv);
    // ok: sad_logged.javascript.log
    Math.log(cvv);

    if (!valid) {
      // ruleid: sad_logged.javascript.error
      throw new Error(`wrong security code ${cvv} for ${order}`);
    }
    // ruleid: sad_logged.javascript.error
    res.status(400).json({ error: "bad code", cvv });
    // ruleid: sad_logged.javascript.error
    next(new BadRequestException({ message: "bad", cvv: req.body.cvv }));
    // ok: sad_logged.javascript.error
    throw new Error(`wrong security code for ${order}`);
  }

  validate(cvv: string, res: any) {
    // ok: sad_logged.javascript.error
    if (cvv.length !== 3) throw new RangeError(`code has ${cvv.length} digits`);
    // ok: sad_logged.javascript.error
    res.status(400).json({ field: "cvv", error: errors.cvv });
    // ok: sad_logged.javascript.error
    throw new InvalidCvvError(res.cvvResult);
  }
}

// ruleid: sad_logged.javascript.access_log
morgan.token("code", (req: any) => req.body.cvv);
// ok: sad_logged.javascript.access_log
morgan.token("order", (req: any) => req.body.order);
