"""What statements do to a schema, as data: the parsers make it, `schema` carries it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from scanner.inputs.sql.columns import Column, Said
from scanner.inputs.sql.names import Account, Name, Spot


@dataclass(frozen=True, slots=True)
class Output:
    """One column of a SELECT. `name`: None if nothing says what it is called. `source`: the column it is, unchanged."""

    name: Name | None
    source: str
    expression: str


@dataclass(frozen=True, slots=True)
class Select:
    """The columns a SELECT yields as far as its text says.

    `wildcard`: it has a *. `table`: what it selects from, if that is one table and nothing else.
    """

    columns: tuple[Output, ...]
    wildcard: bool
    table: Name | None


@dataclass(frozen=True, slots=True)
class CreateTable:
    """Also composite types (`kind` "type"). `partial`: not all columns stand here.

    `likes`: LIKE other and OF type, each with the number of columns before it.
    """

    name: Name
    kind: str = "table"
    columns: tuple[Column, ...] = ()
    likes: tuple[tuple[int, Name], ...] = ()
    select: Select | None = None
    temporary: bool = False
    if_not_exists: bool = False
    replaces: bool = False
    partial: bool = False
    options: tuple[EditTable, ...] = ()


@dataclass(frozen=True, slots=True)
class CreateView:
    """`columns`: the names written behind the view's own."""

    name: Name
    columns: tuple[Name, ...]
    select: Select | None
    materialized: bool


@dataclass(frozen=True, slots=True)
class AddColumn:
    column: Column


@dataclass(frozen=True, slots=True)
class DropColumn:
    name: Name


@dataclass(frozen=True, slots=True)
class EditColumn:
    """`said` replaces what was known; all of it if the statement `redefines` the column. `renamed`: its new name."""

    name: Name
    said: Said
    renamed: Name | None = None
    redefines: bool = False


@dataclass(frozen=True, slots=True)
class RenameTable:
    """`to` without a schema stays in the old one's."""

    to: Name


@dataclass(frozen=True, slots=True)
class MoveTable:
    schema: Name


@dataclass(frozen=True, slots=True)
class EditTable:
    """None: not mentioned."""

    comment: str | None = None
    comment_spot: Spot | None = None
    encrypted: bool | None = None
    row_security: bool | None = None


UserFacts: TypeAlias = "dict[str, str | bool]"
"""What a statement says about a user: keys of its config, only those it mentions."""

Change: TypeAlias = AddColumn | DropColumn | EditColumn | RenameTable | MoveTable | EditTable


@dataclass(frozen=True, slots=True)
class AlterTable:
    """`creates`: a table nobody created is assumed to exist elsewhere (COMMENT ON and sp_rename assume nothing)."""

    name: Name
    changes: tuple[Change, ...]
    creates: bool = True


@dataclass(frozen=True, slots=True)
class Drop:
    """`kind`: a subject's type (table, view, type, function, trigger, extension), or "schema" for all that is in it.

    `table`: the one a trigger is on, where that is said.
    """

    kind: str
    names: tuple[Name, ...]
    table: Name | None = None


@dataclass(frozen=True, slots=True)
class DropUser:
    users: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class UseSchema:
    """Where unqualified names are looked up from here on in this file; what is created goes to the first."""

    schemas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Define:
    """Anything that is told by its name alone: function, trigger, extension. `config` goes to the subject as it is.

    `table`: the one a trigger is on.
    """

    kind: str
    name: Name
    config: dict[str, str | None]
    table: Name | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """`value` None: back to its default. `target`: the database or role it is for."""

    name: Name
    value: str | None
    value_spot: Spot
    scope: str
    target: str


@dataclass(frozen=True, slots=True)
class EditUser:
    """`password_spot`: where a password stands; its text goes nowhere."""

    user: Account
    said: UserFacts
    password_spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """GRANT and REVOKE of privileges on one object, or of roles (`object_type` "role", the roles as privileges).

    `object_name` is None for roles. `columns`: those the privileges are limited to. `spot`: from GRANT to the object.
    `option_only`: REVOKE GRANT OPTION FOR.
    """

    privileges: tuple[str, ...]
    columns: tuple[str, ...]
    object_type: str
    object_name: Name | None
    grantees: tuple[Account, ...]
    grant_option: bool
    spot: Spot
    privilege_spot: Spot
    revokes: bool = False
    option_only: bool = False


Operation: TypeAlias = (
    CreateTable | CreateView | AlterTable | Drop | UseSchema | DropUser | Define | Setting | EditUser | Grant
)
