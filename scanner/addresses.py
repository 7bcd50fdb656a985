"""Addresses of subjects: unique in a unit."""

from __future__ import annotations


def unique(address: str, taken: dict[str, int]) -> str:
    """The address, with #2, #3, … where it is taken. `taken`: address -> the last number given to it."""
    found, number = address, taken.get(address, 0)
    while found in taken:
        number += 1
        found = f"{address}#{number}"
    taken[found], taken[address] = 1, max(number, 1)
    return found
