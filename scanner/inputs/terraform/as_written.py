"""An HCL file as data, as it is written: nothing is evaluated, nothing of other files is known.

The shape is conftest's since 0.60 (https://github.com/tmccombs/hcl2json): a block is an item of a list below its type
and its labels, `resource "a" "b" {}` is `{"resource": {"a": {"b": [{}]}}}`; an expression that is no plain value is its
source text, `"${var.a}"`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from scanner.errors import ParseError
from scanner.inputs.terraform.reading import PARSED
from scanner.inputs.terraform.syntax import (
    Block,
    Body,
    Conditional,
    File,
    Interpolation,
    Literal,
    Loop,
    Node,
    ObjectNode,
    Part,
    Template,
    Text,
    TupleNode,
)
from scanner.model import Json, Place
from scanner.text import Source

_PREFIXES = {"resource": "", "data": "data.", "module": "module.", "variable": "var.", "output": "output."}


def document(source: Source) -> tuple[dict[str, Json], dict[str, tuple[Place, ...]]]:
    """A file's data, and what is declared in it: address or last name -> the places of the headers.

    Raises ParseError for what is no HCL.
    """
    file, body = PARSED.get(source)
    named: dict[str, tuple[Place, ...]] = {}
    for block in body.blocks:
        if block.type in _PREFIXES and block.labels:
            place = file.place(block.start, block.end)
            for name in {_PREFIXES[block.type] + ".".join(block.labels), block.labels[-1]}:
                named[name] = (*named.get(name, ()), place)
    return _Writer(file).body(body), named


class _Writer:
    def __init__(self, file: File) -> None:
        self._file = file

    def body(self, body: Body) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for block in body.blocks:
            self._add(block, found)
        for name, attribute in body.attributes.items():
            found[name] = self._value(attribute.expression)
        return found

    def _add(self, block: Block, found: dict[str, Json]) -> None:
        *path, last = (block.type, *block.labels)
        for key in path:
            found = found.setdefault(key, {})
            if not isinstance(found, dict):
                raise self._mixed(block)
        items = found.setdefault(last, [])
        if not isinstance(items, list):
            raise self._mixed(block)
        items.append(self.body(block.body))

    def _mixed(self, block: Block) -> ParseError:
        line = self._file.line(block.start)
        return ParseError(self._file.path, f"blocks '{block.type}' with different numbers of labels", line)

    def _value(self, node: Node) -> Json:
        if isinstance(node, Literal):
            return node.value
        if isinstance(node, Template):
            only = node.parts[0] if len(node.parts) == 1 and not node.heredoc else None
            return self._value(only.expression) if isinstance(only, Interpolation) else self._joined(node.parts)
        if isinstance(node, TupleNode):
            return [self._value(item) for item in node.items]
        if isinstance(node, ObjectNode):
            return {self._key(key): self._value(item) for key, item in node.items}
        return f"${{{self._source(node)}}}"

    def _key(self, node: Node) -> str:
        if isinstance(node, Literal | Template):
            return self._text(node)
        source = self._source(node)
        return f"${{{source}}}" if source.startswith("(") else source

    def _source(self, node: Node) -> str:
        """What is written there, with the parentheses around it."""
        text, start, end = self._file.text, node.start, node.end
        while start and text[start - 1] == "(" and text[end : end + 1] == ")":
            start, end = start - 1, end + 1
        return text[start:end]

    def _joined(self, parts: Iterable[Part]) -> str:
        return "".join(map(self._part, parts))

    def _part(self, part: Part) -> str:
        if isinstance(part, Text):
            return part.value.replace("${", "$${").replace("%{", "%%{")
        if isinstance(part, Interpolation):
            return self._text(part.expression)
        if isinstance(part, Loop):
            names = f"{part.key}, {part.value}" if part.key else part.value
            return f"%{{for {names} in {self._source(part.items)}}}{self._joined(part.body)}%{{endfor}}"
        return self._choice(part.condition, self._joined(part.yes), self._joined(part.no))

    def _text(self, node: Node) -> str:
        """An expression inside of a string."""
        if isinstance(node, Literal):
            return node.value if isinstance(node.value, str) else json.dumps(node.value)
        if isinstance(node, Template):
            return self._joined(node.parts)
        if isinstance(node, Conditional):
            return self._choice(node.condition, self._text(node.yes), self._text(node.no))
        return f"${{{self._source(node)}}}"

    def _choice(self, condition: Node, yes: str, no: str) -> str:
        otherwise = f"%{{else}}{no}" if no else ""
        return f"%{{if {self._source(condition)}}}{yes}{otherwise}%{{endif}}"
