"""Apache's text -> directives: a line is one, `\\` continues it, <Section> ... </Section> encloses others.

A comment has a line of its own. `#` after a blank further on is taken for one as well: Apache would refuse it, or take
its words for arguments that nobody meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from scanner.directives import Directive, Text, Word
from scanner.directives.text import template_value
from scanner.model import Json

MAX_DEPTH = 50
"""How deep sections may nest."""

_BLANK = re.compile(r"(?:[ \t\r\f\v]|\\\r?\n)+")
_REST = re.compile(r"(?:[^\\\n]|\\(?:\r?\n|.)|\\\Z)*")
_WORD = re.compile(
    r"""(?xs)"[^"\\\n]*(?:\\.[^"\\\n]*)*(?:"|(?=\n)|\Z) | '[^'\\\n]*(?:\\.[^'\\\n]*)*(?:'|(?=\n)|\Z)
      | (?:\{\{[^{}\n]*\}\}|<%=[^%\n]*%>|\\(?!\r?\n)|[^\s\\])+"""
)
_HEAD = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,60})(?![A-Za-z0-9])")
_CONTROL = re.compile(r"(?:\{%|\{#|<%(?!=)|\{\{[-~#]?\s*(?:if|else|end|range|with|each|/)|%[ \t])[^\n]*")
_PLACEHOLDER = re.compile(r"\{\{|\{%|<%|__[A-Z][A-Z0-9_]*__|@@[A-Z][A-Z0-9_]*@@")
_VARIABLE = re.compile(r"\$\{([^}\s]{1,200})\}")
_TEMPLATE = re.compile(r"\{\{|\{%|<%=|<% ")


class BrokenError(Exception):
    """The text is not Apache's grammar. `line`: where."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def is_template(text: str) -> bool:
    """Whether something has yet to fill in or leave out parts of it."""
    return _TEMPLATE.search(text) is not None


def parse(text: Text, defined: Mapping[str, str]) -> list[Directive]:
    """The directives at the top of a file, names in lower case. `defined`: what variables mean. Raises BrokenError."""
    top: list[Directive] = []
    opened: list[tuple[str, list[Directive], int]] = [("", top, 0)]
    for line, words, mark in _lines(text, defined):
        name = words[0].text.lower()
        if mark == "</":
            if len(opened) == 1 or opened[-1][0] != name:
                raise BrokenError(f"</{words[0].text}> closes nothing", line)
            opened.pop()
            continue
        directive = _directive(words)
        opened[-1][1].append(directive)
        if mark == "<":
            directive.block = []
            opened.append((directive.name, directive.block, line))
            if len(opened) > MAX_DEPTH:
                raise BrokenError(f"sections nested deeper than {MAX_DEPTH} levels", line)
    if len(opened) > 1:
        raise BrokenError(f"<{opened[-1][0]}> is not closed", opened[-1][2])
    return top


def defines(text: Text) -> dict[str, str]:
    """What `Define` gives names to, wherever it stands; a later one counts."""
    found: dict[str, str] = {}
    for match in re.finditer(r"""(?mi)^[ \t]*Define[ \t]+(\w{1,200})[ \t]+("[^"\n]*"|[^\s"]+)[ \t]*\r?$""", text.text):
        found[match[1]] = match[2].strip('"')
    return found


def _lines(text: Text, defined: Mapping[str, str]) -> Iterator[tuple[int, list[Word], str]]:
    """(line, words, mark) for every directive; the mark is "<" where a section begins, "</" where it ends, else ""."""
    source, at = text.text, 0
    while at < len(source):
        if blank := _BLANK.match(source, at):
            at = blank.end()
            continue
        if source[at] == "\n":
            at += 1
            continue
        if source[at] == "#" or _CONTROL.match(source, at):
            rest = _REST.match(source, at)
            at = rest.end() if rest else len(source)
            continue
        line, (words, mark, at) = text.line(at), _words(text, at, defined)
        if words:
            yield line, words, mark


def _words(text: Text, at: int, defined: Mapping[str, str]) -> tuple[list[Word], str, int]:
    """The words of the directive that begins at an offset, its mark, and where it ends."""
    source, words = text.text, []
    section = _HEAD.match(source, at)
    if section:
        words.append(Word(section[2], text.place(at, section.end())))
        at = section.end()
    while at < len(source) and source[at] != "\n":
        if blank := _BLANK.match(source, at):
            at = blank.end()
            continue
        if words and source[at] == "#" and source[at - 1] in " \t" and source[at + 1 : at + 2] in (" ", "\t"):
            rest = _REST.match(source, at)
            at = rest.end() if rest else len(source)
            continue
        match = _WORD.match(source, at)
        if match is None:
            at += 1
            continue
        end = match.end()
        if section and match[0].endswith(">"):
            end -= 1
        if end > at:
            words.append(Word(_value(source[at:end], defined), text.place(at, end)))
        at = match.end()
    return words, f"<{section[1]}" if section else "", at


def _directive(words: list[Word]) -> Directive:
    first, last = words[0].place, words[-1].place
    span = first.span._replace(end_line=last.span.end_line, end_column=last.span.end_column)
    return Directive(words[0].text.lower(), first, first._replace(span=span), tuple(words[1:]))


def _value(raw: str, defined: Mapping[str, str]) -> Json:
    if raw[0] in "\"'":
        quote = raw[0]
        raw = raw[1:-1] if len(raw) > 1 and raw.endswith(quote) else raw[1:]
        raw = raw.replace(f"\\{quote}", quote)
    if _PLACEHOLDER.search(raw):
        return template_value()
    if "${" in raw:
        if any(match[1] not in defined for match in _VARIABLE.finditer(raw)):
            return template_value()
        raw = _VARIABLE.sub(lambda match: defined[match[1]], raw)
        if len(raw) > 10_000 or "${" in raw:
            return template_value()
    return raw
