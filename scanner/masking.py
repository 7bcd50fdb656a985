"""What keeps paylint from becoming cardholder data: every string that leaves it goes through `mask`.

Masking is wider than detection. Any 12 to 19 digits, however grouped or escaped, keep at most the first six and last
four, and those only where the digits stand as one number would (else a verification code behind the number could be
the "last four"). Longer runs keep nothing. On a line where something was masked every 3- and 4-digit literal goes, too.
Track data is removed; what is called a verification code, a PIN or a track loses its digits even with no number beside
it. base64 and hex are not decoded. `mask(mask(text)) == mask(text)`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from scanner.cards import luhn_valid
from scanner.lazy_pattern import LazyPattern
from scanner.model import Json

TRACK_REMOVED = "[track data removed]"
_PASSES = 8
"""What a pass leaves may be a number with its new neighbours: two passes do for nearly all, more only for spite."""
_LITERAL_REMOVED = "***"
_SHOWN_FIRST, _SHOWN_LAST, _SHORTEST, _LONGEST = 6, 4, 12, 19
_SMALLEST = 10 ** (_SHORTEST - 1)
_SHOWN_GROUPINGS = {(4, 4, 4), (4, 6, 4), (4, 6, 5), (4, 4, 4, 4), *((length,) for length in range(12, 17))}
"""How a number may stand to be shown in part. 17 to 19 digits may be a shorter number with its code glued to it."""


# A digit: any Unicode decimal digit, or one written as an escape (\u0034, \x34, %34, &#52;, &#x34;).
_DIGIT = r"(?:\\u(?:003[0-9]|\{0{0,4}3[0-9]\})|\\x3[0-9]|%3[0-9]|&#(?:4[89]|5[0-7]);|&#[xX]3[0-9];|\d)"

# What may stand between two digits of one number. The lone surrogates are Latin-1 and CP-1252 bytes in a file that is
# no UTF-8 (`Source.text`): no-break space, soft hyphen, two dashes.
_ONE_CHARACTER = (
    r"[ \t\x0b\x0c\-._/\\~'+\xa0\xad\xb7\u061c\u1680\u180e\u2000-\u2015\u2022\u2024\u2027\u202a-\u202f\u203f\u2040"
    r"\u2043\u2044\u2053\u205f-\u206f\u20e3\u2212\u2215\u22c5\u2e3a\u2e3b\u3000\u301c\u30fb\ufe0f\ufe4d-\ufe4f\ufe58"
    r"\ufe63\ufeff\uff0b\uff0d\uff0e\uff0f\uff3f\udca0\udcad\udc96\udc97]"
)
_ESCAPE = (
    r"%(?:09|20|2[DdEeFf]|5[Ff]|[Aa]0|[Cc]2%[Aa][0Dd]|[Ee]2%8[0-9A-Fa-f]%[0-9A-Fa-f]{2})"
    r"|&(?:[A-Za-z]{2,8}|#[xX]?[0-9A-Fa-f]{1,5});"
    r"|\\(?:u\{?0{0,4}(?:20|2[DdEeFf]|5[Ff]|[Aa][0Dd])\}?|u20[0-6][0-9A-Fa-f]|x(?:09|20|2[DdEeFf]|[Aa]0)|[nrt])"
)
_QUOTE = r"\\{0,2}[\"'`]"
_CONCATENATION = rf"{_QUOTE}\s{{0,40}}(?:(?:\+|\.\.?|&|\|\||~|\\|<<|<>)\s{{0,40}})?[A-Za-z@$]{{0,2}}{_QUOTE}"
_INLINE_TAG = r"</?(?:b|i|u|em|strong|span|tt|code|small|wbr|nobr|font)\b[^<>\n]{0,60}>"
_BETWEEN = rf"(?:{_CONCATENATION}|{_ESCAPE}|{_INLINE_TAG}|{_ONE_CHARACTER})"

_RUN = LazyPattern(rf"{_DIGIT}(?:{_BETWEEN}{{0,5}}{_DIGIT}){{{_SHORTEST - 1},}}")
_TOKEN = LazyPattern(rf"({_DIGIT})|{_BETWEEN}|.", re.DOTALL)
# Commas, colons and other signs separate ports, times and plain lists: only where the groups are those of a card.
_LISTED = LazyPattern(
    r"(?<!\d)\d{4}([^\w\s]{1,3}\s?)(?:\d{4}\1\d{4}\1\d{1,7}|\d{6}\1\d{4,5})(?!\d)|(?<!\d)(?:\d[^\w\n]{1,5}){11,18}\d(?!\d)"
)
# Runs that consist of these alone stay: networks and dates. No card number starts with 19, and an octet of three
# digits is at most 255, where those of a card number are not.
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_SAFE = rf"(?:{_OCTET}(?:\.{_OCTET}){{3}}(?:/[0-3]?\d)?|(?:19|20)\d\d-[01]\d-[0-3]\d)"
_SAFE_RUN = LazyPattern(rf"{_SAFE}(?:(?:{_CONCATENATION}|[ \t]+(?:- )?){_SAFE})*")

_CARET, _EQUALS = r"(?:\^|%5[Ee]|\\u005[Ee]|&#94;)", r"(?:=|%3[Dd]|\\u003[Dd]|&#61;)"
_TRACK_1 = LazyPattern(rf"%?[A-Za-z](?:\d ?){{8,19}}{_CARET}[^\n^?]{{0,40}}{_CARET}[^\n?\"']{{0,100}}\??")
_TRACK_1_SIGNS = ("^", "5E", "5e", "#94")
_TRACK_2 = LazyPattern(
    rf"(?:;|%3[Bb])\d{{8,19}}{_EQUALS}[^\n?\"']{{4,60}}\??"
    rf"|(?<!\d)\d{{12,19}}(?:{_EQUALS}|[Dd])\d{{7,}}[^\n?\"'\s]{{0,40}}\??"
)
_SHOWN = LazyPattern(r"(?<!\d)[0-9]{6}\*{2,6}[0-9]{4}(?!\d)")
"""A number as `_masked_run` shows it."""
_SHOWN_OR_LITERAL = LazyPattern(rf"({_SHOWN.pattern})|(?<!\d)\d{{3,11}}(?!\d)")

_CODE_NAME = LazyPattern(
    r"cvv|cvc|cvn|cav2|ccv|(?:card|cc|amex)[\W_]{0,2}(?:cid|csc|cvd)"
    r"|(?:security|verification|validation)[\W_]{0,2}(?:code|value|number|num|no\b|digits)",
    re.IGNORECASE,
)
_PIN_NAME = LazyPattern(
    r"pin[\W_]?block|pvv|(?:card|holder|atm|debit|customer|encrypted|clear|plain|online|offline)[\W_]{0,2}pin(?![a-z])"
    r"|track[\W_]?(?:1|2|one|two|data)|mag(?:netic)?[\W_]?stripe|swipe[\W_]?data",
    re.IGNORECASE,
)
_HINTS = [
    "cv",
    "cid",
    "csc",
    "code",
    "value",
    "num",
    "digits",
    "pin",
    "pvv",
    "track",
    "stripe",
    "swipe",
    "verif",
    "secur",
]
# Names that are often something else: only a value right behind them is one.
_ADJACENT = LazyPattern(
    r"(?:(?<![A-Za-z])(?:pin|PIN|cid|CID|csc|CSC|cvd|CVD)|(?<=[a-z])(?:Pin|PIN|Cid|Csc|Cvd)|(?<![A-Za-z])Pin)(?![a-z])"
    r"(?i:[^A-Za-z0-9\n]{0,8}(?:str|string|int|integer|char|value|code|number|no|is|was|equals)){0,3}"
    r"[^A-Za-z0-9\n]{1,8}(\d{3,19})(?!\w)"
)
_BEHIND = LazyPattern(  # cvv123, and a value on the next line
    rf"(?:{_CODE_NAME.pattern}|{_PIN_NAME.pattern})(?:2?(\d{{3,4}})(?!\d)"
    r"|[A-Za-z0-9_]{0,16}[\"'\])]{0,3}\s{0,8}(?:[:=(>|,\[{]\s{0,4}){1,4}\n\s{0,80}[\"'(\[]{0,3}(\d{3,12})(?!\w))",
    re.IGNORECASE,
)
_GROUP = LazyPattern(r"[0-9]+")
_ISSUED = LazyPattern(
    r"(?:3\d{13,18}|4(?:\d{12}|\d{15}|\d{18})|[569]\d{11,18}|2[2-7]\d{14}|8\d{15,18}|(?:1800|2131|2014|2149)\d{11})"
)
_CODE_LITERAL = LazyPattern(r"(?<!\d)\d{3,4}(?!\d)")
_PIN_LITERAL = LazyPattern(
    r"(?<![0-9A-Za-z])(?=[A-Fa-f]{0,31}\d)[0-9A-Fa-f]{16}(?:[0-9A-Fa-f]{16})?(?!\w)|(?<!\d)\d{3,11}(?!\d)"
)
_KIND = LazyPattern(
    r"(?:(?<![a-z])(?:sha|aes|rsa|hs|rs|es|ps|int|uint|float|utf|iso|base|crc|cp)-?|0x|\\u)$", re.IGNORECASE
)
"""Before a literal: it belongs to a name such as sha256."""
_LONGEST_KIND = 8


class _Edit(NamedTuple):
    """What replaces a stretch of the text. Lists of edits are sorted, and no two overlap."""

    start: int
    end: int
    text: str


def mask(text: str) -> str:
    """The text without account data, as the head of this module says."""
    for _ in range(_PASSES):
        if (masked := _masked_once(text)) == text:
            return text
        text = masked
    return _hidden(text)


def mask_path(path: str) -> str:
    """The path without account data, but still the file's path where its long digits cannot be a card number.

    A migration is called by its time and a cache folder by a hash: a report that garbles such names leads nowhere.
    """
    runs = list(_RUN.compiled.finditer(path)) if _count_digits(path) >= _SHORTEST else []
    if not runs:
        return mask(path)
    if any(map(_may_be_card, runs)):
        return mask(path)
    parts, at = [], 0
    for run in runs:
        parts += [path[at : run.start()], run[0]]
        at = run.end()
    parts.append(path[at:])
    return "".join(part if number % 2 else mask(part) for number, part in enumerate(parts))


def _may_be_card(run: re.Match[str]) -> bool:
    """Whether groups side by side make a number that some issuer may have given out."""
    groups = _GROUP.compiled.findall(run[0])
    if "".join(groups) != "".join(filter(str.isdigit, run[0])) or not run[0].isascii() or "%" in run[0]:
        return True  # digits written as escapes: not looked into
    for first in range(len(groups)):
        digits = ""
        for group in groups[first:]:
            digits += group
            if len(digits) > _LONGEST:
                break
            if len(digits) >= _SHORTEST and any(map(_is_card, (digits, digits[:16], digits[-16:]))):
                return True
    return any(len(group) > _LONGEST for group in groups)


def _is_card(digits: str) -> bool:
    return _ISSUED.compiled.fullmatch(digits) is not None and luhn_valid(digits)


def mask_strictly(text: str) -> str:
    """The masked text without any other literal of 3 to 11 digits: for what is said about a line that `tells`."""
    return _SHOWN_OR_LITERAL.compiled.sub(lambda match: match[1] or _LITERAL_REMOVED, mask(text))


def tells(line: str) -> bool:
    """Whether a short literal on this line would be masked, since it names a code or holds a number."""
    return not mask(f"{line} : x 0000").endswith(" 0000")


def _masked_once(text: str) -> str:
    digits = _count_digits(text)
    if digits < 3:
        return text
    named = _has_name(text)
    if digits < _SHORTEST and not named:
        return text
    edits = _numbers(text) if digits >= _SHORTEST else []
    shown = [_Edit(*match.span(), "") for match in _SHOWN.compiled.finditer(text)] if "**" in text else []
    if named:
        edits = _with_values(text, edits, shown)
    edits = sorted([*edits, *_literals(text, edits, shown, named)])
    return _applied(text, edits) if edits else text


def mask_json(value: Json) -> Json:
    """A Json value with every string and key masked.

    A number of 12 digits or more becomes a masked string; the value of a key that means a verification code, a PIN or
    a track is masked with its key. Two keys that become one are kept apart by a number.
    """
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return value if abs(value) < _SMALLEST or (masked := mask(str(value))) == str(value) else masked
    if isinstance(value, list):
        return [mask_json(item) for item in value]
    return _masked_object(value)


def _masked_object(value: dict[str, Json]) -> dict[str, Json]:
    masked: dict[str, Json] = {}
    for key, item in value.items():
        name, count = mask(key), 2
        while name in masked:
            name, count = f"{mask(key)} #{count}", count + 1
        masked[name] = _masked_member(key, item)
    return masked


def _masked_member(key: str, item: Json) -> Json:
    """A member's value, masked as if it stood behind its key in a text."""
    if isinstance(item, (str, int, float)) and not isinstance(item, bool) and _is_secret(key):
        masked = _PIN_LITERAL.compiled.sub(_LITERAL_REMOVED, mask(str(item)))
        return item if masked == str(item) else masked
    return mask_json(item)


@lru_cache(maxsize=4096)
def _is_secret(key: str) -> bool:
    """Whether a short literal behind the key would be masked."""
    return mask(f"{key} = 0000").endswith(_LITERAL_REMOVED)


def _count_digits(text: str) -> int:
    if text.isascii():
        return sum(map(text.count, "0123456789"))
    return sum(map(str.isdecimal, text))


def _has_name(text: str) -> bool:
    """Whether a verification code, a PIN or a track may be named in the text."""
    low = text.lower()
    if not any(hint in low for hint in _HINTS):
        return False
    return any(name.compiled.search(text) for name in (_CODE_NAME, _PIN_NAME, _ADJACENT))


def _numbers(text: str) -> list[_Edit]:
    """Edits for tracks and numbers."""
    edits: list[_Edit] = []
    patterns = [_TRACK_2, _RUN, _LISTED]
    for pattern in [_TRACK_1, *patterns] if any(sign in text for sign in _TRACK_1_SIGNS) else patterns:
        found = [match for match in pattern.compiled.finditer(text) if not _touches(edits, *match.span())]
        edits = sorted([*edits, *(edit for match in found if (edit := _number_edit(pattern, match)))])
    return edits


def _number_edit(pattern: LazyPattern, match: re.Match[str]) -> _Edit | None:
    if pattern in (_TRACK_1, _TRACK_2):
        return _Edit(*match.span(), TRACK_REMOVED)
    return None if _SAFE_RUN.compiled.fullmatch(match[0]) else _Edit(*match.span(), _masked_run(match[0]))


def _with_values(text: str, edits: list[_Edit], shown: list[_Edit]) -> list[_Edit]:
    """The edits, and those for values behind a name; a number there is no card number to show in part.

    `shown`: numbers an earlier mask left; they stay.
    """
    values = [match.span(1) for match in _ADJACENT.compiled.finditer(text)]
    values += [match.span(match.lastindex or 0) for match in _BEHIND.compiled.finditer(text)]
    edits = list(edits)
    for start, end in values:
        if _touches(shown, start, end):
            continue
        if (index := _touched(edits, start, end)) is None:
            insort(edits, _Edit(start, end, _LITERAL_REMOVED))
        else:
            edits[index] = edits[index]._replace(text=_hidden(edits[index].text))
    return edits


def _touched(edits: list[_Edit], start: int, end: int) -> int | None:
    """The last edit that overlaps the stretch."""
    index = bisect_left(edits, end, key=lambda edit: edit.start) - 1
    return index if index >= 0 and edits[index].end > start else None


def _touches(edits: list[_Edit], start: int, end: int) -> bool:
    return _touched(edits, start, end) is not None


def _hidden(text: str) -> str:
    return re.sub(r"\d", "*", text)


def _masked_run(run: str) -> str:
    """A run of digits as it may be shown: 411111******1111, or its digits as stars."""
    tokens = [(match[0], match[1] is not None) for match in _TOKEN.compiled.finditer(run)]
    groups = tuple(len(list(group)) for is_digit, group in groupby(tokens, key=itemgetter(1)) if is_digit)
    if groups not in _SHOWN_GROUPINGS or "\n" in run:
        return "".join("*" if is_digit else _plain_separator(token) for token, is_digit in tokens)
    digits = "".join(_plain_digit(token) for token, is_digit in tokens if is_digit)
    hidden = len(digits) - _SHOWN_FIRST - _SHOWN_LAST
    return digits[:_SHOWN_FIRST] + "*" * hidden + digits[-_SHOWN_LAST:]


def _plain_digit(token: str) -> str:
    if len(token) == 1:
        return str(int(token))
    if token.startswith("&#") and token[2] not in "xX":
        return chr(int(token[2:-1]))
    return token.rstrip(";}")[-1]


def _plain_separator(token: str) -> str:
    """A separator without digits of its own (%20, &#160;)."""
    return " " if any(map(str.isdecimal, token)) else token


def _literals(text: str, edits: list[_Edit], shown: list[_Edit], named: bool) -> list[_Edit]:
    """Edits for short literals on the lines that hold an edit or a name; what is `shown` stays."""
    more: list[_Edit] = []
    for start, end in _lines(text):
        line = text[start:end]
        secret = named and _PIN_NAME.compiled.search(line) is not None
        if secret or _touches(edits, start, end + 1) or (named and _CODE_NAME.compiled.search(line)):
            pattern = _PIN_LITERAL if secret else _CODE_LITERAL
            spans = [
                m.span()
                for m in pattern.compiled.finditer(text, start, end)
                if not _KIND.compiled.search(text, max(start, m.start() - _LONGEST_KIND), m.start())
            ]
            spans = [span for span in spans if not _touches(edits, *span) and not _touches(shown, *span)]
            more += [_Edit(*span, _LITERAL_REMOVED) for span in spans]
    return more


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(text)


def _applied(text: str, edits: list[_Edit]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])
