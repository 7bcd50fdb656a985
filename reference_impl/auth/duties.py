"""Duties that one person should not have together (SOX 404; PCI DSS v4.0.1, 7.2.2, least privilege)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reference_impl.auth.model import ROLES, Permission

CONFLICTS: Mapping[str, tuple[frozenset[Permission], frozenset[Permission]]] = {
    "moves money and approves it": (
        frozenset({Permission.CHARGE, Permission.ORDER}),
        frozenset({Permission.APPROVE, Permission.CLOSE_PERIOD}),
    ),
    "moves money and decides on its fraud reviews": (
        frozenset({Permission.CHARGE, Permission.ORDER}),
        frozenset({Permission.REVIEW}),
    ),
    "changes keys and approves changes": (frozenset({Permission.ROTATE_KEYS}), frozenset({Permission.APPROVE})),
    "raises appeals and decides on them": (frozenset({Permission.APPEAL}), frozenset({Permission.REVIEW})),
    "handles account data and reads the audit log": (
        frozenset({Permission.DETOKENIZE}),
        frozenset({Permission.READ_AUDIT}),
    ),
}
"""Why, and the two sides: somebody with a permission of each has both duties."""


def conflicts_of(roles: Iterable[str]) -> Sequence[str]:
    """The names of those that somebody with these roles has."""
    permissions = frozenset[Permission]().union(*(ROLES.get(role, frozenset()) for role in roles))
    return [why for why, (one, other) in CONFLICTS.items() if permissions & one and permissions & other]
