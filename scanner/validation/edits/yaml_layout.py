"""Lays YAML out in another way: indentation, quotes, flow or block style, comments. It has to read as it did."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from scanner.validation.edits.directives import is_directive
from scanner.validation.edits.names import Names
from scanner.validation.edits.text import Change, Edited, apply, line_starts

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT = "tag:yaml.org,2002:str"
_SHORT = 100


def read(text: str) -> list[yaml.Node] | None:
    """The documents as nodes, with their places; None: no YAML."""
    try:
        return [node for node in yaml.compose_all(text, Loader=_Loader) if node is not None]
    except (yaml.YAMLError, RecursionError):
        return None


def plain(node: yaml.Node, sort: bool = False) -> object:
    """What a node says, without how it is written. `sort`: the order of keys aside."""
    if isinstance(node, yaml.ScalarNode):
        return (node.tag, node.value)
    if isinstance(node, yaml.SequenceNode):
        return (node.tag, [plain(item, sort) for item in node.value])
    pairs = [(plain(key, sort), plain(value, sort)) for key, value in node.value]
    return (node.tag, sorted(pairs, key=repr) if sort else pairs)


def same(text: str, edited: Edited, sort: bool = False) -> Edited | None:
    """The edited text if it is another one and reads as the original does."""
    before, after = read(text), read(edited.text)
    if before is None or after is None or edited.text == text:
        return None
    return edited if [plain(one, sort) for one in before] == [plain(one, sort) for one in after] else None


def nodes(text: str) -> Iterator[yaml.Node]:
    """Every node of a text."""
    waiting = list(read(text) or ())
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            waiting += [one for pair in node.value for one in pair]


def indent(text: str, _: Names) -> Edited | None:
    """Twice the indentation, but for the lines of block scalars, which move as their first one does."""
    return same(text, apply(text, _deeper(text)))


def _deeper(text: str) -> Iterator[Change]:
    blocks = [
        (node.start_mark.line, node.end_mark.line)
        for node in nodes(text)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    ]
    starts, lines = line_starts(text), text.split("\n")
    end = len(lines) - 1
    for number, line in enumerate(lines):
        held = next((first for first, last in blocks if first < number < last or number == last == end), None)
        lead = re.match(r"(?:[ ]|-[ ]+(?=\S))*", line)
        if held is not None:
            added = len(re.match(r" *", lines[held])[0]) + 2  # type: ignore[index]
            yield Change(starts[number], starts[number], " " * added if line.strip() else "")
        elif lead and lead[0]:
            wide = re.sub(r"-( +)", lambda dash: "-" + " " * (2 * len(dash[1]) + 1), lead[0])
            spaces = re.sub(r"(?<![-\s]) +|^ +", lambda blank: blank[0] * 2, wide)
            yield Change(starts[number], starts[number] + lead.end(), spaces)


def quotes(text: str, _: Names) -> Edited | None:
    """Quotes around text that has none, and none or the other kind around text that has."""
    return same(text, apply(text, _quoted(text)))


def _quoted(text: str) -> Iterator[Change]:
    for node in nodes(text):
        if not isinstance(node, yaml.ScalarNode) or node.tag != _TEXT or not node.value.isprintable():
            continue
        start, end = node.start_mark.index, node.end_mark.index
        written = text[start:end]
        if "\n" in written or "\\" in written or re.search(r"['\"]", node.value) or not node.value:
            continue
        if written == node.value:
            yield Change(start, end, f'"{written}"')
        elif written == f'"{node.value}"':
            yield Change(start, end, f"'{node.value}'")
        elif written == f"'{node.value}'":
            yield Change(start, end, f'"{node.value}"')


def flow(text: str, _: Names) -> Edited | None:
    """Short lists and mappings of plain values on one line, and those on one line over several."""
    changes = list(_reflowed(text))
    return same(text, apply(text, changes)) or next(_one_by_one(text, changes), None)


def _one_by_one(text: str, changes: list[Change]) -> Iterator[Edited]:
    """Where not all go together: those that do by themselves."""
    good = [change for change in changes if same(text, apply(text, [change]))]
    edited = same(text, apply(text, good)) if good else None
    if edited:
        yield edited


def _reflowed(text: str) -> Iterator[Change]:
    for node in nodes(text):
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            continue
        if not all(isinstance(item, yaml.ScalarNode) and item.style not in ("|", ">") for item in node.value):
            continue
        start, end = node.start_mark.index, node.end_mark.index
        items = [text[item.start_mark.index : item.end_mark.index] for item in node.value]
        if any("\n" in item or item.startswith(("*", "&", "!")) for item in items):
            continue
        if node.flow_style:
            blank = " " * _column(text, start)
            before = len(text[:start].rstrip(" "))
            if text[:before].endswith(":") and "\n" not in text[start:end]:
                yield Change(before, end, "".join(f"\n{blank}  - {item}" for item in items))
        elif "#" not in text[start:end] and sum(map(len, items)) < _SHORT:
            last = node.value[-1].end_mark.index
            before = len(text[:start].rstrip())
            if text[:before].endswith(":") and not any(set(item) & set(",[]{}") for item in items):
                yield Change(before, last, f" [{', '.join(items)}]")


def _column(text: str, at: int) -> int:
    """How far the key stands from the margin whose value starts there."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return len(re.match(r"(?:[ ]|-[ ]+)*", line)[0])  # type: ignore[index]


def comment(text: str, _: Names) -> Edited | None:
    """A comment and a blank line before every key of the first two levels, and other words in comments."""
    return same(text, apply(text, _commented(text)))


def _commented(text: str) -> Iterator[Change]:
    lines, starts = text.split("\n"), line_starts(text)
    keys = {
        key.start_mark.line: key.start_mark.column
        for node in nodes(text)
        if isinstance(node, yaml.MappingNode) and not node.flow_style
        for key, _ in node.value
    }
    for number, column in sorted(keys.items()):
        above = lines[number - 1] if number else ""
        if not lines[number][:column].strip(" -") and "#" not in above and column <= 4:
            yield Change(starts[number], starts[number], f"\n{' ' * column}# As it is everywhere.\n")
    for number, line in enumerate(lines):
        if line.lstrip().startswith("#") and not is_directive(line):
            blank = len(line) - len(line.lstrip())
            yield Change(starts[number] + blank, starts[number] + len(line), "# Looked at once more.")
