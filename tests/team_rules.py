"""A team's rules folder with its service and mutants, small enough to be judged by eye."""

from __future__ import annotations

from pathlib import Path

import yaml

HEADER = """\
id: {name}
title: Something that the team does not want to see
severity: medium
rationale: >-
  Somebody was hurt by it once, and nobody wants to go through that again: it took the team two weeks.
remediation: >-
  Do it the way the rest of the service does it, and ask the team where that does not seem to fit.
controls: {{}}
cwe: []
aliases: []
"""
RULE = """\
rules:
  - id: {name}.python
    languages: [python]
    message: "{title}"
    severity: WARNING
    pattern: {pattern}
    metadata: {{confidence: high}}
"""
FIXTURE = "# ruleid: {name}.python\n{bad}\n# ok: {name}.python\nsteady(value)\n"
SEALED = """\
# METADATA
# title: A store is sealed
# custom: {confidence: high, applies_to: {terraform: [team_store]}, reads: [[sealed]]}
package paylint.rules.store_open.terraform

applies contains r.id if some r in input.terraform.team_store

deny contains {"subject": r.id, "path": ["sealed"], "msg": "this store is not sealed"} if {
	some r in input.terraform.team_store
	not r.config.sealed
}

deny contains {"subject": r.id, "path": [], "msg": "this store has no keeper"} if {
	some r in input.terraform.team_store
	not r.config.name in {k.config.store | some k in input.terraform.team_keeper}
}
"""
STORE = 'resource "team_store" "cards" {\n  name   = "cards"\n  sealed = true\n}\n'
KEEPER = 'resource "team_keeper" "night" {\n  store = "cards"\n}\n'
SHOP = '''\
"""The shop's service."""

from __future__ import annotations


def pay(value):
    steady(value)
    calm(value)
    quiet(value)
    plain(value)
    gentle(value)
    return value


def refund(value):
    limit = 5
    steady(limit)
    return limit
'''
MUTANTS = {
    "shaky_call": {
        "also": ["loud_call"],
        "mutants": [
            {"name": "shaken", "file": "shop/pay.py", "line": "quiet(value)", "wrong": "shaky(value)"},
            {"name": "and_loud", "file": "shop/pay.py", "line": "calm(value)", "wrong": "shaky(value)\nloud(value)"},
        ],
    },
    "loud_call": {"mutants": [{"name": "gone", "file": "shop/pay.py", "line": "calm(value)", "wrong": "loud(value)"}]},
    "store_open": {
        "mutants": [
            {"name": "unsealed", "file": "infra/store.tf", "line": "sealed = true", "wrong": "sealed = false"},
            {
                "name": "keeper_gone",
                "file": "infra/keeper.tf",
                "line": 'store = "cards"',
                "wrong": "",
                "reported": 'resource "team_store"',
            },
        ]
    },
}
OPERATORS = [
    {
        "name": "shake",
        "policy": "shaky_call",
        "files": ["shop/*.py"],
        "pattern": r"steady\((\w+)\)",
        "wrong": r"shaky(\1)",
    }
]


def write(folder: Path) -> Path:
    """The folder's `rules`, whose every mutant is killed."""
    rules = folder / "rules"
    for name, bad in (("shaky_call", "shaky"), ("loud_call", "loud")):
        _file(rules / "policies" / f"{name}.yaml", HEADER.format(name=name))
        home = rules / "semgrep" / name
        _file(home / "python.yaml", RULE.format(name=name, title=f"This is {bad}", pattern=f"{bad}(...)"))
        _file(home / "python.py", FIXTURE.format(name=name, bad=f"{bad}(value)"))
    _file(rules / "policies" / "store_open.yaml", HEADER.format(name="store_open"))
    home = rules / "rego" / "store_open"
    _file(home / "terraform.rego", SEALED)
    _file(home / "terraform.pass.tf", STORE + KEEPER)
    _file(home / "terraform.fail.tf", STORE.replace("true", "false").replace("false\n", "false # expect\n") + KEEPER)
    _file(folder / "shop" / "pay.py", SHOP)
    _file(folder / "infra" / "store.tf", STORE)
    _file(folder / "infra" / "keeper.tf", KEEPER)
    put(rules, MUTANTS, OPERATORS)
    return rules


def put(rules: Path, mutants: object, operators: object = None) -> None:
    """These mutants instead of those there are, by policy, and these operators."""
    assert isinstance(mutants, dict)
    for old in (rules / "mutants").rglob("*.yaml"):
        old.unlink()
    for policy, content in mutants.items():
        _file(rules / "mutants" / f"{policy}.yaml", yaml.safe_dump(content))
    if operators is not None:
        _file(rules / "mutants" / "operators" / "python.yaml", yaml.safe_dump(operators))


def _file(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
