"""The vault: the only door between tokens and card numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.audit.model import AuditLog
from reference_impl.auth.model import Caller, Permission
from reference_impl.batches import Batches
from reference_impl.cards.model import Card
from reference_impl.clock import Clock, utc_now
from reference_impl.crypto.envelope import Place, unseal
from reference_impl.database import transaction
from reference_impl.errors import ForbiddenError, NotFoundError, UnavailableError
from reference_impl.keys.model import Keys, SubjectKeys
from reference_impl.vault import persons, store
from reference_impl.vault.encoding import decode
from reference_impl.vault.model import CHARGES, Deletion, Purpose, StoredCard, is_token
from reference_impl.vault.trail import Failures, Trail
from reference_impl.vault.writing import SEALED_AS, Wish, Writer

BACKUP_DAYS = 35
_BACKUPS_HOLD = (
    "The sealed card is gone from the database. Its old row version stays in the database's files until they are "
    "vacuumed, and in its write-ahead log and backups until they expire: encrypted, and opened only by the tenant's "
    "data key of that time, a person's card by that person's key too, which is in no backup. Once that version of the "
    "key is destroyed (after a rotation and re-sealing, or with all of the tenant's keys), it opens only with a "
    "backup of the wrapped key and the key-encryption key of that time."
)


class Vault:
    """Stores cards and gives out tokens for them.

    Every method raises ForbiddenError (or StepUpRequiredError), NotFoundError for tokens that do not exist, are
    deleted or another tenant's, IntegrityError for rows that were tampered with, UnavailableError when the database,
    the key store or the audit log does not answer: nothing is handed out then. All of it is in the audit log.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        keys: Keys,
        audit: AuditLog,
        clock: Clock = utc_now,
        *,
        people: SubjectKeys | None = None,
        backup_days: int = BACKUP_DAYS,
    ) -> None:
        """`audit`: is appended to inside transactions, so it must not write to the same SQLite file. `people`: keys of
        persons, without which a person's card is neither stored nor opened.
        """
        self._engine = engine
        self._keys, self._people = keys, people
        self._clock = clock
        self._trail = Trail(audit, clock)
        self._backups = timedelta(days=backup_days)
        self._writes = Batches(Writer(engine, keys, self._trail).write)
        self._reads = Batches(self._find)

    async def tokenize(self, caller: Caller, card: Card, *, reuse: bool = False, subject: str = "") -> StoredCard:
        """Stored for good once this returns. `reuse`: the token the tenant has for this card, if there is one.

        `subject`: of the person whose card it is: it is sealed under their key too, goes with them, and `reuse` looks
        among theirs alone. Without, it is looked for among those of nobody in particular.

        After UnavailableError the card may be stored under a token that nobody knows.
        """
        async with Failures(self._trail, caller, "token.create", ""):
            caller.permit(Permission.TOKENIZE)
            person = await self._persons().for_opening(caller.principal.tenant, subject) if subject else None
            return await self._writes.submit(Wish(caller, card, reuse, person))

    async def describe(self, caller: Caller, token: str) -> StoredCard:
        """What may be shown to those without access to account data."""
        async with Failures(self._trail, caller, "token.read", token):
            caller.permit(Permission.READ_TOKEN)
            row = await self._row(caller, token)
            await self._trail.success(caller, "token.read", token)
        return StoredCard(row.token, row.last_four, row.brand, row.created_at)

    async def detokenize(self, caller: Caller, token: str, purpose: Purpose) -> Card:
        """The card, for a person with `pci_access` who has just shown a second factor."""
        async with Failures(self._trail, caller, "token.detokenize", token):
            caller.permit(Permission.DETOKENIZE)
            return await self._open(caller, token, purpose, "token.detokenize")

    async def charge_card(self, caller: Caller, token: str, purpose: Purpose) -> Card:
        """The card, for the gateway client alone: whoever may charge may have it charged, not see it."""
        async with Failures(self._trail, caller, "token.charge", token):
            caller.permit(Permission.CHARGE)
            if purpose not in CHARGES:
                raise ForbiddenError("this is no purpose of a charge")
            return await self._open(caller, token, purpose, "token.charge")

    async def delete(self, caller: Caller, token: str) -> Deletion:
        """The card's ciphertext and fingerprint are gone from the database; see `Deletion` for what is not."""
        async with Failures(self._trail, caller, "token.delete", token):
            caller.permit(Permission.DELETE_TOKEN)
            if not is_token(token):
                raise NotFoundError("there is no such token")
            now = self._clock()
            async with transaction(self._engine) as connection:
                if not await store.remove(connection, store.Name(caller.principal.tenant, token), now):
                    raise NotFoundError("there is no such token")
                await self._trail.success(caller, "token.delete", token)
        return Deletion(token, now, _BACKUPS_HOLD, now + self._backups)

    async def _open(self, caller: Caller, token: str, purpose: Purpose, action: str) -> Card:
        row = await self._row(caller, token)
        key = await self._keys.for_opening(row.tenant, row.key_version)
        place = Place(row.tenant, token, SEALED_AS)
        plain = unseal(key, row.sealed_card, place)
        if row.subject is not None:
            person = await self._persons().for_opening(row.tenant, row.subject)
            plain = persons.disclosed(person, plain, place)
        card = decode(plain)
        await self._trail.success(caller, action, token, purpose.value)
        return card

    def _persons(self) -> SubjectKeys:
        if self._people is None:
            raise UnavailableError("there are no keys of persons here")
        return self._people

    async def _row(self, caller: Caller, token: str) -> store.Row:
        row = await self._reads.submit(store.Name(caller.principal.tenant, token)) if is_token(token) else None
        if row is None:
            raise NotFoundError("there is no such token")
        return row

    async def _find(self, names: Sequence[store.Name]) -> list[store.Row | BaseException | None]:
        rows = await store.read(self._engine, names)
        return [rows.get(name) for name in names]
