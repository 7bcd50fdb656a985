"""Who is asking, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Protocol

from reference_impl.audit.model import Event, Outcome
from reference_impl.errors import ForbiddenError, StepUpRequiredError
from reference_impl.money import Money


class Permission(str, Enum):
    """One per kind of request. A route without one is open to nobody."""

    TOKENIZE = "tokens:create"
    READ_TOKEN = "tokens:read"
    DETOKENIZE = "tokens:detokenize"
    DELETE_TOKEN = "tokens:delete"
    CHARGE = "payments:create"
    READ_PAYMENT = "payments:read"
    ORDER = "orders:create"
    READ_ORDER = "orders:read"
    ROTATE_KEYS = "keys:rotate"
    ASSESS = "fraud:assess"
    READ_ASSESSMENT = "fraud:read"
    APPEAL = "fraud:appeal"
    REVIEW = "fraud:review"
    READ_AUDIT = "audit:read"
    READ_INCIDENT = "incidents:read"
    MANAGE_INCIDENTS = "incidents:manage"
    REPORT_FINANCES = "finances:report"
    CLOSE_PERIOD = "finances:close"
    APPROVE = "approvals:decide"
    REVIEW_ACCESS = "access:review"
    WRITE_PROFILE = "profiles:write"
    READ_PROFILE = "profiles:read"
    WRITE_BEHAVIOUR = "behaviour:create"
    READ_ANALYTICS = "analytics:read"
    RECEIVE_REQUEST = "privacy:receive"
    ANSWER_REQUEST = "privacy:answer"
    STEP_UP = "session:step_up"


PCI_ACCESS = "pci_access"
"""The role without which nobody sees account data, whatever else they may do (7.2.1, 7.2.6)."""

NEEDS_PCI_ACCESS = frozenset({Permission.DETOKENIZE})
NEEDS_STEP_UP = frozenset({Permission.DETOKENIZE, Permission.ROTATE_KEYS, Permission.ANSWER_REQUEST})

ROLES: dict[str, frozenset[Permission]] = {
    "checkout": frozenset(
        {
            Permission.TOKENIZE,
            Permission.READ_TOKEN,
            Permission.CHARGE,
            Permission.READ_PAYMENT,
            Permission.ORDER,
            Permission.READ_ORDER,
            Permission.ASSESS,
            Permission.READ_ASSESSMENT,
            Permission.WRITE_PROFILE,
            Permission.READ_PROFILE,
            Permission.WRITE_BEHAVIOUR,
        }
    ),
    "support": frozenset(
        {
            Permission.READ_TOKEN,
            Permission.READ_PAYMENT,
            Permission.READ_ORDER,
            Permission.READ_ASSESSMENT,
            Permission.APPEAL,
            Permission.READ_PROFILE,
            Permission.RECEIVE_REQUEST,
        }
    ),
    "analyst": frozenset({Permission.READ_ANALYTICS}),
    "privacy_officer": frozenset({Permission.RECEIVE_REQUEST, Permission.ANSWER_REQUEST, Permission.STEP_UP}),
    "fraud_analyst": frozenset({Permission.READ_ASSESSMENT, Permission.REVIEW}),
    PCI_ACCESS: frozenset({Permission.DETOKENIZE, Permission.STEP_UP}),
    "vault_admin": frozenset(
        {Permission.READ_TOKEN, Permission.DELETE_TOKEN, Permission.ROTATE_KEYS, Permission.STEP_UP}
    ),
    "auditor": frozenset({Permission.READ_AUDIT}),
    "financial_controller": frozenset({Permission.REPORT_FINANCES, Permission.CLOSE_PERIOD, Permission.APPROVE}),
    "access_reviewer": frozenset({Permission.REVIEW_ACCESS}),
    "incident_responder": frozenset({Permission.READ_INCIDENT, Permission.MANAGE_INCIDENTS}),
}
"""What each role may do. Roles add up; one that is not listed grants nothing."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody whose access token was verified. `session`: the token's id (`jti`), which a step-up is tied to."""

    subject: str
    tenant: str
    roles: frozenset[str]
    session: str

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles grants it."""
        return any(permission in ROLES.get(role, ()) for role in self.roles)


@dataclass(frozen=True, slots=True)
class Caller:
    """A principal with one request in hand, for the services and what they write into the audit log.

    `origin`: address of the client, behind trusted proxies the one they name. `stepped_up`: a second factor was shown
    in this session within the last five minutes; only looked up for permissions in `NEEDS_STEP_UP`. `agent`: what the
    client calls itself.
    """

    principal: Principal
    origin: str
    request_id: str
    stepped_up: bool
    agent: str = ""

    def permit(self, permission: Permission) -> None:
        """For services, which ask once more, whatever a route has asked before (7.2.5, 8.4).

        Raises ForbiddenError, or StepUpRequiredError where only a fresh second factor is missing.
        """
        if not self.principal.may(permission):
            raise ForbiddenError("the permission is missing")
        if permission in NEEDS_PCI_ACCESS and PCI_ACCESS not in self.principal.roles:
            raise ForbiddenError("the role for account data is missing")
        if permission in NEEDS_STEP_UP and not self.stepped_up:
            raise StepUpRequiredError("a second factor is wanted for this")

    def event(
        self,
        action: str,
        resource: str,
        at: datetime,
        outcome: Outcome = Outcome.SUCCESS,
        reason: str = "",
        *,
        money: Money | None = None,
    ) -> Event:
        """What they did, as the audit log wants it (10.2.2). `at`: aware; `reason`: a stable word, as an error's code;
        `money`: how much it was about, if it was about money.

        `resource` must not be what the caller sent, unless it was checked: it could be a card number.
        """
        who = self.principal
        event = Event(who.subject, action, at, outcome, self.origin, resource, who.tenant, self.request_id, reason)
        if money is None:
            return event
        return replace(event, amount=money.amount, currency=money.currency, agent=self.agent)


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


class Register(Protocol):
    """Writes down who comes, for reviews of access."""

    async def seen(self, principal: Principal) -> None:
        """Raises UnavailableError."""
        ...


class Gate(Protocol):
    """Refuses people who are known, whatever they may do: because of an incident, for now."""

    async def admit(self, caller: Caller) -> None:
        """Raises ForbiddenError, LimitedError, UnavailableError."""
        ...
