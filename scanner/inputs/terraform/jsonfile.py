"""*.tf.json and *.tfvars.json -> the same blocks, attributes and expressions as native syntax gives.

In JSON nothing tells a nested block from an attribute that is an object; only the provider knows. So inside a
resource, data block, provider or `terraform`, an object is a block, and a list of objects several of them, unless the
name says that it is a map (`tags`, `labels`, `variables`, … and what ends alike): such an object stays an object. In
modules, locals, variables and outputs there are no nested blocks. A mistaken guess shows only in an object that is a
list of one, or is not.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scanner.errors import ParseError
from scanner.inputs.terraform.jsontext import JsonNode, NotJsonError, parse_json
from scanner.inputs.terraform.parse import parse_template
from scanner.inputs.terraform.syntax import (
    Attribute,
    Block,
    Body,
    Embedded,
    File,
    Inner,
    Literal,
    Node,
    ObjectNode,
    Template,
    Text,
    TupleNode,
)

_TOP = {"resource": 2, "data": 2, "variable": 1, "output": 1, "module": 1, "provider": 1, "terraform": 0, "locals": 0}
"""Block type -> how many labels it has. Other types hold nothing that is evaluated."""
_FLAT = frozenset({"module", "variable", "output", "locals"})
_NESTED_LABELS = {"backend": 1, "provisioner": 1, "dynamic": 1, "provider_meta": 1}
_ATTRIBUTES = frozenset(
    {
        "count",
        "default",
        "depends_on",
        "for_each",
        "ignore_changes",
        "iterator",
        "labels",
        "provider",
        "providers",
        "value",
    }
)
"""What is never a block, whatever it holds."""
_MAPS = re.compile(
    r"(?!default_tags$)(.*_)?(tags|tags_all|labels|annotations|variables|parameters|headers|triggers|triggers_replace|keepers|secrets"
    r"|match_labels|node_selector|data|string_data|binary_data|app_settings|environment_variables|dimensions)$"
).match
_ESCAPES = re.compile(r"[^\\]+|\\u[0-9a-fA-F]{4}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")


def parse_json_body(file: File) -> Body:
    """A *.tf.json file. ParseError where it is none."""
    return _Reader(file, templates=True).file_body()


def parse_json_values(file: File) -> Body:
    """A *.tfvars.json file: attributes only, whose strings are no templates. ParseError where it is none."""
    return _Reader(file, templates=False).values()


class _Entry(NamedTuple):
    """A key that is not a comment, and its value."""

    name: str
    key: JsonNode
    value: JsonNode


class _Reader:
    def __init__(self, file: File, templates: bool) -> None:
        self._file, self._templates = file, templates

    def _root(self) -> JsonNode:
        try:
            return parse_json(self._file.text)
        except NotJsonError as error:
            raise self._error(f"this is no JSON: {error}", error.at) from None

    def _error(self, message: str, at: int) -> ParseError:
        return ParseError(self._file.path, message, self._file.line(at))

    def _entries(self, node: JsonNode) -> list[_Entry]:
        """The entries of an object, or of all objects in a list."""
        found: list[_Entry] = []
        for each in node.value if isinstance(node.value, list) else [node]:
            if not isinstance(each.value, dict):
                raise self._error("expected an object, or a list of objects", each.start)
            found += [_Entry(name, key, value) for name, (key, value) in each.value.items() if name != "//"]
        return found

    def values(self) -> Body:
        return Body({entry.name: self._attribute(entry) for entry in self._entries(self._root())}, [])

    def file_body(self) -> Body:
        body = Body({}, [])
        for entry in self._entries(self._root()):
            if entry.name in _TOP:
                self._labelled(entry, _TOP[entry.name], entry.name in _FLAT, body.blocks)
        return body

    def _labelled(self, entry: _Entry, count: int, flat: bool, blocks: list[Block]) -> None:
        """The blocks of a type: `count` levels of keys are labels, then come the blocks, one or a list of them."""
        rows: list[tuple[tuple[str, ...], JsonNode, JsonNode]] = [((), entry.key, entry.value)]
        for _ in range(count):
            rows = [
                ((*labels, inner.name), inner.key, inner.value)
                for labels, _, node in rows
                for inner in self._entries(node)
            ]
        for labels, key, node in rows:
            for each in node.value if isinstance(node.value, list) else [node]:
                if isinstance(each.value, dict):
                    inner = self._flat(each) if flat else self._body(each)
                    blocks.append(Block(self._file, key.start, key.end, entry.name, labels, inner))
                elif each.value is not None:
                    raise self._error(f"expected an object with the settings of this '{entry.name}'", each.start)

    def _flat(self, node: JsonNode) -> Body:
        return Body({entry.name: self._attribute(entry) for entry in self._entries(node)}, [])

    def _body(self, node: JsonNode) -> Body:
        body = Body({}, [])
        for entry in self._entries(node):
            if entry.name == "required_providers":
                self._labelled(entry, 0, True, body.blocks)
            elif entry.name in _NESTED_LABELS:
                self._labelled(entry, _NESTED_LABELS[entry.name], False, body.blocks)
            elif _is_block(entry):
                self._labelled(entry, 0, False, body.blocks)
            else:
                body.attributes[entry.name] = self._attribute(entry)
        return body

    def _attribute(self, entry: _Entry) -> Attribute:
        return Attribute(self._file, entry.key.start, entry.name, self._expression(entry.value))

    def _expression(self, node: JsonNode) -> Node:
        value = node.value
        if isinstance(value, list):
            return TupleNode(node.start, node.end, tuple(map(self._expression, value)))
        if isinstance(value, dict):
            items = ((self._expression(key), self._expression(item)) for key, item in value.values())
            return ObjectNode(node.start, node.end, tuple(items))
        return self._string(node, value) if isinstance(value, str) else Literal(node.start, node.end, value)

    def _string(self, node: JsonNode, value: str) -> Node:
        start, end = node.start, node.end
        is_template = self._templates and ("${" in value or "%{" in value)
        if not is_template and not value.lstrip().startswith(("{", "[")):
            return Literal(start, end, value)
        inner, stretch = self._embedded(node)
        parsed: Node = Template(0, len(inner.text), (Text(0, len(inner.text), inner.text),), False)
        if is_template:
            parsed = parse_template(inner)
        return Inner(start, end, inner, parsed) if stretch else Literal(start, end, value)

    def _embedded(self, node: JsonNode) -> tuple[File, int]:
        """A string's content as a text of its own that knows where it is written."""
        raw = self._file.text[node.start + 1 : node.end - 1]
        texts: list[str] = []
        pieces: list[tuple[int, int, int, bool]] = []
        here, there = 0, node.start + 1
        for match in _ESCAPES.finditer(raw):
            written = match.group()
            text = written if not written.startswith("\\") else _unescaped(written)
            pieces.append((here, there, len(written), len(written) == len(text)))
            texts.append(text)
            here, there = here + len(text), there + len(written)
        return Embedded(self._file, "".join(texts), pieces), here


def _is_block(entry: _Entry) -> bool:
    if entry.name in _ATTRIBUTES or _MAPS(entry.name):
        return False
    value = entry.value.value
    if isinstance(value, list):
        return bool(value) and all(isinstance(item.value, dict) for item in value)
    return isinstance(value, dict)


def _unescaped(written: str) -> str:
    return str(parse_json(f'"{written}"').value)
