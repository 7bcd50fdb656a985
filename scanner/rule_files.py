"""Reads a rules folder: headers, Rego modules, Semgrep YAML, built-in rules and the data they share.

    policies/<policy>.yaml          one header per policy
    rego/lib/*.rego                 helpers
    rego/<policy>/<input>.rego      a rule: its policy is its folder, its id <policy>.<stem>
    semgrep/lib/<name>.yaml         fragments: {include: <name>.<key>} splices one into a list of a rule
    semgrep/<policy>/<language>.yaml   Semgrep rules, ids <policy>.<language>[.<variant>]; `mentions`, of the
                                    file or in a rule's metadata: an RE2 pattern no offending file lacks
    builtin/<policy>.yaml           rules whose detection is Python (card numbers, inline ignores)
    vocabulary/, cards/, settings.yaml   shared data
    inventory/                      the same layout once more, for rules that say what there is; read where asked for

A custom folder may hold the same, or, anywhere, plain Semgrep YAML and .rego files as conftest takes them (see
`scanner.conftest_rules`): the rules of both become policies of their own.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path

from scanner import conftest_rules, proof
from scanner.bundled import bundled
from scanner.catalog import Catalog, files_of
from scanner.engines.semgrep.body import ready
from scanner.errors import RuleError
from scanner.model import Confidence, Json, Policy, Rule, Severity
from scanner.rego_header import read_header
from scanner.vocabulary import Vocabulary
from scanner.vocabulary import load as load_vocabulary

_ID = re.compile(r"[a-z][a-z0-9_]*$")
_PLAIN_SEVERITY = {
    "ERROR": "high",
    "CRITICAL": "critical",
    "HIGH": "high",
    "WARNING": "medium",
    "MEDIUM": "medium",
    "INFO": "low",
    "LOW": "low",
}
_LANGUAGE_INPUT = {"js": "javascript", "ts": "typescript", "py": "python", "golang": "go"}


@dataclass
class _Builder:
    vocabulary: Vocabulary
    policies: dict[str, Policy] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    libraries: dict[str, str] = field(default_factory=dict)
    fragments: dict[str, Json] = field(default_factory=dict)
    conftest: dict[str, str] = field(default_factory=dict)

    def add(self, rule: Rule) -> None:
        if rule.id in self.rules:
            raise RuleError(f"{rule.source}: rule {rule.id} is already defined in {self.rules[rule.id].source}")
        if rule.policy not in self.policies:
            raise RuleError(
                f"{rule.source}: there is no policy {rule.policy!r}; write its header policies/{rule.policy}.yaml"
            )
        self.rules[rule.id] = rule._replace(digest=self._digest(rule))

    def _digest(self, rule: Rule) -> str:
        semgrep = rule.engine == "semgrep"
        body = self.vocabulary.expand_json(rule.body) if semgrep else rule.body
        mentions = self.vocabulary.expand(rule.mentions)
        does = (rule.id, body, mentions, rule.reads, rule.languages, sorted(rule.applies_to.items()))
        return hashlib.sha256(repr(does).encode()).hexdigest()


def compile_folders(folders: Sequence[Path]) -> Catalog:
    """The catalogue of these folders; the first is the bundled one and brings settings, vocabulary and cards."""
    base = folders[0]
    state = hashlib.sha256()
    builder = _Builder(load_vocabulary(_read(base / "vocabulary" / "account_data.yaml", base)))
    for folder in folders:
        names = [(file, file.relative_to(folder).as_posix()) for file in files_of(folder)]
        files = [(name, _read(file, folder)) for file, name in names if not _is_proof(name)]
        for name, text in files:
            state.update(f"{name}\0{len(text)}\0{text}".encode("utf-8", "surrogateescape"))
        _read_folder(builder, files)
    _add_conftest(builder)
    shown = proof.records(base)
    return Catalog(
        policies=builder.policies,
        rules={
            name: rule._replace(precision=proof.precision(rule.confidence, shown.get(name)))
            for name, rule in builder.rules.items()
        },
        libraries=builder.libraries,
        conftest=builder.conftest,
        vocabulary=builder.vocabulary.as_data(),
        elements=builder.vocabulary.to_json(),
        settings=parse_yaml(_read(base / "settings.yaml", base), "settings.yaml"),
        cards={
            name: parse_yaml(_read(base / "cards" / f"{name}.yaml", base), name) for name in ("issuers", "test_cards")
        },
        digest=f"sha256:{state.hexdigest()}",
    )


def _read(file: Path, folder: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise RuleError(f"{file.relative_to(folder)}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise RuleError(f"{file.relative_to(folder)}: is not UTF-8") from None


def _is_proof(name: str) -> bool:
    """Fixtures lie beside rules as <rule>.fail.*, <rule>.pass.* (a file or a folder); tests as *_test.rego; mutants in
    a folder of their own, and what came of them beside it."""
    if name.startswith("mutants/") or name == proof.KEPT or name.endswith("_test.rego"):
        return True
    return bool(re.search(r"^(rego|builtin)/.+\.(fail|pass|unknown)[./]", name))


def _read_folder(builder: _Builder, files: Sequence[tuple[str, str]]) -> None:
    """Headers and fragments first: rules refer to them."""
    for name, text in files:
        if re.fullmatch(r"policies/[^/]+\.ya?ml", name):
            policy = read_policy(text, name)
            if policy.id in builder.policies:
                raise RuleError(f"{name}: policy {policy.id} is already defined")
            builder.policies[policy.id] = policy
        elif match := re.fullmatch(r"semgrep/lib/([^/]+)\.ya?ml", name):
            for key, value in parse_yaml(text, name).items():
                builder.fragments[f"{match[1]}.{key}"] = value
    for name, text in files:
        for rule in _rules_of(builder, name, text):
            builder.add(rule)


def _rules_of(builder: _Builder, name: str, text: str) -> Iterator[Rule]:
    head = name.split("/", 1)[0]
    if head in ("policies", "controls", "vocabulary", "cards") or name.startswith("semgrep/lib/"):
        return
    if name.startswith("rego/lib/"):
        builder.libraries[name] = text
    elif re.fullmatch(r"rego/[^/]+/[^/]+\.rego", name):
        yield _rego_rule(builder, name, text)
    elif name.endswith(".rego"):
        builder.conftest[_unused(name, builder.conftest)] = text
    elif head == "builtin":
        yield from _builtin_rules(builder, name, text)
    elif name.endswith((".yaml", ".yml")) and re.search(r"^rules[ \t]*:", text, re.MULTILINE):
        yield from _semgrep_rules(builder, name, text)


def _unused(name: str, taken: Collection[str]) -> str:
    """The name, marked where another folder has a file of that name."""
    return next(each for each in chain([name], (f"{name} ({number})" for number in count(2))) if each not in taken)


def _add_conftest(builder: _Builder) -> None:
    """Packages may be spread over files and folders, so their rules come last."""
    for policy, rule in conftest_rules.compile_modules(builder.conftest):
        if policy.id in builder.policies:
            raise RuleError(f"{rule.source}: rule {rule.id}: there is another policy {policy.id}: rename one of them")
        builder.policies[policy.id] = policy
        builder.add(rule)


def parse_yaml(text: str, name: str) -> Json:
    """A YAML file's content. Raises RuleError with file and line."""
    import yaml

    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - it is a safe loader
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark else name
        raise RuleError(f"{where}: not valid YAML: {getattr(error, 'problem', None) or type(error).__name__}") from None


def read_policy(text: str, name: str) -> Policy:
    """A policy header, checked against policy.schema.json. Raises RuleError naming file and key."""
    from jsonschema import Draft202012Validator

    content = parse_yaml(text, name)
    schema = json.loads((bundled("rules") / "policy.schema.json").read_text(encoding="utf-8"))
    for error in sorted(Draft202012Validator(schema).iter_errors(content), key=str):
        where = ".".join(map(str, error.absolute_path)) or "header"
        raise RuleError(f"{name}: {where}: {error.message}")
    if content["id"] != Path(name).stem:
        raise RuleError(f"{name}: id is {content['id']!r}, it must equal the file's name")
    return Policy(
        id=content["id"],
        title=content["title"],
        severity=Severity(content["severity"]),
        rationale=" ".join(content["rationale"].split()),
        remediation=" ".join(content["remediation"].split()),
        controls={framework: tuple(ids) for framework, ids in content.get("controls", {}).items()},
        cwe=tuple(content.get("cwe", ())),
        aliases=tuple(content.get("aliases", ())),
        secret=content.get("secret", False),
        optional=content.get("optional", False),
        inventory=content.get("inventory", False),
    )


def _policy_of(builder: _Builder, name: str) -> Policy:
    policy = name.split("/")[-2] if "/" in name else ""
    if policy not in builder.policies:
        raise RuleError(f"{name}: its folder must be named after a policy; there is no header policies/{policy}.yaml")
    return builder.policies[policy]


def _rego_rule(builder: _Builder, name: str, text: str) -> Rule:
    policy, stem = _policy_of(builder, name), Path(name).stem
    header = read_header(text, name)
    package = f"paylint.rules.{policy.id}.{stem}"
    if header.package != package:
        raise RuleError(f"{name}: its package is {header.package}, by its place it must be {package}")
    return Rule(
        id=f"{policy.id}.{stem}",
        policy=policy.id,
        engine="rego",
        input=next(iter(header.applies_to)),
        title=header.title,
        severity=header.severity or policy.severity,
        confidence=header.confidence,
        source=name,
        body=text,
        applies_to=header.applies_to,
        reads=header.reads,
    )


def _builtin_rules(builder: _Builder, name: str, text: str) -> Iterator[Rule]:
    policy = builder.policies.get(Path(name).stem)
    if policy is None:
        raise RuleError(f"{name}: there is no header policies/{Path(name).stem}.yaml")
    for item in parse_yaml(text, name):
        severity = Severity(item["severity"]) if "severity" in item else policy.severity
        yield Rule(
            item["id"], policy.id, item["engine"], "text", item["title"], severity, Confidence(item["confidence"]), name
        )


def _semgrep_rules(builder: _Builder, name: str, text: str) -> Iterator[Rule]:
    content = parse_yaml(text, name)
    if not isinstance(content, dict) or not isinstance(content.get("rules"), list):
        raise RuleError(f"{name}: expected a list under `rules:`")
    for item in content["rules"]:
        missing = [key for key in ("id", "languages", "message") if not isinstance(item, dict) or not item.get(key)]
        if missing:
            raise RuleError(f"{name}: a rule lacks {missing[0]!r}")
        yield _semgrep_rule(builder, name, item, content.get("mentions", ""))


def _semgrep_rule(builder: _Builder, name: str, written: dict[str, Json], mentions: str) -> Rule:
    item = _spliced(builder, written, name)
    plain = not name.startswith("semgrep/")
    policy = _plain_policy(builder, item) if plain else _policy_of(builder, name)
    if not plain and not item["id"].startswith(f"{policy.id}.{Path(name).stem}"):
        raise RuleError(f"{name}: rule id {item['id']!r} must begin with {policy.id}.{Path(name).stem}")
    metadata = item.get("metadata") or {}
    severity = Severity(metadata["severity"]) if metadata.get("severity") in list(Severity) else policy.severity
    language = str(item["languages"][0]).lower()
    rule = Rule(
        id=item["id"],
        policy=policy.id,
        engine="semgrep",
        input=_LANGUAGE_INPUT.get(language, language),
        title=metadata.get("title", policy.title),
        severity=severity,
        confidence=Confidence(str(metadata.get("confidence", "medium")).lower()),
        source=name,
        body=json.dumps({**item, "severity": "ERROR"}, sort_keys=True),
        languages=tuple(item["languages"]),
        mentions=_mentions(builder, written, metadata) or ("" if metadata.get("everywhere") else mentions),
    )
    builder.vocabulary.check(rule.mentions)
    return ready(rule)


def _spliced(builder: _Builder, value: Json, name: str) -> Json:
    """The rule with its fragments put in; the vocabulary's placeholders stay, and are known to be right."""
    if isinstance(value, str):
        builder.vocabulary.check(value)
        return value
    if isinstance(value, dict):
        return {key: _spliced(builder, item, name) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    items: list[Json] = []
    for item in value:
        if isinstance(item, dict) and set(item) == {"include"}:
            if item["include"] not in builder.fragments:
                raise RuleError(f"{name}: there is no fragment {item['include']!r} in semgrep/lib/")
            items.extend(_spliced(builder, builder.fragments[item["include"]], name))
        else:
            items.append(_spliced(builder, item, name))
    return items


def _mentions(builder: _Builder, written: dict[str, Json], metadata: dict[str, Json]) -> str:
    """What a file must mention for this rule to be tried on it: as it says itself, else the names it looks for."""
    if metadata.get("everywhere"):
        return ""
    own = metadata.get("mentions")
    if own:
        return str(own)
    elements = sorted(_elements(builder, written) - {"protect", "encrypt"})
    return f"{{{{include:{'|'.join(elements)}}}}}" if elements else ""


def _elements(builder: _Builder, value: Json) -> set[str]:
    """The elements of account data that a rule, with its fragments, looks for."""
    text = json.dumps(value)
    found = re.findall(r"\{\{\s*(?:name|source|include):\s*([^}]*?)\s*\}\}", text)
    elements = {name.strip() for names in found for name in names.split("|")}
    for fragment in re.findall(r'"include": "([^"]+)"', text):
        elements |= _elements(builder, builder.fragments[fragment])
    return elements


def _plain_policy(builder: _Builder, item: dict[str, Json]) -> Policy:
    """A policy made from a plain Semgrep rule: a team's own rules need no header."""
    identifier = re.sub(r"[^a-z0-9]+", "_", str(item["id"]).lower()).strip("_")
    if not _ID.match(identifier):
        identifier = f"rule_{identifier}"
    metadata = item.get("metadata") or {}
    message = " ".join(str(item["message"]).split())
    if identifier not in builder.policies:
        builder.policies[identifier] = Policy(
            id=identifier,
            title=re.split(r"(?<=[.!?])\s", message)[0][:90],
            severity=Severity(_PLAIN_SEVERITY.get(str(item.get("severity", "")).upper(), "medium")),
            rationale=message,
            remediation=str(metadata.get("fix", metadata.get("remediation", "")) or message),
            cwe=_cwe(metadata.get("cwe")),
        )
    return builder.policies[identifier]


def _cwe(value: Json) -> tuple[str, ...]:
    """ "CWE-79: Cross-site Scripting", or a list of such, as ("CWE-79",)."""
    texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(match[0] for text in texts if (match := re.match(r"CWE-\d+", str(text))))
