"""How sure it is that digits which could be a card number are one, by what stands around them."""

from __future__ import annotations

import re
from typing import NamedTuple

from scanner.engines.pan.candidates import Candidate
from scanner.engines.pan.places import Place, Places
from scanner.model import Confidence

_CARD_WORDS = """
    pan pans cc ccn ccnum ccno ccnumber pannumber visa mastercard maestro amex unionpay jcb diners rupay cardholder
    kreditkarte kartennummer kreditkartennummer tarjeta carte cartao kartu cvv cvc
"""
_OTHER_WORDS = """
    id ids uid uuid guid imei imeisv imsi iccid meid isbn issn ean gtin upc sku asin barcode tracking awb waybill
    shipment parcel consignment order invoice snowflake tweet msgid channel guild phone tel telephone mobile msisdn
    fax whatsapp timestamp ts epoch millis millisecond milliseconds micros nanos nanoseconds nonce revision serial
    vin iban bic vat tax npi siret siren ein passport license licence trace span txn ref reference hash sha md5 crc
    checksum digest seed token tokens fbid pixel arn offset hex lat lng lon latitude longitude population random
    prime fibonacci factorial bigint integrity
"""
_VAGUE_WORDS = """
    status message msg time date build version request session app client project sender tenant size bytes address
    price amount balance total port rand int uint ulong integer long double float max min limit sequence counter
"""
_CARD, _OTHER, _VAGUE = (frozenset(text.split()) for text in (_CARD_WORDS, _OTHER_WORDS, _VAGUE_WORDS))
"""Words that name cards, words that name other numbers, and words that do so only right before the number."""

_NO_CARD = re.compile(
    r"card(?:inal|io|iff|board|igan|amom)|(?:dis|wild|post|score|flash|dash|time|sim|v|gift|report|business|id|sd)cards?$"
)
_STRONG = re.compile(
    r"cvv|cvc2?(?![a-z])|card.{0,2}(?:number|num|nbr|no(?![a-z])|holder|verification|expir)|name.?on.?card"
    r"|(?<![a-z])(?:pan|visa|amex|american express)(?![a-z])|master.?card|(?:credit|debit|payment).?card(?!.?id)"
    r"|exp(?:iry|iration)?[ _-]?(?:date|month|year|mm)|valid thru|security.?code|kreditkarte|tarjeta",
    re.IGNORECASE,
)
_WEAK = re.compile(r"(?<![A-Za-z])[Cc]ards?(?![a-z])|(?<=[a-z])Cards?(?![a-z])|(?<![A-Z])CARDS?(?![A-Z])")
_EXPIRY_BEHIND = re.compile(
    r"[\"']?(?:\s{1,3}|\s?[,;|/:\t]\s?)[\"']?(?:0[1-9]|1[0-2])[\s/|,;:-]{0,2}[\"']?(?:20)?[2-4][0-9](?![0-9])"
)
_DIGEST_LINE = re.compile(r"integrity|sha-?(?:1|256|384|512)|md5|checksum|digest|signature", re.IGNORECASE)
_IN_URL = re.compile(r"[a-z][a-z0-9+.-]*://[^\s\"'<>]*$", re.IGNORECASE)
_IN_BLOB = re.compile(r"[A-Za-z0-9+/=_-]*$"), re.compile(r"[A-Za-z0-9+/=_-]*")
_BLOB = 40
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_MANY_NUMBERS = 15
_OPENS, _CLOSES = re.compile(r"(?:^|[\"'`,;|\t>=:(\[]\s*|^\s+|- )$"), re.compile(r"\s*(?:$|[\"'`,;|\t<)\]}])")
_CROWD, _NOISE_SHARE, _DUMP, _DUMP_SHARE = 8, 0.3, 3, 0.8


class Crowd(NamedTuple):
    """Of a file's `long_numbers` of a card's length, `cards` pass every check. Of random ones one in forty does."""

    long_numbers: int
    cards: int

    @property
    def is_noise(self) -> bool:
        """Many numbers, few of them cards: chance."""
        return self.long_numbers >= _CROWD and self.cards < _NOISE_SHARE * self.long_numbers

    @property
    def is_dump(self) -> bool:
        """Nearly all numbers are cards: no chance."""
        return self.cards >= _DUMP and self.cards >= _DUMP_SHARE * self.long_numbers


class Verdict(NamedTuple):
    """It is a card number, this surely, because `reason`."""

    confidence: Confidence
    reason: str


def judge(places: Places, number: Candidate, crowd: Crowd, common: bool) -> Verdict | None:
    """What a number is held for, None: no card number. `common`: its issuer is a world-wide one."""
    place = places.at(number.start, number.end)
    for said, reason in ((places.column(place), "and its column is called {}"), (place.lead, "and it is called {}")):
        word = _telling(said)
        if word in _OTHER or word in _VAGUE:
            return _grouped_although(word) if _spaced(number) else None
        if word:
            return Verdict(Confidence.HIGH, reason.format(word))
    if _EXPIRY_BEHIND.match(place.after):
        return Verdict(Confidence.HIGH, "and an expiry date stands behind it")
    if number.hyphenated or places.noisy or place.in_long_line or _is_noise(place):
        return None
    return _by_neighbours(place) or _by_looks(place, number, crowd, common)


def _telling(said: list[str]) -> str:
    """The word nearest to the number that says what it is; "" if none does."""
    for distance, word in enumerate(reversed(said[-5:])):
        if word in _OTHER or word in _CARD or (word in _VAGUE and not distance):
            return word
        if (word.startswith("card") or word.endswith(("card", "cards"))) and not _NO_CARD.search(word):
            return word
    return ""


def _grouped_although(word: str) -> Verdict:
    return Verdict(Confidence.LOW, f"and it is grouped as on one, but it is called {word}")


def _spaced(number: Candidate) -> bool:
    """Whether it is grouped as people write cards, and stands alone."""
    return len(number.groups) > 1 and number.separator not in (b".", b"_") and not number.hyphenated


def _is_noise(place: Place) -> bool:
    """URLs, paths, digests, encoded blobs and rows of numbers."""
    before, after = place.before, place.after
    if before.endswith(("/", "+", "\\", "#", "@")) or _IN_URL.search(before) or _DIGEST_LINE.search(before + after):
        return True
    left, right = _IN_BLOB[0].search(before), _IN_BLOB[1].match(after)
    if sum(len(match[0]) for match in (left, right) if match) > _BLOB:
        return True
    return len(_NUMBER.findall(before)) + len(_NUMBER.findall(after)) > _MANY_NUMBERS


def _by_neighbours(place: Place) -> Verdict | None:
    line = f"{place.before}\n{place.after}"
    if word := _STRONG.search(line):
        return Verdict(Confidence.HIGH, f"and card data stands beside it ({word[0].lower()})")
    if word := _STRONG.search(place.around):
        return Verdict(Confidence.HIGH, f"and card data stands around it ({word[0].lower()})")
    if _WEAK.search(line) or _WEAK.search(place.around):
        return Verdict(Confidence.MEDIUM, "and cards are spoken of around it")
    return None


def _is_made_up(digits: str) -> bool:
    """Few different digits, or groups that repeat: 4444333322221111."""
    return len(set(digits)) <= 4 or any(digits == (digits[:size] * 10)[: len(digits)] for size in (4, 5, 8))


def _by_looks(place: Place, number: Candidate, crowd: Crowd, common: bool) -> Verdict | None:
    """Nothing around it helps."""
    if crowd.is_noise:
        return None
    if _is_made_up(number.digits):
        return Verdict(Confidence.LOW, "but nothing else says so, and they look made up")
    if len(number.groups) > 1:
        sure = common and _spaced(number)
        return Verdict(Confidence.MEDIUM if sure else Confidence.LOW, "and it is grouped as on one")
    if crowd.is_dump:
        return Verdict(Confidence.HIGH, f"and so are those of nearly all long numbers of this file ({crowd.cards})")
    delimited = _OPENS.search(place.before) and _CLOSES.match(place.after)
    if common and delimited and len(number.digits) in (15, 16):
        return Verdict(Confidence.MEDIUM, "and it stands alone as a value")
    return Verdict(Confidence.LOW, "but nothing else says so")
