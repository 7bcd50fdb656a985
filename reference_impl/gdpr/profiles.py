"""Profiles of customers and what they do in the shop: sealed with each person's key, as far as they agreed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from reference_impl.audit.model import AuditLog
from reference_impl.auth.model import Caller, Permission
from reference_impl.clock import Clock, utc_now
from reference_impl.crypto.envelope import place_of, seal, unseal
from reference_impl.database import transaction
from reference_impl.errors import ConflictError, NotFoundError
from reference_impl.gdpr.model import PROCESSOR_CUSTOMER, TOKEN, Profile, RestrictedError, Standing, Tokens
from reference_impl.gdpr.store import BEHAVIOUR, LINKS, PROFILES, SUBJECTS
from reference_impl.gdpr.trail import Trail
from reference_impl.keys.model import SUBJECT_KEY_VERSION, SubjectKey, SubjectKeys, is_subject

FEWEST = 5
"""Of people in a figure: fewer could be told apart."""


class Profiles:
    """Every method raises ForbiddenError, UnavailableError, IntegrityError, and is in the audit log."""

    def __init__(
        self, engine: AsyncEngine, subjects: SubjectKeys, tokens: Tokens, audit: AuditLog, clock: Clock = utc_now
    ) -> None:
        self._engine, self._subjects, self._tokens = engine, subjects, tokens
        self._trail, self._clock = Trail(audit, clock), clock

    async def create(
        self, caller: Caller, customer: str, profile: Profile, *, consents: bool, tokens: Sequence[str], processor: str
    ) -> str:
        """The subject's name. `tokens`, `processor`: cards and the customer at the processor that are theirs.

        Raises ConflictError if there is a profile, NotFoundError for a token that is not this tenant's.
        """
        async with self._trail.of(caller, Permission.WRITE_PROFILE, "profile.create", "profile") as ending:
            tenant = caller.principal.tenant
            for token in tokens:
                await self._tokens.describe(caller, token)
            key = (await self._subjects.for_sealing(tenant, [customer]))[customer]
            ending.resource = f"profile:{key.subject}"
            links = [(TOKEN, token) for token in tokens] + ([(PROCESSOR_CUSTOMER, processor)] if processor else [])
            now = self._clock()
            async with transaction(self._engine) as connection:
                if not await _new(connection, PROFILES, _sealed(tenant, key, profile) | {"updated_at": now}):
                    raise ConflictError("there is a profile of this customer")
                given = {"consented_at": now if consents else None, "changed_at": now}
                await _new(connection, SUBJECTS, {"tenant": tenant, "subject": key.subject} | given)
                for kind, value in links:
                    row = {"tenant": tenant, "subject": key.subject, "kind": kind, "value": value}
                    await _new(connection, LINKS, row)
        return key.subject

    async def read(self, caller: Caller, subject: str) -> tuple[str, Profile, Standing]:
        """Customer, profile, and what they agreed to. Raises NotFoundError, RestrictedError."""
        async with self._trail.of(caller, Permission.READ_PROFILE, "profile.read", _resource(subject)):
            tenant = caller.principal.tenant
            customer, stands = await self._known(tenant, subject)
            if stands.restricted_at is not None:
                raise RestrictedError("processing of this profile is restricted; answer requests of the person only")
            return customer, await self._profile(tenant, subject), stands

    async def consent(self, caller: Caller, subject: str, *, given: bool) -> None:
        """To analytics; withdrawn as easily as given (Art. 7(3)). Raises NotFoundError."""
        async with self._trail.of(caller, Permission.WRITE_PROFILE, "profile.consent", _resource(subject)) as ending:
            tenant = caller.principal.tenant
            await self._known(tenant, subject)
            ending.reason = "given" if given else "withdrawn"
            await self.stand(tenant, subject, consented_at=self._clock() if given else None)

    async def observe(self, caller: Caller, subject: str, kind: str, details: Mapping[str, Any]) -> str:
        """Records what somebody did; the record's id. Raises NotFoundError, RestrictedError without their consent."""
        async with self._trail.of(caller, Permission.WRITE_BEHAVIOUR, "behaviour.create", _resource(subject)):
            tenant = caller.principal.tenant
            _, stands = await self._known(tenant, subject)
            if not stands.evaluable:
                raise RestrictedError("this person did not agree to analytics, objected, or had processing restricted")
            key = await self._subjects.for_opening(tenant, subject)
            name = f"bhv_{secrets.token_urlsafe(16)}"
            place = place_of(tenant, subject, BEHAVIOUR.name, name)
            sealed = seal(key.cipher, SUBJECT_KEY_VERSION, json.dumps({"details": details}).encode(), place)
            row = {"tenant": tenant, "id": name, "subject": subject, "kind": kind, "sealed": sealed}
            async with transaction(self._engine) as connection:
                await connection.execute(BEHAVIOUR.insert(), row | {"at": self._clock()})
        return name

    async def figures(self, caller: Caller) -> Mapping[str, int]:
        """How many did what, of those who agree to it now; nothing that fewer than `FEWEST` did."""
        async with self._trail.of(caller, Permission.READ_ANALYTICS, "analytics.read", "analytics"):
            people = func.count(BEHAVIOUR.c.subject.distinct())
            same = (SUBJECTS.c.tenant == BEHAVIOUR.c.tenant) & (SUBJECTS.c.subject == BEHAVIOUR.c.subject)
            agree = SUBJECTS.c.consented_at.is_not(None), SUBJECTS.c.objected_at.is_(None)
            query = (
                select(BEHAVIOUR.c.kind, func.count())
                .join(SUBJECTS, same)
                .where(BEHAVIOUR.c.tenant == caller.principal.tenant, *agree, SUBJECTS.c.restricted_at.is_(None))
                .group_by(BEHAVIOUR.c.kind)
                .having(people >= FEWEST)
            )
            async with transaction(self._engine) as connection:
                rows = (await connection.execute(query)).all()
        return {row[0]: row[1] for row in rows}

    async def rectify(self, tenant: str, subject: str, values: Mapping[str, str]) -> None:
        """New values of some fields (Art. 16); a profile is made if there is none. For requests that were verified."""
        key = await self._subjects.for_opening(tenant, subject)
        async with transaction(self._engine) as connection:
            before = await self._sealed(connection, tenant, subject, lock=True)
            profile = (Profile() if before is None else _open(tenant, key, before))._replace(**values)
            row = _sealed(tenant, key, profile) | {"updated_at": self._clock()}
            await _put(connection, PROFILES, row)

    async def stand(self, tenant: str, subject: str, **changed: datetime | None) -> None:
        """Notes consent, objection or restriction; for callers who were permitted. What was recorded goes with the
        consent to it (Art. 17(1)(b)).
        """
        row = {"tenant": tenant, "subject": subject, "changed_at": self._clock(), **changed}
        ended = changed.get("consented_at", self) is None or changed.get("objected_at") is not None
        async with transaction(self._engine) as connection:
            await _put(connection, SUBJECTS, row)
            if ended:
                mine = BEHAVIOUR.c.tenant == tenant, BEHAVIOUR.c.subject == subject
                await connection.execute(delete(BEHAVIOUR).where(*mine))

    async def _known(self, tenant: str, subject: str) -> tuple[str, Standing]:
        customer = await self._subjects.customer(tenant, subject) if is_subject(subject) else None
        if customer is None:
            raise NotFoundError("there is no such profile")
        query = select(*(SUBJECTS.c[name] for name in Standing._fields))
        ours = SUBJECTS.c.tenant == tenant, SUBJECTS.c.subject == subject
        async with transaction(self._engine) as connection:
            row = (await connection.execute(query.where(*ours))).one_or_none()
        return customer, Standing() if row is None else Standing(*row)

    async def _profile(self, tenant: str, subject: str) -> Profile:
        key = await self._subjects.for_opening(tenant, subject)
        async with transaction(self._engine) as connection:
            sealed = await self._sealed(connection, tenant, subject)
        if sealed is None:
            raise NotFoundError("there is no such profile")
        return _open(tenant, key, sealed)

    async def _sealed(
        self, connection: AsyncConnection, tenant: str, subject: str, *, lock: bool = False
    ) -> bytes | None:
        query = select(PROFILES.c.sealed).where(PROFILES.c.tenant == tenant, PROFILES.c.subject == subject)
        found: bytes | None = await connection.scalar(query.with_for_update() if lock else query)
        return found


def _resource(subject: str) -> str:
    return f"profile:{subject}" if is_subject(subject) else "profile"


def _sealed(tenant: str, key: SubjectKey, profile: Profile) -> dict[str, Any]:
    plain = json.dumps(profile._asdict()).encode()
    sealed = seal(key.cipher, SUBJECT_KEY_VERSION, plain, place_of(tenant, key.subject, PROFILES.name))
    return {"tenant": tenant, "subject": key.subject, "sealed": sealed}


def _open(tenant: str, key: SubjectKey, sealed: bytes) -> Profile:
    return Profile(**json.loads(unseal(key.cipher, sealed, place_of(tenant, key.subject, PROFILES.name))))


def _insert(connection: AsyncConnection, table: Any) -> Any:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


async def _new(connection: AsyncConnection, table: Any, row: Mapping[str, Any]) -> bool:
    done = await connection.execute(_insert(connection, table).values(row).on_conflict_do_nothing())
    return bool(done.rowcount == 1)


async def _put(connection: AsyncConnection, table: Any, row: Mapping[str, Any]) -> None:
    changed = {name: value for name, value in row.items() if name not in {"tenant", "subject"}}
    again = _insert(connection, table).values(row).on_conflict_do_update(table.primary_key, set_=changed)
    await connection.execute(again)
