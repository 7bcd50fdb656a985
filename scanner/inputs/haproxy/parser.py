"""HAProxy's text -> sections of directives. A line is a directive: words, quotes, escapes, `#` comments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from scanner.directives import Directive, Text, Word
from scanner.directives.text import template_value
from scanner.model import Json, Problem

_SECTIONS = frozenset(
    {
        "global", "defaults", "frontend", "backend", "listen", "userlist", "peers", "resolvers", "mailers", "program",
        "cache", "http-errors", "ring", "log-forward", "fcgi-app", "crt-store", "traces", "log-profile", "acme",
    }
)  # fmt: skip
_PAIRS = frozenset(
    {
        "option", "no", "stats", "timeout", "http-request", "http-response", "http-after-response", "tcp-request",
        "tcp-response",
    }
)  # fmt: skip
"""Keywords that say little without the next word: the two are the directive's name."""

_WORD = re.compile(
    r"""(?x)(?P<blank>[ \t\r\f\v]+)|(?P<comment>\#.*)
      |(?P<word>(?:\{\{[^{}]*\}\}|\\.|"[^"\\]*(?:\\.[^"\\]*)*"|'[^']*'|<%=[^%]*%>|[^ \t\r\f\v\\"'\#{<]+|[{<])+)"""
)
_PART = re.compile(r"""\\(.)|"([^"\\]*(?:\\.[^"\\]*)*)"|'([^']*)'""")
_ESCAPE = re.compile(r"\\(.)")
_PLACEHOLDER = re.compile(r"\{\{|\{%|<%|\$\{?[A-Za-z_][A-Za-z0-9_]*\}?|__[A-Z][A-Z0-9_]*__")
_CONTROL = re.compile(r"\s*(?:\{%|\{\{[-~]?\s*(?:if|else|end|range|with|key|scratch)\b|<%[^=]|\{#)")
_TEMPLATE = re.compile(r"\{\{|\{%|<%")


@dataclass(slots=True)
class Section:
    """A section: its keyword, the words after it, its directives."""

    head: Directive
    directives: list[Directive] = field(default_factory=list)


def parse(text: Text) -> tuple[list[Section], list[Problem]]:
    """The sections of a file, and the lines that are none of HAProxy's. Lines before the first section do not count."""
    sections: list[Section] = []
    problems: list[Problem] = []
    at, template = 0, bool(_TEMPLATE.search(text.text))
    for line in text.text.split("\n"):
        start, at = at, at + len(line) + 1
        if template and _CONTROL.match(line):
            continue
        words = _words(text, line, start)
        if words is None:
            message = "template: not rendered" if template else "not valid HAProxy configuration: a quote is not closed"
            problems.append(Problem(text.path, message, fatal=not template, line=text.line(start)))
            continue
        if not words:
            continue
        directive = _directive(words)
        if directive.name in _SECTIONS:
            sections.append(Section(directive))
        elif sections:
            sections[-1].directives.append(directive)
    return sections, problems[:1]


def _words(text: Text, line: str, start: int) -> list[Word] | None:
    """The words of a line; None where a quote is not closed."""
    words, at = [], 0
    while at < len(line):
        match = _WORD.match(line, at)
        if match is None:
            return None
        at = match.end()
        if match.lastgroup == "word":
            words.append(Word(_value(match[0]), text.place(start + match.start(), start + match.end())))
    return words


def _directive(words: list[Word]) -> Directive:
    size = 2 if words[0].text in _PAIRS and len(words) > 1 else 1
    if words[0].text == "no" and len(words) > 2 and words[1].text in _PAIRS:
        size = 3
    name = " ".join(word.text for word in words[:size])
    first, last = words[0].place, words[-1].place
    span = first.span._replace(end_line=last.span.end_line, end_column=last.span.end_column)
    return Directive(name, first, first._replace(span=span), tuple(words[size:]))


def _value(raw: str) -> Json:
    if _PLACEHOLDER.search(raw):
        return template_value()
    if not any(mark in raw for mark in "\\\"'"):
        return raw
    return _PART.sub(_part, raw)


def _part(match: re.Match[str]) -> str:
    if match[1] is not None:
        return match[1]
    if match[2] is not None:
        return _ESCAPE.sub(r"\1", match[2])
    return match[3]
