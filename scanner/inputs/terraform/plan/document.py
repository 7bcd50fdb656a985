"""The text of a plan -> what it says, and where each resource and variable stands in it.

Plans are large and often one line: their parts are decoded by Python's own JSON decoder, one by one, so that offsets of
the parts are known without a tree of offsets for all of it. `Node`s of a part are made when somebody asks for places.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from scanner.errors import ParseError
from scanner.inputs.terraform.syntax import File
from scanner.model import Json
from scanner.text import Source, is_utf16

MAX_MODULES_DEEP = 50
_BLANK = re.compile(r"[ \t\r\n]*").match
_VERSION = re.compile(r"(\d{1,6})\.\d{1,6}(\D|$)").match


class Planned(NamedTuple):
    """A resource instance, or a data block read. `module`: the address of its module, "" for the root.

    `values`, `unknown` and `sensitive` have the same shape; the latter two hold `true` where a value is not known yet,
    or not to be shown. `start` and `end`: its offsets in the text.
    """

    address: str
    module: str
    mode: str
    type: str
    name: str
    values: Json
    unknown: Json
    sensitive: Json
    start: int
    end: int


class Plan(NamedTuple):
    """A plan, or a state (which has no configuration). `variables`: name -> its value and the offsets of that."""

    file: File
    resources: list[Planned]
    variables: dict[str, tuple[Json, int, int]]
    configuration: dict[str, Json]
    errored: bool

    @property
    def names(self) -> set[str]:
        """What the root module must declare for these resources to be: resources, data blocks and module calls."""
        return {stripped(item.address) if not item.module else _first_call(item.module) for item in self.resources}


def read(source: Source) -> Plan:
    """ParseError for what is no plan that can be read: the message says what to do."""
    if is_utf16(source.data):
        message = "a plan in UTF-16, as PowerShell's '>' writes it: save it as UTF-8 (`| Out-File -Encoding utf8`)"
        raise ParseError(source.path, message, 1)
    file = File.of(source)
    try:
        return _Reader(file).plan()
    except json.JSONDecodeError as error:
        message = f"this plan is no complete JSON: {error.msg}; make it again with `terraform show -json`"
        raise ParseError(source.path, message, file.line(min(error.pos, len(file.text)))) from None
    except ValueError:
        raise ParseError(source.path, "this plan holds a number that is no JSON, or too long", 1) from None
    except RecursionError:
        raise ParseError(source.path, "this plan nests too deeply to be read", 1) from None


_INDEX = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')


def stripped(address: str) -> str:
    """An address without the indexes of instances."""
    return _INDEX.sub("", address) if "[" in address else address


def _first_call(module: str) -> str:
    return ".".join(stripped(module).split(".")[:2])


def _no_constant(name: str) -> Json:
    raise ValueError(name)


class _Reader:
    """Walks down to the resources and variables; all else is decoded as a whole where it is of interest."""

    def __init__(self, file: File) -> None:
        self._file, self._text = file, file.text
        self._decode = json.JSONDecoder(parse_constant=_no_constant).raw_decode
        self._found: dict[str, Json] = {}
        self._rows: list[tuple[str, dict[str, Json], int, int]] = []
        self._variables: dict[str, tuple[Json, int, int]] = {}
        self._depth = 0

    def plan(self) -> Plan:
        end = self._object(
            self._past_blanks(0),
            {
                "format_version": self._kept("format_version"),
                "variables": lambda at: self._each(at, self._variable),
                "planned_values": self._values,
                "values": self._values,
                "resource_changes": self._kept("resource_changes"),
                "configuration": self._kept("configuration"),
                "errored": self._kept("errored"),
            },
        )
        rest = self._past_blanks(end)
        if rest < len(self._text):
            raise json.JSONDecodeError("something follows the plan", self._text, rest)
        self._check_version()
        changes = self._changes()
        resources = [item for row in self._rows if (item := _planned(row, changes))]
        configuration = self._found.get("configuration")
        return Plan(
            self._file,
            resources,
            self._variables,
            configuration if isinstance(configuration, dict) else {},
            self._found.get("errored") is True,
        )

    def _check_version(self) -> None:
        version = self._found.get("format_version")
        match = _VERSION(version) if isinstance(version, str) else None
        if match is None:
            raise ParseError(self._file.path, "the format_version of this plan cannot be read", 1)
        if int(match[1]) > 1:
            message = f"this plan is in format {match[1]}, paylint reads 0 and 1: a newer paylint may know it"
            raise ParseError(self._file.path, message, 1)

    def _changes(self) -> dict[str, Json]:
        """Address -> {"after_unknown", "after_sensitive", …} of what is going to change."""
        rows = self._found.get("resource_changes")
        found = {}
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and isinstance(row.get("change"), dict) and "deposed" not in row:
                found[str(row.get("address"))] = row["change"]
        return found

    # Walking

    def _past_blanks(self, at: int) -> int:
        match = _BLANK(self._text, at)
        return match.end() if match else at

    def _expect(self, at: int, sign: str) -> int:
        at = self._past_blanks(at)
        if self._text[at : at + 1] != sign:
            raise json.JSONDecodeError(f"expected '{sign}'", self._text, at)
        return self._past_blanks(at + 1)

    def _skip(self, at: int) -> int:
        return self._decode(self._text, at)[1]

    def _kept(self, name: str) -> Callable[[int], int]:
        def keep(at: int) -> int:
            self._found[name], end = self._decode(self._text, at)
            return end

        return keep

    def _each(self, at: int, member: Callable[[str, int], int]) -> int:
        """Calls `member` with the key and the offset of the value of every entry of an object; gives its end."""
        if self._text[at : at + 1] != "{":
            return self._skip(at)
        at = self._expect(at, "{")
        while self._text[at : at + 1] != "}":
            if self._text[at : at + 1] != '"':
                raise json.JSONDecodeError("expected a key in double quotes", self._text, at)
            key, at = self._decode(self._text, at)
            at = self._past_blanks(member(key, self._expect(at, ":")))
            if self._text[at : at + 1] == ",":
                at = self._past_blanks(at + 1)
            elif self._text[at : at + 1] != "}":
                raise json.JSONDecodeError("expected ',' or '}'", self._text, at)
        return at + 1

    def _object(self, at: int, members: Mapping[str, Callable[[int], int]]) -> int:
        return self._each(at, lambda key, start: members.get(key, self._skip)(start))

    def _list(self, at: int, item: Callable[[int], int]) -> int:
        if self._text[at : at + 1] != "[":
            return self._skip(at)
        at = self._expect(at, "[")
        while self._text[at : at + 1] != "]":
            at = self._past_blanks(item(at))
            if self._text[at : at + 1] == ",":
                at = self._past_blanks(at + 1)
            elif self._text[at : at + 1] != "]":
                raise json.JSONDecodeError("expected ',' or ']'", self._text, at)
        return at + 1

    # What is found on the way

    def _variable(self, name: str, at: int) -> int:
        def value(start: int) -> int:
            data, end = self._decode(self._text, start)
            self._variables[name] = (data, start, end)
            return end

        return self._object(at, {"value": value})

    def _values(self, at: int) -> int:
        return self._object(at, {"root_module": self._module})

    def _module(self, at: int) -> int:
        self._depth += 1
        if self._depth > MAX_MODULES_DEEP:
            raise RecursionError
        rows: list[tuple[dict[str, Json], int, int]] = []
        address: list[Json] = [""]

        def resource(start: int) -> int:
            data, end = self._decode(self._text, start)
            if isinstance(data, dict):
                rows.append((data, start, end))
            return end

        def named(start: int) -> int:
            address[0], end = self._decode(self._text, start)
            return end

        end = self._object(
            at,
            {
                "resources": lambda start: self._list(start, resource),
                "child_modules": lambda start: self._list(start, self._module),
                "address": named,
            },
        )
        self._rows += [(str(address[0]), *row) for row in rows]
        self._depth -= 1
        return end


def _planned(row: tuple[str, dict[str, Json], int, int], changes: Mapping[str, Json]) -> Planned | None:
    module, data, start, end = row
    given = [data.get(name) for name in ("address", "type", "name")]
    if not all(isinstance(text, str) and text for text in given):
        return None
    address, kind, name = map(str, given)
    change = changes.get(address, {})
    values = data.get("values")
    sensitive = change.get("after_sensitive", data.get("sensitive_values"))
    mode = "data" if data.get("mode") == "data" else "managed"
    return Planned(
        address,
        module,
        mode,
        kind,
        name,
        values if isinstance(values, dict) else {},
        change.get("after_unknown", {}),
        sensitive,
        start,
        end,
    )
