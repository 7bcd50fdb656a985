"""Answers to be fetched: a JWE (RFC 7516) behind a link that is signed with the person's key and ends after 30 days.

The document is encrypted with a key that is given out once, with the answer, and not kept: who has the link alone has
nothing, and neither has who has the database. Send the two by different ways.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from joserfc import jwe
from joserfc.jwk import OctKey
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.clock import Clock, utc_now
from reference_impl.database import transaction
from reference_impl.errors import ForbiddenError, IntegrityError
from reference_impl.gdpr.model import GoneError, Link, new_export_id
from reference_impl.gdpr.store import EXPORTS
from reference_impl.keys.model import SubjectKeys, is_subject

LIFETIME = timedelta(days=30)
_HEADER = {"alg": "dir", "enc": "A256GCM", "cty": "application/json"}
_KEY_BYTES = 32
_LONGEST = 1024


class Exports:
    """`path`: of the route that gives them out. Every method raises UnavailableError."""

    def __init__(self, engine: AsyncEngine, subjects: SubjectKeys, path: str, clock: Clock = utc_now) -> None:
        self._engine, self._subjects, self._path, self._clock = engine, subjects, path, clock

    async def add(self, tenant: str, subject: str, document: Mapping[str, Any]) -> Link:
        """Stored once this returns."""
        now, name, secret = self._clock(), new_export_id(), secrets.token_bytes(_KEY_BYTES)
        key = OctKey.import_key(secret)
        sealed = jwe.encrypt_compact(_HEADER, json.dumps(document).encode(), key, algorithms=["dir", "A256GCM"])
        expires = (now + LIFETIME).replace(microsecond=0)
        row = {"tenant": tenant, "id": name, "subject": subject, "document": sealed.encode()}
        async with transaction(self._engine) as connection:
            await connection.execute(EXPORTS.insert(), row | {"created_at": now, "expires_at": expires})
        said = _encoded(json.dumps([tenant, subject, name, int(expires.timestamp())]).encode())
        signature = await self._signature(tenant, subject, said)
        return Link(f"{self._path}?link={said}.{signature}", _encoded(secret), expires)

    async def fetch(self, link: str) -> bytes:
        """The JWE. Raises ForbiddenError for a link that was not made here, GoneError when its time is over or the
        person was erased.
        """
        tenant, subject, name, expires = await self._checked(link)
        which = EXPORTS.c.tenant == tenant, EXPORTS.c.id == name, EXPORTS.c.subject == subject
        if datetime.fromtimestamp(expires, timezone.utc) <= self._clock():
            async with transaction(self._engine) as connection:
                await connection.execute(delete(EXPORTS).where(*which))
            raise GoneError("this link has expired; ask for the data again")
        async with transaction(self._engine) as connection:
            document: bytes | None = await connection.scalar(select(EXPORTS.c.document).where(*which))
        if document is None:
            raise GoneError("what this link led to is not there any more; ask for the data again")
        return document

    async def _checked(self, link: str) -> tuple[str, str, str, int]:
        """What a link says, once it is known to be ours."""
        said, _, signature = link[:_LONGEST].partition(".")
        try:
            tenant, subject, name, expires = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
        except (ValueError, TypeError):
            raise _forged() from None
        if not (isinstance(tenant, str) and isinstance(subject, str) and is_subject(subject)):
            raise _forged()
        try:
            right = await self._signature(tenant, subject, said)
        except IntegrityError:
            raise _forged() from None  # the same for a person who was erased as for one who never was
        if not hmac.compare_digest(right.encode(), signature.encode()):
            raise _forged()
        return tenant, subject, name, expires

    async def _signature(self, tenant: str, subject: str, said: str) -> str:
        key = await self._subjects.for_opening(tenant, subject)
        return _encoded(hmac.new(key.mac.reveal(), b"export link 1\n" + said.encode(), hashlib.sha256).digest())


def _forged() -> ForbiddenError:
    return ForbiddenError("this link was not made here, was changed, or ended with the person's data")


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
