"""What is told of a payment: tokens, brands and last digits."""

import logging

import sentry_sdk
from django.core.mail import send_mail

logger = logging.getLogger(__name__)


def charged(card, card_number, cvv, order, span, statsd, analytics, index):
    pan = card_number
    logger.info("charged card ending in %s", pan[-4:])
    logger.info("card %s", card.token)
    span.set_attribute("card.last4", pan[-4:])
    sentry_sdk.set_extra("card_brand", card.brand)
    analytics.track(order.user, "Paid", {"amount": order.amount, "brand": card.brand})
    statsd.incr(f"charge.{card.brand}")
    index.save_object({"objectID": order.id, "brand": card.brand})


def told(order, pan, sender):
    send_mail("Receipt", f"Paid with the card ending in {pan[-4:]}", sender, [order.email])


def warned(client, pan):
    client.chat_postMessage(channel="#fraud", text=f"suspicious card ending in {pan[-4:]}")


def refused(pan, cvv):
    raise ValueError(f"the card ending in {pan[-4:]} is refused")


def frequent(frame):
    frame["card"] = frame["card_token"]
    return frame.groupby("card").size()
