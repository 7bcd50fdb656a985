"""The keys data are sealed with, as the rest of the service sees them."""

from __future__ import annotations

import hmac
import re
import secrets
import struct
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple, Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reference_impl.crypto.envelope import MAX_SEALS
from reference_impl.crypto.rewrappable import Place
from reference_impl.secret import Secret

SEALS_PER_KEY = MAX_SEALS // 4
"""Then a key is replaced: long before the limit, which counts what crashed processes reserved and never used."""

SEALS_PER_BLOCK = 2**16
"""How many a process reserves at a time: one write to the database for that many seals."""

CRYPTOPERIOD = timedelta(days=90)
"""How long a data key seals before it is replaced (PCI DSS 3.7.4: a period is defined; NIST SP 800-57 part 1, 5.3)."""


class Purpose(str, Enum):
    """What a key is for; a key has one purpose (NIST SP 800-57 part 1, 5.2)."""

    DATA = "data"
    FINGERPRINT = "fingerprint"


class State(str, Enum):
    """Of a key: seals and opens; opens only; is gone, and its row keeps the version from being used again."""

    CURRENT = "current"
    RETIRED = "retired"
    DESTROYED = "destroyed"


class KeyName(NamedTuple):
    """Which key. Holds nothing secret."""

    tenant: str
    purpose: Purpose
    version: int

    def context(self) -> bytes:
        """What its wrapping is bound to. Parts with their lengths: no two names give the same bytes."""
        return context(*self)


def context(tenant: str, purpose: str, version: int) -> bytes:
    """The same of a name's parts, as they are stored."""
    whose, what = tenant.encode(), _ENCODED[purpose]
    return _LENGTH.pack(len(whose)) + whose + what + _VERSION.pack(4, version)


_LENGTH, _VERSION = struct.Struct(">I"), struct.Struct(">II")
_ENCODED = {purpose.value: _LENGTH.pack(len(purpose.value)) + purpose.value.encode() for purpose in Purpose}
"""A purpose finds its own here too: it is a string."""


class Unreadable(NamedTuple):
    """A wrapped key that does not open: something changed it, or its key-encryption key is gone."""

    holder: str
    place: Place


class Progress(NamedTuple):
    """Of a re-wrapping. `done`: keys re-wrapped in this run; `left`: keys that are still to be looked at.

    `unreadable`: keys that do not open, and stay as they are.
    """

    done: int
    left: int
    unreadable: tuple[Unreadable, ...] = ()


class DataKey(NamedTuple):
    """A data key of one tenant, ready for use. `version`: goes into what it seals, see `crypto.envelope`."""

    version: int
    cipher: AESGCM


class MacKey(NamedTuple):
    """A key for fingerprints. `version`: goes beside each fingerprint."""

    version: int
    key: Secret[bytes]


@dataclass(frozen=True, slots=True)
class KeyStatus:
    """What may be told of a key. `seals`: reserved so far; `created_at`: aware, UTC."""

    name: KeyName
    state: State
    seals: int
    created_at: datetime


class Uses(Protocol):
    """Knows what was sealed, or fingerprinted, with a key and is still there."""

    async def in_use(self, name: KeyName) -> bool:
        """Raises UnavailableError."""
        ...


class SealedKeys(Uses, Protocol):
    """Holds keys that data keys seal."""

    async def reseal(self, tenant: str) -> int:
        """Seals with the current key what older ones seal; how many. Raises UnavailableError, IntegrityError."""
        ...


class RetiredKeys(Protocol):
    """Keys that were replaced, and their end."""

    async def retired(self, tenant: str, purpose: Purpose) -> Sequence[KeyName]:
        """Those that no process uses any more for anything new, oldest first."""
        ...

    async def destroy_version(self, name: KeyName, uses: Uses) -> None:
        """Deletes the wrapped key. Raises ConflictError unless it is one of `retired`, and for one that is in use."""
        ...


class Resealed(NamedTuple):
    """Of a re-sealing. `done`: cards brought to the newest keys in this run; `left`: cards still to be looked at.

    `unreadable`: tokens of cards that do not open, and stay as they are.
    """

    done: int
    left: int
    unreadable: tuple[str, ...] = ()


class Resealer(Uses, Protocol):
    """Brings what older keys sealed to the newest ones, so that the older ones can be destroyed."""

    async def left(self, tenant: str) -> int:
        """How many cards older keys sealed, or only older keys find. Raises as `run`."""
        ...

    def run(self, tenant: str) -> AsyncGenerator[Resealed, None]:
        """Yields after each batch. Raises UnavailableError: what was done before stays done."""
        ...

    async def retire(self, tenant: str) -> Sequence[KeyName]:
        """Destroys the keys that nothing needs any more, and says which. Raises UnavailableError."""
        ...


class Keys(Protocol):
    """The keys of all tenants. Unwrapped ones stay in memory for a few minutes; new tenants get keys by themselves.

    Raises UnavailableError (store or key provider down) and IntegrityError (a wrapped key does not open).
    """

    async def for_sealing(self, tenant: str, seals: int = 1) -> DataKey:
        """The current key, which has been counted for that many seals before it is handed out."""
        ...

    async def for_opening(self, tenant: str, version: int) -> AESGCM:
        """The key of that version, retired or not. IntegrityError: there is none (any more)."""
        ...

    async def for_fingerprints(self, tenant: str) -> Sequence[MacKey]:
        """Newest first. They never seal anything, and data keys never make fingerprints."""
        ...

    async def destroy(self, tenant: str) -> int:
        """Deletes every wrapped key of a tenant: nothing of it opens ever again. How many there were."""
        ...


class SubjectKey(NamedTuple):
    """A person's key, ready for use. `subject`: its name, which says nothing; `mac`: signs for this person; `blind`:
    hides what is looked up; `customer`: as the tenant names them.
    """

    subject: str
    cipher: AESGCM
    mac: Secret[bytes]
    blind: Secret[bytes]
    customer: str

    def hidden(self, purpose: str, text: str) -> str:
        """The same for the same text of this person: HMAC-SHA-256 in 64 letters, as digits may pass for a card's. Once
        the key is gone nobody can try what the text may have been.
        """
        return _hidden(self.blind, purpose, text)


ERASED = "~erased"
"""Instead of a name that was erased, the same for everybody. No name that a tenant may give has this form."""
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def _hidden(key: Secret[bytes], purpose: str, text: str) -> str:
    made = hmac.digest(key.reveal(), f"{purpose}\0{text}".encode(), "sha256")
    return made.hex().translate(_LETTERS)


SUBJECT_KEY_VERSION = 1
"""In what a person's key seals (`crypto.envelope`): there is one, and none after it."""
_SUBJECT = re.compile(r"sub_(?!.*[0-9](?:[_-]?[0-9]){12})[A-Za-z0-9_-]{22}")


def is_subject(text: str) -> bool:
    """Whether it has the form of a subject's name; what has not may be a card number, and is not looked up."""
    return _SUBJECT.fullmatch(text) is not None


def new_subject() -> str:
    """`sub_` and 16 random bytes: nothing of a person can be computed from it."""
    while not is_subject(made := f"sub_{secrets.token_urlsafe(16)}"):
        pass
    return made


class RetrySecret(NamedTuple):
    """Of one day, the same for all tenants."""

    key: Secret[bytes]

    def hidden(self, tenant: str, text: str) -> str:
        """As `SubjectKey.hidden`, for as long as the day's secret is there."""
        return _hidden(self.key, tenant, text)


class RetrySecrets(Protocol):
    """Secrets under which idempotency keys are known for a day or two, whoever sent them; then they are destroyed, and
    nobody can try what was hidden with them.
    """

    async def current(self) -> Sequence[RetrySecret]:
        """Today's, then yesterday's. Raises UnavailableError."""
        ...


class SubjectKeys(Protocol):
    """Keys of persons: customers as their tenants name them. Raises UnavailableError, IntegrityError."""

    async def for_sealing(self, tenant: str, customers: Collection[str]) -> Mapping[str, SubjectKey]:
        """Of each of them, made if there is none."""
        ...

    async def of_tenants(self, customers: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], SubjectKey]:
        """The same of several tenants at once, by tenant and customer."""
        ...

    async def of(self, tenant: str, customer: str) -> SubjectKey:
        """The same of one; who asks at the same time is answered together."""
        ...

    async def remembered(self, tenant: str, customer: str) -> SubjectKey:
        """The same, as it was minutes ago: nothing is asked for as long as it is in memory."""
        ...

    async def existing(self, subjects: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], SubjectKey]:
        """By tenant and subject, those there are now."""
        ...

    async def for_opening(self, tenant: str, subject: str) -> SubjectKey:
        """IntegrityError: the person was erased, or never was."""
        ...

    async def find(self, tenant: str, customer: str) -> str | None:
        """The subject, if there is a key."""
        ...

    async def customer(self, tenant: str, subject: str) -> str | None:
        """Whose key it is."""
        ...

    async def destroy(self, tenant: str, subject: str) -> bool:
        """Nothing it sealed opens ever again, in memory of other processes for minutes. Whether there was one."""
        ...
