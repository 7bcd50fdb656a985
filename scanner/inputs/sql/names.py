"""Names as they stand in a file: what they say, where, and what they are compared by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

_DEFAULT_SCHEMAS = frozenset({"", "public", "dbo", "main"})


class Spot(NamedTuple):
    """A stretch of a file's text, in code points: start inclusive, end exclusive."""

    path: str
    start: int
    end: int


class Key(NamedTuple):
    """What tells tables apart: without case, and without the schema that is meant when none is named."""

    schema: str
    name: str


@dataclass(frozen=True, slots=True)
class Name:
    """`text` as written, without quotes; `spot` is the place of just that. `schema`: "" if not named."""

    text: str
    spot: Spot
    quoted: bool = False
    schema: str = ""
    schema_quoted: bool = False

    @property
    def key(self) -> Key:
        schema = self.schema.lower()
        return Key("" if schema in _DEFAULT_SCHEMAS else schema, self.text.lower())

    @property
    def address(self) -> str:
        """Qualified as far as it is, lower case unless quoted."""
        name = self.text if self.quoted else self.text.lower()
        if not self.schema:
            return name
        return f"{self.schema if self.schema_quoted else self.schema.lower()}.{name}"


@dataclass(frozen=True, slots=True)
class Account:
    """A user, role or login. `host`: where it may come from, as MySQL has it; else ""."""

    name: Name
    host: str = ""

    @property
    def label(self) -> str:
        name = self.name.text if self.name.quoted else self.name.text.lower()
        return f"{name}@{self.host}" if self.host else name

    @property
    def key(self) -> str:
        return self.label.lower()
