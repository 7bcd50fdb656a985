"""Who is asking, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Permission(str, Enum):
    """One per kind of request. A route without one is open to nobody."""

    TOKENIZE = "tokens:create"
    READ_TOKEN = "tokens:read"
    DETOKENIZE = "tokens:detokenize"
    DELETE_TOKEN = "tokens:delete"
    CHARGE = "payments:create"
    READ_PAYMENT = "payments:read"
    ROTATE_KEYS = "keys:rotate"
    READ_AUDIT = "audit:read"


PCI_ACCESS = "pci_access"
"""The role without which nobody sees account data, whatever else they may do (7.2.1, 7.2.6)."""

NEEDS_PCI_ACCESS = frozenset({Permission.DETOKENIZE})
NEEDS_STEP_UP = frozenset({Permission.DETOKENIZE, Permission.ROTATE_KEYS})

ROLES: dict[str, frozenset[Permission]] = {
    "checkout": frozenset({Permission.TOKENIZE, Permission.READ_TOKEN, Permission.CHARGE, Permission.READ_PAYMENT}),
    "support": frozenset({Permission.READ_TOKEN, Permission.READ_PAYMENT}),
    PCI_ACCESS: frozenset({Permission.DETOKENIZE}),
    "vault_admin": frozenset({Permission.READ_TOKEN, Permission.DELETE_TOKEN, Permission.ROTATE_KEYS}),
    "auditor": frozenset({Permission.READ_AUDIT}),
}
"""What each role may do. Roles add up; one that is not listed grants nothing."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody whose access token was verified. `session`: the token's id (`jti`), which a step-up is tied to."""

    subject: str
    tenant: str
    roles: frozenset[str]
    session: str

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the roles grant together."""
        return frozenset().union(*(ROLES.get(role, frozenset()) for role in self.roles))


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a request is from, as the parts see them.

    `origin`: address of the client; `request_id`: of this request; `stepped_up`: a fresh second factor was given.
    """

    principal: Principal
    origin: str
    request_id: str
    stepped_up: bool
