"""What is told of a statement, and what may come of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Facts:
    """About one statement, none of its values among them.

    `kind`: what it is, as INSERT; `writes`: whether data, tables or columns come of it; `names`: of columns, aliases
    and keys in it; `functions`: it calls; `literal_digits`: in all its literals together; `opaque`: what in it could
    not be looked into; `columns_named`: false for an INSERT that leaves them out.
    """

    kind: str
    writes: bool = False
    names: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    literal_digits: int = 0
    opaque: tuple[str, ...] = ()
    columns_named: bool = True


def question(statements: Sequence[Facts], card_numbers: Sequence[int]) -> dict[str, Any]:
    """The policy's input. `card_numbers`: the places of parameters that read as one, from 1."""
    return {
        "statements": [asdict(each) for each in statements],
        "parameters": [{"position": place, "reads_as": "pan"} for place in card_numbers],
    }


@dataclass(frozen=True, slots=True)
class Decision:
    """`reasons`: why not, in words of the policy, with names of columns and no values."""

    allowed: bool
    reasons: tuple[str, ...] = ()


class Decider(Protocol):
    """Who decides."""

    async def decide(self, asked: dict[str, Any]) -> Decision:
        """`asked`: see `question`. Raises UnavailableError: there is no answer, and nothing may run."""
        ...
