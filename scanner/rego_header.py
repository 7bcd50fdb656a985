"""Reads the header of a Rego rule: the `# METADATA` comment before its package.

    # METADATA
    # title: Load balancer listeners negotiate TLS 1.2 or later
    # custom: {confidence: high, applies_to: {terraform: [aws_lb_listener]}, reads: [[protocol], [ssl_policy]]}
    package paylint.rules.weak_tls_version.terraform_aws

Keys: `title`; `description` is read by people only; `custom` holds `applies_to` (input -> subject types, "*" for any),
`confidence` (medium if not given), `severity` (the policy's if not given) and `reads` (paths below a subject's `config`
the verdict depends on, "*" for every item). Anything else is refused: a misspelt key must not pass unseen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from scanner.errors import RuleError
from scanner.model import Confidence, Json, Severity

_Choice = TypeVar("_Choice", bound=Enum)
_PACKAGE = re.compile(r"^package[ \t]+([\w.]+)", re.MULTILINE)
_MARK = re.compile(r"^#[ \t]*METADATA[ \t]*$", re.MULTILINE)
_TOP = {"title", "description", "custom"}
_CUSTOM = {"applies_to", "confidence", "reads", "severity"}


@dataclass(frozen=True, slots=True)
class Header:
    """A rule's header. `package` is what the module declares; `severity` None means the policy's."""

    title: str
    confidence: Confidence
    severity: Severity | None
    applies_to: Mapping[str, tuple[str, ...]]
    package: str
    reads: tuple[tuple[str, ...], ...] = ()
    description: str = field(default="", compare=False)


def read_header(text: str, source: str) -> Header:
    """The header of a module. Raises RuleError that names `source`, the line or the key, and what was expected."""
    package = _PACKAGE.search(text)
    if not package:
        raise RuleError(f"{source}: declares no package: `package paylint.rules.<policy>.<input>`")
    mark = _MARK.search(text, 0, package.start())
    if not mark:
        raise RuleError(f"{source}: has no `# METADATA` header before its package")
    content = _Mapping(source, "header", _yaml(text, mark.end(), source), _TOP)
    custom = _Mapping(source, "custom", content.get("custom"), _CUSTOM)
    return Header(
        title=content.text("title"),
        confidence=custom.choice("confidence", Confidence) or Confidence.MEDIUM,
        severity=custom.choice("severity", Severity),
        applies_to=custom.applies_to(),
        package=package[1],
        reads=custom.reads(),
        description=content.text("description") if "description" in content else "",
    )


def read_annotation(text: str, start: int, source: str) -> dict[str, Json]:
    """What the comment below a `# METADATA` that ends at `start` holds. Raises RuleError where it is no mapping."""
    content = _yaml(text, start, source)
    if not isinstance(content, dict):
        raise RuleError(f"{source}:{text.count(chr(10), 0, start) + 1}: METADATA: expected a mapping below it")
    return content


def _yaml(text: str, start: int, source: str) -> Json:
    """The comment block below the mark, as YAML."""
    import yaml

    lines = []
    for line in text[start:].removeprefix("\n").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line[1:])
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return yaml.load("\n".join(lines), Loader=loader)  # noqa: S506  (a safe loader, whichever is there)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        number = text.count("\n", 0, start) + 2 + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or type(error).__name__
        raise RuleError(f"{source}:{number}: the header is not valid YAML: {problem}") from None


class _Mapping:
    """A mapping of the header whose keys and values are checked as they are read."""

    def __init__(self, source: str, name: str, content: Json, known: set[str]) -> None:
        if not isinstance(content, dict):
            raise RuleError(f"{source}: {name}: expected a mapping with {', '.join(sorted(known))}")
        for key in content:
            if key not in known:
                raise RuleError(f"{source}: {name}: there is no key {key!r}; known are {', '.join(sorted(known))}")
        self._source, self._name, self._content = source, name, content

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def get(self, key: str) -> Json:
        return self._content.get(key)

    def _refuse(self, key: str, expected: str) -> RuleError:
        return RuleError(f"{self._source}: {self._name}.{key}: expected {expected}")

    def text(self, key: str) -> str:
        """A text that is not empty, as one line."""
        value = self._content.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self._refuse(key, "a text")
        return " ".join(value.split())

    def choice(self, key: str, kind: type[_Choice]) -> _Choice | None:
        """One of an enumeration's values; None where the key is not given."""
        if key not in self._content:
            return None
        for choice in kind:
            if self._content[key] == choice.value:
                return choice
        raise self._refuse(key, f"one of {', '.join(str(choice.value) for choice in kind)}")

    def applies_to(self) -> dict[str, tuple[str, ...]]:
        """Input -> types, neither empty."""
        expected = "a mapping from inputs to lists of types, {terraform: [aws_s3_bucket]}"
        value = self._content.get("applies_to")
        if not isinstance(value, dict) or not value:
            raise self._refuse("applies_to", expected)
        found: dict[str, tuple[str, ...]] = {}
        for kind, types in value.items():
            if not isinstance(kind, str) or not _texts(types):
                raise self._refuse("applies_to", expected)
            found[kind] = tuple(types)
        return found

    def reads(self) -> tuple[tuple[str, ...], ...]:
        """Paths, each a list of keys."""
        value = self._content.get("reads", [])
        if not isinstance(value, list) or not all(_texts(path) for path in value):
            raise self._refuse("reads", 'a list of paths, each a list of keys: [[rule, "*", status]]')
        return tuple(tuple(path) for path in value)


def _texts(value: Json) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) and item for item in value)
