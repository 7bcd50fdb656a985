"""What a job is after `extends` and `default`."""

from __future__ import annotations

from collections.abc import Mapping

from scanner.inputs.delivery.tree import Tree
from scanner.model import unknown

MAX_EXTENDS = 11
"""As many levels as GitLab allows."""
MAX_WORK = 200_000
"""How many keys all merging together may touch."""
_DEFAULTS = ("image", "services", "before_script", "after_script")
_REFERENCE = "!reference"


def readable(tree: Tree) -> Tree:
    """References as unknown values. The depth is bounded by the parser."""
    if tree.tag == _REFERENCE:
        return Tree(unknown("what !reference brings in is not followed"), tree.place)
    if tree.pairs:
        return tree.with_value({key: readable(item) for key, item in tree.pairs.items()})
    if tree.items:
        return tree.with_value([readable(item) for item in tree.items])
    return tree


def laid_over(base: Tree, over: Tree) -> Tree:
    """`over` wins; mappings are merged, anything else is replaced."""
    if not (base.is_mapping and over.is_mapping):
        return over
    merged = dict(base.pairs)
    for key, value in over.pairs.items():
        merged[key] = laid_over(merged[key], value) if key in merged else value
    return over.with_value(merged)


class Jobs:
    """Jobs by name, after extends and default. `outside`: those that extend what is not in the unit."""

    def __init__(self, written: Mapping[str, Tree], defaults: Mapping[str, Tree]) -> None:
        self._written, self._defaults = written, defaults
        self._done: dict[str, Tree] = {}
        self._work = 0
        self.outside: set[str] = set()

    def job(self, name: str) -> Tree:
        """The job; what it says itself where extending goes in circles or too deep."""
        extended = self._extended(name, 0, frozenset())
        if (extended.get("inherit") or extended).get("default") is not None:
            return extended
        more = {key: self._defaults[key] for key in _DEFAULTS if key in self._defaults and key not in extended.pairs}
        return extended.with_value({**extended.pairs, **more})

    def _extended(self, name: str, depth: int, above: frozenset[str]) -> Tree:
        if name in self._done:
            return self._done[name]
        own = self._written[name]
        wanted = own.get("extends")
        if wanted is None:
            return own
        found: Tree | None = None
        for one in wanted.items or (wanted,):
            base = one.text or ""
            if base not in self._written or base in above or base == name or depth >= MAX_EXTENDS:
                self.outside.add(name)
                continue
            part = self._extended(base, depth + 1, above | {name})
            if base in self.outside:
                self.outside.add(name)
            self._work += len(part.pairs)
            found = part if found is None else laid_over(found, part)
        if found is not None and self._work < MAX_WORK:
            own = laid_over(found, own)
        self._done[name] = own
        return own
