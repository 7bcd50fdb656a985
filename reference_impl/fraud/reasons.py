"""Why an engine raised its score: stable words for programs, a plain sentence for the person it is about."""

from __future__ import annotations

from enum import Enum


class Reason(str, Enum):
    """The words. They are stored with decisions: none is ever renamed."""

    sentence: str

    def __new__(cls, word: str, sentence: str) -> Reason:
        """`sentence`: for whoever asks why, without figures an attacker would like to know."""
        made = str.__new__(cls, word)
        made._value_ = word
        made.sentence = sentence
        return made

    FRAUD_PROBABLE = "fraud_probable", "The payment resembles payments that turned out to be fraud."
    UNUSUAL = "unusual_payment", "The payment differs from what is usual."
    LARGE_AMOUNT = "large_amount", "The amount is very large."
    FREQUENT = "frequent_payments", "There were very many payments within a short time."
    FAR_FROM_HOME = "far_from_home", "The payment was made far from the customer's home."
    NIGHT = "night", "The payment was made at an hour at which fraud is more frequent."
    CUSTOMER_PAYMENTS = "customer_payments", "The customer paid more often than usual within a short time."
    CUSTOMER_AMOUNT = "customer_amount", "The customer spent more than usual within a short time."
    CUSTOMER_FAILED = "customer_failed", "Several payments of the customer failed shortly before."
    CARD_PAYMENTS = "card_payments", "The card was used more often than usual within a short time."
    CARD_AMOUNT = "card_amount", "More than usual was paid with the card within a short time."
    CARD_FAILED = "card_failed", "Several payments with the card failed shortly before."
    DEVICE_PAYMENTS = "device_payments", "Unusually many payments came from the device within a short time."
    DEVICE_AMOUNT = "device_amount", "More than usual was paid from the device within a short time."
    DEVICE_FAILED = "device_failed", "Several payments from the device failed shortly before."
    SOURCE_PAYMENTS = "source_payments", "Unusually many payments came from the internet address within a short time."
    SOURCE_AMOUNT = "source_amount", "More than usual was paid from the internet address within a short time."
    SOURCE_FAILED = "source_failed", "Several payments from the internet address failed shortly before."
    IMPOSSIBLE_TRAVEL = "impossible_travel", "Two payments were made too far apart for the time between them."
    AUTOMATION = "automated_device", "The device shows signs of being controlled by a program."
    INCONSISTENT = "inconsistent_device", "What the device says of itself contradicts itself."
    UNKNOWN_DEVICE = "unknown_device", "The device is unlike those the customer used before."
    FIRST_DEVICE = "first_device", "No device of the customer is known yet."
    HOSTING = "hosting_network", "The internet address belongs to a hosting company, not to a household or phone."
    COUNTRY_DIFFERS = "country_differs", "The internet address lies in another country than the payment."
    NOT_PUBLIC = "source_not_public", "The internet address cannot be one of the public internet."
    NO_SCORE = "no_score", "No automatic check gave a usable answer, so a person decides."
    FEW_ENGINES = "few_engines", "Too few automatic checks answered, so a person decides."
    ENGINE_LOST = "engine_lost", "One of the automatic checks did not answer in time."
    HEIGHTENED = "heightened_attention", "Payments are looked at more closely at the moment."
    INVALID_SIGNAL = "invalid_signal", "One of the automatic checks gave an unusable answer, so a person decides."


def sentence_of(word: str) -> str:
    """Of a word that may have been stored by a later version of the service."""
    try:
        return Reason(word).sentence  # type: ignore[call-arg]
    except ValueError:
        return "The payment was marked for a reason that this version of the service does not know."
