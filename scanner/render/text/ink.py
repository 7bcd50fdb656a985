"""What the text report is written with: ANSI styles that can be off, and paragraphs that keep to the page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from scanner.model import Severity
from scanner.printable import prose

WIDTH = 100
LONGEST = 800
MORE = "..."
_STYLES = {
    Severity.CRITICAL: "1;97;41",
    Severity.HIGH: "1;31",
    Severity.MEDIUM: "1;33",
    Severity.LOW: "1;36",
    Severity.INFO: "2",
    "alarm": "1;97;41",
    "bad": "1;31",
    "good": "1;32",
    "strong": "1",
    "label": "1;34",
    "dim": "2",
}


@dataclass(frozen=True, slots=True)
class Ink:
    """Paints text: `ink("bad", "text")`. `color` off: the text as it is."""

    color: bool

    def __call__(self, style: str, text: str) -> str:
        """The text in that style (a severity or one of the names above)."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.color and text else text


def labelled(ink: Ink, label: str, text: str, *, indent: int, hang: int) -> list[str]:
    """A paragraph with a label before it; its text stands `hang` columns behind `indent`. None for empty text."""
    lines = paragraph(text, indent + hang)
    if lines:
        lines[0] = " " * indent + ink("label", label.ljust(hang)) + lines[0][indent + hang :]
    return lines


def paragraph(text: str, indent: int, hang: int = 0) -> list[str]:
    """Wrapped lines of text of any origin; lines after the first stand `hang` columns deeper. Overlong text is cut."""
    plain = prose(text)
    if len(plain) > LONGEST:
        plain = plain[: LONGEST - len(MORE)] + MORE
    return textwrap.wrap(
        plain,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_on_hyphens=False,
    )


def counted(number: int, singular: str) -> str:
    """ "1 file", "2 files"."""
    return f"{number} {singular}" + ("" if number == 1 else "s")


def listed(items: Iterable[str], limit: int) -> str:
    """ "a, b, c and 4 more"."""
    all_items = list(items)
    rest = len(all_items) - limit
    return ", ".join(all_items[:limit]) + (f" and {rest} more" if rest > 0 else "")
