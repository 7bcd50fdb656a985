"""Verification codes, track data and PINs in logs and errors of a payment service."""

import json
import logging

import structlog
from fastapi import HTTPException

logger = logging.getLogger(__name__)
log = structlog.get_logger()


def logs(cvv, card, track2, pin_block, request, row, pin):
    # ruleid: sad_logged.python.logger
    logger.debug("cvv %s", cvv)
    # ruleid: sad_logged.python.logger
    logger.info(f"code {card.cvc}")
    # ruleid: sad_logged.python.logger
    logging.info("code " + request.form["cvv"])
    # ruleid: sad_logged.python.logger
    logger.info("code %s", request.POST.get("security_code_cvv"))
    # ruleid: sad_logged.python.logger
    logger.info("swipe %s", track2)
    # ruleid: sad_logged.python.logger
    logger.info("swipe %s", row["magstripe"])
    # ruleid: sad_logged.python.logger
    log.info("atm", pin_block=pin_block)
    # ruleid: sad_logged.python.logger
    log.info("atm", extra={"customer_pin": request.json["pin"]})
    # ruleid: sad_logged.python.logger
    print(json.dumps({"amount": 10, "cvv": cvv}))
    # ruleid: sad_logged.python.logger
    print({"card_number": masked, "pan": request.pan, "pin": pin})
    payload = {"card": {"number": tokenize(card.number), "cvc": cvv}}
    # ruleid: sad_logged.python.logger
    logger.info("request %s", payload)
    # ruleid: sad_logged.python.logger
    logger.info("encrypted %s", cipher.encrypt(cvv))
    # ruleid: sad_logged.python.logger
    logger.info("hash %s", hashlib.sha256(cvv.encode()).hexdigest())
    # ok: sad_logged.python.logger
    logger.info("result %s", card.cvv_result)
    # ok: sad_logged.python.logger
    logger.info("cvv present %s", bool(cvv))
    # ok: sad_logged.python.logger
    logger.info("cvv length %d", len(cvv))
    # ok: sad_logged.python.logger
    logger.info("cvv missing %s", cvv is None)
    # ok: sad_logged.python.logger
    logger.info("cvv %s", "given" if cvv else "missing")
    # ok: sad_logged.python.logger
    logger.info("cvv check failed")
    # ok: sad_logged.python.logger
    logger.info("cvv %s", mask(cvv))
    # ok: sad_logged.python.logger
    logger.info("cvv %s", "*" * len(cvv))
    # ok: sad_logged.python.logger
    logger.info("verified %s", hsm.verify_pin(pin_block))
    # ok: sad_logged.python.logger
    logger.info("approved %s", processor.authorize(card.token, cvv).approved)
    # ok: sad_logged.python.logger
    logger.info("pin %s high", pin)
    # ok: sad_logged.python.logger
    logger.info("tracking %s", request.tracking_number)
    # ok: sad_logged.python.logger
    logger.info("code %s", request.security_code)
    # ok: sad_logged.python.logger
    processor.authorize(cvv)


def errors(cvv, track2, pin_block):
    if len(cvv) not in (3, 4):
        # ruleid: sad_logged.python.error
        raise ValueError(f"bad cvv {cvv}")
    if not cvv.isdigit():
        # ruleid: sad_logged.python.error
        raise HTTPException(status_code=422, detail="not digits: " + cvv)
    # ruleid: sad_logged.python.error
    assert track2.startswith(";"), f"bad track {track2}"
    # ruleid: sad_logged.python.error
    raise PinError("block", pin_block)


def clean(cvv, form):
    if len(cvv) not in (3, 4):
        # ok: sad_logged.python.error
        raise ValueError("the cvv has three or four digits")
    if not cvv.isdigit():
        # ok: sad_logged.python.error
        raise ValueError(f"the cvv has {len(cvv)} digits")
    # ok: sad_logged.python.error
    raise forms.ValidationError({"cvv": "wrong"})


def hand_over(code: VerificationCode | None, coupon: CouponCode) -> None:
    # ruleid: sad_logged.python.logger
    logger.info("sent %s", code.reveal())
    # ok: sad_logged.python.logger
    logger.info("sent %s", coupon.reveal())
