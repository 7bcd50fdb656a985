"""Functions on numbers, comparisons, versions."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import reduce
from typing import Any

from scanner.inputs.kubernetes.helm.data import Map, Seq

MAX_RANGE = 100_000
"""How long a list of numbers may be."""

_VERSION = re.compile(r"v?(\d{1,9})(?:\.(\d{1,9}|[xX*]))?(?:\.(\d{1,9}|[xX*]))?(?:-([\w.-]+))?(?:\+[\w.-]*)?")
_CONSTRAINT = re.compile(r"(!=|>=|=>|<=|=<|~>|[=<>~^])?\s*(v?\d[\w.*+-]*|\*|x)")
_RANGE = re.compile(r"(v?\d[\w.*+]*)\s+-\s+(v?\d[\w.*+]*)")


def number(value: Any) -> float:
    """A value as a number, as Sprig has it: 0 for what is none."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)):
        return value
    try:
        return float(value) if re.fullmatch(r"\s*[-+]?[\d.]{1,40}(?:[eE][-+]?\d{1,3})?\s*", value or "") else 0
    except (TypeError, ValueError):
        return 0


def _int(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"0[xX][\da-fA-F]{1,16}|0[oO]?[0-7]{1,21}", value):
        return int(value.lower().removeprefix("0o").removeprefix("0x") or "0", 16 if "x" in value.lower() else 8)
    if isinstance(value, str) and not re.fullmatch(r"[-+]?\d{1,19}", value):
        return 0
    return int(number(value))


def _div(one: Any, other: Any) -> int:
    return int(_int(one) / _int(other)) if abs(_int(one)) < 2**53 else _int(one) // _int(other)


def _mod(one: Any, other: Any) -> int:
    return int(math.fmod(_int(one), _int(other)))


def _round(value: Any, places: Any, *_: Any) -> float:
    scale = 10 ** min(int(places), 15)
    return float(math.floor(number(value) * scale + 0.5) / scale)


def _until(end: Any) -> Seq:
    last = _int(end)
    return _steps(0, last, 1 if last >= 0 else -1)


def _steps(start: Any, end: Any, step: Any) -> Seq:
    if _int(step) == 0:
        return Seq()
    numbers = range(_int(start), _int(end), _int(step))
    if len(numbers) > MAX_RANGE:
        raise ValueError
    return Seq(numbers)


def _seq(*given: Any) -> str:
    bounds = [_int(one) for one in given]
    first, step, last = (1, 1, bounds[0]) if len(bounds) == 1 else (bounds[0], 1, bounds[1])
    if len(bounds) == 3:
        first, step, last = bounds
    elif last < first:
        step = -1
    return " ".join(map(str, _steps(first, last + (1 if step > 0 else -1), step)))


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal in Go; a bool equals no number."""
    if isinstance(one, bool) is not isinstance(other, bool):
        return False
    return bool(one == other)


def _less(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        raise TypeError
    return bool(one < other)


def _version(text: str) -> tuple[int, int, int, bool, tuple[tuple[bool, int, str], ...]]:
    """A version that can be compared: numbers, whether it is a release, its pre-release parts."""
    match = _VERSION.fullmatch(text.strip())
    if not match:
        raise ValueError
    major, minor, patch = (int(part) if part and part.isdigit() else 0 for part in match.group(1, 2, 3))
    parts = (match[4] or "").split(".")
    before = tuple((not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts if part)
    return major, minor, patch, not match[4], before


def _semver_compare(constraint: str, text: str) -> bool:
    if len(constraint) > 1000:
        raise ValueError
    version = _version(text)
    return any(_meets(version, _RANGE.sub(r">=\1 <=\2", part)) for part in constraint.split("||"))


def _meets(version: tuple[Any, ...], constraint: str) -> bool:
    found = _CONSTRAINT.findall(constraint)
    if not found:
        raise ValueError
    return all(_meets_one(version, sign, bound) for sign, bound in found)


def _meets_one(version: tuple[Any, ...], sign: str, bound: str) -> bool:
    if bound in ("*", "x"):
        return True
    match = _VERSION.fullmatch(bound)
    if not match:
        raise ValueError
    limit = _version(bound)
    if not version[3] and limit[3]:
        return False  # a pre-release only meets what speaks of pre-releases
    given = 1 + (match[2] or "x").isdigit() + ((match[2] or "x").isdigit() and (match[3] or "x").isdigit())
    if sign in ("", "=") and given < 3:
        return bool(version[:given] == limit[:given])
    if sign in ("~", "~>"):
        return bool(version >= limit and version[: min(given, 2)] == limit[: min(given, 2)])
    if sign == "^":
        fixed = 1 if limit[0] or given == 1 else 2 if limit[1] or given == 2 else 3
        return bool(version >= limit and version[:fixed] == limit[:fixed])
    if sign == ">" and given < 3:
        return bool(version[:given] > limit[:given])
    if sign in ("<=", "=<") and given < 3:
        return bool(version[:given] <= limit[:given])
    signs: dict[str, bool] = {
        "": version == limit, "=": version == limit, "!=": version != limit, ">": version > limit,
        "<": version < limit, ">=": version >= limit, "=>": version >= limit, "<=": version <= limit,
        "=<": version <= limit,
    }  # fmt: skip
    return signs[sign]


def _semver(text: str) -> Map:
    match = _VERSION.fullmatch(text.strip())
    if not match:
        raise ValueError
    major, minor, patch = _version(text)[:3]
    return Map({"Major": major, "Minor": minor, "Patch": patch, "Prerelease": match[4] or "", "Original": text})


BY_ITSELF: dict[str, Callable[..., Any]] = {
    "int": _int, "int64": _int, "atoi": _int, "float64": lambda value: float(number(value)),
    "toDecimal": lambda text: int(str(text), 8),
    "add": lambda *given: sum(map(_int, given)), "add1": lambda value: _int(value) + 1,
    "sub": lambda one, other: _int(one) - _int(other),
    "mul": lambda *given: reduce(lambda one, other: one * other, map(_int, given)) % 2**63,
    "div": _div, "mod": _mod,
    "addf": lambda *given: float(sum(map(number, given))),
    "subf": lambda first, *rest: float(number(first) - sum(map(number, rest))),
    "mulf": lambda *given: float(math.prod(map(number, given))),
    "divf": lambda one, other: float(number(one) / number(other)),
    "max": lambda *given: max(map(_int, given)), "biggest": lambda *given: max(map(_int, given)),
    "min": lambda *given: min(map(_int, given)),
    "maxf": lambda *given: float(max(map(number, given))), "minf": lambda *given: float(min(map(number, given))),
    "floor": lambda value: float(math.floor(number(value))), "ceil": lambda value: float(math.ceil(number(value))),
    "round": _round, "until": _until, "untilStep": _steps, "seq": _seq,
    "eq": lambda one, *others: any(same(one, other) for other in others),
    "ne": lambda one, other: not same(one, other), "deepEqual": same,
    "lt": _less, "gt": lambda one, other: _less(other, one),
    "le": lambda one, other: not _less(other, one), "ge": lambda one, other: not _less(one, other),
    "semverCompare": _semver_compare, "semver": _semver,
}  # fmt: skip
