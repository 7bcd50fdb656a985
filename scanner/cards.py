"""Payment card numbers: check digit, issuer, the processors' published test numbers, and numbers made up for fixtures.

What the networks issue and what processors publish is data: `rules/cards/issuers.yaml` and `test_cards.yaml`. Digits
are strings of ASCII digits without separators.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from scanner.errors import RuleError
from scanner.model import Json

_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")
_RANGE = re.compile(r"([0-9]{1,8})(?:-([0-9]{1,8}))?")
_PLACEHOLDER = re.compile(r"\{\{\s*pan:([a-z_]+)(?::([0-9]+))?(?::([ -]))?\s*\}\}")


def luhn_valid(digits: str) -> bool:
    """Whether the last digit is the check digit (ISO/IEC 7812) of those before it."""
    return _luhn_sum(digits.encode("ascii")) == 0


def luhn_digit(body: str) -> str:
    """The check digit that belongs behind `body`."""
    return str(-_luhn_sum(body.encode("ascii") + b"0") % 10)


def _luhn_sum(digits: bytes) -> int:
    """The weighted sum modulo 10; every byte is 48 more than its digit."""
    return (sum(digits[::-2]) + sum(digits[-2::-2].translate(_DOUBLED)) - 48 * len(digits)) % 10


def masked(digits: str) -> str:
    """First six and last four, the rest as stars."""
    return digits[:6] + "*" * (len(digits) - 10) + digits[-4:]


class Brand(NamedTuple):
    """A card network. `lengths`: the usual one first. `ranges`: leading digits from, to (equally many)."""

    id: str
    name: str
    lengths: tuple[int, ...]
    ranges: tuple[tuple[str, str], ...]
    common: bool = False


class Cards:
    """What is known about card numbers."""

    def __init__(self, data: Json) -> None:
        """`data`: {"issuers": issuers.yaml, "test_cards": test_cards.yaml} as parsed. RuleError: unusable."""
        self.brands = {brand.id: brand for brand in map(_brand, _items(data["issuers"], "brands", list))}
        self._tests = {number: _processors(number, names) for number, names in _tests(data["test_cards"]).items()}
        self._ranges: dict[str, list[tuple[str, str, Brand]]] = {}
        for brand in self.brands.values():
            for low, high in brand.ranges:
                for first in range(int(low[0]), int(high[0]) + 1):
                    self._ranges.setdefault(str(first), []).append((low, high, brand))
        for ranges in self._ranges.values():
            ranges.sort(key=lambda item: -len(item[0]))

    def brand(self, digits: str) -> str | None:
        """The id of the network that issues such numbers, by leading digits and length; no check digit is asked."""
        for low, high, brand in self._ranges.get(digits[:1], ()):
            if low <= digits[: len(low)] <= high and len(digits) in brand.lengths:
                return brand.id
        return None

    def is_test_card(self, digits: str) -> bool:
        """Whether a processor publishes the number for tests."""
        return digits in self._tests

    def processors(self, digits: str) -> tuple[str, ...]:
        """The processors that publish the number for tests."""
        return self._tests.get(digits, ())

    def generate(self, brand: str, seed: str) -> str:
        """A number of the brand's usual length that passes every check and is no test number; made of the seed alone.

        Made up, so it may be somebody's: for fixtures expanded in memory, never to be written into a repository.
        RuleError: no such brand.
        """
        if brand not in self.brands:
            raise RuleError(f"no card brand {brand!r}; there are: {', '.join(self.brands)}")
        numbers = (_number(self.brands[brand], noise) for noise in _noise(f"{brand}:{seed}"))
        return next(number for number in numbers if self.brand(number) == brand and not self.is_test_card(number))

    def expand_placeholders(self, text: str, seed: str) -> str:
        """The text with generated numbers for its placeholders.

        {{pan:visa}} is the same number wherever it stands, {{pan:visa:2}} another one, {{pan:visa:1:-}} the first in
        groups with dashes ({{pan:visa:1: }} with spaces). RuleError: no such brand.
        """

        def number(match: re.Match[str]) -> str:
            digits = self.generate(match[1], f"{seed}:{match[2] or '1'}")
            return grouped(digits, match[3]) if match[3] else digits

        return _PLACEHOLDER.sub(number, text)


def grouped(digits: str, separator: str) -> str:
    """Digits in the groups they are embossed in."""
    sizes = {14: (4, 6, 4), 15: (4, 6, 5)}.get(len(digits), (4,) * 5)
    parts, at = [], 0
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    return separator.join(filter(None, parts))


def load(issuers: str, test_cards: str) -> Cards:
    """The same from the texts of the two files. RuleError: they are not as they should be."""
    import yaml

    try:
        return Cards({"issuers": yaml.safe_load(issuers), "test_cards": yaml.safe_load(test_cards)})
    except yaml.YAMLError as error:
        raise RuleError(f"cards: no YAML: {getattr(error, 'problem', None) or type(error).__name__}") from None


def expand_placeholders(text: str, seed: str) -> str:
    """`Cards.expand_placeholders` with the bundled data."""
    return _bundled().expand_placeholders(text, seed) if "{{" in text else text


@lru_cache(maxsize=1)
def _bundled() -> Cards:
    from scanner.bundled import bundled

    folder = bundled("rules") / "cards"
    return load((folder / "issuers.yaml").read_text("utf-8"), (folder / "test_cards.yaml").read_text("utf-8"))


def _number(brand: Brand, noise: str) -> str:
    """A number in one of the brand's ranges, made of 40 digits of noise."""
    low, high = brand.ranges[int(noise[:4]) % len(brand.ranges)]
    head = str(int(low) + int(noise[4:12]) % (int(high) - int(low) + 1)).zfill(len(low))
    body = (head + noise[12:])[: brand.lengths[0] - 1]
    return body + luhn_digit(body)


def _noise(seed: str) -> Iterator[str]:
    """Endless blocks of 40 digits."""
    block = seed.encode()
    while True:
        block = hashlib.sha256(block).digest()
        yield str(int.from_bytes(block, "big"))[-40:].zfill(40)


def _items(data: Json, key: str, kind: type) -> Json:
    if not isinstance(data, dict) or set(data) != {"version", key} or data["version"] != 1:
        raise RuleError(f"cards: wants exactly `version: 1` and `{key}`")
    if not isinstance(data[key], kind):
        raise RuleError(f"cards: `{key}` is no {'list' if kind is list else 'mapping'}")
    return data[key]


def _brand(item: Json) -> Brand:
    if not isinstance(item, dict) or not {"id", "name", "lengths", "ranges"} <= set(item) <= set(Brand._fields):
        raise RuleError("cards: a brand has id, name, lengths, ranges and perhaps common")
    ranges = tuple(_range(str(item["id"]), text) for text in item["ranges"])
    if not ranges or not item["lengths"] or not all(type(n) is int and 12 <= n <= 19 for n in item["lengths"]):
        raise RuleError(f"cards: {item['id']}: lengths are numbers from 12 to 19, and there is a range")
    return Brand(str(item["id"]), str(item["name"]), tuple(item["lengths"]), ranges, item.get("common") is True)


def _range(brand: str, text: Json) -> tuple[str, str]:
    match = _RANGE.fullmatch(text) if isinstance(text, str) else None
    if not match:
        raise RuleError(f'cards: {brand}: a range is "51-55" or "34", in quotes')
    low, high = match[1], match[2] or match[1]
    if len(low) != len(high) or low > high:
        raise RuleError(f"cards: {brand}: the range {low}-{high} runs backwards or has ends of two lengths")
    return low, high


def _tests(data: Json) -> dict[str, Json]:
    numbers: dict[str, Json] = _items(data, "cards", dict)
    return numbers


def _processors(number: Json, names: Json) -> tuple[str, ...]:
    if not isinstance(number, str) or not re.fullmatch(r"[0-9]{12,19}", number) or not luhn_valid(number):
        raise RuleError(f"cards: test card {masked(str(number))} is no card number in quotes")
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise RuleError(f"cards: test card {masked(number)} wants the names of its processors")
    return tuple(names)
