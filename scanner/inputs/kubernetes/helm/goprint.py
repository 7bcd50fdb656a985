"""Values as Go, YAML and JSON print them: text, in pieces that remember where a value is written."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import yaml

from scanner.inputs.kubernetes.helm.data import Unknown, Version
from scanner.model import Json, Place

Mark: TypeAlias = Callable[[Unknown], str]
"""What stands in a text for a value that is not known."""
MAX_DEPTH = 100
"""How deep a value may nest."""

_NEEDS_QUOTES = re.compile(r"^[-?:,\[\]{}#&*!|>'\"%@`=\s]|: |:$| #|\s$|^\.{3}$|^~$")
_DASHED = re.compile(r"^[-:?][^\s,\[\]{}#&*!|>'\"%@`:]")
_LIKE_NUMBER = re.compile(r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|0[xob][\da-fA-F_]+|\d{4}-\d\d?-\d\d?.*")
_WORDS = frozenset("y n yes no on off null true false".split())  # noqa: SIM905
_ODD = re.compile(r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_OBJECT = Unknown("an object of Helm's own")


def number(value: float) -> str:
    """A float as %v prints it."""
    if not math.isfinite(value):
        return {math.inf: "+Inf", -math.inf: "-Inf"}.get(value, "NaN")
    sign, digits, exponent = _digits(value)
    if -4 <= exponent < 6:
        return sign + _fixed(digits, exponent + 1)
    return f"{sign}{_mantissa(digits)}e{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


def json_number(value: float) -> str:
    """A float as JSON and YAML have it."""
    if not math.isfinite(value):
        return "null"
    sign, digits, exponent = _digits(value)
    if -7 < exponent < 21:
        return sign + _fixed(digits, exponent + 1)
    return f"{sign}{_mantissa(digits)}e{'-' if exponent < 0 else '+'}{abs(exponent)}"


def _digits(value: float) -> tuple[str, str, int]:
    """Sign, the shortest digits, and the exponent of the first."""
    mantissa, _, power = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    if not digits:
        return "", "0", 0
    first = len(whole) - 1 - (len(whole + fraction) - len(digits))
    return "-" if value < 0 else "", digits.rstrip("0"), first + int(power or 0)


def _mantissa(digits: str) -> str:
    return digits[0] + ("." + digits[1:] if len(digits) > 1 else "")


def _fixed(digits: str, point: int) -> str:
    if point <= 0:
        return "0." + "0" * -point + digits
    return digits.ljust(point, "0") if point >= len(digits) else f"{digits[:point]}.{digits[point:]}"


def text(value: Any, mark: Mark, depth: int = 0) -> str:
    """A value as %v prints it; nil is "", as Helm has it."""
    if isinstance(value, str):
        return str(value)
    if value is None:
        return "" if depth == 0 else "<nil>"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Unknown):
        return mark(value)
    if depth > MAX_DEPTH:
        raise ValueError("nested too deep")
    if isinstance(value, Version):
        return str(value["Version"])
    if isinstance(value, dict):
        return "map[" + " ".join(f"{key}:{text(value[key], mark, depth + 1)}" for key in sorted(value)) + "]"
    if isinstance(value, list):
        return "[" + " ".join(text(item, mark, depth + 1) for item in value) + "]"
    return str(value) if isinstance(value, int) else mark(_OBJECT)


def as_json(value: Any, mark: Mark, depth: int = 0) -> Json:
    """A value as plain Json, with marks for what is not known."""
    if isinstance(value, Unknown):
        return mark(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 10**21 else value if math.isfinite(value) else None
    if depth > MAX_DEPTH:
        raise ValueError("nested too deep")
    if isinstance(value, dict):
        return {key: as_json(value[key], mark, depth + 1) for key in sorted(value)}
    if isinstance(value, list):
        return [as_json(item, mark, depth + 1) for item in value]
    if value is None or isinstance(value, (bool, int)):
        return value
    return str(value) if isinstance(value, str) else mark(_OBJECT)


def json_text(value: Any, mark: Mark, *, indent: int | None = None, escape: bool = True) -> str:
    """A value as Go's encoding/json writes it."""
    separators = (",", ": ") if indent else (",", ":")
    written = json.dumps(as_json(value, mark), ensure_ascii=False, indent=indent, separators=separators)
    if escape:
        written = written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return written


Written: TypeAlias = "tuple[str, Place | None]"


def yaml_pieces(value: Any, mark: Mark) -> Iterator[Written]:
    """A value as YAML, without the last line end: stretches of text, each with where its value is written."""
    lines = _Lines(mark)
    lines.value(value, None, 0, 0)
    return iter(lines.out)


class _Lines:
    def __init__(self, mark: Mark) -> None:
        self.out: list[Written] = []
        self._mark = mark

    def value(self, value: Any, place: Place | None, indent: int, depth: int) -> None:
        """Writes a value where the line stands already."""
        if depth > MAX_DEPTH:
            raise ValueError("nested too deep")
        if isinstance(value, dict):
            self._mapping(value, place, indent, depth)
        elif isinstance(value, list):
            self._sequence(value, place, indent, depth)
        else:
            self.out.append((self._scalar(value, indent), place))

    def _mapping(self, value: dict[str, Any], place: Place | None, indent: int, depth: int) -> None:
        if not value:
            self.out.append(("{}", place))
            return
        places = getattr(value, "at", {})
        for count, key in enumerate(sorted(value)):
            inner = value[key]
            where = places.get(key)
            self.out.append(((("\n" + " " * indent) if count else "") + self._scalar(key, indent) + ":", where))
            if isinstance(inner, dict) and inner:
                self.out.append(("\n" + " " * (indent + 2), None))
                self.value(inner, where, indent + 2, depth + 1)
            elif isinstance(inner, list) and inner:
                self.out.append(("\n" + " " * indent, None))
                self.value(inner, where, indent, depth + 1)
            else:
                self.out.append((" ", None))
                self.value(inner, where, indent + 2, depth + 1)

    def _sequence(self, value: list[Any], place: Place | None, indent: int, depth: int) -> None:
        if not value:
            self.out.append(("[]", place))
            return
        places = getattr(value, "at", [])
        for count, item in enumerate(value):
            self.out.append(((("\n" + " " * indent) if count else "") + "- ", None))
            self.value(item, places[count] if count < len(places) else place, indent + 2, depth + 1)

    def _scalar(self, value: Any, indent: int) -> str:
        if isinstance(value, Unknown):
            return self._mark(value)
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float):
            return json_number(value)
        if isinstance(value, int):
            return str(value)
        return yaml_string(str(value), indent) if isinstance(value, str) else self._mark(_OBJECT)


def yaml_string(value: str, indent: int) -> str:
    """A string as YAML that reads it as a string again."""
    if not value:
        return '""'
    odd = _ODD.search(value)
    if "\n" in value and not odd and value.strip():
        return _block(value, indent)
    if odd or "\n" in value or _is_other(value):
        return _ODD.sub(lambda match: f"\\U{ord(match[0]):08x}", json.dumps(value, ensure_ascii=False))
    if _NEEDS_QUOTES.search(value) and not (_DASHED.match(value) and not re.search(r": |:$| #|\s$", value)):
        return "'" + value.replace("'", "''") + "'"
    return value


def _is_other(value: str) -> bool:
    """Whether a plain scalar of that text would be no string."""
    if value.lower() in _WORDS or value in ("~", "<<") or _LIKE_NUMBER.fullmatch(value):
        return True
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(value[:1], ())
    return any(pattern.match(value) for _, pattern in resolvers)


def _block(value: str, indent: int) -> str:
    pad = " " * max(indent, 2)
    body = value.rstrip("\n")
    ending = len(value) - len(body)
    head = "|" + ("2" if value[0] in " \n" else "") + ("-" if ending == 0 else "+" if ending > 1 else "")
    if value[0] in " \n" and indent > 2:
        pad = " " * indent
    lines = [pad + line if line else "" for line in body.split("\n")]
    return head + "\n" + "\n".join(lines) + "\n" * max(ending - 1, 0)
