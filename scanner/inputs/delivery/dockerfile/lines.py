"""Lines of a Dockerfile to instructions: directives, comments, continued lines, here-documents, flags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scanner.inputs.delivery.script import Piece, Script
from scanner.model import Place, Span
from scanner.text import Source

_DIRECTIVE = re.compile(r"#[ \t]*([A-Za-z]+)[ \t]*=[ \t]*(\S*)[ \t]*$")
_KEYWORD = re.compile(r"[ \t]*([A-Za-z]+)(?:[ \t]+|$)")
_FLAG = re.compile(r"--([A-Za-z][A-Za-z0-9\-]*)(?:=(\S*))?(?:[ \t]+|$)")
_HEREDOC = re.compile(r"<<(-?)[ \t]*(['\"]?)([A-Za-z_][A-Za-z0-9_.\-]*)\2")
_WITH_HEREDOC = frozenset({"RUN", "COPY", "ADD", "ONBUILD"})


@dataclass(frozen=True, slots=True)
class Heredoc:
    """A here-document: the name it ends with, its body."""

    name: str
    body: Script


@dataclass(frozen=True, slots=True)
class Instruction:
    """`arguments`: what stands behind keyword and flags, on one line. `flags`: name -> (value, its place)."""

    keyword: str
    place: Place
    flags: dict[str, tuple[str, Place]]
    arguments: Script
    heredocs: tuple[Heredoc, ...]


class Lines:
    """Reads one file. `escape`: the character that continues lines."""

    def __init__(self, source: Source) -> None:
        self._path = source.path
        self._lines = [source.line(number) for number in range(1, source.line_count + 1)]
        self._at = 0
        self.escape = "\\"
        self._directives()

    def _directives(self) -> None:
        """Comments at the very top that steer the parser."""
        for line in self._lines:
            match = _DIRECTIVE.match(line.strip(" \t"))
            if not match:
                return
            if match[1].lower() == "escape" and match[2] == "`":
                self.escape = "`"

    def instructions(self) -> Iterator[Instruction]:
        """In the order of the file. A line that begins with no word is passed over, as the builder would stop there."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip() or line.lstrip().startswith("#"):
                self._at += 1
                continue
            found = self._instruction()
            if found:
                yield found

    def _instruction(self) -> Instruction | None:
        first = self._at
        text, pieces = self._joined()
        match = _KEYWORD.match(text)
        if not match:
            return None
        keyword, at = match[1].upper(), match.end()
        whole = Script(text, self._whole(first), tuple(pieces))
        flags, at = _flags(whole, at)
        end = len(text.rstrip(" \t\r"))
        arguments = part(whole, at, max(at, end))
        heredocs = tuple(self._heredocs(text)) if keyword in _WITH_HEREDOC else ()
        line = self._lines[first]
        begin = len(line) - len(line.lstrip(" \t"))
        place = Place(self._path, Span(first + 1, begin + 1, first + 1, len(line.rstrip(" \t\r")) + 1))
        return Instruction(keyword, place, flags, arguments, heredocs)

    def _whole(self, first: int) -> Place:
        return Place(self._path, Span(first + 1, 1, first + 1, len(self._lines[first]) + 1))

    def _joined(self) -> tuple[str, list[Piece]]:
        """A logical line: continued lines joined, comments and blank lines between them left out."""
        parts: list[str] = []
        pieces: list[Piece] = []
        length = 0
        while self._at < len(self._lines):
            number, line = self._at, self._lines[self._at]
            self._at += 1
            if parts and (not line.strip() or line.lstrip().startswith("#")):
                continue
            stripped = line.rstrip(" \t\r")
            goes_on = stripped.endswith(self.escape)
            content = stripped[:-1] if goes_on else line
            pieces.append(Piece(length, number + 1, 1))
            parts.append(content)
            length += len(content)
            if not goes_on:
                break
        return "".join(parts), pieces

    def _heredocs(self, text: str) -> Iterator[Heredoc]:
        for mark in _HEREDOC.finditer(text):
            if text[: mark.start()].endswith("<"):
                continue
            first = self._at
            parts: list[str] = []
            pieces: list[Piece] = []
            length = 0
            while self._at < len(self._lines):
                line = self._lines[self._at]
                self._at += 1
                if (line.lstrip("\t") if mark[1] else line) == mark[3]:
                    break
                pieces.append(Piece(length, self._at, 1))
                parts.append(line + "\n")
                length += len(line) + 1
            where = Place(self._path, Span(first + 1, 1, max(self._at, first + 1), 1))
            yield Heredoc(mark[3], Script("".join(parts), where, tuple(pieces)))


def _flags(script: Script, at: int) -> tuple[dict[str, tuple[str, Place]], int]:
    """The flags that begin at `at`, and where they end."""
    flags: dict[str, tuple[str, Place]] = {}
    while flag := _FLAG.match(script.text, at):
        start, end = (flag.start(2), flag.end(2)) if flag[2] is not None else (flag.start(), flag.end(1))
        flags[flag[1].lower()] = (flag[2] if flag[2] is not None else "true", script.place(start, end))
        at = flag.end()
    return flags, at


def inside(instruction: Instruction) -> Instruction | None:
    """The instruction that ONBUILD keeps for whoever builds on the image."""
    script = instruction.arguments
    match = _KEYWORD.match(script.text)
    if not match or match[1].upper() in ("ONBUILD", "FROM"):
        return None
    flags, at = _flags(script, match.end())
    arguments = part(script, at, max(at, len(script.text)))
    return Instruction(match[1].upper(), instruction.place, flags, arguments, instruction.heredocs)


def part(script: Script, start: int, end: int) -> Script:
    """A stretch of a script as one of its own."""
    where = script.place(start, end)
    line, column = where.span.line, where.span.column
    later = [piece._replace(offset=piece.offset - start) for piece in script.pieces if start < piece.offset < end]
    return Script(script.text[start:end], where, (Piece(0, line, column), *later))
