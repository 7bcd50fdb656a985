"""Objects in an S3 bucket with Object Lock in compliance mode: nobody, root account included, removes a version before
its time. Sources: Amazon S3 API Reference (PutObject, HeadObject, GetObjectLockConfiguration); S3 User Guide, "Locking
objects with Object Lock".

A locked object can be hidden (a delete marker) or put under (a newer version): both are found by `verify`, and the
locked version is still there.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime, timezone

import httpx

from reference_impl.clock import Clock, utc_now
from reference_impl.crypto.aws_signing import Credentials, Request, authorization, digest, encoded
from reference_impl.errors import ConfigurationError, ConflictError, UnavailableError

_ENABLED = b"<ObjectLockEnabled>Enabled</ObjectLockEnabled>"
_MODE = "COMPLIANCE"
_THERE, _NONE = 412, 404


class LockedBucket:
    """Implements `SegmentStore`."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        region: str,
        credentials: Callable[[], Credentials],
        *,
        prefix: str = "events/",
        clock: Clock = utc_now,
    ) -> None:
        """`http`: with its base URL (`https://BUCKET.s3.REGION.amazonaws.com`), timeouts and trusted authorities.

        `credentials`: asked before each call. They need GetBucketObjectLockConfiguration, PutObject,
        PutObjectRetention, GetObject and GetObjectRetention, and no permission to delete or to bypass anything.
        """
        self._http, self._region, self._credentials = http, region, credentials
        self._prefix, self._clock = prefix, clock

    async def check(self) -> None:
        """See `SegmentStore`. Raises ConfigurationError for a bucket without Object Lock."""
        answer = await self._call("GET", "/", query={"object-lock": ""})
        if answer.status_code == _NONE or (answer.is_success and _ENABLED not in answer.content):
            raise ConfigurationError("the bucket of the audit trail has no Object Lock")
        _expect(answer)

    async def put(self, name: str, data: bytes, keep_until: datetime) -> None:
        """See `SegmentStore`."""
        until = keep_until.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        headers = {
            "if-none-match": "*",
            "x-amz-checksum-sha256": b64encode(bytes.fromhex(digest(data))).decode(),
            "x-amz-object-lock-mode": _MODE,
            "x-amz-object-lock-retain-until-date": until,
        }
        answer = await self._call("PUT", f"/{self._prefix}{name}", headers=headers, body=data)
        if answer.status_code == _THERE:
            raise ConflictError("there is a segment of that name")
        _expect(answer)

    async def get(self, name: str) -> bytes | None:
        """See `SegmentStore`."""
        answer = await self._call("GET", f"/{self._prefix}{name}")
        if answer.status_code == _NONE:
            return None
        _expect(answer)
        return answer.content

    async def locked(self, name: str, until: datetime) -> bool:
        """Whether it is in compliance mode for at least that long."""
        answer = await self._call("HEAD", f"/{self._prefix}{name}")
        if answer.status_code == _NONE:
            return False
        _expect(answer)
        try:
            kept = datetime.fromisoformat(answer.headers["x-amz-object-lock-retain-until-date"].replace("Z", "+00:00"))
        except (KeyError, ValueError):
            return False
        return answer.headers.get("x-amz-object-lock-mode") == _MODE and kept >= until.replace(microsecond=0)

    async def _call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> httpx.Response:
        credentials = await asyncio.to_thread(self._credentials)  # now and then these are fetched
        sent = {
            "host": self._http.base_url.netloc.decode(),
            "x-amz-content-sha256": digest(body),
            "x-amz-date": self._clock().strftime("%Y%m%dT%H%M%SZ"),
            **(headers or {}),
        }
        if credentials.session_token:
            sent["x-amz-security-token"] = credentials.session_token
        signed = Request(method, path, query or {}, sent, digest(body))
        sent["authorization"] = authorization(credentials, self._region, "s3", signed)
        try:
            return await self._http.request(method, encoded(path), params=query, headers=sent, content=body)
        except httpx.HTTPError as error:
            raise UnavailableError("the bucket of the audit trail does not answer") from error


def _expect(answer: httpx.Response) -> None:
    if not answer.is_success:
        raise UnavailableError(f"the bucket of the audit trail refuses ({answer.status_code})")
