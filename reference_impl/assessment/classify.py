"""Level and questionnaire of a merchant (PCI SSC, SAQ Instructions and Guidelines; Visa AIS; Mastercard SDP)."""

from __future__ import annotations

from reference_impl.assessment.model import Capture, Merchant, Questionnaire, Standing

MILLION = 1_000_000
LEVEL_3_FROM = 20_000
"""Of payments over the internet, to a million."""


def level_of(merchant: Merchant) -> int:
    """1: more than six million transactions a year, or a breach; 2: one to six million; 3: 20,000 to a million over the
    internet; 4: everybody else.
    """
    if merchant.breached or merchant.transactions > 6 * MILLION:
        return 1
    if merchant.transactions >= MILLION:
        return 2
    return 3 if merchant.ecommerce >= LEVEL_3_FROM else 4


def questionnaire_of(merchant: Merchant) -> tuple[Questionnaire, str]:
    """With the reason. A questionnaire that is shorter than what is true protects nobody: storage alone makes it D."""
    if merchant.stored:
        return Questionnaire.D, "card numbers are stored in your systems: no shorter questionnaire is for that"
    if merchant.capture is Capture.OWN_SYSTEMS:
        return Questionnaire.D, "card numbers pass through your systems"
    if merchant.capture is Capture.OWN_PAGE:
        return Questionnaire.A_EP, "your page decides where card numbers go: whoever changes it gets them"
    return (
        Questionnaire.A,
        "a validated third party takes all card numbers; your site must not be open to script attacks",
    )


def classify(merchant: Merchant) -> Standing:
    """What to expect of the acquirer. On level 1 an assessor reports, whatever the questionnaire would be."""
    level = level_of(merchant)
    questionnaire, why = questionnaire_of(merchant)
    if level == 1:
        cause = "a breach" if merchant.breached else "more than six million transactions a year"
        return Standing(level, Questionnaire.ROC, f"{cause}; what it has to cover: {questionnaire.value}, {why}")
    return Standing(level, questionnaire, why)
