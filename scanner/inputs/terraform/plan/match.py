"""Which root module a plan was made from: the one that declares what the plan's root does."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Set

_WORD = re.compile(r"[a-z0-9]+").findall


def owner(plan: str, names: Iterable[str], roots: Mapping[str, Set[str]]) -> str | None:
    """The directory of the root module; None where none is, or several are as likely.

    `roots`: directory -> what it declares. At least half of the plan's names must be declared there. Of several that
    are alike (one for each environment) the one nearest to the plan, or whose path shares words with the plan's.
    """
    wanted = set(names)
    ranked = []
    for directory, declared in roots.items():
        shared = len(wanted & declared)
        if shared and 2 * shared >= len(wanted):
            near = -_distance(posixpath.dirname(plan), directory)
            ranked.append(((shared / len(wanted | declared), near, _words(plan, directory)), directory))
    ranked.sort(reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _distance(one: str, other: str) -> int:
    """How many steps lie between two directories."""
    left, right = [part for part in one.split("/") if part], [part for part in other.split("/") if part]
    common = len(posixpath.commonprefix([left, right]))
    return len(left) + len(right) - 2 * common


def _words(plan: str, directory: str) -> int:
    return len(set(_WORD(plan.lower())) & set(_WORD(directory.lower())))
