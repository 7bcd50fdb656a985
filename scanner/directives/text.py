"""A file's text, words and directives in it, and where they stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from scanner.model import Json, Place, Span, unknown
from scanner.text import Source, is_utf16

NOT_RENDERED = "template: not rendered"
_FILLED_IN = "filled in by a template or the environment"
_BOM = b"\xef\xbb\xbf"


class Text:
    """A file as code points, so that an offset leads to a column without a look at the bytes. UTF-8 only."""

    def __init__(self, source: Source) -> None:
        self.path = source.path
        self.text = source.data.removeprefix(_BOM).decode("utf-8", "replace")
        self._starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = self.text.find("\n", at + 1)

    def line(self, offset: int) -> int:
        """The 1-based line of an offset."""
        return bisect_right(self._starts, offset)

    def place(self, start: int, end: int) -> Place:
        """The place between two offsets."""
        first, last = self.line(start), self.line(end)
        return Place(
            self.path, Span(first, start - self._starts[first - 1] + 1, last, end - self._starts[last - 1] + 1)
        )


def is_readable(source: Source) -> bool:
    """Whether `Text` can hold it."""
    return not is_utf16(source.data)


@dataclass(frozen=True, slots=True)
class Word:
    """One argument: what it says (`{"__unknown__": ...}` where a template decides) and where, quotes included."""

    value: Json
    place: Place

    @property
    def text(self) -> str:
        """The value as text, "" for an unknown one."""
        return self.value if isinstance(self.value, str) else ""


@dataclass(slots=True)
class Directive:
    """One statement. `place`: from its name to its last argument; `block`: what it encloses, None if it cannot."""

    name: str
    head: Place
    place: Place
    words: tuple[Word, ...] = ()
    block: list[Directive] | None = field(default=None)

    @property
    def values(self) -> list[Json]:
        """The arguments as Json."""
        return [word.value for word in self.words]


def template_value() -> Json:
    """The value of a word that a template fills in."""
    return unknown(_FILLED_IN)
