"""Plain arguments of functions, converted as Terraform converts them."""

from __future__ import annotations

from typing import Any

from scanner.inputs.terraform.values import MAX_ITEMS, MAX_TEXT, scalar_text, to_bool, to_number


class RefusedError(ValueError):
    """Terraform would refuse these arguments."""


class TooLargeError(ValueError):
    """The result would be larger than paylint computes."""


def text(data: Any) -> str:
    """A string; numbers and booleans become one."""
    result = scalar_text(data)
    if result is None:
        raise RefusedError("a string is expected")
    return result


def number(data: Any) -> int | float:
    """A number; a string that holds one becomes one."""
    result = to_number(data)
    if result is None:
        raise RefusedError("a number is expected")
    return result


def whole(data: Any) -> int:
    """A whole number."""
    result = number(data)
    if not isinstance(result, int):
        raise RefusedError("a whole number is expected")
    return result


def boolean(data: Any) -> bool:
    """A boolean; "true" and "false" become one."""
    result = to_bool(data)
    if result is None:
        raise RefusedError("true or false is expected")
    return result


def items(data: Any) -> list[Any]:
    """A list or a set."""
    if not isinstance(data, list):
        raise RefusedError("a list is expected")
    return data


def strings(data: Any) -> list[str]:
    """A list of strings."""
    return [text(item) for item in items(data)]


def bounded(length: int) -> None:
    """TooLargeError if a string would become longer than paylint computes."""
    if length > MAX_TEXT:
        raise TooLargeError(f"a string longer than {MAX_TEXT:,} characters")


def countable(count: int) -> None:
    """TooLargeError if a list would hold more than paylint computes."""
    if count > MAX_ITEMS:
        raise TooLargeError(f"more than {MAX_ITEMS:,} items")
