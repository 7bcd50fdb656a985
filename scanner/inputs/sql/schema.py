"""Operations carried out one after the other."""

from __future__ import annotations

from dataclasses import replace

from scanner.inputs.sql.access import Access
from scanner.inputs.sql.columns import Column
from scanner.inputs.sql.names import Key, Name
from scanner.inputs.sql.operations import (
    AddColumn,
    AlterTable,
    Change,
    CreateTable,
    CreateView,
    Define,
    Drop,
    DropColumn,
    DropUser,
    EditColumn,
    EditTable,
    EditUser,
    Grant,
    MoveTable,
    Operation,
    Output,
    RenameTable,
    Select,
    Setting,
    UseSchema,
)
from scanner.inputs.sql.state import Columns, Table, View

_MAX_COPIES = 50_000  # columns that LIKE and SELECT * may multiply


class Schema:
    """What the scripts so far have made. Call `script` before the operations of each."""

    def __init__(self) -> None:
        self.tables: dict[Key, Table] = {}
        self.views: dict[Key, View] = {}
        self.defined: dict[tuple[str, Key, Key | None], Define] = {}
        self.access = Access()
        self._same_name: dict[str, set[Key]] = {}
        self._in_schema: dict[str, set[Key]] = {}
        self._script, self._ordered = "", False
        self._search_path: tuple[str, ...] = ()
        self._ordered_scripts: set[str] = set()
        self._set_aside: dict[Key, Table] = {}
        self._copies = 0

    def script(self, path: str, ordered: bool) -> None:
        """What follows comes from this file. `ordered`: its name gives it a place in a sequence."""
        self._script, self._ordered, self._search_path = path, ordered, ()
        self._set_aside = {}
        if ordered:
            self._ordered_scripts.add(path)

    def apply(self, operation: Operation) -> None:
        match operation:
            case CreateTable():
                self._create(operation)
            case AlterTable():
                self._alter(operation)
            case CreateView():
                self._view(operation)
            case Drop():
                self._drop(operation)
            case Define():
                self.defined[operation.kind, operation.name.key, _key(operation.table)] = operation
            case UseSchema():
                self._search_path = operation.schemas
            case Grant():
                target = operation.object_name
                if target and operation.object_type == "table" and target.text != "*":
                    operation = replace(operation, object_name=self._qualify(target))
                (self.access.revoke if operation.revokes else self.access.grant)(operation)
            case EditUser():
                self.access.edit_user(operation)
            case DropUser():
                self.access.drop_users(operation)
            case Setting():
                self.access.set(operation)

    def _qualify(self, name: Name) -> Name:
        if name.schema or not self._search_path:
            return name
        return replace(name, schema=self._search_path[0], schema_quoted=True)

    def _found(self, name: Name) -> Key:
        """The key of the table or view that a name means, going by its schema and the search path alone."""
        if not name.schema:
            for schema in self._search_path:
                key = replace(name, schema=schema).key
                if key in self.tables or key in self.views:
                    return key
        return self._qualify(name).key

    def _find(self, name: Name | None) -> Table | None:
        """The table that is meant: of that schema, else one whose schema nobody named, else the only one so called."""
        if name is None:
            return None
        if found := self.tables.get(self._found(name)):
            return found
        if name.schema:
            found = self.tables.get(Key("", name.key.name))
            return found if found and not found.name.schema else None
        keys = self._same_name.get(name.key.name, set())
        return self.tables[next(iter(keys))] if len(keys) == 1 else None

    def _put(self, table: Table) -> None:
        key = table.name.key
        self.tables[key] = table
        self._same_name.setdefault(key.name, set()).add(key)
        self._in_schema.setdefault(key.schema, set()).add(key)

    def _take(self, key: Key) -> Table | None:
        self._same_name.get(key.name, set()).discard(key)
        return self.tables.pop(key, None)

    def _create(self, create: CreateTable) -> None:
        name = self._qualify(create.name)
        table = Table(name, create.kind, self._script, temporary=create.temporary, partial=create.partial)
        for option in create.options:
            _edit_table(table, option)
        query, columns = create.select, create.columns
        if query and columns and all(column == Column(column.name) for column in columns):
            columns, query = self._renamed(query, columns), None  # CREATE TABLE t (a, b) AS SELECT …
        done = 0
        for position, like in create.likes:
            table.columns.extend(columns[done:position])
            self._copy(self._find(like), table)
            done = position
        table.columns.extend(columns[done:])
        if query:
            self._fill(table, query)
        existing = self.tables.get(name.key) or self._set_aside.pop(name.key, None)
        if existing is None or create.replaces:
            self._put(table)
        elif existing.assumed:
            table.columns.extend(existing.columns)
            self._put(table)
        elif not (create.if_not_exists and self._ordered and existing.script in self._ordered_scripts):
            self._put(_merge(existing, table))

    def _copy(self, source: Table | None, into: Table) -> None:
        if source is None:
            into.partial = True
            return
        self._copies += len(source.columns)
        into.partial |= source.partial or self._copies > _MAX_COPIES
        if self._copies <= _MAX_COPIES:
            into.columns.extend(source.columns)

    def _fill(self, table: Table, query: Select) -> None:
        """CREATE TABLE … AS SELECT: the columns of the query, with their types where it only passes them on."""
        source = self._find(query.table)
        if query.wildcard:
            self._copy(source, table)
        for output in query.columns:
            if output.name:
                table.columns.add(_selected(output, output.name, source))
            else:
                table.partial = True

    def _renamed(self, query: Select, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """A query's columns under the names that a list gives them."""
        if query.wildcard or len(query.columns) != len(columns):
            return columns
        source = self._find(query.table)
        pairs = zip(query.columns, columns, strict=True)
        return tuple(_selected(output, column.name, source) for output, column in pairs)

    def _view(self, create: CreateView) -> None:
        name, query = self._qualify(create.name), create.select
        view = View(name, [], False, create.materialized)
        if create.columns:
            outputs = query.columns if query and not query.wildcard else ()
            expressions = [output.expression for output in outputs]
            expressions += [""] * (len(create.columns) - len(expressions))
            view.columns = list(zip(create.columns, expressions, strict=False))
        elif query is None:
            view.partial = True
        else:
            self._name_outputs(view, query)
        self.views[name.key] = view
        self._in_schema.setdefault(name.key.schema, set()).add(name.key)

    def _name_outputs(self, view: View, query: Select) -> None:
        if query.wildcard:
            seen = Table(view.name, "view", "")
            self._copy(self._find(query.table), seen)
            view.columns = [(column.name, "") for column in seen.columns]
            view.partial = seen.partial
        view.columns += [(output.name, output.expression) for output in query.columns if output.name]
        view.partial |= any(output.name is None for output in query.columns)

    def _alter(self, alter: AlterTable) -> None:
        table = self._find(alter.name)
        if table is None:
            name = self._qualify(alter.name)
            tells = any(isinstance(change, AddColumn | EditColumn) for change in alter.changes)
            if not (alter.creates and tells) or self._found(name) in self.views:
                return
            table = Table(name, "table", self._script, partial=True, assumed=True)
            self._put(table)
        for change in alter.changes:
            table = self._change(table, change, alter.creates)

    def _change(self, table: Table, change: Change, creates: bool) -> Table:
        match change:
            case AddColumn():
                table.columns.add(change.column)
            case DropColumn():
                table.columns.remove(change.name.text)
            case EditColumn():
                _edit_column(table.columns, change, creates)
            case EditTable():
                _edit_table(table, change)
            case RenameTable():
                to = change.to
                schema, quoted = (
                    (to.schema, to.schema_quoted) if to.schema else (table.name.schema, table.name.schema_quoted)
                )
                return self._rename(table, replace(to, schema=schema, schema_quoted=quoted))
            case MoveTable():
                schema = change.schema.text
                return self._rename(table, replace(table.name, schema=schema, schema_quoted=change.schema.quoted))
        return table

    def _rename(self, table: Table, name: Name) -> Table:
        self._take(table.name.key)
        table.name = name
        existing = self.tables.get(name.key)
        merged = _merge(existing, table) if existing else table
        self._put(merged)
        return merged

    def _drop(self, drop: Drop) -> None:
        for name in drop.names:
            key = self._found(name)
            if drop.kind in {"table", "type"}:
                self._drop_table(key)
            elif drop.kind == "view":
                self.views.pop(key, None)
            elif drop.kind == "schema":
                schema = replace(name, schema=name.text).key.schema
                for each in sorted(self._in_schema.pop(schema, set())):
                    self._drop_table(each)
                    self.views.pop(each, None)
            else:
                self.defined.pop((drop.kind, name.key, _key(drop.table)), None)

    def _drop_table(self, key: Key) -> None:
        """Of two scripts without order, each may begin by dropping what the other makes: they are alternatives."""
        table = self._take(key)
        if table is None:
            return
        self.access.forget_table(table.name)
        ordered = self._ordered or table.script in self._ordered_scripts
        if not ordered and table.script != self._script and not table.assumed:
            self._set_aside[key] = table


def _key(name: Name | None) -> Key | None:
    return name.key if name else None


def _selected(output: Output, name: Name, source: Table | None) -> Column:
    """A column of a query: what it is in the table it comes from, else what computes it."""
    origin = source.columns.find(output.source) if source and output.source else None
    return replace(origin, name=name) if origin else Column(name, expression=output.expression or None)


def _merge(existing: Table, other: Table) -> Table:
    """Both define the same table: keep all columns of either."""
    existing.columns.extend(other.columns)
    existing.partial |= other.partial
    return existing


def _edit_column(columns: Columns, edit: EditColumn, creates: bool) -> None:
    """A column that is edited exists, even if its definition was not seen."""
    old = columns.find(edit.name.text)
    if old is None:
        if creates:
            columns.add(replace(Column(edit.renamed or edit.name), **edit.said))
        return
    new = replace(Column(old.name) if edit.redefines else old, **edit.said)
    columns.replace(edit.name.text, replace(new, name=edit.renamed or new.name))


def _edit_table(table: Table, edit: EditTable) -> None:
    if edit.comment is not None:
        table.comment, table.comment_spot = edit.comment or None, edit.comment_spot
    if edit.encrypted is not None:
        table.encrypted = edit.encrypted
    if edit.row_security is not None:
        table.row_security = edit.row_security
