"""All policies and rules of one scan, compiled once and kept as Json until a rule file changes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from scanner import __version__
from scanner.bundled import bundled
from scanner.errors import RuleError, UsageError
from scanner.model import Confidence, Json, Policy, Rule, Severity

_SUFFIXES = (".yaml", ".yml", ".rego", ".json")


@dataclass(frozen=True)
class Catalog:
    """What can be checked.

    `libraries`: Rego modules rules import, by path. `vocabulary`: its patterns for Rego; `elements`: what those of
    Semgrep rules are made of. `digest`: of every rule file's content.
    `conftest`: modules written for conftest, by path.
    """

    policies: Mapping[str, Policy]
    rules: Mapping[str, Rule]
    libraries: Mapping[str, str]
    vocabulary: Json
    elements: Json
    settings: Json
    cards: Json
    digest: str
    conftest: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Former policy id -> today's."""
        return {alias: policy.id for policy in self.policies.values() for alias in policy.aliases}

    def resolve(self, name: str) -> str:
        """Today's id of a policy or rule that may be written with a former one."""
        head, dot, tail = name.partition(".")
        return self.aliases.get(head, head) + dot + tail

    @cached_property
    def secret_rules(self) -> frozenset[str]:
        """The rules whose findings point at a secret."""
        return frozenset(name for name, rule in self.rules.items() if self.policies[rule.policy].secret)

    def of_engine(self, engine: str) -> list[Rule]:
        """The rules one engine runs, by id."""
        return [rule for _, rule in sorted(self.rules.items()) if rule.engine == engine]

    def rule_digest(self, *rules: Rule) -> str:
        """Digest of what these rules do (not of their policies' words)."""
        return hashlib.sha256("".join(rule.digest for rule in rules).encode()).hexdigest()


def load(custom: Sequence[Path] = (), compiled: Path | None = None) -> Catalog:
    """The bundled rules and those of `custom` folders. `compiled`: a private folder that may hold compiled catalogues.

    Raises RuleError naming the file that cannot be used, UsageError for a folder that does not exist.
    """
    for folder in custom:
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such rules folder")
    folders = [bundled("rules"), *(folder.resolve() for folder in custom)]
    if compiled is None:
        return _compile(folders)
    kept = compiled / f"catalog-{_stamp(folders)}.json"
    try:
        return _from_json(json.loads(kept.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        catalog = _compile(folders)
    if not any(_holds_account_data(file) for folder in folders[1:] for file in files_of(folder)):
        _keep(kept, json.dumps(_to_json(catalog)))
    return catalog


def _holds_account_data(file: Path) -> bool:
    """Whether a team's rule file has a card number in it: then the compiled catalogue is not kept."""
    from scanner.masking import mask

    text = file.read_text(encoding="utf-8")
    return mask(text) != text


def files_of(folder: Path) -> Iterator[Path]:
    """Every file of a rules folder that may hold rules or data, sorted, links left alone."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        for name in sorted(names):
            if name.endswith(_SUFFIXES):
                yield Path(place, name)


def _stamp(folders: Sequence[Path]) -> str:
    """Changes when a rule file does: names, sizes and times, so that an unchanged catalogue costs no reading."""
    state = hashlib.sha256(__version__.encode())
    for folder in folders:
        for file in files_of(folder):
            stat = file.stat()
            state.update(
                f"{file}\0{stat.st_size}\0{stat.st_mtime_ns}\0{stat.st_ino}\n".encode("utf-8", "surrogateescape")
            )
    return state.hexdigest()[:32]


def _keep(file: Path, text: str) -> None:
    """Writes whole or not at all; drops older catalogues of the folder. A full disk costs the copy, not the scan."""
    try:
        old = [other for other in file.parent.glob("catalog-*.json") if other != file]
        for other in sorted(old, key=lambda path: path.stat().st_mtime)[:-3]:
            other.unlink(missing_ok=True)
        partial = file.with_suffix(f".{os.getpid()}.part")
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
            stream.write(text)
        partial.replace(file)
    except OSError:
        return


def _compile(folders: Sequence[Path]) -> Catalog:
    from scanner.rule_files import compile_folders

    return compile_folders(folders)


def _to_json(catalog: Catalog) -> Json:
    return {
        "policies": [policy._asdict() for policy in catalog.policies.values()],
        "rules": [rule._asdict() for rule in catalog.rules.values()],
        "libraries": catalog.libraries,
        "vocabulary": catalog.vocabulary,
        "elements": catalog.elements,
        "settings": catalog.settings,
        "cards": catalog.cards,
        "digest": catalog.digest,
        "conftest": catalog.conftest,
    }


def _from_json(value: Json) -> Catalog:
    policies = [_policy(item) for item in value["policies"]]
    rules = [_rule(item) for item in value["rules"]]
    return Catalog(
        policies={policy.id: policy for policy in policies},
        rules={rule.id: rule for rule in rules},
        libraries=value["libraries"],
        vocabulary=value["vocabulary"],
        elements=value["elements"],
        settings=value["settings"],
        cards=value["cards"],
        digest=value["digest"],
        conftest=value["conftest"],
    )


def _policy(item: Json) -> Policy:
    item["severity"] = Severity(item["severity"])
    item["controls"] = {name: tuple(ids) for name, ids in item["controls"].items()}
    item["cwe"], item["aliases"] = tuple(item["cwe"]), tuple(item["aliases"])
    return Policy(**item)


def _rule(item: Json) -> Rule:
    item["severity"], item["confidence"] = Severity(item["severity"]), Confidence(item["confidence"])
    item["languages"] = tuple(item["languages"])
    item["applies_to"] = {name: tuple(types) for name, types in item["applies_to"].items()}
    item["reads"] = tuple(tuple(path) for path in item["reads"])
    return Rule(**item)


def select(catalog: Catalog, wanted: Sequence[str]) -> frozenset[str]:
    """The ids of the policies a scan reports: `wanted` holds ids and !ids; only !ids means all but those.

    Raises UsageError for an id that is no policy.
    """
    names = [(name.startswith("!"), catalog.resolve(name.removeprefix("!"))) for name in wanted]
    for _, name in names:
        if name not in catalog.policies:
            raise UsageError(f"no policy {name!r}; `paylint policies` lists them{_near(name, catalog.policies)}")
    chosen = {name for refused, name in names if not refused} or set(catalog.policies)
    return frozenset(chosen - {name for refused, name in names if refused})


def _near(name: str, known: Mapping[str, Policy]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def check_settings(overrides: Mapping[str, Json], defaults: Json) -> Json:
    """The default `data.settings` with a project's overrides. Raises RuleError for a setting no rule knows."""
    for name, value in overrides.items():
        if name not in defaults:
            raise RuleError(f"settings: unknown setting {name!r}; known are: {', '.join(sorted(defaults))}")
        if type(value) is not type(defaults[name]) and not (
            isinstance(value, int | float) and isinstance(defaults[name], int | float)
        ):
            raise RuleError(f"settings: {name}: expected {type(defaults[name]).__name__}, not {type(value).__name__}")
    return {**defaults, **overrides}
