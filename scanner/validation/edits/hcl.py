"""Lays Terraform out in another way, puts literals into locals and blocks into another file.

Every edited file is parsed again, and its blocks and attributes have to be those of the original.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from scanner.errors import ParseError
from scanner.inputs.terraform.parse import parse_body
from scanner.inputs.terraform.syntax import Attribute, Block, Body, File, Literal, Node, Template, TupleNode
from scanner.validation.edits.directives import is_directive
from scanner.validation.edits.names import Names
from scanner.validation.edits.text import Change, Edited, apply, rearranged

_ATTRIBUTE = re.compile(r"[ \t]*[\w-]+[ \t]*=(?![=>])[ \t]*(?=\S)")
_META = frozenset(("count", "for_each", "provider", "depends_on", "source", "version"))


def _body(text: str) -> Body | None:
    try:
        return parse_body(File("edited.tf", text))
    except ParseError:
        return None


def _shape(value: object) -> object:
    """What nodes say, without where they stand: the order of attributes aside."""
    if isinstance(value, Body):
        return (
            sorted((_shape(one) for one in value.attributes.values()), key=repr),
            [_shape(one) for one in value.blocks],
        )
    if isinstance(value, Attribute):
        return (value.name, _shape(value.expression))
    if isinstance(value, Block):
        return (value.type, value.labels, _shape(value.body))
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        fields = zip(value._fields, value, strict=True)
        return (type(value).__name__, *(_shape(one) for name, one in fields if name not in ("start", "end", "file")))
    if isinstance(value, tuple | list):
        return [_shape(one) for one in value]
    return value


def _same(text: str, edited: Edited) -> Edited | None:
    before, after = _body(text), _body(edited.text)
    if before is None or after is None or edited.text == text:
        return None
    return edited if _shape(before) == _shape(after) else None


def _several_lines(body: Body, text: str) -> set[int]:
    """0-based numbers of the lines that belong to a value which began on an earlier one."""
    held: set[int] = set()
    waiting: list[Body] = [body]
    while waiting:
        one = waiting.pop()
        waiting += [block.body for block in one.blocks]
        for attribute in one.attributes.values():
            first = text.count("\n", 0, attribute.start)
            held.update(range(first + 1, text.count("\n", 0, attribute.expression.end) + 1))
    return held


def indent(text: str, _: Names) -> Edited | None:
    """Every line twice as far from the margin, and one blank on either side of `=`, or none."""
    body = _body(text)
    return _same(text, apply(text, _laid_out(text, _several_lines(body, text)))) if body else None


def _laid_out(text: str, skipped: set[int]) -> Iterator[Change]:
    at = 0
    for number, line in enumerate(text.split("\n")):
        if number not in skipped:
            blank = len(line) - len(line.lstrip())
            match = _ATTRIBUTE.match(line)
            if match:
                name = match[0].strip("= \t")
                given = f"{name}=" if match[0].endswith(" = ") and match[0].count(" ", blank) == 2 else f"{name} = "
                yield Change(at, at + match.end(), " " * (2 * blank) + given)
            elif blank and line.strip():
                yield Change(at, at, " " * blank)
        at += len(line) + 1


def comment(text: str, _: Names) -> Edited | None:
    """A comment and a blank line before every attribute and block, and other words in comments."""
    body = _body(text)
    return _same(text, apply(text, _commented(text, _several_lines(body, text)))) if body else None


def _commented(text: str, skipped: set[int]) -> Iterator[Change]:
    at, above = 0, ""
    for number, line in enumerate(text.split("\n")):
        if number not in skipped:
            blank = line[: len(line) - len(line.lstrip())]
            if line.lstrip().startswith("#") and not is_directive(line):
                yield Change(at + len(blank), at + len(line), "# Looked at once more.")
            elif (_ATTRIBUTE.match(line) or line.endswith("{")) and not is_directive(above):
                yield Change(at, at, f"\n{blank}// As it is everywhere.\n")
        above = line
        at += len(line) + 1


def order(text: str, _: Names) -> Edited | None:
    """Attributes of one line that follow one another in the other order."""
    body = _body(text)
    if body is None:
        return None
    skipped = _several_lines(body, text)
    lines = text.split("\n")
    stretches: list[tuple[int, int]] = []
    run: list[int] = []
    for number, line in enumerate([*lines, ""], 1):
        alone = number - 1 not in skipped and number not in skipped
        if alone and _ATTRIBUTE.match(line) and not line.rstrip().endswith(("{", "[", "(")):
            run.append(number)
            continue
        stretches += [(one, one) for one in reversed(run)]
        run = []
        if number <= len(lines):
            stretches.append((number, number))
    return _same(text, rearranged(text, stretches))


def local(text: str, _: Names) -> Edited | None:
    """The literals of resources' attributes in a block `locals` at the head of the file."""
    body = _body(text)
    if body is None:
        return None
    chosen = [value for block in body.blocks if block.type == "resource" for value in _literals(block.body)]
    prefix = f"hearth_{zlib.crc32(text.encode()):x}"  # a module's files share its locals
    given = [text[value.start : value.end] for value in chosen]
    head = "".join(f"locals {{\n  {prefix}_{number} = {value}\n}}\n\n" for number, value in enumerate(given))
    edited = apply(
        text, [Change(value.start, value.end, f"local.{prefix}_{number}") for number, value in enumerate(chosen)]
    )
    if not chosen or _body(edited.text) is None:
        return None
    first = [frozenset((text.count("\n", 0, value.start) + 1,)) for value in chosen for _ in range(4)]
    return Edited(head + edited.text, (*first, *edited.origins))


def _literals(body: Body) -> Iterator[Node]:
    for name, attribute in body.attributes.items():
        if (
            name not in _META
            and _is_literal(attribute.expression)
            and attribute.file.text.count("\n", attribute.start, attribute.expression.end) == 0
        ):
            yield attribute.expression
    for block in body.blocks:
        if block.type not in ("lifecycle", "dynamic", "provisioner", "connection"):
            yield from _literals(block.body)


def _is_literal(node: Node) -> bool:
    if isinstance(node, TupleNode):
        return bool(node.items) and all(_is_literal(item) for item in node.items)
    return isinstance(node, Literal) and not isinstance(node, Template) and node.value is not None


def split(text: str, _: Names) -> list[Edited] | None:
    """The blocks from the middle on in a second file."""
    body = _body(text)
    if body is None or body.attributes or len(body.blocks) < 2:
        return None
    lines = text.split("\n")
    cut = text.count("\n", 0, body.blocks[len(body.blocks) // 2].start) + 1
    while cut > 1 and lines[cut - 2].lstrip().startswith(("#", "//")):
        cut -= 1
    if cut < 2:
        return None
    parts = [rearranged(text, [(1, cut - 1)]), rearranged(text, [(cut, len(lines))])]
    bodies = [_body(part.text) for part in parts]
    if any(one is None for one in bodies):
        return None
    blocks = [_shape(block) for one in bodies if one for block in one.blocks]
    return parts if blocks == [_shape(block) for block in body.blocks] else None
