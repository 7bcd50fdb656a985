"""What Terraform's operators do with values that may be unknown."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal
from operator import add, ge, gt, le, lt, mul, sub

from scanner.inputs.terraform.values import (
    Data,
    Unknown,
    Val,
    first_unknown,
    plain,
    same,
    tidy,
    to_bool,
    to_number,
)

_Number = int | float
_PRECISION = 50
"""Significant digits to compute with: Terraform's numbers are not binary fractions, 0.1 + 0.2 is 0.3."""


_WHOLE: dict[str, Callable[[int, int], int]] = {"+": add, "-": sub, "*": mul}
_DECIMAL = Context(prec=_PRECISION)
_ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": _DECIMAL.add,
    "-": _DECIMAL.subtract,
    "*": _DECIMAL.multiply,
    "/": _DECIMAL.divide,
    "%": _DECIMAL.remainder,
}
"""The remainder has the sign of the dividend, as in Go."""
_COMPARISONS: dict[str, Callable[[_Number, _Number], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


def unary(operator: str, data: Data) -> Data:
    """`-` or `!` of a value."""
    if isinstance(data, Unknown):
        return Unknown(data.reason, failed=data.failed)
    if operator == "!":
        wanted = to_bool(data)
        return _no_operand(operator) if wanted is None else not wanted
    number = to_number(data)
    return _no_operand(operator) if number is None else -number


def binary(operator: str, left: Val, right: Val) -> Data:
    """Two values combined."""
    if operator in ("&&", "||"):
        return _logical(operator, left.data, right.data)
    unknown = first_unknown(left) or first_unknown(right)
    if operator in ("==", "!="):
        return _equal(left, right, unknown) if operator == "==" else _not(_equal(left, right, unknown))
    if unknown:
        return Unknown(unknown.reason, failed=unknown.failed)
    first, second = to_number(left.data), to_number(right.data)
    if first is None or second is None:
        return _no_operand(operator)
    if operator in _COMPARISONS:
        return _COMPARISONS[operator](first, second)
    number = arithmetic(operator, first, second)
    return Unknown(f"'{operator}' has no usable result here", failed=True) if number is None else number


def arithmetic(operator: str, left: _Number, right: _Number) -> _Number | None:
    """Two numbers combined; None where the result is out of bounds, or there is none."""
    if isinstance(left, int) and isinstance(right, int) and operator in _WHOLE:
        return tidy(_WHOLE[operator](left, right))
    try:
        return tidy(_ARITHMETIC[operator](Decimal(repr(left)), Decimal(repr(right))))
    except ArithmeticError:
        return None


def _logical(operator: str, left: Data, right: Data) -> Data:
    """One operand may decide alone, whatever the other turns out to be."""
    deciding = operator == "||"
    operands = [to_bool(left), to_bool(right)]
    if deciding in operands:
        return deciding
    for data, operand in zip((left, right), operands, strict=True):
        if isinstance(data, Unknown):
            return Unknown(data.reason, failed=data.failed)
        if operand is None:
            return _no_operand(operator)
    return not deciding


def _equal(left: Val, right: Val, unknown: Unknown | None) -> Data:
    if not unknown:
        return same(plain(left), plain(right))
    kinds = [_kind(left.data), _kind(right.data)]
    if "" not in kinds and kinds[0] != kinds[1]:
        return False
    return Unknown(unknown.reason, failed=unknown.failed)


def _kind(data: Data) -> str:
    """Which values a value can be equal to; "" for any."""
    if isinstance(data, Unknown):
        return ""
    if isinstance(data, bool):
        return "bool"
    if isinstance(data, int | float):
        return "number"
    return type(data).__name__


def _not(data: Data) -> Data:
    return data if isinstance(data, Unknown) else not data


def _no_operand(operator: str) -> Unknown:
    return Unknown(f"'{operator}' is given a value of the wrong kind", failed=True)
