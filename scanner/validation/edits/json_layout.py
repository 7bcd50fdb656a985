"""Lays JSON out in another way: everything on a line of its own, or as much as there is on one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise

from scanner.validation.edits.names import Names
from scanner.validation.edits.text import Change, Edited, apply

_STRING = r'"(?:[^"\\]|\\.)*"'
_INNERMOST = re.compile(rf'[\[{{][^\[\]{{}}"]*(?:{_STRING}[^\[\]{{}}"]*)*[\]}}]')
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def wrap(text: str, _: Names) -> Edited | None:
    """Every item on a line of its own, indented by three."""
    return _same(text, _wrapped(text))


def join(text: str, _: Names) -> Edited | None:
    """Every object and list that holds no other on one line."""
    return _same(text, (Change(*match.span(), " ") for inner in _INNERMOST.finditer(text) for match in _blanks(inner)))


def _blanks(inner: re.Match[str]) -> Iterator[re.Match[str]]:
    return re.compile(r"\s*\n\s*").finditer(inner.string, *inner.span())


def _wrapped(text: str) -> Iterator[Change]:
    found = list(_TOKEN.finditer(text))
    depth = 0
    for token, following in pairwise(found):
        depth += (token[0] in "[{") - (following[0] in "]}")
        empty = token[0] in "[{" and following[0] in "]}"
        breaks = not empty and (token[0] in "[{," or following[0] in "]}")
        blank = " " if token[0] == ":" else ""
        yield Change(token.end(), following.start(), "\n" + "   " * depth if breaks else blank)


def _same(text: str, changes: Iterator[Change]) -> Edited | None:
    try:
        before = json.loads(text)
        edited = apply(text, changes)
        return edited if edited.text != text and json.loads(edited.text) == before else None
    except ValueError:
        return None
