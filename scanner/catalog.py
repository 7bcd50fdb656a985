"""All policies and rules of one scan, compiled once and kept as Json until a rule file changes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from scanner import __version__, bundled
from scanner.errors import RuleError, UsageError
from scanner.model import Confidence, Json, Policy, Rule, Severity

INVENTORY = "inventory"
"""In a rules folder: one more, of rules that say what there is."""
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


def hash_of(value: Json) -> str:
    """Digest of a Json value."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def load(custom: Sequence[Path] = (), compiled: Path | None = None, *, inventory: bool = False) -> Catalog:
    """The bundled rules and those of `custom` folders. `compiled`: a private folder that may hold compiled catalogues.

    `inventory`: those in their `inventory/` as well.

    Raises RuleError naming the file that cannot be used, UsageError for a folder that does not exist.
    """
    for folder in custom:
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such rules folder")
    if not custom and not inventory and (built := bundled.compiled()):
        try:
            return _from_text(built)
        except (ValueError, KeyError, TypeError):
            raise RuleError("the installation is damaged: its rules cannot be read; reinstall paylint") from None
    folders = [bundled.bundled("rules"), *(folder.resolve() for folder in custom)]
    if inventory:
        folders += [folder / INVENTORY for folder in folders if _has_inventory(folder)]
    if compiled is None:
        return _compile(folders)
    kept = compiled / f"catalog-{_stamp(folders)}.txt"
    try:
        return _from_text(kept.read_bytes())
    except (OSError, ValueError, KeyError, TypeError):
        catalog = _compile(folders)
    if not any(_holds_account_data(file) for folder in folders[1:] for file in files_of(folder)):
        _keep(kept, to_text(catalog))
    return catalog


def _holds_account_data(file: Path) -> bool:
    """Whether a team's rule file has a card number in it: then the compiled catalogue is not kept."""
    from scanner.masking import mask

    text = file.read_text(encoding="utf-8")
    return mask(text) != text


def files_of(folder: Path) -> Iterator[Path]:
    """Every file of a rules folder that may hold rules or data, sorted, links left alone."""
    return (Path(entry.path) for entry in _entries(folder, _has_inventory(folder)))


def _has_inventory(folder: Path) -> bool:
    """Headers are what tells it from a team's folder of that name."""
    return (folder / INVENTORY / "policies").is_dir()


def _entries(folder: str | os.PathLike[str], but_inventory: bool = False) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        raise RuleError(f"{error.filename}: cannot be read: {error.strerror}") from None
    yield from (entry for entry in entries if entry.name.endswith(_SUFFIXES) and not entry.is_dir())
    for entry in entries:
        hidden = (
            entry.name.startswith(".") or entry.name == "__pycache__" or (but_inventory and entry.name == INVENTORY)
        )
        if not hidden and entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path)


def _stamp(folders: Sequence[Path]) -> str:
    """Changes when a rule file does: names, sizes and times, so that an unchanged catalogue costs no reading."""
    entries = (entry for folder in folders for entry in _entries(folder, _has_inventory(folder)))
    state = [__version__, *((entry.path, *_state(entry)) for entry in entries)]
    return hashlib.sha256(repr(state).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _state(entry: os.DirEntry[str]) -> tuple[int, ...]:
    """What changes with a file's content; reading it says what is wrong with one that cannot be asked."""
    try:
        stat = entry.stat()
    except OSError:
        return ()
    return stat.st_size, stat.st_mtime_ns, stat.st_ino


def _keep(file: Path, text: str) -> None:
    """Writes whole or not at all; drops older catalogues of the folder. A full disk costs the copy, not the scan."""
    try:
        old = [other for other in file.parent.glob("catalog-*") if other != file]
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


def to_text(catalog: Catalog) -> str:
    """A line of Json, then, as they are, the long texts of rules, which are most of it: few of them are looked at."""
    head = {
        "policies": list(catalog.policies.values()),
        "rules": [rule._replace(body="", needs="") for rule in catalog.rules.values()],
        "libraries": catalog.libraries,
        "vocabulary": catalog.vocabulary,
        "elements": catalog.elements,
        "settings": catalog.settings,
        "cards": catalog.cards,
        "digest": catalog.digest,
        "conftest": catalog.conftest,
    }
    texts = [text for rule in catalog.rules.values() for text in (rule.body, rule.needs)]
    return "\n".join([json.dumps(head), "\0".join(texts)])


def _from_text(data: bytes) -> Catalog:
    """ValueError: it is not what `to_text` gives."""
    head, _, rest = data.partition(b"\n")
    value, texts = json.loads(head), rest.decode().split("\0")
    policies = [_policy(item) for item in value["policies"]]
    rules = list(map(_rule, value["rules"], texts[::2], texts[1::2]))
    if len(texts) != 2 * len(rules):
        raise ValueError("not as many texts as rules")
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
    policy = Policy(*item)
    return policy._replace(
        severity=Severity(policy.severity),
        controls={name: tuple(ids) for name, ids in policy.controls.items()},
        cwe=tuple(policy.cwe),
        aliases=tuple(policy.aliases),
    )


def _rule(item: Json, body: str, needs: str) -> Rule:
    rule = Rule(*item)
    return rule._replace(
        severity=Severity(rule.severity),
        confidence=Confidence(rule.confidence),
        body=body,
        needs=needs,
        languages=tuple(rule.languages),
        applies_to={name: tuple(types) for name, types in rule.applies_to.items()},
        reads=tuple(map(tuple, rule.reads)),
    )


def select(catalog: Catalog, wanted: Sequence[str]) -> frozenset[str]:
    """The ids of the policies a scan reports: `wanted` holds ids, !ids and +ids.

    Without an id these are all that are not optional; +id adds one to them, !id takes one away.

    Raises UsageError for an id that is no policy.
    """
    names = [(name[:1] if name[:1] in ("!", "+") else "", catalog.resolve(name.lstrip("!+"))) for name in wanted]
    for _, name in names:
        if name not in catalog.policies:
            raise UsageError(f"no policy {name!r}; `paylint policies` lists them{_near(name, catalog.policies)}")
    usual = {name for name, policy in catalog.policies.items() if not policy.optional}
    chosen = {name for sign, name in names if not sign} or usual
    added, refused = ({name for sign, name in names if sign == wanted_sign} for wanted_sign in "+!")
    inventories = {name for name, policy in catalog.policies.items() if policy.inventory}
    return frozenset(((chosen | added) - refused) | inventories)


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
