"""Modules in the form in which an OPA server gets them: below our own root, and as many as can be as one.

OPA compiles all its policies anew for each one that comes or goes; one by one, 150 rules take a minute. A policy is one
package, so modules are put into a package together, libraries with the rules that use them: the names of each package's
own rules and functions get a prefix (also where they are variables, which changes no meaning), what is named of another
package gets that one's, imports are written out, lines are kept. A package that is spoken of in any other way than by
one of its names, or by a module that stays alone, stays alone as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from scanner.engines.rego import tokens
from scanner.engines.rego.backend import DOCUMENTS, asked
from scanner.engines.rego.embedded import rule_names

INPUT = "scanned_unit"
"""Where below the root the input lies, as data."""

GROUPS = "asked_together"
"""Below the root and this, by group: the answers to all its questions, on the input that comes with the request."""


@dataclass(frozen=True, slots=True)
class Part:
    """One module as it is sent. `questions`: document -> the rule that evaluates it on the input.

    `groups`: where these rules' answers are found together with others, under the same names.
    """

    source: str
    package: str
    text: str
    questions: Mapping[str, str]
    groups: tuple[str, ...] = ()


def arranged(
    modules: Mapping[str, str], root: str, groups: Mapping[str, Iterable[str]] | None = None
) -> tuple[list[Part], list[Part]]:
    """The modules that stay alone, what others refer to first, and those that are put together.

    `groups`: name -> packages that are asked about the same inputs.
    """
    grouped: dict[str, list[str]] = {}
    for group, members in (groups or {}).items():
        for package in members:
            grouped.setdefault(package, []).append(group)
    packages = {source: tokens.package_of(text) for source, text in modules.items()}
    uses = {source: _uses(text) for source, text in modules.items()}
    together = _together(modules, packages, uses)
    alone = [source for source, package in packages.items() if package not in together]
    needs = {
        source: [
            other for other in alone if other != source and _meets(packages[other], uses[source] | {packages[source]})
        ]
        for source in alone
    }
    own: dict[str, set[str]] = {}
    for source, package in packages.items():
        if package in together:
            own.setdefault(package, set()).update(rule_names(modules[source]))
    prefixes = {package: f"paylint{number}_" for number, package in enumerate(own)}
    return (
        [_alone(source, modules[source], packages[source], root) for source in _needed_first(alone, needs)],
        [
            _joined(
                source,
                text,
                _Names(root, packages[source], own[packages[source]], prefixes),
                grouped.get(packages[source], ()),
            )
            for source, text in modules.items()
            if packages[source] in together
        ],
    )


def _uses(text: str) -> set[str]:
    """What a module speaks of below `data`, by imported names too: {"paylint.lib.known", "settings"}; "" for all."""
    imported = tokens.imports(text)
    aliases = {item.alias: item.path for item in imported}
    for item in imported:
        text = text[: item.start] + " " * (item.end - item.start) + text[item.end :]
    found = tokens.references(text)
    for match in tokens.names(text):
        first, dot, rest = match["name"].partition(".")
        path = f"{aliases.get(first, '')}{dot}{rest}"
        if path.startswith("data."):
            found.add(path[5:])
    return found


def _together(modules: Mapping[str, str], packages: Mapping[str, str], uses: Mapping[str, set[str]]) -> set[str]:
    """The packages that can be put together."""
    found = set(packages.values()) - {"", *(packages[source] for source in modules if not _is_plain(modules[source]))}
    spoken = {path for used in uses.values() for path in used}
    found -= {package for package in found if any(not path or _lies_in(package, path) for path in spoken)}
    while True:
        needed = {path for source, used in uses.items() if packages[source] not in found for path in used}
        lost = {package for package in found if any(_lies_in(path, package) for path in needed)}
        if not lost:
            return found
        found -= lost


def _lies_in(path: str, package: str) -> bool:
    return f"{path}.".startswith(f"{package}.")


def _meets(package: str, references: set[str]) -> bool:
    """Whether one of the references lies in a package or holds it."""
    return any(not ref or _lies_in(ref, package) or _lies_in(package, ref) for ref in references)


def _is_plain(text: str) -> bool:
    """Whether all that has to be rewritten for a common package is in the form that is understood here."""
    return len([1 for match in tokens.names(text) if match["name"] == "import"]) == len(tokens.imports(text))


def _needed_first(sources: Iterable[str], needs: Mapping[str, Sequence[str]]) -> list[str]:
    """OPA refuses a call to a function it does not know yet."""
    found: list[str] = []
    seen: set[str] = set()

    def visit(source: str) -> None:
        if source not in seen:
            seen.add(source)
            for need in needs[source]:
                visit(need)
            found.append(source)

    for source in sources:
        visit(source)
    return found


def _alone(source: str, text: str, package: str, root: str) -> Part:
    is_ours = package.split(".", maxsplit=1)[0] == "paylint"
    documents = DOCUMENTS if is_ours else asked(package, {*DOCUMENTS, *rule_names(text)})
    questions = {document: f"paylint_ask_{document}" for document in documents}
    rules = [_question(name, f"data.{root}.{package}.{document}", root) for document, name in questions.items()]
    return Part(source, package, "\n".join([tokens.rehomed(text, root), *rules]), questions)


@dataclass(frozen=True, slots=True)
class _Names:
    """What names become: the `own` ones of a package get its prefix of `prefixes`, those of other packages theirs."""

    root: str
    package: str = ""
    own: Set[str] = frozenset()
    prefixes: Mapping[str, str] = field(default_factory=dict)

    @property
    def own_prefix(self) -> str:
        return self.prefixes.get(self.package, "")

    def below_data(self, path: str) -> str:
        """A path below `data`, "" for all of it."""
        for package, prefix in self.prefixes.items():
            if path.startswith(f"{package}."):
                return f"{prefix}{path[len(package) + 1 :]}"
        return f"data.{self.root}.{path}" if path else f"data.{self.root}"


def _joined(source: str, text: str, names: _Names, groups: Iterable[str]) -> Part:
    prefix = names.own_prefix
    questions = {document: f"{prefix}ask_{document}" for document in asked(names.package, rule_names(text))}
    rules = [_question(name, f"{prefix}{document}", names.root) for document, name in questions.items()]
    rules += [
        f"{GROUPS}.{group}.{name} := value if {{ value := {prefix}{document} }}"
        for group in groups
        for document, name in questions.items()
    ]
    return Part(source, names.package, "\n".join([_unpackaged(text, names), *rules]), questions, tuple(groups))


def _question(name: str, document: str, root: str) -> str:
    return f"{name} := value if {{ value := {document} with input as data.{root}.{INPUT} }}"


def _unpackaged(text: str, names: _Names) -> str:
    """The module without package and imports, its own names prefixed and imported ones written out."""
    imported = tokens.imports(text)
    gone = {item.start: item.end for item in imported}
    aliases = {item.alias: item.path for item in imported}
    pieces, at = [], tokens.package_end(text)
    pieces.append("\n" * text.count("\n", 0, at))
    for match in tokens.names(text):
        start, chain = match.start(), match["name"]
        first, dot, rest = chain.partition(".")
        if start < at:
            continue
        if start in gone:
            pieces.append(text[at:start])
            at = gone[start]
            continue
        written = f"{names.own_prefix}{chain}" if first in names.own else f"{aliases.get(first, first)}{dot}{rest}"
        if first not in names.own and (written == "data" or written.startswith("data.")):
            written = names.below_data(written[5:])
        if written != chain:
            pieces += [text[at:start], written]
            at = match.end()
    return "".join([*pieces, text[at:]])


class Policy:
    """What is sent as one module: parts behind a common head (lines, "" if there is but one part with its own)."""

    def __init__(self, parts: Iterable[Part], head: str = "") -> None:
        self.parts, self._head = list(parts), head
        self.text = head + "\n".join(part.text for part in self.parts) + "\n"

    def find(self, line: int) -> tuple[Part, int] | None:
        """Which part a line of the whole belongs to, and its line there."""
        line -= self._head.count("\n")
        for part in self.parts:
            length = part.text.count("\n") + 1
            if line <= length:
                return (part, line) if line > 0 else None
            line -= length
        return None

    def without(self, sources: Iterable[str]) -> Policy:
        """The same without these parts."""
        return Policy((part for part in self.parts if part.source not in set(sources)), self._head)


def families(alone: Sequence[Part], modules: Mapping[str, str], root: str) -> Iterator[tuple[str, Policy]]:
    """Package and policy of the modules that are not put together with others, in an order that can be sent."""
    members: dict[str, list[Part]] = {}
    for part in alone:
        members.setdefault(part.package, []).append(part)
    for part in alone:
        family = members[part.package]
        if len(family) == 1 or not all(_is_plain(modules[each.source]) for each in family):
            yield part.package, Policy([part])
        elif part is family[-1]:
            joined = [_headless(each, modules[each.source], root) for each in family]
            yield part.package, Policy(joined, f"package {root}.{part.package}\n")


def _headless(part: Part, text: str, root: str) -> Part:
    """The same without its own package and imports, its names as they are."""
    head = tokens.rehomed(text, root)
    return replace(part, text=_unpackaged(text, _Names(root)) + part.text.removeprefix(head))
