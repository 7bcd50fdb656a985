"""A schema as subjects: what rules see.

Configs (every key is always there; null where nothing was said):
    table, type   name, schema, temporary, partial, comment, encrypted, row_security, columns: [name, type, base_type,
                  length, scale, nullable, default, generated, expression, identity, check, collation, comment,
                  encrypted, masked]
    view          name, schema, materialized, partial, columns: [name, expression]
    grant         privileges, columns, object, object_type, grantees, grant_option
    user          name, host, kind, password (true | false | "empty" | "variable"), hashed, superuser, createdb,
                  createrole, replication, bypassrls, login, locked, check_policy, check_expiration, require_tls,
                  valid_until
    setting       name, value, scope (system | global | database | role | server), target
    extension     name, schema, version;    function  name, schema, kind;    trigger  name, schema, table
Names are as written (`CardNumber`), `base_type` is lower case without lengths. `partial`: there may be columns that are
not listed; with none known at all, `columns` is unknown.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scanner.inputs.sql.access import Access
from scanner.inputs.sql.columns import Column
from scanner.inputs.sql.names import Spot
from scanner.inputs.sql.operations import Define, Setting
from scanner.inputs.sql.schema import Schema
from scanner.inputs.sql.state import Granted, Table, User, View
from scanner.model import Json, Keys, Place, Span, Subject, unknown

_USER_FACTS = (
    "hashed",
    "superuser",
    "createdb",
    "createrole",
    "replication",
    "bypassrls",
    "login",
    "locked",
    "check_policy",
    "check_expiration",
    "require_tls",
    "valid_until",
)
_MAX_ADDRESS = 300


class Lines:
    """From offsets in a text to places."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def line(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def place(self, spot: Spot) -> Place:
        start, end = self.line(spot.start), self.line(spot.end)
        columns = (spot.start - self._starts[start - 1] + 1, spot.end - self._starts[end - 1] + 1)
        return Place(self._path, Span(start, columns[0], end, columns[1]))


@dataclass(slots=True)
class _Draft:
    """A subject whose places are still offsets, and whose address may be somebody else's too."""

    type: str
    name: str
    address: str
    header: Spot
    config: Json
    spots: dict[Keys, Spot] = field(default_factory=dict)


def subjects(unit: str, schema: Schema, texts: Mapping[str, str]) -> tuple[Subject, ...]:
    """All subjects, kind by kind, each in the order of definition. `texts`: the files by path, as they were read."""
    lines: dict[str, Lines] = {}
    taken: dict[str, int] = {}

    def place(spot: Spot) -> Place:
        if spot.path not in lines:
            lines[spot.path] = Lines(spot.path, texts[spot.path])
        return lines[spot.path].place(spot)

    def finished(draft: _Draft) -> Subject:
        address = draft.address
        while address in taken:
            taken[draft.address] += 1
            address = f"{draft.address}#{taken[draft.address]}"
        taken[address] = 1
        places = {keys: place(spot) for keys, spot in draft.spots.items()}
        return Subject(f"{unit}:{address}", draft.type, draft.name, address, place(draft.header), draft.config, places)

    return tuple(finished(draft) for draft in _drafts(schema))


def _drafts(schema: Schema) -> Iterator[_Draft]:
    yield from map(_table, schema.tables.values())
    yield from map(_view, schema.views.values())
    yield from _grants(schema.access)
    yield from map(_user, schema.access.users.values())
    yield from map(_setting, schema.access.settings.values())
    yield from map(_defined, schema.defined.values())


def _table(table: Table) -> _Draft:
    name = table.name
    columns: Json = [_column(column) for column in table.columns]
    config = {
        "name": name.text,
        "schema": name.schema or None,
        "temporary": table.temporary,
        "partial": table.partial,
        "comment": table.comment,
        "encrypted": table.encrypted,
        "row_security": table.row_security,
        "columns": columns or (unknown("its columns are not written in these files") if table.partial else []),
    }
    address = name.address if table.kind == "table" else f"{table.kind}:{name.address}"
    draft = _Draft(table.kind, name.text, address, table.header, config)
    if table.comment_spot:
        draft.spots[("comment",)] = table.comment_spot
    for index, column in enumerate(table.columns):
        draft.spots[("columns", index)] = draft.spots[("columns", index, "name")] = column.name.spot
        if column.type:
            draft.spots[("columns", index, "type")] = column.type.spot
        if column.comment_spot:
            draft.spots[("columns", index, "comment")] = column.comment_spot
    return draft


def _column(column: Column) -> Json:
    kind = column.type
    return {
        "name": column.name.text,
        "type": kind.text if kind else None,
        "base_type": kind.base if kind else None,
        "length": kind.length if kind else None,
        "scale": kind.scale if kind else None,
        "nullable": column.nullable is not False,
        "default": column.default,
        "generated": column.generated,
        "expression": column.expression,
        "identity": column.identity,
        "check": column.check,
        "collation": column.collation,
        "comment": column.comment,
        "encrypted": column.encrypted,
        "masked": column.masked,
    }


def _view(view: View) -> _Draft:
    columns: Json = [{"name": name.text, "expression": expression or None} for name, expression in view.columns]
    config = {
        "name": view.name.text,
        "schema": view.name.schema or None,
        "materialized": view.materialized,
        "partial": view.partial,
        "columns": columns
        or (unknown("its columns are those of a query that does not name them") if view.partial else []),
    }
    draft = _Draft("view", view.name.text, view.name.address, view.name.spot, config)
    for index, (name, _) in enumerate(view.columns):
        draft.spots[("columns", index)] = draft.spots[("columns", index, "name")] = name.spot
    return draft


def _grants(access: Access) -> Iterator[_Draft]:
    """One subject for those of a statement's grantees that are left with the same."""
    grouped: dict[tuple[int, tuple[str, ...], tuple[str, ...], bool], list[Granted]] = {}
    for granted in sorted(access.grants(), key=lambda each: each.statement):
        key = (granted.statement, tuple(granted.privileges), granted.columns, granted.grant_option)
        grouped.setdefault(key, []).append(granted)
    for (_, privileges, columns, option), same in grouped.items():
        yield _grant(privileges, columns, option, same)


def _grant(privileges: tuple[str, ...], columns: tuple[str, ...], option: bool, same: list[Granted]) -> _Draft:
    grant, grantees = same[0].grant, [granted.grantee for granted in same]
    labels = [grantee.label for grantee in grantees]
    target = grant.object_name.address if grant.object_name else None
    config = {
        "privileges": list(privileges),
        "columns": list(columns),
        "object": target,
        "object_type": grant.object_type,
        "grantees": labels,
        "grant_option": option,
    }
    what = ", ".join(privileges) + (f" on {target}" if target else "")
    address = f"grant:{what} to {', '.join(labels)}"[:_MAX_ADDRESS]
    draft = _Draft("grant", target or ", ".join(privileges), address, grant.spot, config)
    draft.spots[("privileges",)] = grant.privilege_spot
    if grant.object_name:
        draft.spots[("object",)] = grant.object_name.spot
    draft.spots |= {("grantees", index): grantee.name.spot for index, grantee in enumerate(grantees)}
    return draft


def _user(user: User) -> _Draft:
    name = user.account.name
    config: dict[str, Json] = {
        "name": name.text,
        "host": user.account.host or None,
        "kind": "user",
        "password": False,
        **dict.fromkeys(_USER_FACTS),
        **user.facts,
    }
    draft = _Draft("user", name.text, f"user:{user.account.label}", name.spot, config, {("name",): name.spot})
    if user.password_spot:
        draft.spots[("password",)] = user.password_spot
    return draft


def _setting(setting: Setting) -> _Draft:
    name = setting.name.text
    config = {"name": name, "value": setting.value, "scope": setting.scope, "target": setting.target or None}
    address = ":".join(filter(None, ("setting", setting.scope, setting.target, name)))
    spots: dict[Keys, Spot] = {("name",): setting.name.spot, ("value",): setting.value_spot}
    return _Draft("setting", name, address, setting.name.spot, config, spots)


def _defined(define: Define) -> _Draft:
    name = define.name
    config = {"name": name.text, "schema": name.schema or None, **define.config}
    on = f"{define.table.address}." if define.table else ""
    return _Draft(
        define.kind, name.text, f"{define.kind}:{on}{name.address}", name.spot, config, {("name",): name.spot}
    )
