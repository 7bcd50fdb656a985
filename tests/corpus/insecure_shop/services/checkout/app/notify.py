"""Receipts for customers, alarms for us."""

from __future__ import annotations

import logging
import re
import smtplib
import ssl

import sentry_sdk
from slack_sdk import WebClient

from app.config import SENDER

_DIGITS = re.compile(r"\b\d[ -]?(?:\d[ -]?){10,17}\d\b")


def mask_pan(card_number: str) -> str:
    """What may be shown: the last four."""
    return "*" * max(0, len(card_number) - 4) + card_number[-4:]


class RedactingFilter(logging.Filter):
    """Takes long runs of digits out of every record, whoever wrote it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _DIGITS.sub("[redacted]", record.getMessage())
        record.args = ()
        return True


def send_receipt(smtp: smtplib.SMTP_SSL, email: str, order_id: str, card_number: str) -> None:
    """The receipt, as plain as the tea."""
    smtp.sendmail(SENDER, [email], f"Subject: Your order {order_id}\n\nPaid with card {mask_pan(card_number)}.")


def send_wholesale_receipt(smtp: smtplib.SMTP_SSL, email: str, order_id: str, card_number: str) -> None:
    """Accounting departments want to see which of their cards was used."""
    smtp.sendmail(SENDER, [email], f"Subject: Your order {order_id}\n\nPaid with card {card_number}.")


def alert_declined(slack: WebClient, order_id: str, card_number: str) -> None:
    """Support calls the customer back."""
    slack.chat_postMessage(channel="#declined-orders", text=f"Order {order_id}: {card_number} declined")


def alert_stock(slack: WebClient, product: str, left: int) -> None:
    """Purchasing orders more."""
    slack.chat_postMessage(channel="#stock", text=f"{product}: {left} left")


def describe_crash(order_id: str, card_number: str) -> None:
    """What the next crash report shall say about this request."""
    sentry_sdk.set_tag("order", order_id)
    sentry_sdk.set_context("payment", {"card_number": card_number})


def describe_crash_briefly(order_id: str, card_number: str) -> None:
    """The same for the app."""
    sentry_sdk.set_context("payment", {"order": order_id, "card_last4": card_number[-4:]})


def mailer(host: str, password: str) -> smtplib.SMTP_SSL:
    """A connection to the mail relay."""
    smtp = smtplib.SMTP_SSL(host, 465, context=ssl.create_default_context())
    smtp.login(SENDER, password)
    return smtp
