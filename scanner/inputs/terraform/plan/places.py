"""Where the values of a planned resource stand: in the code that made it, else in the text of the plan.

Worked out when asked for: most places never are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from scanner.inputs.terraform.jsontext import JsonNode, NotJsonError, parse_json
from scanner.inputs.terraform.syntax import File
from scanner.model import UNKNOWN, Keys, Place

Found = TypeVar("Found")
_ADDRESS = re.compile(r'\{\s*"address"\s*:\s*("(?:[^"\\]|\\.)*")').match
"""How Terraform writes a resource; another program may have sorted the keys."""


class Mapped(Mapping[Keys, Found]):
    """What is known about paths of one config, under the paths of another."""

    __slots__ = ("_inner", "_paths")

    def __init__(self, inner: Mapping[Keys, Found], paths: dict[Keys, Keys]) -> None:
        """`paths`: path here -> path there."""
        self._inner, self._paths = inner, paths

    def __getitem__(self, keys: Keys) -> Found:
        return self._inner[self._paths[keys]]

    def __iter__(self) -> Iterator[Keys]:
        return (keys for keys, other in self._paths.items() if other in self._inner)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Planned(Mapping[Keys, Place]):
    """The places of a resource's values in the text of a plan. A list or an object is pointed at by its key."""

    __slots__ = ("_end", "_file", "_nodes", "_start")

    def __init__(self, file: File, start: int, end: int) -> None:
        """`start` and `end`: the offsets of the resource."""
        self._file, self._start, self._end = file, start, end
        self._nodes: dict[Keys, tuple[int, int]] | None = None

    @property
    def header(self) -> Place:
        """The resource's address as it is written."""
        match = _ADDRESS(self._file.text, self._start)
        if match:
            return self._file.place(*match.span(1))
        return self._place(self._spans().get((), (0, 1)))

    def _place(self, span: tuple[int, int]) -> Place:
        return self._file.place(self._start + span[0], self._start + span[1])

    def _spans(self) -> dict[Keys, tuple[int, int]]:
        if self._nodes is None:
            self._nodes = {}
            try:
                node = parse_json(self._file.text[self._start : self._end])
            except NotJsonError:  # it nests deeper than is looked at, or holds a number that is
                return self._nodes
            inside = node.value if isinstance(node.value, dict) else {}
            if "address" in inside:
                address = inside["address"][1]
                self._nodes[()] = (address.start, address.end)
            if "values" in inside:
                self._nodes.update(_walk(inside["values"][1]))
        return self._nodes

    def __getitem__(self, keys: Keys) -> Place:
        if not keys:
            raise KeyError(keys)
        return self._place(self._spans()[keys])

    def __iter__(self) -> Iterator[Keys]:
        return (keys for keys in self._spans() if keys)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _walk(root: JsonNode) -> Iterator[tuple[Keys, tuple[int, int]]]:
    waiting: list[tuple[Keys, JsonNode]] = [((), root)]
    while waiting:
        keys, node = waiting.pop()
        if isinstance(node.value, dict):
            for name, (key, item) in node.value.items():
                path = (*keys, f"{name} " if name == UNKNOWN else name)
                at = key if isinstance(item.value, dict | list) else item
                yield path, (at.start, at.end)
                waiting.append((path, item))
        elif isinstance(node.value, list):
            for index, item in enumerate(node.value):
                if not isinstance(item.value, dict | list):
                    yield (*keys, index), (item.start, item.end)
                waiting.append(((*keys, index), item))
