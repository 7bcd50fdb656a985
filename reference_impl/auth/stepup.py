"""A second factor before account data are shown: time-based one-time passwords (RFC 6238), each good for one use."""

from __future__ import annotations

import asyncio
import base64
import hmac
import os
from dataclasses import dataclass

import pyotp

from reference_impl.audit.model import AuditLog, Outcome
from reference_impl.auth.model import Caller, Principal
from reference_impl.auth.origin import source
from reference_impl.auth.store import TotpStore, context
from reference_impl.auth.watch import FailedSignIns
from reference_impl.clock import Clock, utc_now
from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.errors import StepUpRequiredError
from reference_impl.limits.model import Lockouts
from reference_impl.secret import Secret

STEP_SECONDS = 30
SECRET_BYTES = 20
"""RFC 4226, 4: R6 recommends 160 bits."""
STEPPED_UP_SECONDS = 5 * 60
WRONG_CODES = 10
LOCK_SECONDS = 30 * 60


@dataclass(frozen=True, slots=True)
class Enrolment:
    """`uri`: for an authenticator application; holds the shared secret and is shown this once."""

    uri: Secret[str]


class StepUp:
    """Enrols second factors and checks their codes.

    Whatever is wrong (the code, its reuse, an account without a second factor, a lock-out) has the same answer; the
    audit log says which it was. Attempts count before they are checked, by account and by source.
    """

    def __init__(
        self,
        store: TotpStore,
        wrapper: KeyWrapper,
        lockouts: Lockouts,
        *,
        audit: AuditLog,
        failures: FailedSignIns,
        clock: Clock = utc_now,
    ) -> None:
        self._store, self._wrapper, self._lockouts = store, wrapper, lockouts
        self._audit, self._failures, self._clock = audit, failures, clock
        self._nobody = os.urandom(SECRET_BYTES)

    async def enrol(self, caller: Caller, service: str) -> Enrolment:
        """A new second factor, in force from its first code on. `service`: the name the application shows.

        Raises ConflictError for somebody who has one, and UnavailableError.
        """
        who = caller.principal
        secret = os.urandom(SECRET_BYTES)
        wrapped = await asyncio.to_thread(self._wrapper.wrap, Secret(secret), context(who.tenant, who.subject))
        await self._record(caller, "factor.enrol", Outcome.SUCCESS)
        await self._store.enrol(who, wrapped, self._wrapper.wrapped_by(wrapped))
        return Enrolment(Secret(_totp(secret).provisioning_uri(name=who.subject, issuer_name=service)))

    async def step_up(self, caller: Caller, code: str) -> int:
        """Marks the session as stepped up; for how many seconds. `code`: six digits.

        Raises StepUpRequiredError for everything that is wrong with it, and UnavailableError.
        """
        account, origin = _lock_keys(caller)
        decisions = [
            await self._lockouts.attempt(account, WRONG_CODES, LOCK_SECONDS),
            await self._lockouts.attempt(origin, WRONG_CODES, LOCK_SECONDS),
        ]
        reason = "locked"
        if all(decision.allowed for decision in decisions):
            reason = await self._spend(caller.principal, code)
        if reason:
            await self._record(caller, "session.step_up", Outcome.DENIED, reason)
            await self._failures.failed(caller.origin, caller.principal.tenant, caller.principal.subject)
            raise StepUpRequiredError("the code was not accepted")
        await self._lockouts.forgive(account)
        await self._lockouts.forgive(origin, 1)
        await self._record(caller, "session.step_up", Outcome.SUCCESS)
        return STEPPED_UP_SECONDS

    async def stepped_up(self, principal: Principal) -> bool:
        """See `auth.model.StepUps`."""
        return await self._store.stepped_up(principal, int(self._clock().timestamp()))

    async def _spend(self, who: Principal, code: str) -> str:
        """Why not, or nothing."""
        enrolled = await self._store.enrolled(who)
        secret = self._nobody
        if enrolled is not None:
            wrapped_for = context(who.tenant, who.subject)
            secret = (await asyncio.to_thread(self._wrapper.unwrap, enrolled.wrapped_secret, wrapped_for)).reveal()
        now = int(self._clock().timestamp())
        counter = _counter(secret, code, now)
        if enrolled is None:
            return "not_enrolled"
        if counter is None:
            return "wrong_code"
        spent = await self._store.use(who, enrolled.enrolment, counter, now, now + STEPPED_UP_SECONDS)
        return "" if spent else "code_used_before"

    async def _record(self, caller: Caller, action: str, outcome: Outcome, reason: str = "") -> None:
        await self._audit.append([caller.event(action, "session", self._clock(), outcome, reason)])


def _counter(secret: bytes, code: str, now: int) -> int | None:
    """The counter whose code this is, one step to either side of now; every one is compared, in constant time."""
    totp, found = _totp(secret), None
    for counter in range(now // STEP_SECONDS - 1, now // STEP_SECONDS + 2):
        if hmac.compare_digest(totp.generate_otp(counter).encode(), code.encode()):
            found = counter
    return found


def _totp(secret: bytes) -> pyotp.TOTP:
    return pyotp.TOTP(base64.b32encode(secret).decode(), interval=STEP_SECONDS)


def _lock_keys(caller: Caller) -> tuple[str, str]:
    """By account: many addresses guess one person's codes; by source: one address guesses those of many."""
    who = caller.principal
    return f"step_up:account:{who.tenant}:{who.subject}", f"step_up:source:{source(caller.origin)}"
