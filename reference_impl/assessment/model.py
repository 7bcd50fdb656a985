"""A merchant, as far as level and questionnaire depend on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Capture(str, Enum):
    """Where the payer's card number goes first.

    OUTSOURCED: to a validated third party entirely, by redirect or an iframe of it; OWN_PAGE: the merchant's own page
    delivers the form or script that sends it to the third party; OWN_SYSTEMS: to systems of the merchant's.
    """

    OUTSOURCED = "outsourced"
    OWN_PAGE = "own_page"
    OWN_SYSTEMS = "own_systems"


class Questionnaire(str, Enum):
    """Self-assessment questionnaires that merchants without card-present payments fill in; ROC: none, an assessor's
    report on compliance instead.
    """

    A = "SAQ A"
    A_EP = "SAQ A-EP"
    D = "SAQ D"
    ROC = "ROC"


@dataclass(frozen=True, slots=True)
class Merchant:
    """`transactions`: a year, of the brand with most, over all channels; `ecommerce`: those of them over the internet.

    `stored`: card numbers are stored in systems of the merchant's, encrypted or not; `breached`: a breach of account
    data, or an acquirer that asks for level 1. Raises ValueError for counts that cannot be.
    """

    transactions: int
    ecommerce: int
    capture: Capture
    stored: bool = False
    breached: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.ecommerce <= self.transactions:
            raise ValueError("transactions over the internet are some of all, and none are fewer than none")


@dataclass(frozen=True, slots=True)
class Standing:
    """`level`: 1 to 4; `shows`: what is shown every year, and why this."""

    level: int
    shows: Questionnaire
    why: str
