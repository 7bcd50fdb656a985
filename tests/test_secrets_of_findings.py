"""A value that one rule finds to be a secret is shown by no other rule, and by no rule that names it."""

from __future__ import annotations

from scanner import findings
from scanner.model import Hit, Place, Span
from scanner.text import Source

TEXT = """\
[shop]
greeting = kettle-and-cups
banner = kettle-and-cups and more
requirepass sesame-open
file = id_rsa.key
plain = postgres
Fn::Base64: x
"""
SOURCE = Source("shop.conf", TEXT.encode())


def hit(line: int, column: int, end: int, message: str = "m") -> Hit:
    return Hit("rule", Place("shop.conf", Span(line, column, line, end)), message)


def read(path: str) -> Source | None:
    return SOURCE if path == "shop.conf" else None


def test_what_rules_for_secrets_point_at() -> None:
    pointed = [hit(2, 12, 27), hit(5, 8, 18), hit(6, 9, 17), hit(7, 1, 11)]
    assert findings.secrets_of(pointed, read) == ["kettle-and-cups"]
    assert findings.secrets_of([hit(2, 12, 27)._replace(place=Place("gone", Span(1, 1, 1, 2)))], read) == []


def test_a_known_secret_is_hidden_in_lines_and_messages_of_others() -> None:
    known = findings.secrets_of([hit(2, 12, 27)], read)
    draft = findings.draft(hit(3, 1, 7, "`kettle-and-cups` greets"), read, known=known)
    assert (draft.snippet, draft.message) == ("banner = *************** and more", "`***************` greets")


def test_what_its_name_calls_a_secret_is_hidden_in_line_and_message() -> None:
    draft = findings.draft(hit(4, 1, 12, "the password sesame-open is short"), read)
    assert (draft.snippet, draft.message) == ("requirepass ***********", "the password *********** is short")


def test_other_lines_stay() -> None:
    draft = findings.draft(hit(6, 1, 6, "`postgres` it is"), read, known=["kettle-and-cups"])
    assert (draft.snippet, draft.message) == ("plain = postgres", "`postgres` it is")
