"""Comments and blanks in files where every line stands for itself: nginx, Apache, HAProxy, properties, ini, Dockerfile.

Only what all of these read alike: a comment alone on its line, blank lines between, blanks at the margin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.validation.edits.directives import is_directive
from scanner.validation.edits.names import Names
from scanner.validation.edits.text import Change, Edited, apply

_INSTRUCTION = re.compile(
    r"(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|LABEL|RUN|STOPSIGNAL|USER|VOLUME|WORKDIR)(?=\s)"
)


def comment(text: str, _: Names) -> Edited | None:
    """A comment and a blank line before every line, and other words in comments."""
    return _edited(text, _commented(text, "#"))


def comment_slashes(text: str, _: Names) -> Edited | None:
    """The same where comments begin with two slashes."""
    return _edited(text, _commented(text, "//"))


def _edited(text: str, changes: Iterator[Change]) -> Edited | None:
    if _quoted_over_lines(text):
        return None
    edited = apply(text, changes)
    return edited if edited.text != text else None


def _quoted_over_lines(text: str) -> bool:
    """Whether a text may go on over several lines: then no line is sure to stand for itself."""
    return "<<" in text or '"""' in text or any(line.count('"') % 2 for line in text.split("\n"))


def _statements(text: str) -> Iterator[tuple[int, str, str]]:
    """(offset, line, the line above) for every line that goes on with nothing."""
    at, above = 0, ""
    for line in text.split("\n"):
        if not above.rstrip().endswith("\\"):
            yield at, line, above
        above = line
        at += len(line) + 1


def _commented(text: str, mark: str) -> Iterator[Change]:
    for at, line, above in _statements(text):
        blank = line[: len(line) - len(line.lstrip())]
        if line.lstrip().startswith(mark):
            if not is_directive(line):
                yield Change(at + len(blank), at + len(line), f"{mark} Looked at once more.")
        elif at and line.strip() and not is_directive(above):
            yield Change(at, at, f"\n{blank}{mark} As it is everywhere.\n")


def indent(text: str, _: Names) -> Edited | None:
    """Lines that stand away from the margin twice as far from it."""
    return _edited(text, _deeper(text))


def _deeper(text: str) -> Iterator[Change]:
    for at, line, _ in _statements(text):
        blank = len(line) - len(line.lstrip())
        if blank and line.strip():
            yield Change(at, at, line[:blank])


def assign(text: str, _: Names) -> Edited | None:
    """Blanks on either side of the first `=` of a line, or none: of properties and ini files."""
    return _edited(text, _assigned(text))


def _assigned(text: str) -> Iterator[Change]:
    for at, line, _ in _statements(text):
        match = re.match(r"([\w.-]+)( *= *)(?=[^\s=])", line)
        if match:
            yield Change(at + match.start(2), at + match.end(2), " = " if match[2] == "=" else "=")


def instruction(text: str, _: Names) -> Edited | None:
    """A Dockerfile's instructions in small letters."""
    return _edited(text, _lowered(text))


def _lowered(text: str) -> Iterator[Change]:
    for at, line, above in _statements(text):
        match = _INSTRUCTION.match(line)
        if match and not above.rstrip().endswith("\\"):
            yield Change(at, at + match.end(), match[0].lower())
