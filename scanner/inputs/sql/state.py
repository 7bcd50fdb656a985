"""What a schema holds while statements are carried out: tables by name, columns in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scanner.inputs.sql.columns import Column
from scanner.inputs.sql.names import Account, Name, Spot
from scanner.inputs.sql.operations import Grant, UserFacts


class Columns:
    """Columns in the order they came, found by name without case. All operations take constant time."""

    def __init__(self) -> None:
        self._columns: dict[int, Column] = {}
        self._slots: dict[str, int] = {}
        self._next = 0

    def __iter__(self) -> Iterator[Column]:
        return iter(self._columns.values())

    def __len__(self) -> int:
        return len(self._columns)

    def find(self, text: str) -> Column | None:
        """The column of that name: of exactly that name if two differ in case only."""
        slot = self._slot(text)
        return None if slot is None else self._columns[slot]

    def _slot(self, text: str) -> int | None:
        exact = self._slots.get(f"={text}")
        return self._slots.get(text.lower()) if exact is None else exact

    def _key(self, name: Name) -> str:
        """PostgreSQL tells "Pan" from pan: of two that differ in case only, the second is kept under its exact name."""
        slot = self._slots.get(name.text.lower())
        other = None if slot is None else self._columns[slot].name
        if other is None or other.text == name.text or not (other.quoted or name.quoted):
            return name.text.lower()
        return f"={name.text}"

    def add(self, column: Column) -> None:
        """Appends it, unless there is one of that name."""
        key = self._key(column.name)
        if key not in self._slots:
            self._columns[self._next], self._slots[key] = column, self._next
            self._next += 1

    def extend(self, columns: Iterable[Column]) -> None:
        """Appends those whose names are not taken."""
        for column in columns:
            self.add(column)

    def remove(self, text: str) -> None:
        """Takes the column of that name away, if there is one."""
        slot = self._slot(text)
        if slot is not None:
            self._forget(text, slot)
            del self._columns[slot]

    def replace(self, text: str, column: Column) -> None:
        """Puts a column in the place of the one called `text`, if there is one."""
        slot = self._slot(text)
        if slot is not None:
            self._forget(text, slot)
            self._columns[slot] = column
            self._slots[self._key(column.name)] = slot

    def _forget(self, text: str, slot: int) -> None:
        for key in (f"={text}", text.lower()):
            if self._slots.get(key) == slot:
                del self._slots[key]


@dataclass(slots=True)
class Table:
    """`assumed`: no CREATE was seen, only statements that change it. `script`: the file of its CREATE."""

    name: Name
    kind: str
    script: str
    columns: Columns = field(default_factory=Columns)
    temporary: bool = False
    partial: bool = False
    assumed: bool = False
    comment: str | None = None
    comment_spot: Spot | None = None
    encrypted: bool = False
    row_security: bool = False
    header: Spot = field(init=False)

    def __post_init__(self) -> None:
        self.header = self.name.spot


@dataclass(slots=True)
class View:
    """`columns`: name and, where it is one, the expression behind it."""

    name: Name
    columns: list[tuple[Name, str]]
    partial: bool
    materialized: bool


@dataclass(slots=True)
class User:
    """`facts`: what was said about it. `password_spot`: where its password stands, if one does."""

    account: Account
    facts: UserFacts = field(default_factory=dict)
    password_spot: Spot | None = None


@dataclass(slots=True)
class Granted:
    """What one GRANT gave one grantee, and is left of it. `statement` numbers the GRANT statements."""

    statement: int
    privileges: list[str]
    grant: Grant
    grantee: Account
    columns: tuple[str, ...] = field(init=False)
    grant_option: bool = field(init=False)

    def __post_init__(self) -> None:
        self.columns, self.grant_option = self.grant.columns, self.grant.grant_option

    def repeats(self, other: Granted) -> bool:
        """Whether this gives what the other gave already."""
        mine, others = (self.privileges, self.columns), (other.privileges, other.columns)
        return mine == others and self.grant_option == other.grant_option
