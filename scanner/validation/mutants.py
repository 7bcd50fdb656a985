"""Which edits there are: by hand, by operators, and the subjects of the ports.

mutants/<policy>.yaml               by hand; named `<policy>.<name>`
mutants/operators/<anything>.yaml   see `operators`; named `<operator>:<file>:<line>`
mutants/fixtures.yaml               see `transplants`; named `wrong_value:<file>:<line>`
tests/corpus/ports/<port>/subjects.yaml   rule id -> the edit that it must report; named after the rule
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scanner.cards import expand_placeholders
from scanner.catalog import Catalog
from scanner.errors import RuleError
from scanner.model import Json
from scanner.validation.edit import edit
from scanner.validation.mutant import Mutant, Texts
from scanner.validation.operators import operators
from scanner.validation.read import read
from scanner.validation.transplants import FILE as FIXTURES
from scanner.validation.transplants import transplants

DEFECTS = "defects.yaml"
PORTS = "tests/corpus/ports"
SUBJECTS = "subjects.yaml"


def mutants(folder: Path, root: Path, catalog: Catalog, ports: Path | None = None) -> list[Mutant]:
    """All mutants of a rules folder, in the order of their names; `root`: what their files are relative to.

    Raises RuleError naming the file and the entry that cannot be used.
    """
    texts, home = Texts(root), folder / "mutants"
    also: dict[str, frozenset[str]] = {}
    found: list[Mutant] = []
    for file in sorted(home.glob("*.y*ml")):
        if file.name not in (DEFECTS, FIXTURES):
            data = _Data(file.relative_to(folder).as_posix(), texts, catalog)
            content = read(file, data.name, "hand") or {}
            also[file.stem] = data.also("also", content)
            found += _by_hand(content, data, data.policy("the file's name", file.stem))
    for file in sorted((home / "operators").glob("*.y*ml")):
        data = _Data(file.relative_to(folder).as_posix(), texts, catalog)
        for entry in read(file, data.name, "operators") or ():
            data.policy(entry["name"], entry["policy"])
            data.also(entry["name"], entry)
            found += operators(entry, data.name, texts)
    for file in sorted(ports.glob(f"*/{SUBJECTS}")) if ports else ():
        data = _Data(file.relative_to(root).as_posix(), texts, catalog)
        found += _subjects(read(file, data.name, "subjects") or {}, data)
    if ports:
        found += transplants(folder, root, catalog, texts)
    _refuse_doubles(found, folder)
    found = [replace(item, also=item.also | also.get(item.policy, frozenset())) for item in found]
    return sorted(found, key=lambda item: item.name)


@dataclass(frozen=True, slots=True)
class _Data:
    """One file of entries; `name`: what it is called in errors."""

    name: str
    texts: Texts
    catalog: Catalog

    def policy(self, entry: str, policy: str) -> str:
        """The policy. RuleError: there is no such one."""
        if policy not in self.catalog.policies:
            raise RuleError(f"{self.name}: {entry}: there is no policy {policy!r}")
        return policy

    def also(self, entry: str, values: Mapping[str, Json]) -> frozenset[str]:
        """The policies an entry says are right as well."""
        return frozenset(self.policy(f"{entry}: also", policy) for policy in values.get("also", ()))

    def mutant(self, label: str, policy: str, file: str, values: Mapping[str, Json]) -> Mutant:
        """What an entry means. RuleError: its edit cannot be made."""
        wrong = expand_placeholders(values["wrong"], policy)
        try:
            made = edit(file, self.texts(file), values["line"], wrong, values.get("beside", ""))
        except ValueError as error:
            shown = values["line"].split("\n")[0][:80]
            raise RuleError(f"{self.name}: {label}: {file}: {shown!r}: {error}") from None
        return Mutant(
            label,
            policy,
            made,
            self.also(label, values),
            survives=values.get("survives", ""),
            reported=values.get("reported", ""),
        )


def _by_hand(content: Json, data: _Data, policy: str) -> Iterator[Mutant]:
    for entry in content.get("mutants", ()):
        yield data.mutant(f"{policy}.{entry['name']}", policy, entry["file"], entry)


def _subjects(content: Json, data: _Data) -> Iterator[Mutant]:
    folder = data.name.removesuffix(SUBJECTS)
    for rule, entry in content.items():
        if rule not in data.catalog.rules:
            raise RuleError(f"{data.name}: {rule}: there is no such rule")
        policy = data.catalog.rules[rule].policy
        yield replace(data.mutant(rule, policy, folder + entry["file"], entry), rule=rule)


def _refuse_doubles(found: list[Mutant], folder: Path) -> None:
    seen: set[str] = set()
    for item in found:
        if item.name in seen:
            raise RuleError(f"{folder.name}: two mutants are called {item.name}: give one of them another name")
        seen.add(item.name)
