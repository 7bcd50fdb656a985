"""Modules in the form in which an OPA server gets them: below our own root, and many as one.

OPA compiles all its policies anew for each one that comes or goes; one by one, 150 rules take a minute. A policy is one
package, so rules are put into a package together: the names of each rule's own rules and functions get a prefix (also
where they are variables, which changes no meaning), imports are written out, lines are kept. What other modules refer
to by package stays a module of its own. So does what another module shares its package with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scanner.engines.rego import tokens
from scanner.engines.rego.backend import DOCUMENTS, asked
from scanner.engines.rego.embedded import rule_names

INPUT = "scanned_unit"
"""Where below the root the input lies, as data."""


@dataclass(frozen=True, slots=True)
class Part:
    """One module as it is sent. `questions`: document -> the rule that evaluates it on the input."""

    source: str
    package: str
    text: str
    questions: Mapping[str, str]


def arranged(modules: Mapping[str, str], root: str) -> tuple[list[Part], list[Part]]:
    """The modules that stay alone, what others refer to first, and those that can be put together."""
    packages = {source: tokens.package_of(text) for source, text in modules.items()}
    needs = {}
    for source, text in modules.items():
        references = tokens.references(text) | {packages[source]}
        needs[source] = [other for other in modules if other != source and _meets(packages[other], references)]
    referred = {need for found in needs.values() for need in found}
    alone = [source for source in modules if source in referred or not _is_plain(modules[source])]
    return (
        [_alone(source, modules[source], packages[source], root) for source in _needed_first(alone, needs)],
        [
            _together(source, text, packages[source], root, f"paylint{number}_")
            for number, (source, text) in enumerate(modules.items())
            if source not in alone
        ],
    )


def _meets(package: str, references: set[str]) -> bool:
    """Whether one of the references lies in a package or holds it."""
    return any(not ref or f"{ref}.".startswith(f"{package}.") or package.startswith(f"{ref}.") for ref in references)


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


def _together(source: str, text: str, package: str, root: str, prefix: str) -> Part:
    own = rule_names(text)
    questions = {document: f"{prefix}ask_{document}" for document in asked(package, own)}
    rules = [_question(name, f"{prefix}{document}", root) for document, name in questions.items()]
    return Part(source, package, "\n".join([_unpackaged(text, own, root, prefix), *rules]), questions)


def _question(name: str, document: str, root: str) -> str:
    return f"{name} := value if {{ value := {document} with input as data.{root}.{INPUT} }}"


def _unpackaged(text: str, own: set[str], root: str, prefix: str) -> str:
    """The module without package and imports, its own names prefixed and imported ones written out."""
    imported = tokens.imports(text)
    gone = {item.start: item.end for item in imported}
    reached = {item.alias: _below(item.path, root) for item in imported}
    reached |= {"data": f"data.{root}"} | {name: f"{prefix}{name}" for name in own}
    pieces, at = [], tokens.package_end(text)
    pieces.append("\n" * text.count("\n", 0, at))
    for match in tokens.names(text):
        start, (first, dot, rest) = match.start(), match["name"].partition(".")
        if start < at:
            continue
        if start in gone:
            pieces.append(text[at:start])
            at = gone[start]
        elif first in reached:
            pieces += [text[at:start], reached[first], dot, rest]
            at = match.end()
    return "".join([*pieces, text[at:]])


def _below(path: str, root: str) -> str:
    return f"data.{root}{path[4:]}" if path == "data" or path.startswith("data.") else path


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
    return replace(part, text=_unpackaged(text, set(), root, "") + part.text.removeprefix(head))
