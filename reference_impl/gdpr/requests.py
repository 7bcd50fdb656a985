"""Requests of people: received, identity proven, answered within a month, and what each of them does."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from reference_impl.audit.model import AuditLog, Event, Outcome
from reference_impl.auth.model import Caller, Permission
from reference_impl.clock import Clock, utc_now
from reference_impl.crypto.envelope import place_of, seal, unseal
from reference_impl.errors import ConflictError, IntegrityError, InvalidInputError, NotFoundError
from reference_impl.gdpr.collecting import Collecting
from reference_impl.gdpr.erasure import Erasures
from reference_impl.gdpr.exporting import Exports
from reference_impl.gdpr.model import (
    OPEN,
    PROFILE_FIELDS,
    Extension,
    Link,
    NotIdentifiedError,
    Refusal,
    Request,
    RequestKind,
    RequestState,
    is_request_id,
    new_request_id,
)
from reference_impl.gdpr.periods import ANSWER_MONTHS, EXTENSION_MONTHS, day_of, months_after
from reference_impl.gdpr.persons import Person
from reference_impl.gdpr.profiles import Profiles
from reference_impl.gdpr.request_store import RequestStore
from reference_impl.gdpr.store import REQUESTS
from reference_impl.gdpr.trail import Trail
from reference_impl.keys.model import SUBJECT_KEY_VERSION, SubjectKeys

_LOG = logging.getLogger(__name__)
_SERVICE = "gdpr"
ATTEMPTS = 5
"""At proving identity; then the person asks anew."""
_MOST = 500


class Received(NamedTuple):
    """`proof`: the code that proves identity, for the person alone: it goes to an address that was theirs before."""

    request: Request
    proof: str


class Fulfilled(NamedTuple):
    """`link`: to what is fetched, where anything is."""

    request: Request
    link: Link | None = None


class Requests:
    """Every method raises ForbiddenError, NotFoundError, UnavailableError, and is in the audit log."""

    def __init__(
        self,
        store: RequestStore,
        subjects: SubjectKeys,
        *,
        collecting: Collecting,
        exports: Exports,
        erasures: Erasures,
        profiles: Profiles,
        audit: AuditLog,
        clock: Clock = utc_now,
    ) -> None:
        self._store, self._subjects, self._profiles = store, subjects, profiles
        self._collecting, self._exports, self._erasures = collecting, exports, erasures
        self._trail, self._clock = Trail(audit, clock), clock

    async def receive(
        self,
        caller: Caller,
        kind: RequestKind,
        customer: str,
        *,
        received_on: date | None = None,
        values: Mapping[str, str] | None = None,
        lift: bool = False,
    ) -> Received:
        """`received_on`: the day it came in, if that was earlier; `values`: new ones, to be rectified; `lift`: ends a
        restriction or an objection.

        Raises InvalidInputError for values that are missing or not wanted, and for a day to come.
        """
        async with self._trail.of(
            caller, Permission.RECEIVE_REQUEST, f"privacy.receive.{kind.value}", "request"
        ) as ending:
            _check(kind, values, lift)
            today = day_of(self._clock())
            received = received_on or today
            if received > today:
                raise InvalidInputError("a request is received today or earlier", "received_on")
            tenant, name, proof = caller.principal.tenant, new_request_id(), secrets.token_urlsafe(16)
            ending.resource = _resource(name)
            key = (await self._subjects.for_sealing(tenant, [customer]))[customer]
            plain = json.dumps({"values": dict(values or {}), "lift": lift}).encode()
            request = Request(
                tenant,
                name,
                key.subject,
                kind,
                RequestState.RECEIVED,
                received,
                months_after(received, ANSWER_MONTHS),
                caller.principal.subject,
                _digest(proof),
                seal(key.cipher, SUBJECT_KEY_VERSION, plain, place_of(tenant, key.subject, REQUESTS.name, name)),
            )
            await self._store.add(request)
        return Received(request, proof)

    async def verify(self, caller: Caller, request_id: str, proof: str) -> Request:
        """Somebody else than who opened it, who saw the code, shows the code that the person has received.

        Raises NotIdentifiedError for another code, and after `ATTEMPTS`; ConflictError if it is proven or answered.
        """
        async with self._trail.of(caller, Permission.RECEIVE_REQUEST, "privacy.verify", _resource(request_id)):
            request = await self._find(caller, request_id)
            if request.opened_by == caller.principal.subject:
                raise NotIdentifiedError("somebody else than who opened the request checks who asks")
            if request.state is not RequestState.RECEIVED:
                raise ConflictError("identity was proven before, or the request has been answered")
            if not await self._store.attempt(request, ATTEMPTS):
                raise NotIdentifiedError("too many wrong codes; the person asks anew")
            if not hmac.compare_digest(_digest(proof), request.proof_digest):
                raise NotIdentifiedError("this is not the code that was sent")
            by = caller.principal.subject
            return await self._moved(request, RequestState.RECEIVED, RequestState.VERIFIED, verified_by=by)

    async def extend(self, caller: Caller, request_id: str, because: Extension) -> Request:
        """By two months, once, said within the first month (Art. 12(3)). Raises ConflictError."""
        async with self._trail.of(caller, Permission.ANSWER_REQUEST, "privacy.extend", _resource(request_id)) as ending:
            request = await self._find(caller, request_id)
            ending.reason = because.value
            if day_of(self._clock()) > months_after(request.received_on, ANSWER_MONTHS):
                raise ConflictError("an extension is told within a month of receipt")
            due = months_after(request.received_on, ANSWER_MONTHS + EXTENSION_MONTHS)
            if not await self._store.extend(request, due, because.value):
                raise ConflictError("it was extended before, or has been answered")
            return await self._find(caller, request_id)

    async def refuse(self, caller: Caller, request_id: str, because: Refusal) -> Request:
        """With the reason that the person is told (Art. 12(4)). Raises ConflictError if it has been answered."""
        async with self._trail.of(caller, Permission.ANSWER_REQUEST, "privacy.refuse", _resource(request_id)) as ending:
            request = await self._find(caller, request_id)
            ending.reason = because.value
            if request.state not in (RequestState.RECEIVED, RequestState.VERIFIED):
                raise ConflictError("it is being answered, or has been")
            return await self._closed(request, RequestState.REFUSED, {"refused": because.value})

    async def find(self, caller: Caller, request_id: str) -> Request:
        """One of the caller's tenant."""
        async with self._trail.of(caller, Permission.RECEIVE_REQUEST, "privacy.read", _resource(request_id)):
            return await self._find(caller, request_id)

    async def due(self, caller: Caller, until: date | None) -> Sequence[Request]:
        """Open ones of the caller's tenant, the most urgent first."""
        async with self._trail.of(caller, Permission.RECEIVE_REQUEST, "privacy.read", "requests"):
            return await self._store.due(caller.principal.tenant, until, _MOST)

    async def fulfil(self, caller: Caller, request_id: str) -> Fulfilled:
        """Does what is asked for. What was begun and not ended may be asked for again.

        Raises NotIdentifiedError before identity is proven, ConflictError if it has been answered, or has to wait.
        """
        async with self._trail.of(caller, Permission.ANSWER_REQUEST, "privacy.fulfil", _resource(request_id)) as ending:
            request = await self._find(caller, request_id)
            ending.reason = request.kind.value
            if request.state is RequestState.RECEIVED:
                raise NotIdentifiedError
            if request.state not in OPEN:
                raise ConflictError("it has been answered")
            await self._trail.begun(caller, f"privacy.{request.kind.value}", _resource(request.id))
            return await self._done(request)

    async def resume(self) -> int:
        """Goes on with erasures that were broken off; how many ended. For the start of the service, and the operator.

        Raises UnavailableError.
        """
        done = 0
        for request in await self._store.running():
            try:
                await self._erased(request)
            except (ConflictError, IntegrityError) as error:  # it is asked for again; others need not wait for it
                _LOG.warning("an erasure cannot go on now", extra={"error": error.code})
                continue
            event = Event(_SERVICE, "privacy.resume", self._clock(), Outcome.SUCCESS, "local", _resource(request.id))
            await self._trail.log.append([replace(event, tenant=request.tenant)])
            done += 1
        return done

    async def _done(self, request: Request) -> Fulfilled:
        tenant, subject, kind = request.tenant, request.subject, request.kind
        if kind is RequestKind.ERASURE:
            return Fulfilled(await self._erased(request))
        person = await self._person(request)
        outcome: dict[str, Any]
        if kind in (RequestKind.ACCESS, RequestKind.PORTABILITY):
            collect = self._collecting.everything if kind is RequestKind.ACCESS else self._collecting.provided
            link = await self._exports.add(tenant, subject, await collect(person))
            outcome = {"export_until": link.expires_at.isoformat()}
            return Fulfilled(await self._closed(request, RequestState.FULFILLED, outcome), link)
        brought = await self._brought(request)
        if kind is RequestKind.RECTIFICATION:
            await self._profiles.rectify(tenant, subject, brought["values"])
            outcome = {"rectified": sorted(brought["values"])}
            return Fulfilled(await self._closed(request, RequestState.FULFILLED, outcome))
        since = None if brought["lift"] else self._clock()
        name = "restricted_at" if kind is RequestKind.RESTRICTION else "objected_at"
        await self._profiles.stand(tenant, subject, **{name: since})
        return Fulfilled(await self._closed(request, RequestState.FULFILLED, {"lifted": brought["lift"]}))

    async def _erased(self, request: Request) -> Request:
        if request.state is not RequestState.RUNNING:
            await self._erasures.check(await self._person(request))
            request = await self._moved(request, RequestState.VERIFIED, RequestState.RUNNING)
        report = await self._erasures.run(request.tenant, request.id, request.subject)
        await self._store.end_others(request, self._clock())
        with suppress(ConflictError):  # by another process, or the one that goes on with what was broken off
            return await self._closed(request, RequestState.FULFILLED, report)
        return replace(request, state=RequestState.FULFILLED, outcome=report)

    async def _person(self, request: Request) -> Person:
        customer = await self._subjects.customer(request.tenant, request.subject)
        if customer is None:
            raise ConflictError("this person was erased")
        return Person(request.tenant, customer, request.subject)

    async def _brought(self, request: Request) -> dict[str, Any]:
        key = await self._subjects.for_opening(request.tenant, request.subject)
        place = place_of(request.tenant, request.subject, REQUESTS.name, request.id)
        found: dict[str, Any] = json.loads(unseal(key.cipher, request.sealed, place))
        return found

    async def _find(self, caller: Caller, request_id: str) -> Request:
        found = await self._store.find(caller.principal.tenant, request_id) if is_request_id(request_id) else None
        if found is None:
            raise NotFoundError("there is no such request")
        return found

    async def _closed(self, request: Request, state: RequestState, outcome: Mapping[str, Any]) -> Request:
        return await self._moved(request, request.state, state, outcome=dict(outcome), closed_at=self._clock())

    async def _moved(self, request: Request, was: RequestState, state: RequestState, **values: Any) -> Request:
        if not await self._store.change(request, was, state=state.value, **values):
            raise ConflictError("somebody else was faster; look at the request again")
        return replace(request, state=state, **values)


def _check(kind: RequestKind, values: Mapping[str, str] | None, lift: bool) -> None:
    if kind is RequestKind.RECTIFICATION:
        if not values or not values.keys() <= PROFILE_FIELDS:
            raise InvalidInputError("a rectification has new values of a profile", "values")
    elif values:
        raise InvalidInputError("values belong to a rectification", "values")
    if lift and kind not in (RequestKind.RESTRICTION, RequestKind.OBJECTION):
        raise InvalidInputError("a restriction or an objection is lifted", "lift")


def _digest(proof: str) -> str:
    """Of 16 random bytes: nobody finds them by trying."""
    return hashlib.sha256(proof.encode()).hexdigest()


def _resource(request_id: str) -> str:
    return f"request:{request_id}" if is_request_id(request_id) else "request"
