"""What the rules of a team say, masked: a card number may stand in an example, a title, a way to fix it."""

from __future__ import annotations

from dataclasses import replace

from scanner.catalog import Catalog
from scanner.errors import RuleError
from scanner.masking import mask
from scanner.model import Policy, Rule


def masked(catalog: Catalog) -> Catalog:
    """The catalogue with masked words; what its rules look for stays.

    RuleError: an id holds a card number. Ids are compared, so that they cannot be masked.
    """
    for name in (*catalog.policies, *catalog.rules):
        if mask(name) != name:
            raise RuleError(f"{name}: an id holds digits that could be a card number; choose another one")
    return replace(
        catalog,
        policies={name: _policy(policy) for name, policy in catalog.policies.items()},
        rules={name: _rule(rule) for name, rule in catalog.rules.items()},
    )


def _policy(policy: Policy) -> Policy:
    return policy._replace(
        title=mask(policy.title),
        rationale=mask(policy.rationale),
        remediation=mask(policy.remediation),
        controls={mask(name): tuple(map(mask, ids)) for name, ids in policy.controls.items()},
    )


def _rule(rule: Rule) -> Rule:
    return rule._replace(title=mask(rule.title))
