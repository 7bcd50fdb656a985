"""`sql`: builds a unit from texts and answers questions about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from scanner.inputs import sql as sql_input
from scanner.model import Json, Place, Subject, Unit
from scanner.text import Source


@dataclass(frozen=True)
class Built:
    """A unit and the files it was made from."""

    unit: Unit
    sources: dict[str, Source]

    def text(self, place: Place) -> str:
        """What stands at a place."""
        return self.sources[place.path].slice(place.span)

    def at(self, address: str, *keys: str | int) -> str:
        """What stands where a subject says its value is."""
        return self.text(self.subject(address).places[keys])

    def path_of(self, address: str, *keys: str | int) -> str:
        return self.subject(address).places[keys].path

    def subject(self, address: str) -> Subject:
        found = [subject for subject in self.unit.subjects if subject.address == address]
        assert len(found) == 1, [subject.address for subject in self.unit.subjects]
        return found[0]

    def config(self, address: str) -> Json:
        return self.subject(address).config

    def of_type(self, type_: str) -> list[str]:
        return [subject.address for subject in self.unit.subjects if subject.type == type_]

    def names(self, address: str) -> list[str]:
        """The names of a table's or view's columns, each checked against the text at its place."""
        subject = self.subject(address)
        names = [column["name"] for column in subject.config["columns"]]
        for index, name in enumerate(names):
            place = subject.places["columns", index]
            assert self.text(place) == name
            assert subject.places["columns", index, "name"] == place
        return names

    def column(self, address: str, name: str) -> Json:
        (found,) = [column for column in self.config(address)["columns"] if column["name"] == name]
        return found

    @property
    def problems(self) -> list[str]:
        assert not any(problem.fatal for problem in self.unit.problems)
        return [problem.message for problem in self.unit.problems]


Build = Callable[..., Built]


@pytest.fixture
def sql() -> Build:
    """sql("CREATE …") or sql({"1.sql": "…", "2.sql": b"…"}): the unit these files make."""

    def build(files: str | bytes | dict[str, str | bytes]) -> Built:
        named = files if isinstance(files, dict) else {"db/schema.sql": files}
        data = {path: text if isinstance(text, bytes) else text.encode() for path, text in named.items()}
        sources = {path: Source(path, content) for path, content in data.items()}
        return Built(sql_input.build("db", sources), sources)

    return build
