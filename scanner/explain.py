"""What the vocabulary makes of the names on a line, and what the rules say there: `paylint explain FILE:LINE`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scanner.bundled import bundled
from scanner.config import Config
from scanner.errors import UsageError
from scanner.masking import mask
from scanner.model import Finding, ScanResult
from scanner.passwords import hidden
from scanner.printable import printable
from scanner.run import run
from scanner.text import Source
from scanner.vocabulary import Vocabulary, load

_NAME = r"[A-Za-z_$][0-9A-Za-z_$-]*"
_CHAIN = re.compile(rf"""{_NAME}(?:(?:[?!&]?\.|->|::){_NAME}(?:\(\))?|\[\s*["'`:]?[0-9A-Za-z_. :-]+["'`]?\s*\])*""")
_CALL = re.compile(rf"(?:{_NAME}(?:\.|->|::))*{_NAME}\($")
_PROSE = "within a longer text it counts only as a column, a key or a parameter"
_TEXT = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`")


class Explained(NamedTuple):
    """`names`: a sentence about each name. `said`: findings on the line. `unread`: why the file was not analysed."""

    line: str
    names: tuple[str, ...]
    said: tuple[Finding, ...]
    unread: tuple[str, ...]

    @property
    def text(self) -> str:
        """For people: the wording may change."""
        names = self.names or ("no name on this line, nor any part of one, is account data's",)
        said = [_sentence(found) for found in self.said] or ["nothing is reported on this line"]
        parts = [
            ("", (self.line,)),
            ("names of account data", names),
            ("rules, on this file by itself", said),
            ("not analysed", self.unread),
        ]
        return "\n\n".join("\n  ".join(filter(None, [head, *told])) for head, told in parts if told) + "\n"


def explain(settings: Config, file: Path, line: int) -> Explained:
    """Scans the file by itself. Raises UsageError for a line that it does not have."""
    try:
        source = Source(file.name, file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    if not 1 <= line <= source.line_count:
        raise UsageError(f"{file}: has {source.line_count} lines; there is no line {line}")
    vocabulary = load((bundled("rules") / "vocabulary" / "account_data.yaml").read_text("utf-8"))
    result = run(settings)
    shown = mask(hidden(source.text, file.name)).split("\n")[line - 1]
    names = dict.fromkeys(map(printable, _names(shown, vocabulary.narrowed(shown))))
    return Explained(printable(shown.strip()), tuple(names), tuple(_there(result, line)), tuple(_unread(result)))


def _names(line: str, vocabulary: Vocabulary) -> Iterator[str]:
    """A sentence for each element that a name on the line holds, or would hold but for another word."""
    texts = [match.span() for match in _TEXT.finditer(line)]
    for match in _CHAIN.finditer(line):
        name = _with_call(line, match)
        in_text = any(start < match.start() and match.end() < end for start, end in texts)
        whole = any(start + 1 == match.start() and match.end() == end - 1 for start, end in texts)
        for element in vocabulary.elements:
            if (said := vocabulary.explain(element, name)) is not None:
                yield f"{said}; {_PROSE}" if in_text and not whole else said


def _with_call(line: str, name: re.Match[str]) -> str:
    """The name, with the call that has it for its only argument: `mask(pan)`."""
    before = _CALL.search(line, 0, name.start())
    return f"{before[0]}{name[0]})" if before and line[name.end() :].startswith(")") else name[0]


def _sentence(found: Finding) -> str:
    ignored = f" (ignored: {found.suppressed.reason})" if found.suppressed else ""
    return f"{found.severity.value}  {found.rule}: {found.message}{ignored}"


def _there(result: ScanResult, line: int) -> Iterator[Finding]:
    for found in result.findings:
        if found.place.span.line <= line <= found.place.span.end_line:
            yield found


def _unread(result: ScanResult) -> Iterator[str]:
    yield from (error.message for error in result.errors)
    yield from (skipped.reason for skipped in result.skipped)
    yield from (f"analysed in part: {item.partial}" for item in result.analysed if item.partial)
