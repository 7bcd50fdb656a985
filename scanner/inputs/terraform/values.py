"""What expressions evaluate to: data that knows where it stands, where it came from and what it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from scanner.inputs.terraform.syntax import File, Spot

MAX_VALUE_DEPTH = 100
"""How deep lists and objects may nest in each other, however they were put together."""
MAX_TEXT = 1 << 20
"""How long a computed string may be, in characters."""
MAX_ITEMS = 10_000
"""How many items a computed list or object may have."""
MAX_DIGITS = 300
MAX_NUMBER = 10**MAX_DIGITS
"""How large a number may be, written or computed: turning digits into numbers takes more than linear time."""
MAX_SIZE = 200_000
"""How many values a list or object may hold in all, each counted as often as it occurs; 16 characters count as one."""
TOO_LARGE = "a list or object that is too large or too deeply nested"
MAX_STEPS_BACK = 8
"""How many steps of where a value came from are kept: those next to where it is used, and the last, its origin."""

Refs: TypeAlias = "frozenset[str]"
NO_REFS: Refs = frozenset()


_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\Z").match


class Unknown:
    """Stands for what cannot be known before apply, or what paylint does not work out.

    `ref`, `attr`: the resource and the attribute it is, where it is exactly that. `text`: a template with the known
    parts filled in. `failed`: Terraform would refuse the expression, so `try` goes on to the next one.
    """

    __slots__ = ("attr", "failed", "reason", "ref", "text")

    def __init__(self, reason: str, *, ref: str = "", attr: str = "", text: str = "", failed: bool = False) -> None:
        self.reason, self.ref, self.attr, self.text, self.failed = reason, ref, attr, text, failed


class Whole(Unknown):
    """A resource or a module as a value: what is not asked for by name is unknown.

    `several`: it stands for all its instances, of which it is not known how many there are.
    """

    __slots__ = ("several",)

    def __init__(self, reason: str, ref: str, several: bool) -> None:
        super().__init__(reason, ref=ref)
        self.several = several

    def attribute(self, name: str) -> tuple[Val, str]:
        """The value of an attribute, and what to call it in a trace."""
        raise NotImplementedError


class Doubtful(Unknown):
    """A block that may be there or not, or several times over; `contents` is what it would hold."""

    __slots__ = ("contents",)

    def __init__(self, reason: str, contents: Val) -> None:
        super().__init__(reason)
        self.contents = contents


class SetItems(list["Val"]):
    """The items of a set: sorted, each once. Its keys, where something runs over it, are the items themselves."""

    __slots__ = ()


Data: TypeAlias = "bool | int | float | str | list[Val] | dict[str, Val] | Unknown | None"
Hop: TypeAlias = tuple[str, Spot]
"""A step on the way back to a value's origin: what is passed through, and what stands there."""


class Pieces(NamedTuple):
    """What a string was made from: (start, end, text or interpolated value) in the file it is written in."""

    file: File
    parts: tuple[tuple[int, int, str | Val], ...]
    heredoc: bool


class Val:
    """A value. `at`: where it stands, seen from the expression that was evaluated. `hops`: where it came from, nearest
    first, if a reference led to it. `refs`: the resources that have a say in it (those of its items not included).
    `json`: what the text of this value means, where it is known to be JSON (`jsonencode`, a rendered policy).
    `pieces`: what it was made from, where it may be JSON. Ask `embedded.meaning` about both.
    """

    __slots__ = ("at", "data", "depth", "hops", "json", "pieces", "refs", "size")

    def __init__(
        self,
        data: Data,
        at: Spot,
        refs: Refs = NO_REFS,
        hops: tuple[Hop, ...] = (),
        json: Val | None = None,
        *,
        pieces: Pieces | None = None,
        depth: int = 0,
        size: int = 1,
    ) -> None:
        self.data, self.at, self.refs, self.hops = data, at, refs, hops
        self.json, self.pieces, self.depth, self.size = json, pieces, depth, size

    def _with(self, at: Spot, refs: Refs, hops: tuple[Hop, ...]) -> Val:
        """The same value in another place."""
        return Val(self.data, at, refs, hops, self.json, pieces=self.pieces, depth=self.depth, size=self.size)

    def passed(self, label: str, at: Spot, refs: Refs = NO_REFS) -> Val:
        """This value as it arrives at `at` through the reference `label`."""
        return self._with(at, self.refs | refs, _shortened(((label, self.at), *self.hops)))

    def standing(self, at: Spot, refs: Refs = NO_REFS) -> Val:
        """This value as the result of the expression at `at`, which also depends on `refs`."""
        if at == self.at and refs <= self.refs:
            return self
        return self._with(at, self.refs | refs, self.hops)

    def item(self, value: Val) -> Val:
        """What is inside this value, as seen from where this value stands."""
        refs = self.refs | value.refs if self.refs else value.refs
        if not self.hops:
            return value if refs == value.refs else value.standing(value.at, refs)
        last = (self.hops[-1][0], value.at)
        return value._with(self.at, refs, _shortened((*self.hops[:-1], last, *value.hops)))

    def items(self) -> list[Val]:
        """The items of a list or a set, or the values of an object in the order of its keys."""
        data = self.data
        if isinstance(data, list):
            return [self.item(value) for value in data]
        if isinstance(data, dict):
            return [self.item(data[key]) for key in sorted(data)]
        return []


def _shortened(hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
    return hops if len(hops) <= MAX_STEPS_BACK else (*hops[: MAX_STEPS_BACK - 1], hops[-1])


def collection(data: list[Val] | dict[str, Val], at: Spot, refs: Refs = NO_REFS) -> Val:
    """A list or an object of values; unknown if it nests too deeply or holds too much."""
    depth, size = 1, 1
    values: Iterable[Val] = data.values() if isinstance(data, dict) else data
    for value in values:
        size += weight(value)
        if value.depth >= depth:
            depth = value.depth + 1
    if depth > MAX_VALUE_DEPTH or size > MAX_SIZE:
        return Val(Unknown(TOO_LARGE), at, refs)
    return Val(data, at, refs, depth=depth, size=size)


def weight(value: Val) -> int:
    """What a value counts against MAX_SIZE, and about how many steps it takes to look at all of it."""
    return value.size + (len(value.data) >> 4) if isinstance(value.data, str) else value.size


def deep_refs(value: Val) -> Refs:
    """All resources that have a say in a value or in anything inside it."""
    found = value.refs
    for inner in walk(value):
        if inner.refs and inner.refs is not found:
            found = found | inner.refs
    return found


def walk(value: Val) -> Iterator[Val]:
    """A value and all that is inside it; without recursion."""
    stack = [value]
    while stack:
        value = stack.pop()
        yield value
        data = value.data
        if isinstance(data, list):
            stack.extend(data)
        elif isinstance(data, dict):
            stack.extend(data.values())


def first_unknown(value: Val) -> Unknown | None:
    """Something in a value that is not known, if there is any."""
    for inner in walk(value):
        if isinstance(inner.data, Unknown):
            return inner.data
    return None


def plain(value: Val) -> Any:
    """A wholly known value as Python data; a set becomes a list."""
    data = value.data
    if isinstance(data, list):
        return [plain(item) for item in data]
    if isinstance(data, dict):
        return {key: plain(item) for key, item in data.items()}
    return data


def from_plain(data: Any, at: Spot, refs: Refs = NO_REFS) -> Val:
    """Python data as a value, all of it standing at one place."""
    if isinstance(data, list):
        return collection([from_plain(item, at) for item in data], at, refs)
    if isinstance(data, dict):
        return collection({str(key): from_plain(item, at) for key, item in data.items()}, at, refs)
    return Val(data, at, refs)


def same(left: Any, right: Any) -> bool:
    """Whether two plain values are equal as Terraform sees it: `1` is not `"1"`, and not `true`."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(item, right[key]) for key, item in left.items())
    return bool(left == right)


def number_text(number: int | float) -> str:
    """A number as Terraform writes it: never with an exponent."""
    return str(number) if isinstance(number, int) else format(Decimal(repr(number)), "f")


def scalar_text(data: object) -> str | None:
    """A string, number or boolean as text; None for anything else."""
    if isinstance(data, str):
        return data
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, int | float):
        return number_text(data)
    return None


def to_number(data: object) -> int | float | None:
    """A number, or a string that holds one; None for anything else."""
    if isinstance(data, bool):
        return None
    if isinstance(data, int | float):
        return data
    return parse_number(data) if isinstance(data, str) and _NUMBER(data) else None


def parse_number(text: str) -> int | float | None:
    """What digits with a point or an exponent stand for; None where it is out of bounds."""
    return tidy(Decimal(text)) if len(text) <= MAX_DIGITS else None


def tidy(number: int | float | Decimal) -> int | float | None:
    """A computed number: whole ones as int; None where it is out of bounds."""
    if isinstance(number, int):
        return number if -MAX_NUMBER < number < MAX_NUMBER else None
    exact = Decimal(repr(number)) if isinstance(number, float) else number
    if not exact.is_finite() or exact.adjusted() >= MAX_DIGITS:
        return None
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def to_bool(data: object) -> bool | None:
    """A boolean, or a string that holds one; None for anything else."""
    if isinstance(data, bool):
        return data
    return {"true": True, "false": False}.get(data) if isinstance(data, str) else None
