"""Card numbers in logs."""

import json
import logging
import sys
import warnings
from pprint import pprint

import click
import structlog
from loguru import logger as loguru_logger

logger = logging.getLogger(__name__)
log = structlog.get_logger()
LOG = logging.getLogger("payments")


def direct(pan, card, payment, request, row, form):
    # ruleid: pan_logged.python.logger
    logger.info("charging %s", pan)
    # ruleid: pan_logged.python.logger
    logger.debug(f"charging {card.number}")
    # ruleid: pan_logged.python.logger
    logging.warning("declined: " + payment.card_number)
    # ruleid: pan_logged.python.logger
    LOG.error("declined %s" % row["pan"])
    # ruleid: pan_logged.python.logger
    logger.exception("declined {}".format(request.POST["card_number"]))
    # ruleid: pan_logged.python.logger
    logger.info("got %s", request.json.get("cardNumber"))
    # ruleid: pan_logged.python.logger
    logger.info("got %s", form.cleaned_data["card_number"])
    # ruleid: pan_logged.python.logger
    self._log.info("card %s", str(self.card_number))
    # ruleid: pan_logged.python.logger
    current_app.logger.info("card %s", card.get_card_number())
    # ruleid: pan_logged.python.logger
    logging.getLogger(__name__).info("card %s", pan)
    # ruleid: pan_logged.python.logger
    logger.log(logging.INFO, "card %s", pan)
    # ruleid: pan_logged.python.logger
    logger.info("charge", extra={"card_number": card.number})
    # ruleid: pan_logged.python.logger
    log.info("charge", card_number=pan)
    # ruleid: pan_logged.python.logger
    log.bind(order=1).info("charge", number=pan)
    # ruleid: pan_logged.python.logger
    log = log.bind(pan=pan)
    # ruleid: pan_logged.python.logger
    loguru_logger.info("card {}", pan)
    # ruleid: pan_logged.python.logger
    print("card", pan)
    # ruleid: pan_logged.python.logger
    print(f"{pan=}", file=sys.stderr)
    # ruleid: pan_logged.python.logger
    pprint({"number": pan})
    # ruleid: pan_logged.python.logger
    sys.stderr.write(pan + "\n")
    # ruleid: pan_logged.python.logger
    click.echo(f"Card: {pan}")
    # ruleid: pan_logged.python.logger
    warnings.warn(f"old card {pan}")
    # ruleid: pan_logged.python.logger
    logger.info(
        "charge %s for %s",
        order.id,
        pan,
    )


def through_variables(pan, card, customer):
    number = card.number.replace(" ", "")
    # ruleid: pan_logged.python.logger
    logger.info("number %s", number)
    message = f"charge {pan}"
    # ruleid: pan_logged.python.logger
    logger.info(message)
    payload = {"amount": 10, "card": {"pan": pan}}
    # ruleid: pan_logged.python.logger
    logger.info("request %s", payload)
    # ruleid: pan_logged.python.logger
    logger.info("request %s", json.dumps(payload))
    # ok: pan_logged.python.logger
    logger.info("amount %s", payload["amount"])
    # ruleid: pan_logged.python.logger
    logger.info("request", extra={"card_number": customer.primary})
    numbers = [c.card_number for c in customer.cards]
    # ruleid: pan_logged.python.logger
    logger.info("numbers %s", ", ".join(numbers))
    # ruleid: pan_logged.python.logger
    logger.info("first twelve %s", pan[:12])
    # ruleid: pan_logged.python.logger
    logger.info("grouped %s", " ".join(pan[i : i + 4] for i in range(0, 16, 4)))


def safe(pan, card, masked_pan, card_token):
    # ok: pan_logged.python.logger
    logger.info("last four %s", pan[-4:])
    # ok: pan_logged.python.logger
    logger.info("card %s******%s", pan[:6], pan[-4:])
    # ok: pan_logged.python.logger
    logger.info("card %s", masked_pan)
    # ok: pan_logged.python.logger
    logger.info("card %s", mask(pan))
    # ok: pan_logged.python.logger
    logger.info("card %s", str(mask_card_number(card.number)))
    # ok: pan_logged.python.logger
    logger.info("request %s", json.dumps({"card_number": mask(pan), "amount": 10}))
    # ok: pan_logged.python.logger
    logger.info("card", extra={"pan": redact(card.number)})
    # ok: pan_logged.python.logger
    logger.info("card %s", card.last4)
    # ok: pan_logged.python.logger
    logger.info("token %s", card_token)
    # ok: pan_logged.python.logger
    logger.info("token %s", vault.tokenize(pan))
    # ok: pan_logged.python.logger
    logger.info("valid %s", luhn_valid(pan))
    # ok: pan_logged.python.logger
    logger.info("digits %d", len(pan))
    # ok: pan_logged.python.logger
    logger.info("numeric %s", pan.isdigit())
    # ok: pan_logged.python.logger
    logger.info("same %s", pan == card.number)
    # ok: pan_logged.python.logger
    logger.info("brand %s", "visa" if pan.startswith("4") else "other")
    # ok: pan_logged.python.logger
    logger.info("card id %s", repository.find(pan).id)
    # ok: pan_logged.python.logger
    logger.info("card number is missing")
    # ok: pan_logged.python.logger
    logger.info("field %s", "card_number")
    # ok: pan_logged.python.logger
    logger.info("mac %s", hmac.new(key, pan.encode(), "sha256").hexdigest())
    # ok: pan_logged.python.logger
    logger.info("errors %s", form.errors["card_number"])
    # ok: pan_logged.python.logger
    logger.info("column %s", card_number_column)
    # ok: pan_logged.python.logger
    logger.info("count %s", card_number_service.count())
    # ok: pan_logged.python.logger
    logger.info("page %s", company.name, panel.id, span.id)
    # ok: pan_logged.python.logger
    logger.info("gift %s", gift_card_number)
    # ok: pan_logged.python.logger
    dialog.info(pan)
    # ok: pan_logged.python.logger
    processor.authorize(pan)
    pan = mask(pan)
    # ok: pan_logged.python.logger
    logger.info("card %s", pan)
    card.number = mask_pan(card.number)
    # ok: pan_logged.python.logger
    logger.info("card %s", card.number)


def objects(request, card, credit_card, order, payment_request):
    # ruleid: pan_logged.python.card_object
    logger.info("card %s", card)
    # ruleid: pan_logged.python.card_object
    logger.info(f"card {credit_card!r}")
    # ruleid: pan_logged.python.card_object
    logger.info("card %s", vars(card))
    # ruleid: pan_logged.python.card_object
    logger.info("card %s", card.__dict__)
    # ruleid: pan_logged.python.card_object
    logger.info("card %s", card.model_dump())
    # ruleid: pan_logged.python.card_object
    logger.info("charge", extra={"card": card})
    # ruleid: pan_logged.python.card_object
    log.info("charge", card=card)
    # ruleid: pan_logged.python.card_object
    print(json.dumps(order.payment_method))
    # ruleid: pan_logged.python.request_body
    logger.info("body %s", request.json)
    # ruleid: pan_logged.python.request_body
    logger.info("body %s", request.POST)
    # ruleid: pan_logged.python.request_body
    logger.info(f"body {request.data}")
    # ruleid: pan_logged.python.request_body
    logger.info("body %s", serializer.validated_data)
    # ruleid: pan_logged.python.request_body
    logger.info("body %s", request.get_json())
    # ruleid: pan_logged.python.request_body
    logger.info("body %s", payment_request.dict())
    # ok: pan_logged.python.card_object
    logger.info("card %s", card.id)
    # ok: pan_logged.python.card_object
    logger.info("card %s", card.brand)
    # ok: pan_logged.python.card_object
    logger.info("card %s", card["last4"])
    # ok: pan_logged.python.card_object
    logger.info("card declined")
    # ok: pan_logged.python.card_object
    logger.info("cards %d", len(cards))
    # ok: pan_logged.python.card_object
    logger.info("card %s", masked_card)
    # ok: pan_logged.python.request_body
    logger.info("path %s", request.path)
    # ok: pan_logged.python.request_body
    logger.info("id %s", request.json["order_id"])
    # ok: pan_logged.python.request_body
    logger.info("status %s", response.status_code)


def bound(self, log, card, pan):
    # ruleid: pan_logged.python.logger
    log.bind(card_number=card.number).info("charged")
    # ruleid: pan_logged.python.logger
    self.log("declined " + pan)
    # ruleid: pan_logged.python.logger
    log.error(ValueError(f"card {pan}"))
    # ok: pan_logged.python.logger
    log.bind(last4=card.number[-4:]).info("charged")
    # ok: pan_logged.python.logger
    self.log("declined " + pan[-4:])
