"""Small units and rules for the tests of the Rego engine."""

from __future__ import annotations

from collections.abc import Mapping

from scanner.model import Confidence, Json, Keys, Place, Rule, Severity, Span, Step, Subject, Unit


def place(line: int, path: str = "main.tf") -> Place:
    """A place by line."""
    return Place(path, Span(line, 1, line, 20))


def subject(
    address: str,
    config: Json,
    places: Mapping[Keys, int] | None = None,
    definitions: Mapping[Keys, tuple[Step, ...]] | None = None,
    line: int = 1,
) -> Subject:
    """A subject as Terraform has them, its places given by line."""
    kind, _, name = address.partition(".")
    return Subject(
        id=f"terraform:. {address}",
        type=kind,
        name=name,
        address=address,
        header=place(line),
        config=config,
        places={keys: place(at) for keys, at in (places or {}).items()},
        definitions=definitions or {},
    )


def unit(*subjects: Subject) -> Unit:
    """A Terraform unit."""
    return Unit("terraform:.", "terraform", ("main.tf",), subjects)


def rule(
    name: str,
    body: str,
    applies_to: Mapping[str, tuple[str, ...]] | None = None,
    reads: tuple[tuple[str, ...], ...] = (),
) -> Rule:
    """The rule `<name>.terraform` for the type `thing`; package and import are put before its body."""
    return Rule(
        id=f"{name}.terraform",
        policy=name,
        engine="rego",
        input="terraform",
        title=name,
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        source=f"rego/{name}/terraform.rego",
        body=f"package paylint.rules.{name}.terraform\n\nimport data.paylint.lib\n\n{body}",
        applies_to=applies_to or {"terraform": ("thing",)},
        reads=reads,
    )
