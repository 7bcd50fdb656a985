"""A team's policies as they wrote them for conftest: which rules there are, and what is known about them in words.

A module is a .rego file of a custom folder outside of paylint's own layout, in any package. Its rules are those that
conftest asks for: `deny`, `violation` and `warn`, also as `deny_<name>`. Every package + rule is a policy of its own;
`# METADATA` above the rule (or the package) may say more about it: `title`, `description`, and in `custom` a
`severity`, a `confidence` and a `remediation`. What a rule means is in `scanner.engines.rego.conftest`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scanner.errors import RuleError
from scanner.model import Confidence, Json, Policy, Rule, Severity
from scanner.rego_header import read_annotation
from scanner.rego_outline import Item, outline

ENGINE = "conftest"

_PACKAGE = re.compile(r"^[ \t]*package\s+([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)[ \t]*(?:[;#\n]|\Z)", re.MULTILINE | re.ASCII)
_ASKED = re.compile(r"(deny|violation|warn)(_[A-Za-z0-9]+)*", re.ASCII)
_NO_SET = re.compile(r"\.|[ \t]*(?:\[[^\]\n]*\][ \t]*)?if\b")
_SEVERITIES = {"deny": Severity.HIGH, "violation": Severity.HIGH, "warn": Severity.MEDIUM}


@dataclass(frozen=True, slots=True)
class _Module:
    """One file. `names`: the rules conftest asks for -> what is noted above them; `notes`: the same of the package."""

    source: str
    package: str
    text: str
    names: dict[str, Json] = field(default_factory=dict)
    notes: dict[str, Json] = field(default_factory=dict)


def compile_modules(modules: Mapping[str, str]) -> list[tuple[Policy, Rule]]:
    """The rules of all modules (source -> text), each with its policy.

    Raises RuleError naming the file that declares no usable package, or that is neither asked nor used by another.
    """
    found = [_read(source, text) for source, text in sorted(modules.items())]
    packages = {module.package for module in found if module.names}
    for module in found:
        if module.package not in packages and not _is_used(module, found):
            raise RuleError(
                f"{module.source}: defines no deny, violation or warn, and no other file uses its package "
                f"{module.package}: a file for conftest needs such a rule, one of paylint's lies in "
                f"rego/<policy>/<input>.rego"
            )
    return [
        _rule(package, name, [module for module in found if module.package == package])
        for package in sorted(packages)
        for name in sorted({name for module in found if module.package == package for name in module.names})
    ]


def _read(source: str, text: str) -> _Module:
    package = _PACKAGE.search(text)
    if not package:
        raise RuleError(f"{source}: declares no package in plain dotted form, such as `package main`")
    if package[1].split(".")[0] == "paylint":
        raise RuleError(
            f"{source}: package {package[1]}: paylint's own rules lie in rego/<policy>/<input>.rego, its helpers in "
            f"rego/lib/"
        )
    module = _Module(source, package[1], text)
    notes: dict[str, Json] = {}
    for item in outline(text):
        if not item.word:
            notes = read_annotation(text, item.end, source)
            continue
        if item.word == "package":
            module.notes.update(notes)
        elif _ASKED.fullmatch(item.word):
            _check_head(source, text, item)
            module.names[item.word] = module.names.get(item.word) or notes
        notes = {}
    return module


def _check_head(source: str, text: str, item: Item) -> None:
    if _NO_SET.match(text, item.end):
        line = text.count("\n", 0, item.end) + 1
        raise RuleError(
            f"{source}:{line}: {item.word} holds no messages: write `{item.word} contains msg if {{ ... }}`"
        )


def _is_used(module: _Module, others: Iterable[_Module]) -> bool:
    pattern = re.compile(rf"\bdata\.{re.escape(module.package)}\b")
    return any(other is not module and pattern.search(other.text) for other in others)


def _rule(package: str, name: str, modules: list[_Module]) -> tuple[Policy, Rule]:
    homes = [module for module in modules if name in module.names]
    notes: dict[str, Json] = {}
    custom: dict[str, Json] = {}
    for more in (*(module.notes for module in modules), *(module.names[name] for module in homes)):
        notes |= more
        custom |= more["custom"] if isinstance(more.get("custom"), dict) else {}
    files = ", ".join(module.source for module in homes)
    severity = _choice(Severity, custom.get("severity"), _SEVERITIES[name.partition("_")[0]], files)
    identifier = re.sub(r"[^a-z0-9]+", "_", f"{package}_{name}".lower()).strip("_")
    title = _text(notes.get("title")) or f"{name} of package {package}"
    policy = Policy(
        id=identifier,
        title=title,
        severity=severity,
        rationale=_text(notes.get("description")) or f"The rule {name} of package {package} ({files}) says so.",
        remediation=_text(custom.get("remediation")) or f"Do what the message asks for; the rule is in {files}.",
    )
    confidence = _choice(Confidence, custom.get("confidence"), Confidence.MEDIUM, files)
    return policy, Rule(
        f"{package}.{name}", identifier, ENGINE, "document", title, severity, confidence, homes[0].source
    )


def _choice(kind: type[Json], value: Json, default: Json, files: str) -> Json:
    """What an annotation says, which is none of paylint's: another tool's word is passed over, a wrong type is not."""
    if value is None:
        return default
    if not isinstance(value, str):
        raise RuleError(f"{files}: METADATA: custom.{kind.__name__.lower()}: expected a word")
    return next((choice for choice in kind if choice.value == value.lower()), default)


def _text(value: Json) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
