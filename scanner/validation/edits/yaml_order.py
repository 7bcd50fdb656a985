"""Puts the keys of YAML mappings into another order, and the documents of a file into files of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import yaml

from scanner.validation.edits.names import Names
from scanner.validation.edits.text import Edited, rearranged, then, unchanged
from scanner.validation.edits.yaml_layout import nodes, plain, read, same

_SEPARATOR = re.compile(r"---(?: *#.*)?")


def order(text: str, _: Names) -> Edited | None:
    """The keys of every block mapping from the last to the first, outermost mappings first."""
    edited = unchanged(text)
    for depth in range(4):
        stretches = _reversed(edited.text, depth)
        step = then(edited, rearranged(edited.text, stretches)) if stretches else None
        edited = step if step and same(text, step, sort=True) else edited
    return edited if edited.text != text else None


def _reversed(text: str, depth: int) -> list[tuple[int, int]]:
    """All lines, those of each mapping of one depth from its last key to its first."""
    found: list[list[tuple[int, int]]] = []
    for document in read(text) or ():
        found += [stretches for node in _at(document, depth) if (stretches := _stretches(text, node))]
    order: list[tuple[int, int]] = []
    at = 1
    for stretches in sorted(found):
        first, last = stretches[0][0], stretches[-1][1]
        if first < at:
            continue
        if first > at:
            order.append((at, first - 1))
        order += reversed(stretches)
        at = last + 1
    end = text.count("\n") + 1
    if at <= end:
        order.append((at, end))
    return order if found else []


def _at(node: yaml.Node, depth: int) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        if depth == 0:
            yield node
        else:
            for _, value in node.value:
                yield from _at(value, depth - 1)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _at(item, depth)


def _stretches(text: str, node: yaml.MappingNode) -> list[tuple[int, int]]:
    """First and last line of each key with its value, if every key has lines of its own."""
    if node.flow_style or len(node.value) < 2:
        return []
    lines = text.split("\n")
    firsts = [key.start_mark.line + 1 for key, _ in node.value]
    column = node.start_mark.column
    if any(lines[first - 1][:column].strip() for first in firsts) or len(set(firsts)) < len(firsts):
        return []
    _, value = node.value[-1]
    last = value.end_mark.line + (1 if value.end_mark.column else 0)
    while last > firsts[-1] and not lines[last - 1].strip():
        last -= 1
    ends = [following - 1 for following in firsts[1:]] + [max(last, firsts[-1])]
    return list(zip(firsts, ends, strict=True))


def split(text: str, _: Names) -> list[Edited] | None:
    """Every document in a file of its own."""
    lines = text.split("\n")
    cuts = [number for number, line in enumerate(lines, 1) if _SEPARATOR.fullmatch(line.rstrip())]
    bounds = [1, *cuts, len(lines) + 1]
    stretches = [(first, following - 1) for first, following in pairwise(bounds) if following > first]
    parts = [rearranged(text, [stretch]) for stretch in stretches]
    parts = [part for part in parts if any(True for _ in nodes(part.text))]
    before = read(text)
    if len(parts) < 2 or before is None:
        return None
    after = [plain(node) for part in parts for node in read(part.text) or ()]
    return parts if after == [plain(node) for node in before] else None
