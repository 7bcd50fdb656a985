"""What holds at a level: what is written there, and what the levels around it say about the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from scanner.directives.text import Directive
from scanner.model import Json, Keys, Place

MAX_INHERITED = 200_000
"""How many words a unit may repeat by inheritance and by including a file again."""


class TooMuchError(Exception):
    """A unit repeats more than MAX_INHERITED words."""


@dataclass
class Budget:
    """What is left of MAX_INHERITED in one unit."""

    left: int = MAX_INHERITED

    def take(self, directives: Iterable[Directive]) -> None:
        """TooMuchError when nothing is left."""
        self.left -= 1 + sum(1 + len(directive.words) for directive in directives)
        if self.left < 0:
            raise TooMuchError


@dataclass(frozen=True)
class Settings:
    """Directives by name: `own` are written at this level, `inherited` come from the levels around it.

    A directive that is written at a level replaces all of the same name from above.
    """

    own: Mapping[str, tuple[Directive, ...]] = field(default_factory=dict)
    inherited: Mapping[str, tuple[Directive, ...]] = field(default_factory=dict)

    def below(self, directives: Iterable[Directive], passed_on: Collection[str]) -> Settings:
        """The settings of a level inside this one; only names in `passed_on` are inherited."""
        handed = {name: found for name, found in self.all().items() if name in passed_on}
        return Settings(by_name(directives), handed)

    def all(self) -> dict[str, tuple[Directive, ...]]:
        """What holds here."""
        return {**self.inherited, **self.own}

    def config(self, budget: Budget, below: Keys = ()) -> tuple[dict[str, Json], dict[Keys, Place]]:
        """{"directives": {name: [[argument, ...], ...]}, "own": [name, ...]}, and the places of it."""
        for name, found in self.inherited.items():
            if name not in self.own:
                budget.take(found)
        directives, places = written(self.all(), (*below, "directives"))
        return {"directives": directives, "own": sorted(self.own)}, places


def by_name(directives: Iterable[Directive]) -> dict[str, tuple[Directive, ...]]:
    """Directives by name, in the order they are written."""
    found: dict[str, list[Directive]] = {}
    for directive in directives:
        found.setdefault(directive.name, []).append(directive)
    return {name: tuple(items) for name, items in found.items()}


def written(directives: Mapping[str, tuple[Directive, ...]], below: Keys) -> tuple[Json, dict[Keys, Place]]:
    """{name: [[argument, ...], ...]}: a directive's place is all of it, an argument's its text."""
    config: dict[str, Json] = {}
    places: dict[Keys, Place] = {}
    for name, found in sorted(directives.items()):
        config[name] = [directive.values for directive in found]
        for index, directive in enumerate(found):
            keys: Keys = (*below, name, index)
            places[keys] = directive.place
            places |= {(*keys, number): word.place for number, word in enumerate(directive.words)}
    return config, places
