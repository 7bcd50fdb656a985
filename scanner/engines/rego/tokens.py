"""Just enough of Rego's lexis to tell names from strings and comments, without parsing.

The full syntax tree of the embedded engine costs several times what loading and evaluating the rules does, so what has
to be known about every module at every start (its package, what it calls, what it refers to) is read from its tokens.
Neither engine allows whitespace around the dots of a reference, so `a.b.c` is one token here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LITERAL = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"|`[^`]*`'
GAP = r"(?:\s|\#[^\n]*\n)*"
NAME = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*"

_NAME = re.compile(rf"{LITERAL}|\#[^\n]*|(?P<name>{NAME})", re.ASCII)
_PARTS = re.compile(rf"{LITERAL}|\#[^\n]*|(?P<mark>[()\[\]{{}},])")
_EXPRESSION = re.compile(
    rf"(?P<comment>\#[^\n]*)|(?P<end>[\n;])|(?P<open>[(\[{{])|(?P<close>[)\]}}])"
    rf"|(?P<joint>[-+*/%&|<>=!:,]|\b(?:in|with|as)\b)|(?P<else>else\b)|{LITERAL}|{NAME}|\S",
    re.ASCII,
)
_GOES_ON = re.compile(rf"{GAP}(?:[-+*/%&|<>=!:]|(?:in|with|as)\b)")
_KEY = re.compile(r'\["([^"\\]*)"\]')
_PACKAGE = re.compile(rf"(?:{GAP})package{GAP}({NAME})", re.ASCII)
_IMPORT = re.compile(rf"[ \t]+(?P<path>{NAME})(?![\w.\[])(?:[ \t]+as[ \t]+(?P<alias>\w+))?", re.ASCII)


def line_of(text: str, offset: int) -> int:
    """The line of an offset, 1-based."""
    return text.count("\n", 0, offset) + 1


def names(text: str) -> Iterator[re.Match[str]]:
    """Every dotted name outside strings and comments; one that continues a reference (`x[0].name`) is left out."""
    for match in _NAME.finditer(text):
        if match["name"] and text[match.start() - 1 : match.start()] != ".":
            yield match


def package_of(text: str) -> str:
    """The package a module declares; "" where it declares none in plain dotted form."""
    match = _PACKAGE.match(text)
    return match[1] if match else ""


def package_end(text: str) -> int:
    """The offset behind the package's declaration; 0 where there is none in plain dotted form."""
    match = _PACKAGE.match(text)
    return match.end() if match else 0


def references(text: str) -> set[str]:
    """What a module refers to below `data`: {"paylint.lib.known", "settings"}; "" for `data` as a whole."""
    found = set()
    for match in names(text):
        first, _, rest = match["name"].partition(".")
        if first == "data":
            key = None if rest else _KEY.match(text, match.end())
            found.add(key[1] if key else rest)
    return found


def arguments(text: str, opening: int) -> tuple[int, int]:
    """How many arguments a call has whose `(` is at `opening`, and the offset behind its `)` (or the text's end)."""
    depth, commas, at = 0, 0, opening
    for match in _PARTS.finditer(text, opening):
        mark, at = match["mark"], match.end()
        if mark in ("(", "[", "{"):
            depth += 1
        elif mark in (")", "]", "}"):
            depth -= 1
            if depth == 0:
                break
        elif mark == "," and depth == 1:
            commas += 1
    trailing = text[opening + 1 : at - 1].rstrip().endswith(",")
    return commas + (0 if trailing else 1), at


@dataclass(frozen=True, slots=True)
class Negation:
    """`not` at `start`, and the expression it negates, from `begin` to `end`."""

    start: int
    begin: int
    end: int


def negations(text: str) -> Iterator[Negation]:
    """Every `not` with what it negates."""
    for match in names(text):
        if match["name"] == "not":
            yield Negation(match.start(), match.end(), expression_end(text, match.end()))


def expression_end(text: str, start: int) -> int:
    """Where the expression at `start` ends: an infix operator carries it over a line's end, and so does `with`."""
    depth, end, joined = 0, start, True
    for match in _EXPRESSION.finditer(text, start):
        kind = match.lastgroup
        if kind == "comment":
            continue
        if depth == 0 and (kind in ("close", "else") or match[0] == ";"):
            break
        if kind == "end":
            if depth == 0 and not joined and not _GOES_ON.match(text, match.end()):
                break
            continue
        depth += {"open": 1, "close": -1}.get(kind or "", 0)
        end, joined = match.end(), kind == "joint"
    return end


def closed_negations(text: str) -> str:
    """The module with every `not x` as `[true | x] == []`.

    Where x calls something with an undefined argument, `not x` is true in regorus, and undefined in OPA, which takes
    the arguments out of the negation; taken out of a comprehension they make it empty, in both.
    """
    edits = []
    for negation in negations(text):
        edits.append((negation.start, negation.begin, "[true |"))
        edits.append((negation.end, negation.end, "] == []"))
    pieces, at = [], 0
    for start, end, replacement in sorted(edits):
        pieces += [text[at:start], replacement]
        at = end
    return "".join([*pieces, text[at:]])


@dataclass(frozen=True, slots=True)
class Import:
    """`import path as alias`, from `start` to `end`; `alias` is the path's last part where none is given."""

    start: int
    end: int
    path: str
    alias: str


def imports(text: str) -> list[Import]:
    """A module's imports, those in plain dotted form."""
    found = []
    for match in names(text):
        if match["name"] == "import" and (written := _IMPORT.match(text, match.end())):
            path = written["path"]
            found.append(Import(match.start(), written.end(), path, written["alias"] or path.rsplit(".", 1)[-1]))
    return found


def rehomed(text: str, root: str) -> str:
    """The module with its package and everything it reads from `data` moved below `data.<root>`; lines stay lines."""
    pieces, at, declared = [], 0, False
    for match in names(text):
        chain = match["name"]
        if chain == "package" and not declared:
            declared = True
            gap = re.compile(GAP).match(text, match.end())
            end = gap.end() if gap else match.end()
            pieces += [text[at:end], root, "."]
            at = end
        elif chain == "data" or chain.startswith("data."):
            end = match.start() + len("data")
            pieces += [text[at:end], ".", root]
            at = end
    return "".join([*pieces, text[at:]])
