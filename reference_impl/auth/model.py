"""Who is asking, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


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
    STEP_UP = "session:step_up"


PCI_ACCESS = "pci_access"
"""The role without which nobody sees account data, whatever else they may do (7.2.1, 7.2.6)."""

NEEDS_PCI_ACCESS = frozenset({Permission.DETOKENIZE})
NEEDS_STEP_UP = frozenset({Permission.DETOKENIZE, Permission.ROTATE_KEYS})

ROLES: dict[str, frozenset[Permission]] = {
    "checkout": frozenset({Permission.TOKENIZE, Permission.READ_TOKEN, Permission.CHARGE, Permission.READ_PAYMENT}),
    "support": frozenset({Permission.READ_TOKEN, Permission.READ_PAYMENT}),
    PCI_ACCESS: frozenset({Permission.DETOKENIZE, Permission.STEP_UP}),
    "vault_admin": frozenset(
        {Permission.READ_TOKEN, Permission.DELETE_TOKEN, Permission.ROTATE_KEYS, Permission.STEP_UP}
    ),
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
    """A principal with one request in hand, for the services and what they write into the audit log.

    `origin`: address of the client, behind trusted proxies the one they name. `stepped_up`: a second factor was shown
    in this session within the last five minutes; only looked up for permissions in `NEEDS_STEP_UP`.
    """

    principal: Principal
    origin: str
    request_id: str
    stepped_up: bool


class Verifier(Protocol):
    """Knows principals by their access tokens."""

    async def verify(self, token: str) -> Principal:
        """Raises NotAuthenticatedError, and UnavailableError if it cannot be told who this is."""
        ...


class StepUps(Protocol):
    """Knows in which sessions a second factor was shown."""

    async def stepped_up(self, principal: Principal) -> bool:
        """Whether it was, within the last five minutes. Raises UnavailableError."""
        ...
