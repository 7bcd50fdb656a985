"""Turns libyaml's events into documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import yaml

from scanner.errors import ParseError
from scanner.model import Json, Span
from scanner.text import Source
from scanner.yaml_tree.places import Document, Node, Places, walk
from scanner.yaml_tree.scalars import MERGE, TYPES, Plain, PlainKeys, key_text, readable_json, tagged

MAX_DEPTH = 100
"""How deep mappings and sequences may nest, aliases included."""
MAX_NODES = 200_000
"""How many values a file may hold; those behind an alias count each time it is used."""
MAX_ALIASED = 10_000_000
"""How many characters a file may repeat through aliases: a long text is only one value."""

_Pair: TypeAlias = tuple["dict[str, Json]", "dict[str, Any]"]
"""A mapping's data and the nodes inside it."""
_Region: TypeAlias = tuple[int, int, int, int]

_ITEM = object()
_OTHER_BREAK = re.compile(r"\r(?!\n)|[\x85\u2028\u2029]")
_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


class _Open:
    """A mapping or sequence whose end has not come yet. `key`: None where a mapping awaits one."""

    __slots__ = ("children", "data", "event", "height", "is_map", "key", "key_event", "merges", "nodes", "repeated")
    data: Any
    children: Any
    key: Any

    def __init__(self, event: Any, is_map: bool, nodes: int, repeated: int) -> None:
        self.event, self.is_map, self.nodes, self.repeated, self.height = event, is_map, nodes, repeated, 1
        self.key_event: Any = None
        self.merges: list[_Pair] = []
        if is_map:
            self.data, self.children, self.key = {}, {}, None
        else:
            self.data, self.children, self.key = [], [], _ITEM


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What an alias brings in: the value, its node, and how many values, characters and levels that adds."""

    data: Json
    node: Node
    nodes: int
    characters: int
    height: int


class Builder:
    """Turns the events of one file into documents."""

    def __init__(self, source: Source) -> None:
        self._path = source.path
        self._text, self._filler = source.text, ""
        is_json = source.path.lower().endswith(".json")
        if is_json:
            self._text, self._filler = readable_json(self._text)
        self._plain = Plain(is_json)
        self._keys = PlainKeys(self._plain)
        self._rows = _rows(self._text)
        self._ends = [len(line.rstrip(" \t\r")) for line in self._text.split("\n")]
        self._nodes = self._repeated = 0
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored | None] = {}
        self._duplicates: list[Span] = []
        self._tagged = False

    def documents(self) -> Iterator[Document]:
        try:
            data = self._text.encode()
        except UnicodeEncodeError as error:
            line = self._text.count("\n", 0, error.start) + 1
            raise ParseError(self._path, "not valid UTF-8", line) from None
        try:
            yield from self._build(yaml.CSafeLoader(data))
        except yaml.reader.ReaderError as error:
            line = data.count(b"\n", 0, error.position) + 1
            raise ParseError(self._path, f"not valid YAML: {error.reason}", line) from None
        except yaml.MarkedYAMLError as error:
            raise self._broken(error) from None

    def _build(self, loader: yaml.CSafeLoader) -> Iterator[Document]:
        structure: dict[Any, Callable[[Any], None]] = {
            yaml.MappingStartEvent: self._start_mapping,
            yaml.SequenceStartEvent: self._start_sequence,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._start_document,
        }
        scalar: Any = yaml.ScalarEvent
        next_event: Callable[[], Any] = loader.get_event
        while event := next_event():
            kind = type(event)
            if kind is scalar:
                self._scalar(event)
            elif kind in structure:
                structure[kind](event)
            elif kind is yaml.DocumentEndEvent:
                yield self._document()

    def _start_document(self, event: Any) -> None:
        self._open = [_Open(event, False, 0, 0)]
        self._anchors, self._duplicates, self._tagged = {}, [], False

    def _document(self) -> Document:
        (data,), (node,) = self._open[0].data, self._open[0].children
        tags = {keys: inner[5] for keys, inner in walk(node) if inner[5]} if self._tagged else {}
        return Document(data, Places(self._path, node), tuple(self._duplicates), tags)

    def _value(self, event: Any) -> Json:
        """A scalar's value."""
        text = event.value
        if event.implicit[0]:
            return self._plain[text]
        if self._filler and self._filler in text:
            text = text.replace(self._filler, "")
        return text if event.tag is None or event.implicit[1] else tagged(event.tag, text)

    def _scalar(self, event: Any) -> None:
        top = self._open[-1]
        is_plain = event.implicit[0]
        if top.key is None:
            self._key(event, self._keys[event.value] if is_plain else key_text(self._value(event)))
        elif is_plain and event.value and event.anchor is None and not self._rows and self._nodes < MAX_NODES:
            # What `_odd_scalar` does, for the ordinary value: there are more of them than of anything else.
            start, end = event.start_mark, event.end_mark
            node = (start.line + 1, start.column + 1, end.line + 1, end.column + 1, None, "")
            self._nodes += 1
            self._attach(self._plain[event.value], node)
        else:
            self._odd_scalar(event)

    def _key(self, event: Any, key: Any) -> None:
        """A key has come; its value is next."""
        top = self._open[-1]
        top.key_event, top.key = event, key
        if key in top.data:
            self._duplicates.append(Span(*self._region(event.start_mark, event.end_mark)))

    def _odd_scalar(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        if event.style in ("|", ">"):
            region = self._block(start, end)
        elif start.index == end.index and self._open[-1].key_event:
            key = self._open[-1].key_event
            region = self._first_line(key.start_mark, key.end_mark)
        else:
            region = self._region(start, end)
        node: Node = (*region, None, self._tag(event) if event.tag else "")
        value = self._value(event)
        self._count(event, 1)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(value, node, 1, end.index - start.index, 0)
        self._attach(value, node)

    def _start_mapping(self, event: Any) -> None:
        self._start(event, True)

    def _start_sequence(self, event: Any) -> None:
        self._start(event, False)

    def _start(self, event: Any, is_map: bool) -> None:
        if self._open[-1].key is None:
            raise self._error("a key that is itself a mapping or a sequence", event)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        self._open.append(_Open(event, is_map, self._nodes, self._repeated))
        self._count(event, 1)
        self._limit_depth(event, 0)

    def _end(self, event: Any) -> None:
        done = self._open.pop()
        start, parent = done.event, self._open[-1]
        data, children = self._merged(done) if done.merges else (done.data, done.children)
        title = parent.key_event
        region = self._first_line(
            *((title.start_mark, title.end_mark) if title else (start.start_mark, event.end_mark))
        )
        node: Node = (*region, children, self._tag(start) if start.tag else "")
        if start.anchor is not None:
            characters = event.end_mark.index - start.start_mark.index + self._repeated - done.repeated
            self._anchors[start.anchor] = _Anchored(data, node, self._nodes - done.nodes, characters, done.height)
        parent.height = max(parent.height, done.height + 1)
        self._attach(data, node)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            raise self._error("an alias without an anchor before it", event)
        anchored = self._anchors[event.anchor]
        if anchored is None:
            raise self._error("an alias inside the value it stands for", event)
        self._count(event, anchored.nodes)
        self._repeated += anchored.characters
        if self._repeated > MAX_ALIASED:
            raise self._error(f"aliases repeat more than {MAX_ALIASED:,} characters", event)
        self._limit_depth(event, anchored.height)
        top = self._open[-1]
        top.height = max(top.height, anchored.height + 1)
        if top.key is not None:
            self._attach(anchored.data, (*self._region(event.start_mark, event.end_mark), *anchored.node[4:]))
        elif isinstance(anchored.data, (dict, list)):
            raise self._error("a key that is itself a mapping or a sequence", event)
        else:
            self._key(event, key_text(anchored.data))

    def _attach(self, value: Json, node: Node) -> None:
        """Hand a finished value to the mapping or sequence around it."""
        top = self._open[-1]
        if not top.is_map:
            top.data.append(value)
            top.children.append(node)
            return
        if top.key is MERGE:
            top.merges.extend(self._mergeable(value, node, top.key_event))
        else:
            top.data[top.key] = value
            top.children[top.key] = node
        top.key = top.key_event = None

    def _mergeable(self, value: Json, node: Node, event: Any) -> list[_Pair]:
        """What one `<<` brings in, the strongest last: of a list, the first mapping wins."""
        inside: Any = node[4]
        pairs = (
            list(zip(value, (one[4] for one in inside), strict=True)) if isinstance(value, list) else [(value, inside)]
        )
        if not all(isinstance(data, dict) for data, _ in pairs):
            raise self._error("<<: takes a mapping or a list of mappings", event)
        return pairs[::-1]

    def _merged(self, done: _Open) -> _Pair:
        """A mapping with what `<<` brings in: its own keys win, then those of the last `<<`."""
        data, children = {}, {}
        for more, its_children in done.merges:
            data.update(more)
            children.update(its_children)
        return {**data, **done.data}, {**children, **done.children}

    def _tag(self, event: Any) -> str:
        """The tag to keep: "" where it only names the type the value has anyway."""
        if event.tag == "!" or event.tag in TYPES:
            return ""
        self._tagged = True
        return str(event.tag)

    def _count(self, event: Any, more: int) -> None:
        self._nodes += more
        if self._nodes > MAX_NODES:
            raise self._error(f"more than {MAX_NODES:,} values, aliases counted each time", event)

    def _limit_depth(self, event: Any, inside: int) -> None:
        if len(self._open) - 1 + inside > MAX_DEPTH:
            raise self._error(f"nested deeper than {MAX_DEPTH} levels", event)

    def _broken(self, error: yaml.MarkedYAMLError) -> ParseError:
        """What libyaml says, which never quotes the text, and where what it was reading starts."""
        mark: Any = error.problem_mark
        began: Any = error.context_mark
        line = self._position(mark.line, mark.column)[0] if mark else 0
        start = self._position(began.line, began.column)[0] if began else line
        where = f" that starts in line {start}" if start != line else ""
        what = f"{error.context}{where}, {error.problem}" if error.context else error.problem
        return ParseError(self._path, f"not valid YAML: {what}", line)

    def _error(self, message: str, event: Any) -> ParseError:
        return ParseError(self._path, message, self._position(event.start_mark.line, event.start_mark.column)[0])

    def _position(self, line: int, column: int) -> tuple[int, int]:
        """1-based line and column of one of libyaml's marks."""
        if self._rows:
            row, shift = self._rows[min(line, len(self._rows) - 1)]
            return row, shift + column + 1
        return line + 1, column + 1

    def _region(self, start: Any, end: Any) -> _Region:
        if not self._rows:
            return start.line + 1, start.column + 1, end.line + 1, end.column + 1
        return (*self._position(start.line, start.column), *self._position(end.line, end.column))

    @cached_property
    def _indents(self) -> list[int]:
        """How many blanks every line starts with."""
        return [len(line) - len(line.lstrip(" \t\r")) for line in self._text.split("\n")]

    def _first_line(self, start: Any, end: Any) -> _Region:
        """From `start` to the end of its line, or to `end` where that comes first."""
        line, column, end_line, end_column = self._region(start, end)
        stop = self._ends[line - 1] + 1
        return line, column, line, max(column, min(stop, end_column) if end_line == line else stop)

    def _block(self, start: Any, end: Any) -> _Region:
        """A block scalar without the blank lines and the indentation after it, which libyaml counts to it."""
        line, column, end_line, end_column = self._region(start, end)
        last = min(end_line, len(self._ends) + 1)
        if last <= len(self._ends) and self._indents[last - 1] < end_column - 1:
            return line, column, end_line, end_column
        last -= 1
        while last > line and not self._ends[last - 1]:
            last -= 1
        return line, column, last, self._ends[last - 1] + 1


def _rows(text: str) -> list[tuple[int, int]]:
    """For every line as YAML counts: the line it is part of as we count, and the column it starts at (0-based).

    Empty where both count the same, which is nearly always.
    """
    if not any(char in text for char in "\r\x85\u2028\u2029") or not _OTHER_BREAK.search(text):
        return []
    rows, row, begin = [(1, 0)], 1, 0
    for match in _BREAK.finditer(text):
        if match[0].endswith("\n"):
            row, begin = row + 1, match.end()
        rows.append((row, match.end() - begin))
    return rows
