"""The log as evidence for financial reports (`sox.model.Chain`): all of it verified, and read from there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from reference_impl.audit.chain import Chainer
from reference_impl.audit.model import Anchor, Filter, Head, Record
from reference_impl.audit.reader import LogReader
from reference_impl.audit.verdict import Verdict
from reference_impl.audit.verify import verify
from reference_impl.errors import IntegrityError, UnavailableError
from reference_impl.secret import Secret
from reference_impl.sox.model import Verified


class Evidence:
    """`head`: of what was acknowledged, as whoever writes the log knows it, or as it is on disk; `first`: the number of
    the first record not archived (10.5.1).
    """

    def __init__(
        self,
        head: Callable[[], Awaitable[Head | None]],
        folder: Path,
        key: Secret[bytes],
        public_key: Ed25519PublicKey,
        anchor: Anchor,
        *,
        first: int = 1,
    ) -> None:
        self._head, self._anchor, self._first = head, anchor, first
        self._folder, self._key, self._public_key = folder, key, public_key
        self._reader = LogReader(folder, Chainer(key))

    async def verified(self) -> Verified:
        """See `sox.model.Chain`. What was acknowledged must be there, whatever the head on disk says."""
        last, anchored = await self._head(), await self._anchor.latest()
        verdict = await asyncio.to_thread(self._verify, last, anchored)
        if last is None or not verdict.verified:
            raise IntegrityError(str(verdict))
        return Verified(last.log, verdict.first, last.count, last.mac, verdict.anchored)

    def records(self, wanted: Filter, last: int) -> Iterator[Record]:
        """See `sox.model.Chain`."""
        return self._reader.oldest_first(wanted, last)

    def _verify(self, last: Head | None, anchored: Head | None) -> Verdict:
        try:
            return verify(self._folder, self._key, self._public_key, anchored, acknowledged=last, first=self._first)
        except OSError as error:
            raise UnavailableError("the audit log cannot be read") from error
