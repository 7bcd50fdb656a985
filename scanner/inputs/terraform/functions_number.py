"""Functions on numbers and network addresses.

Arguments are plain data; a ValueError means that Terraform refuses them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from scanner.inputs.terraform.arguments import RefusedError, boolean, countable, items, number, text, whole
from scanner.inputs.terraform.values import tidy

_Network = IPv4Network | IPv6Network


def _tidy(value: int | float | Decimal) -> int | float:
    result = tidy(value)
    if result is None:
        raise RefusedError("the number is too large")
    return result


def _log(value: Any, base: Any) -> int | float:
    return _tidy(math.log(number(value)) / math.log(number(base)))


def _pow(base: Any, power: Any) -> int | float:
    left, right = number(base), number(power)
    if abs(right) > 1000 or abs(left) > 1e150:
        raise RefusedError("the number is too large")
    result = left**right
    if isinstance(result, complex):
        raise RefusedError("there is no such power")
    return _tidy(result)


def _parse_int(value: Any, base: Any) -> int:
    digits, radix = text(value), whole(base)
    if len(digits) > 250 or not 2 <= radix <= 36 or digits.strip() != digits or "_" in digits:
        raise RefusedError("this is no whole number")
    return int(digits, radix)


def _signum(value: Any) -> int:
    sign = number(value)
    return (sign > 0) - (sign < 0)


def _range(*bounds: Any) -> list[int | float]:
    numbers = [number(bound) for bound in bounds]
    start, stop = (0, numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1])
    step = numbers[2] if len(numbers) == 3 else (1 if stop >= start else -1)
    if step == 0:
        raise RefusedError("a range cannot go in steps of 0")
    count = max(math.ceil((Decimal(repr(stop)) - Decimal(repr(start))) / Decimal(repr(step))), 0)
    countable(count)
    return [_tidy(Decimal(repr(start)) + Decimal(repr(step)) * index) for index in range(count)]


def _tonumber(value: Any) -> int | float | None:
    return None if value is None else number(value)


def _tobool(value: Any) -> bool | None:
    return None if value is None else boolean(value)


def _sum(values: Any) -> int | float:
    if not items(values):
        raise RefusedError("there is no sum of nothing")
    return _tidy(sum((Decimal(repr(number(value))) for value in values), Decimal(0)))


def _numbers(arguments: tuple[Any, ...]) -> list[int | float]:
    return [number(argument) for argument in arguments]


def _network(prefix: Any) -> _Network:
    address = text(prefix)
    if "/" not in address:
        raise RefusedError("an address range in CIDR notation is expected")
    return ip_network(address, strict=False)


def _subnet(network: _Network, bits: int, index: int) -> str:
    length = network.prefixlen + bits
    if bits < 0 or length > network.max_prefixlen or not 0 <= index < 1 << bits:
        raise RefusedError("there is no such subnet")
    start = int(network.network_address) + (index << (network.max_prefixlen - length))
    return str(type(network)((start, length)))


def _cidrsubnet(prefix: Any, bits: Any, index: Any) -> str:
    return _subnet(_network(prefix), whole(bits), whole(index))


def _cidrsubnets(prefix: Any, *bits: Any) -> list[str]:
    """Consecutive ranges, each aligned to its own size."""
    network = _network(prefix)
    found, at = [], int(network.network_address)
    for each in bits:
        length = network.prefixlen + whole(each)
        if whole(each) < 1 or length > network.max_prefixlen:
            raise RefusedError("there is no such subnet")
        size = 1 << (network.max_prefixlen - length)
        start = -(-at // size) * size
        if start + size > int(network.broadcast_address) + 1:
            raise RefusedError("the subnets do not fit")
        found.append(str(type(network)((start, length))))
        at = start + size
    return found


def _cidrhost(prefix: Any, index: Any) -> str:
    network, host = _network(prefix), whole(index)
    size = network.num_addresses
    if not -size <= host < size:
        raise RefusedError("there is no such host")
    return str(network.network_address + host % size)


def _cidrnetmask(prefix: Any) -> str:
    network = _network(prefix)
    if isinstance(network, IPv6Network):
        raise RefusedError("netmasks are for IPv4")
    return str(network.netmask)


def _alltrue(values: Any) -> bool:
    return all(boolean(value) for value in items(values))


def _anytrue(values: Any) -> bool:
    return any(value is not None and boolean(value) for value in items(values))


FUNCTIONS: dict[str, tuple[Callable[..., Any], int, int]] = {
    "abs": (lambda value: abs(number(value)), 1, 1),
    "alltrue": (_alltrue, 1, 1),
    "anytrue": (_anytrue, 1, 1),
    "ceil": (lambda value: math.ceil(number(value)), 1, 1),
    "cidrhost": (_cidrhost, 2, 2),
    "cidrnetmask": (_cidrnetmask, 1, 1),
    "cidrsubnet": (_cidrsubnet, 3, 3),
    "cidrsubnets": (_cidrsubnets, 1, 99),
    "floor": (lambda value: math.floor(number(value)), 1, 1),
    "log": (_log, 2, 2),
    "max": (lambda *values: max(_numbers(values)), 1, 9999),
    "min": (lambda *values: min(_numbers(values)), 1, 9999),
    "parseint": (_parse_int, 2, 2),
    "pow": (_pow, 2, 2),
    "range": (_range, 1, 3),
    "signum": (_signum, 1, 1),
    "sum": (_sum, 1, 1),
    "tobool": (_tobool, 1, 1),
    "tonumber": (_tonumber, 1, 1),
}
"""Name -> function, fewest arguments, most arguments."""
