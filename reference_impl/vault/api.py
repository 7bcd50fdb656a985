"""`/v1/tokens`: a card in, a token out; and, for few and seldom, the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal, Protocol

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from reference_impl.auth.model import Caller, Permission
from reference_impl.cards.api_model import STRICT, CardBody
from reference_impl.cards.model import Card, CardInput
from reference_impl.client_encryption.model import MAX_ENVELOPE
from reference_impl.clock import Clock, utc_now
from reference_impl.errors import InvalidInputError
from reference_impl.events.model import Name
from reference_impl.keys.model import SubjectKeys
from reference_impl.vault.model import Deletion, Purpose, StoredCard


class Envelopes(Protocol):
    """Opens what clients encrypted."""

    async def open(self, jwe: str, tenant: str) -> CardInput:
        """Raises InvalidInputError, UnavailableError, IntegrityError."""
        ...


class Tokens(Protocol):
    """The vault, as these routes know it; see `vault.service.Vault`."""

    async def tokenize(self, caller: Caller, card: Card, *, reuse: bool = False, subject: str = "") -> StoredCard:
        """A token for the card."""
        ...

    async def describe(self, caller: Caller, token: str) -> StoredCard:
        """What may be shown."""
        ...

    async def detokenize(self, caller: Caller, token: str, purpose: Purpose) -> Card:
        """The card in clear."""
        ...

    async def delete(self, caller: Caller, token: str) -> Deletion:
        """Gone."""
        ...


class TokenBody(BaseModel):
    """One of the two: a card, or one that the client encrypted to a key of `/.well-known/jwks.json`.

    `reuse`: gives the token the tenant has for this card, if there is one. `customer`: whose card it is, as you name
    them in orders: it is sealed under their key and goes when they are erased.
    """

    model_config = STRICT

    card: CardBody | None = None
    encrypted_card: str | None = Field(default=None, max_length=MAX_ENVELOPE, json_schema_extra={"writeOnly": True})
    reuse: bool = False
    customer: Name | Literal[""] = ""


class TokenView(BaseModel):
    """What everybody may see of a card."""

    token: str
    last_four: str
    brand: str
    created_at: datetime

    @classmethod
    def of(cls, stored: StoredCard) -> TokenView:
        """Of a stored card."""
        return cls(token=stored.token, last_four=stored.last_four, brand=stored.brand, created_at=stored.created_at)


class PurposeBody(BaseModel):
    """Why a card leaves the vault."""

    model_config = STRICT

    purpose: Purpose = Field(strict=False)


class Detokenized(BaseModel):
    """A card in clear, for a person with the role for it and a fresh second factor."""

    number: str
    expiry_month: int
    expiry_year: int
    holder: str | None

    @classmethod
    def of(cls, card: Card) -> Detokenized:
        """The one place where the service shows a card."""
        holder = None if card.holder is None else card.holder.reveal()
        return cls(
            number=card.number.reveal(), expiry_month=card.expiry.month, expiry_year=card.expiry.year, holder=holder
        )


class DeletionView(BaseModel):
    """What is gone, and what is not yet."""

    token: str
    deleted_at: datetime
    backups_hold: str
    backups_until: datetime

    @classmethod
    def of(cls, deletion: Deletion) -> DeletionView:
        """Of a deletion that was done."""
        return cls(
            token=deletion.token,
            deleted_at=deletion.deleted_at,
            backups_hold=deletion.backups_hold,
            backups_until=deletion.backups_until,
        )


def router(
    vault: Tokens,
    envelopes: Envelopes,
    require: Callable[[Permission], Any],
    people: SubjectKeys,
    clock: Clock = utc_now,
) -> APIRouter:
    """`people`: keys of customers; `require`: gives the dependency that lets a caller with this permission through."""
    routes = APIRouter(prefix="/v1/tokens", tags=["tokens"])
    may_create, may_read = Depends(require(Permission.TOKENIZE)), Depends(require(Permission.READ_TOKEN))
    may_open, may_delete = Depends(require(Permission.DETOKENIZE)), Depends(require(Permission.DELETE_TOKEN))

    @routes.post("", status_code=201, summary="Store a card")
    async def tokenize(body: TokenBody, caller: Caller = may_create) -> TokenView:
        if (body.card is None) == (body.encrypted_card is None):
            raise InvalidInputError("either a card or an encrypted card", "card")
        if body.card is not None:
            given = body.card.card_input(clock().date())
        else:
            given = await envelopes.open(str(body.encrypted_card), caller.principal.tenant)
        if given.code is not None:
            given.code.forget()  # nothing is authorised here, so nobody needs it
        subject = (await people.of(caller.principal.tenant, body.customer)).subject if body.customer else ""
        return TokenView.of(await vault.tokenize(caller, given.card, reuse=body.reuse, subject=subject))

    @routes.get("/{token}", summary="What may be shown of a stored card")
    async def describe(token: str, caller: Caller = may_read) -> TokenView:
        return TokenView.of(await vault.describe(caller, token))

    @routes.post("/{token}/detokenize", summary="The card in clear; wants pci_access and a second factor")
    async def detokenize(token: str, body: PurposeBody, caller: Caller = may_open) -> Detokenized:
        return Detokenized.of(await vault.detokenize(caller, token, body.purpose))

    @routes.delete("/{token}", summary="Delete a card")
    async def delete(token: str, caller: Caller = may_delete) -> DeletionView:
        return DeletionView.of(await vault.delete(caller, token))

    return routes
