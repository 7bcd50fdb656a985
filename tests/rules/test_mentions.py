"""A rule is tried only on files that hold its `mentions` and what it needs: none of its violations may stand in a file
without.

A fixture holds many cases, and its marks name the policy: what one case lacks, another one or a mark may have. So
each case is looked at as if it were the only one of its file: with the headers it stands under and what sets or imports
its names, but without other cases and comments. This needs no scan: what a rule finds in a file it finds as well
among less, and `paylint rules test` says that it finds it there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import re2

from scanner.catalog import load
from scanner.engines.semgrep.expressions import Expressions
from scanner.engines.semgrep.needs import met
from scanner.model import Rule
from scanner.rule_tests import marks
from scanner.vocabulary import Vocabulary

SEMGREP = Path(__file__).parents[2] / "rules" / "semgrep"
FIXTURES = sorted(
    path
    for path in SEMGREP.glob("*/*")
    if path.is_file() and path.suffix not in (".yaml", ".yml") and path.parent.name != "lib"
)

_COMMENT = re.compile(r'\s*(?:#|//|/\*|\*|<!--|\{/\*|"""|--\s)')
_IMPORT = re.compile(r'\s*(?:import|from)\b|\s*(?:\w+ )?"[\w./-]+"$|.*\brequire\(')
_TEXT = re.compile(r'"[^"]*"|\'[^\']*\'')
_LONG_QUOTE = re.compile(r'`|"""')
_WORD = re.compile(r"[A-Za-z_]\w*")
_KEYWORDS = frozenset(
    re.findall(
        r"\w+",
        """
        as async await byte class const def default else export extends final for func if implements import in int let
        new of private protected public raise return self static string String struct this throw throws try type var
        void with
        """,
    )
)

# These want more than the case: other signs of cards in the file, the other settings of the same object, the rest of
# the statement. `alone` cuts that off, and takes the attributes of PHP for comments.
_BESIDE = {
    "broken_cipher.php.phpseclib",
    "hard_coded_credential.javascript.client",
    "injection.go.request",
    "injection.javascript.raw_html",
    "injection.ruby.command",
    "injection.ruby.page",
    "injection.ruby.path",
    "injection.sql.dynamic",
    "insecure_random.ruby.function",
    "jwt_not_verified.python.algorithm",
    "pan_in_error_message.python.validation",
    "pan_in_url.php.route",
    "pan_logged.go.body",
    "pan_logged.go.card_object",
    "pan_logged.java.card_object",
    "pan_logged.javascript.body",
    "pan_logged.javascript.typed",
    "pan_logged.ruby.card_object",
    "pan_logged.ruby.request",
    "pan_overdisplayed.ruby.serializer",
    "pan_stored_in_clear.php.column",
    "pan_stored_in_clear.python.number_of_card",
    "pan_stored_in_clear.ruby.serialized",
    "payment_code_hygiene.python.deleted",
    "payment_code_hygiene.python.fernet",
    "payment_code_hygiene.python.float_amount",
    "payment_code_hygiene.python.naive_time",
    "payment_code_hygiene.python.no_associated_data",
    "payment_code_hygiene.python.old_validators",
    "payment_code_hygiene.python.short_numbers_shown",
    "payment_page_script.page.inserted",
    "payment_page_script.page.policy",
    "payment_page_script.page.tag",
    "track_data_stored.python.column",
    "track_data_stored.ruby.encrypted",
    "unsafe_deserialization.python.pickle",
    "unsafe_deserialization.python.setting",
    "unsafe_deserialization.python.yaml",
    "verification_code_stored.php.column",
    "verification_code_stored.php.encrypted_column",
    "verification_code_stored.python.encrypted_column",
    "verification_code_stored.python.sql",
    "weak_key_derivation.csharp.identity",
}


@dataclass(frozen=True)
class Line:
    """A line of a fixture: its text ("" for a comment), the names in it and those it sets or acts on."""

    text: str
    names: frozenset[str]
    sets: frozenset[str]
    depth: int  # brackets it opens, less those it closes

    @classmethod
    def of(cls, text: str) -> Line:
        """Of a line as it is written."""
        if _COMMENT.match(text):
            return cls("", frozenset(), frozenset(), 0)
        if _IMPORT.match(text):
            return cls(text, frozenset(), frozenset(_WORD.findall(text)) - _KEYWORDS, 0)
        code = _TEXT.sub("", text)
        names = [name for name in _WORD.findall(code) if name not in _KEYWORDS]
        head, assigned, _ = code.partition("=")
        if not assigned:
            sets = names[:1]
        elif "{" in head or re.match(r"\s*for\b", head):  # `{ number } = card` says what `card` holds
            sets = names
        else:
            sets = [name for name in names if name in _WORD.findall(head)]
        depth = sum(map(code.count, "([{")) - sum(map(code.count, ")]}"))
        return cls(text, frozenset(names), frozenset(sets), depth)

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())


def _lines(text: str) -> dict[int, Line]:
    return {number: Line.of(line) for number, line in enumerate(text.split("\n"), 1)}


def _extent(lines: Mapping[int, Line], start: int, stop: int) -> range:
    """The statement that begins at `start`, annotations before it included; at most up to `stop`."""
    depth, quotes = 0, 0
    for number in range(start, stop):
        depth += lines[number].depth
        quotes += len(_LONG_QUOTE.findall(lines[number].text))
        if depth <= 0 and quotes % 2 == 0 and not lines[number].text.lstrip().startswith("@"):
            return range(start, number + 1)
    return range(start, stop)


def alone(text: str, case: int) -> str:
    """A fixture with only the case at that line."""
    lines, end = _lines(text), text.count("\n") + 2
    starts = sorted({number for number, _, _ in marks(text)} | {end})
    cases = {start: _extent(lines, start, stop) for start, stop in pairwise(starts)}
    kept = set(cases[case])
    foreign = {number for start, extent in cases.items() if start != case for number in extent} - kept
    names = {name for number in kept for name in lines[number].names}
    indent = lines[case].indent
    for number in range(case - 1, 0, -1):
        beside = lines[number].indent == indent == lines[case].indent
        if beside and "=" in lines[number].text and lines[number].sets & names:
            foreign.discard(number)  # another case, and part of this one
        if lines[number].text.strip() and lines[number].indent < indent and number not in foreign:
            kept.add(number)
            indent = lines[number].indent
    for number in sorted(kept, reverse=True):
        above = number - 1
        while above in lines and (not lines[above].text or lines[above].text.lstrip().startswith("@")):
            kept.update([above] if lines[above].text else [])
            above -= 1
    names = {name for number in kept for name in lines[number].names}
    left = lines.keys() - foreign - kept
    while more := {number for number in left if lines[number].sets & names}:
        more = {inner for number in more for inner in _extent(lines, number, end)} - foreign
        kept |= more
        left -= more
        names = names.union(*(lines[number].names for number in more))
    return "\n".join(lines[number].text for number in sorted(kept))


@cache
def _rules() -> dict[str, Rule]:
    return {rule.id: rule for rule in load().of_engine("semgrep")}


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary.from_json(load().elements)


@cache
def _pattern(mentions: str) -> re2._Regexp:
    return re2.compile(_vocabulary().expand(mentions))


@cache
def _expressions() -> Expressions:
    return Expressions(_vocabulary().expand)


def _tried(rule: Rule, text: str) -> bool:
    """Whether the rule is tried on a file with this text."""
    if not _pattern(rule.mentions).search(text):
        return False
    found = _expressions().found
    return not rule.needs or met(
        json.loads(rule.needs),
        frozenset(_WORD.findall(text)),
        lambda written, _code: found(written, text, text.encode()) != (),
    )


def _name(path: Path) -> str:
    return path.relative_to(SEMGREP).as_posix()


@pytest.mark.parametrize("fixture", FIXTURES, ids=_name)
def test_each_case_alone_is_mentioned(fixture: Path) -> None:
    text = fixture.read_text(encoding="utf-8")
    lost = [
        f"{_name(fixture)}:{number}: {rule} is not tried on this case alone"
        for number, kind, rules in marks(text)
        if kind == "ruleid"
        for rule in rules
        if rule in _rules() and rule not in _BESIDE and not _tried(_rules()[rule], alone(text, number))
    ]
    assert lost == []


def test_a_case_alone_has_what_it_needs_and_nothing_else() -> None:
    text = """\
import { createCipheriv } from "node:crypto";
import { setCookie } from "hono/cookie";

const OTHER = "cookie";
const KEY = "tearoom";

export function seal(text: string) {
  const iv = "lemon";
  // ok: some_policy.javascript
  setCookie(OTHER);
  // ruleid: some_policy.javascript
  createCipheriv("aes-256-gcm",
    KEY, iv);
}
"""
    case = next(number for number, kind, _ in marks(text) if kind == "ruleid")
    assert alone(text, case).split("\n") == [
        'import { createCipheriv } from "node:crypto";',
        'const KEY = "tearoom";',
        "export function seal(text: string) {",
        '  const iv = "lemon";',
        '  createCipheriv("aes-256-gcm",',
        "    KEY, iv);",
    ]
