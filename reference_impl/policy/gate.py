"""Lets statements through, or not: shapes of statements are asked about now and then, values looked at each time."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from reference_impl.errors import StatementRefusedError
from reference_impl.policy.model import Decider, Decision, question
from reference_impl.policy.parsing import facts
from reference_impl.policy.values import card_numbers

ASKED_AGAIN_SECONDS = 60.0
"""How long a change of the policy may take to be heeded; so long may a decision be remembered."""
_SHAPES = 2048


class PolicyGate:
    """Implements `guarding.Guard`. `refused`: told the reasons of each refusal; `now`: seconds that never go back."""

    def __init__(
        self,
        decider: Decider,
        refused: Callable[[Sequence[str]], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._decider, self._refused, self._now = decider, refused, now
        self._remembered: OrderedDict[tuple[str, str], tuple[Decision, float]] = OrderedDict()

    def passes(self, text: str, dialect: str, values: Sequence[Any]) -> bool:
        """Whether it may run, as far as is remembered: False is no answer yet."""
        held = self._remembered.get((text, dialect))
        return held is not None and held[0].allowed and held[1] > self._now() and not card_numbers(values)

    async def check(self, text: str, dialect: str, values: Sequence[Any]) -> None:
        """Raises StatementRefusedError; UnavailableError: nobody can be asked, so it does not run either."""
        found = card_numbers(values)
        held = self._remembered.get((text, dialect))
        if held is None or held[1] <= self._now() or found:
            held = await self._asked(text, dialect, found)
        if not held[0].allowed:
            self._refused(held[0].reasons)
            raise StatementRefusedError("the policy does not let this statement through")

    async def _asked(self, text: str, dialect: str, found: list[int]) -> tuple[Decision, float]:
        decision = await self._decider.decide(question(facts(text, dialect), found))
        held = decision, self._now() + ASKED_AGAIN_SECONDS
        if not found:
            self._remembered[text, dialect] = held
            self._remembered.move_to_end((text, dialect))
            if len(self._remembered) > _SHAPES:
                self._remembered.popitem(last=False)
        return held
