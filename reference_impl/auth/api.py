"""What a route says about who may call it, and a check that each of them says something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from fastapi import FastAPI, Request
from fastapi import routing as fastapi_routing
from fastapi.dependencies.models import Dependant

from reference_impl.audit.model import AuditLog, Outcome
from reference_impl.auth.model import (
    NEEDS_PCI_ACCESS,
    NEEDS_STEP_UP,
    PCI_ACCESS,
    Caller,
    Gate,
    Permission,
    Principal,
    Register,
    StepUps,
    Verifier,
)
from reference_impl.auth.watch import FailedSignIns
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import (
    ConfigurationError,
    ForbiddenError,
    NotAuthenticatedError,
    ServiceError,
    StepUpRequiredError,
)

_SESSIONS = 10_000
_MAX_AGENT = 200


class Authenticator:
    """Makes the dependencies of routes.

    `web.middleware.Edge` has put `origin` and `request_id` into the state of each request; without it nothing answers.
    """

    def __init__(
        self,
        verifier: Verifier,
        step_ups: StepUps,
        *,
        audit: AuditLog,
        failures: FailedSignIns,
        gate: Gate | None = None,
        register: Register | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._verifier, self._step_ups, self._gate = verifier, step_ups, gate
        self._audit, self._failures, self._clock = audit, failures, clock
        self._register = register
        self._seen: dict[tuple[str, str, str], None] = {}

    def require(self, permission: Permission) -> Requirement:
        """A dependency that gives the `Caller`: `caller: Caller = Depends(auth.require(…))`.

        Raises NotAuthenticatedError, ForbiddenError, StepUpRequiredError and UnavailableError, also when the refusal or
        the identity cannot be written to the audit log.
        """
        return Requirement(self, permission)

    async def caller(self, request: Request, permission: Permission) -> Caller:
        """What a `Requirement` does."""
        origin, request_id = request.state.origin, request.state.request_id
        request.state.access = permission.value
        try:
            principal = await self._verifier.verify(bearer(request))
        except NotAuthenticatedError as error:
            nobody = Caller(_NOBODY, origin, request_id, False)
            await self._record("authenticate", Outcome.FAILURE, permission, nobody, error)
            await self._failures.failed(origin)
            raise
        agent = request.headers.get("user-agent", "")[:_MAX_AGENT]
        caller = Caller(principal, origin, request_id, False, agent)
        await self._first_sight(caller, permission)
        try:
            return await self._authorised(caller, permission)
        except ForbiddenError as error:
            await self._record("authorize", Outcome.DENIED, permission, caller, error)
            raise

    async def _authorised(self, caller: Caller, permission: Permission) -> Caller:
        principal = caller.principal
        if self._gate is not None:
            await self._gate.admit(caller)
        if not principal.may(permission):
            raise ForbiddenError("the roles of this identity do not grant this")
        if permission in NEEDS_PCI_ACCESS and PCI_ACCESS not in principal.roles:
            raise ForbiddenError("account data need the role pci_access")
        if permission not in NEEDS_STEP_UP:
            return caller
        if not await self._step_ups.stepped_up(principal):
            raise StepUpRequiredError("a second factor is needed; see /v1/step-up")
        return replace(caller, stepped_up=True)

    async def _first_sight(self, caller: Caller, permission: Permission) -> None:
        """Records an authentication once for each session and address, not for each of its requests."""
        session = (caller.principal.tenant, caller.principal.session, caller.origin)
        if session in self._seen:
            return
        await self._record("authenticate", Outcome.SUCCESS, permission, caller)
        if self._register is not None:
            await self._register.seen(caller.principal)
        self._seen[session] = None
        if len(self._seen) > _SESSIONS:
            del self._seen[next(iter(self._seen))]

    async def _record(
        self, action: str, outcome: Outcome, permission: Permission, caller: Caller, error: ServiceError | None = None
    ) -> None:
        reason = error.code if error else ""
        await self._audit.append([caller.event(action, permission.value, self._clock(), outcome, reason)])


_NOBODY = Principal("-", "-", frozenset(), "-")


@dataclass(frozen=True)
class Requirement:
    """The dependency of one permission."""

    authenticator: Authenticator
    permission: Permission

    async def __call__(self, request: Request) -> Caller:
        """Called by FastAPI before it validates the body."""
        return await self.authenticator.caller(request, self.permission)


async def public(request: Request) -> None:
    """The dependency of a route that is open to everybody: `dependencies=[Depends(public)]`."""
    request.state.access = "public"


def bearer(request: Request) -> str:
    """The access token (RFC 6750, 2.1). Raises NotAuthenticatedError unless there is exactly one, in the header."""
    values = request.headers.getlist("authorization")
    scheme, _, token = values[0].partition(" ") if len(values) == 1 else ("", "", "")
    if scheme.lower() != "bearer" or not token:
        raise NotAuthenticatedError("an access token is needed")
    return token.strip()


def check_routes(app: FastAPI) -> None:
    """Raises ConfigurationError unless every route requires one permission or says that it is public (7.3.3).

    The check reads what the framework lists; the edge lets no answer out whose route said nothing, listed or not.
    Routes that are not FastAPI's own (mounts, documentation pages) cannot say so and are refused: make the application
    by `web.app.application`.
    """
    for path, _, dependant in _routes(app.routes):
        said = [] if dependant is None else [call for call in _calls(dependant) if declares_access(call)]
        if len(said) != 1:
            raise ConfigurationError(f"{path}: a route requires one permission or is public; this one says {len(said)}")


def access_of(app: FastAPI) -> Iterator[tuple[str, frozenset[str], Permission | None]]:
    """Path, methods and permission of each route; no permission: it is open to everybody."""
    for path, methods, dependant in _routes(app.routes):
        calls = [] if dependant is None else list(_calls(dependant))
        yield path, methods, next((call.permission for call in calls if isinstance(call, Requirement)), None)


def declares_access(call: object) -> bool:
    """Whether a dependency says who may: a `Requirement`, or `public`."""
    return isinstance(call, Requirement) or call is public


def _calls(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for inner in dependant.dependencies:
        yield from _calls(inner)


def _routes(routes: Iterable[Any]) -> Iterator[tuple[str, frozenset[str], Dependant | None]]:
    """Path, methods and dependencies of each; None for a route without any.

    Newer versions of FastAPI keep included routers as they are and give what their routes amount to on request.
    """
    contexts = getattr(fastapi_routing, "iter_route_contexts", iter)
    for route in contexts(routes):
        path, methods = getattr(route, "path", type(route).__name__), getattr(route, "methods", None) or ()
        yield str(path), frozenset(methods), getattr(route, "dependant", None)
