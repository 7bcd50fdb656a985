"""Rules as SARIF reporting descriptors, and the frameworks they refer to as taxonomies.

GitHub shows the severity of a rule, not of a result. A finding whose severity differs from its rule's (a published
test card number) therefore refers to a descriptor of its own, "<rule>/<severity>".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scanner.model import Finding, Json, Policy, Rule, ScanResult, Severity
from scanner.render import headline
from scanner.render.sarif.parts import message

LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_SCORES = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.0",
    Severity.INFO: "0.0",
}
_LONGEST = 1024
_TAGS = 10
_CWE = "CWE"
_PCI = "pci-dss-4.0.1"

_Taxa = dict[str, list[str]]
"""Taxonomy -> sorted ids; the taxonomies are sorted as well."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """`rules`, `taxonomies`, `supported`: SARIF objects. `index`: descriptor id -> position in `rules`. `severities`:
    of the rules themselves, by rule id."""

    rules: list[Json]
    taxonomies: list[Json]
    supported: list[Json]
    index: Mapping[str, int]
    severities: Mapping[str, Severity]

    def rule_id(self, found: Finding) -> str:
        """The id of the descriptor a finding refers to."""
        return _variant(found, self.severities[found.rule])


def catalog(result: ScanResult) -> Catalog:
    """Descriptors of all rules of the scan and of all its findings, sorted by id."""
    rules, policies = _completed(result)
    variants = {rule.id: rule for rule in rules.values()}
    for found in result.findings:
        rule = rules[found.rule]
        variants.setdefault(_variant(found, rule.severity), rule._replace(severity=found.severity))
    taxa = _taxa(policies[rule.policy] for rule in rules.values())
    return Catalog(
        rules=[_descriptor(name, variants[name], policies[variants[name].policy], taxa) for name in sorted(variants)],
        taxonomies=[_taxonomy(name, ids) for name, ids in taxa.items()],
        supported=[{"name": name, "index": at} for at, name in enumerate(taxa)],
        index={name: at for at, name in enumerate(sorted(variants))},
        severities={rule.id: rule.severity for rule in rules.values()},
    )


def _variant(found: Finding, severity: Severity) -> str:
    return found.rule if found.severity is severity else f"{found.rule}/{found.severity.value}"


def _completed(result: ScanResult) -> tuple[dict[str, Rule], dict[str, Policy]]:
    """All rules and policies; for one that is missing, what its first finding (or rule) says."""
    rules, policies = dict(result.rules), dict(result.policies)
    for found in result.findings:
        title = headline(result, found)
        if found.rule not in rules:
            rules[found.rule] = Rule(found.rule, found.policy, "", "", title, found.severity, found.confidence, "")
        if found.policy not in policies:
            policies[found.policy] = Policy(
                found.policy, title, found.severity, "", found.remediation, found.controls, found.cwe
            )
    for rule in rules.values():
        if rule.policy not in policies:
            policies[rule.policy] = Policy(rule.policy, rule.title, rule.severity, "", "")
    return rules, policies


def _references(policy: Policy) -> dict[str, tuple[str, ...]]:
    """Taxonomy -> ids a policy refers to: its controls and weaknesses."""
    return {**policy.controls, _CWE: policy.cwe}


def _taxa(policies: Iterable[Policy]) -> _Taxa:
    ids: dict[str, set[str]] = {}
    for policy in policies:
        for taxonomy, names in _references(policy).items():
            ids.setdefault(taxonomy, set()).update(names)
    return {taxonomy: sorted(ids[taxonomy]) for taxonomy in sorted(ids) if ids[taxonomy]}


def _taxonomy(name: str, ids: list[str]) -> Json:
    return {
        "name": name,
        "shortDescription": message("Weaknesses" if name == _CWE else f"Requirements of {name}"),
        "taxa": [{"id": entry} for entry in ids],
    }


def _descriptor(name: str, rule: Rule, policy: Policy, taxa: _Taxa) -> Json:
    return {
        "id": name,
        "name": "".join(part[:1].upper() + part[1:] for part in policy.id.split("_")),
        "shortDescription": message(_cut(rule.title or policy.title)),
        "fullDescription": message(_cut(" ".join(filter(None, (_sentence(policy.title), policy.rationale))))),
        "help": {"text": _cut(_help(policy, "{}: {}")), "markdown": _help(policy, "**{}:** {}")},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "security-severity": _SCORES[rule.severity],
            "precision": rule.precision or rule.confidence.value,
            "tags": _tags(policy),
        },
        "relationships": _relationships(policy, taxa),
    }


def _help(policy: Policy, form: str) -> str:
    controls = [f"{name} {', '.join(policy.controls[name])}" for name in _frameworks(policy)]
    parts = {"Why": policy.rationale, "Fix": policy.remediation, "Controls": "; ".join([*controls, *policy.cwe])}
    return "\n\n".join(form.format(label, text) for label, text in parts.items() if text) or "no details"


def _sentence(title: str) -> str:
    return title + "." if title and title[-1] not in ".!?" else title


def _cut(text: str) -> str:
    """What GitHub accepts: at most 1024 characters."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def _frameworks(policy: Policy) -> list[str]:
    """PCI DSS first, then by name."""
    return sorted(policy.controls, key=lambda name: (name != _PCI, name))


def _tags(policy: Policy) -> list[str]:
    """At most as many as GitHub keeps: "security", the PCI DSS requirements, the weaknesses, other frameworks."""
    controls = [f"{name}:{entry}" for name in _frameworks(policy) for entry in policy.controls[name]]
    pci = [tag for tag in controls if tag.startswith(f"{_PCI}:")]
    cwe = [f"external/cwe/cwe-{entry.removeprefix('CWE-').zfill(3)}" for entry in policy.cwe]
    room = _TAGS - 1 - len(cwe)
    return list(dict.fromkeys(["security", *pci[: max(1, room)], *cwe, *controls]))[:_TAGS]


def _relationships(policy: Policy, taxa: _Taxa) -> list[Json]:
    taxonomies = list(taxa)
    return [
        {
            "target": {
                "id": entry,
                "index": taxa[taxonomy].index(entry),
                "toolComponent": {"name": taxonomy, "index": taxonomies.index(taxonomy)},
            },
            "kinds": ["relevant"],
        }
        for taxonomy, entries in sorted(_references(policy).items())
        for entry in dict.fromkeys(entries)
    ]
