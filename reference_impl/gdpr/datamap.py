"""The data map: `data_map.yaml`, read strictly and compared with what the service really holds.

From it come what a person is told (Art. 15), what an erasure does (Art. 17), how long rows stay (Art. 5(1)(e)) and the
record of processing (Art. 30). A table, column, field, family of keys or file that is not in it stops the start.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from sqlalchemy import MetaData
from typing_extensions import Self

from reference_impl.errors import ConfigurationError
from reference_impl.gdpr.periods import kept_until, over_before

DEFAULT = Path(__file__).with_name("data_map.yaml")
NONE = "none"
"""Of what tells nothing of anybody."""
KINDS = ("payment", "personal", "behavioural", "technical")
"""Categories: each has its basis and its retention."""
Is = Literal["payment", "personal", "behavioural", "technical", "none"]
Reference = Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z_]+$")]


class Erased(str, Enum):
    """What becomes of a column whose row stays.

    ERASED: the same word for everybody; BLANK: nothing; RANDOM: a value of its own, where one has to be unique; DAY: a
    time without its hour.
    """

    KEEP = "keep"
    ERASED = "erased"
    BLANK = "blank"
    RANDOM = "random"
    DAY = "day"


class Erasure(str, Enum):
    """What becomes of a person's rows. REDUCE: what is needed by law stays, and cannot be told from others'."""

    DELETE = "delete"
    REDUCE = "reduce"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Category(_Part):
    """`days`, `years`: see `periods.kept_until`; `needed`: may not be deleted before."""

    basis: Literal["legal_obligation", "legitimate_interest", "consent"]
    article: str
    days: Annotated[int, Field(ge=1)]
    years: Annotated[int, Field(ge=0)] = 0
    needed: bool = False
    reason: str


class Purpose(_Part):
    """Why something is processed; `automated`: decisions that are made by it (Art. 15(1)(h), 22)."""

    why: str
    people: str
    recipients: tuple[str, ...]
    automated: str = ""


class Whose(_Part):
    """Which rows are a person's: those with the subject of their key in `column`, or those whose `column` is `in` a
    column of rows of another table that are theirs. `where`: of the table that has the subject; `others`: what is no
    person may be in the column too.
    """

    column: str
    is_: Literal["subject", ""] = Field(default="", alias="is")
    in_: Reference | None = Field(default=None, alias="in")
    where: dict[str, str] = {}
    others: bool = False

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.is_) == bool(self.in_):
            raise ValueError("either is or in")
        return self


class Open(_Part):
    """Values with which a row is not settled: an erasure waits."""

    column: str
    values: tuple[str, ...]


class Columns(_Part):
    """`hidden`: why an answer leaves them out; `sealed`: JSON under the person's key; `keyed`: `SubjectKey.hidden` of
    what it was, with the purpose `table.column`.
    """

    is_: Is = Field(alias="is")
    names: tuple[str, ...]
    erased: Erased | None = None
    hidden: str = ""
    sealed: bool = False
    keyed: bool = False


class Table(_Part):
    """`because`: there is nothing personal in it; `alone`: not what is also another person's; `used`: a row counts as
    long as newer ones there have what it has in `key`; `active`: as long as the person has newer ones; `days`: fewer
    than the category's; `follows`: a row goes when no row with the same value is left there.
    """

    holds: str
    purpose: str
    columns: tuple[Columns, ...]
    because: str = ""
    store: str = ""
    category: Literal["payment", "personal", "behavioural", "technical", ""] = ""
    section: str = ""
    portable: bool = False
    since: str = ""
    days: int | None = None
    used: tuple[Reference, ...] = ()
    key: str = ""
    follows: Reference | None = None
    active: bool = False
    whose: tuple[Whose, ...] = ()
    alone: bool = False
    open: Open | None = None
    erasure: Erasure | None = None
    outbox: bool = False
    staff: bool = False

    @model_validator(mode="after")
    def _whole(self) -> Self:
        personal = any(group.is_ != NONE for group in self.columns)
        if personal == bool(self.because):
            raise ValueError("because says why there is nothing personal, and nothing else")
        if personal and not (self.store and self.category):
            raise ValueError("a store and a category")
        if personal and not (self.outbox or self.staff) and not (self.whose and self.erasure):
            raise ValueError("whose rows they are, and what an erasure does")
        if self.erasure is Erasure.REDUCE and any(group.erased is None for group in self.columns):
            raise ValueError("what becomes of each column")
        if bool(self.used) != bool(self.key):
            raise ValueError("used by which rows, and by which column: both or neither")
        return self

    @property
    def names(self) -> list[str]:
        """Of all columns."""
        return [name for group in self.columns for name in group.names]

    @property
    def direct(self) -> str:
        """The column with the person's subject in it, if there is one."""
        return next((whose.column for whose in self.whose if whose.is_), "")

    def becomes(self, column: str) -> Erased:
        """What an erasure makes of it. Of a table whose rows stay."""
        return next(group.erased or Erased.KEEP for group in self.columns if column in group.names)


class EventFields(_Part):
    """`sealed_for`: whose key hides it."""

    payment: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    technical: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    sealed_for: Literal["person", "tenant"]

    @property
    def names(self) -> list[str]:
        """Of all fields."""
        return [*self.payment, *self.personal, *self.technical, *self.none]


class Family(_Part):
    """Of keys in Redis."""

    holds: str
    is_: Is = Field(alias="is")
    erased: bool


class File(_Part):
    """Or a folder."""

    holds: str
    is_: Is = Field(alias="is")
    erased: str = ""


class DataMap(_Part):
    """All of it. Tables, categories and purposes by name."""

    version: str
    transfers: str
    measures: tuple[str, ...]
    categories: dict[Literal["payment", "personal", "behavioural", "technical"], Category]
    purposes: dict[str, Purpose]
    tables: dict[str, Table]
    events: dict[str, EventFields]
    redis: dict[str, Family]
    files: dict[str, File]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if missing := [kind for kind in KINDS if kind not in self.categories]:
            raise ValueError(f"categories without a retention: {', '.join(missing)}")
        for name, table in self.tables.items():
            if table.purpose not in self.purposes:
                raise ValueError(f"{name}: there is no purpose {table.purpose}")
            if table.erasure is not None and not (table.since or table.follows):
                raise ValueError(f"{name}: from when its rows are kept")
            if table.erasure is Erasure.DELETE and table.category and self.categories[table.category].needed:
                raise ValueError(f"{name}: what a law wants kept is not deleted")
        _ = self.order
        return self

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Tables with rows of customers, those first that are found through others."""
        found = {
            name: {whose.in_.partition(".")[0] for whose in table.whose if whose.in_} for name, table in self._of()
        }
        try:
            return tuple(reversed(tuple(TopologicalSorter(found).static_order())))
        except CycleError:
            raise ValueError("tables say of each other whose rows they hold") from None

    def dependents(self, name: str) -> tuple[str, ...]:
        """Tables whose rows are found through this one, those first that are found through others of them."""
        found = {name}
        for each in reversed(self.order):
            if any(whose.in_ and whose.in_.partition(".")[0] in found for whose in self.tables[each].whose):
                found.add(each)
        return tuple(each for each in self.order if each in found and each != name)

    def category(self, table: Table) -> Category:
        """Of a table with personal data."""
        return self.categories[table.category or "personal"]

    def days(self, table: Table) -> int:
        """How long its rows stay."""
        return self.category(table).days if table.days is None else table.days

    def until(self, table: Table, event: datetime) -> date:
        """The first day on which a row with this date is not kept any more."""
        return kept_until(event, self.days(table), self.category(table).years)

    def over(self, table: Table, now: datetime) -> datetime:
        """Rows from before this moment go."""
        return over_before(now, self.days(table), self.category(table).years)

    def _of(self) -> Iterator[tuple[str, Table]]:
        return ((name, table) for name, table in self.tables.items() if table.whose)


def load(path: Path = DEFAULT) -> DataMap:
    """Raises ConfigurationError that names what is wrong."""
    try:
        return DataMap.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, yaml.YAMLError, UnicodeDecodeError):
        raise ConfigurationError(f"{path.name}: cannot be read as YAML") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise ConfigurationError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def check(held: DataMap, tables: MetaData, events: Mapping[str, Collection[str]], families: Collection[str]) -> None:
    """That the map is what there is. `events`: fields by TYPE/VERSION; `families`: of keys in Redis.

    Raises ConfigurationError that names each table, column, field and family that the map leaves out, says twice, or
    has and nothing else does.
    """
    wrong = list(_differences("table", set(held.tables), set(tables.tables)))
    for name in held.tables.keys() & tables.tables.keys():
        wrong += _compared(f"column of {name}", held.tables[name].names, list(tables.tables[name].columns.keys()))
        wrong += _unknown(name, held.tables[name], held)
    wrong += _differences("event", set(held.events), set(events))
    for name in held.events.keys() & events.keys():
        wrong += _compared(f"field of {name}", held.events[name].names, list(events[name]))
    wrong += _differences("family of keys", set(held.redis), set(families))
    if wrong:
        raise ConfigurationError(f"the data map is not what the service holds: {'; '.join(sorted(wrong))}")


def _compared(what: str, said: list[str], there: list[str]) -> Iterator[str]:
    yield from (f"{what} said twice: {name}" for name in {name for name in said if said.count(name) > 1})
    yield from _differences(what, set(said), set(there))


def _differences(what: str, said: set[str], there: set[str]) -> Iterator[str]:
    yield from (f"{what} missing from the map: {name}" for name in there - said)
    yield from (f"{what} that does not exist: {name}" for name in said - there)


def _unknown(name: str, table: Table, held: DataMap) -> Iterator[str]:
    """References to what is not there."""
    own = [
        table.since,
        table.key,
        *(whose.column for whose in table.whose),
        *([table.open.column] if table.open else []),
    ]
    yield from (f"{name} refers to {column}" for column in own if column and column not in table.names)
    for reference in [
        *table.used,
        *([table.follows] if table.follows else []),
        *(whose.in_ for whose in table.whose if whose.in_),
    ]:
        other, _, column = reference.partition(".")
        if other not in held.tables or column not in held.tables[other].names:
            yield f"{name} refers to {reference}"
