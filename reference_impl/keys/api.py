"""`/v1/keys`: a tenant's own data and fingerprint keys.

The key-encryption key is above all tenants, and no tenant's identity may touch it: `paylint-reference keys` does, for
who has the machine.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from reference_impl.auth.model import Caller, Permission
from reference_impl.keys.model import KeyName, KeyStatus, Purpose
from reference_impl.keys.tenant import Overview, Resealing, TenantKeys

_NAMED = 100


class KeyView(BaseModel):
    """A key, without anything of the key. `seals`: reserved, of the 2^32 that it may make at most."""

    purpose: Purpose
    version: int
    state: str
    seals: int
    created_at: datetime

    @classmethod
    def of(cls, key: KeyStatus) -> KeyView:
        """Of a key."""
        name = key.name
        return cls(
            purpose=name.purpose,
            version=name.version,
            state=key.state.value,
            seals=key.seals,
            created_at=key.created_at,
        )


class KeysView(BaseModel):
    """`to_reseal`: cards that older keys sealed, or only older keys find."""

    keys: list[KeyView]
    to_reseal: int

    @classmethod
    def of(cls, overview: Overview) -> KeysView:
        """Of a tenant."""
        return cls(keys=[KeyView.of(key) for key in overview.keys], to_reseal=overview.left)


class KeyNameView(BaseModel):
    """Which key."""

    purpose: Purpose
    version: int

    @classmethod
    def of(cls, name: KeyName) -> KeyNameView:
        """Of a name."""
        return cls(purpose=name.purpose, version=name.version)


class RotationBody(BaseModel):
    """Which of the two keys is replaced."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    purpose: Purpose = Purpose.DATA


class ResealingView(BaseModel):
    """What this request did. `left`: ask again until it is 0, or as many as are unreadable.

    `unreadable`: how many cards do not open; `unreadable_tokens`: the first hundred of them.
    """

    resealed: int
    left: int
    unreadable: int
    unreadable_tokens: list[str] = Field(max_length=_NAMED)
    destroyed: list[KeyNameView]

    @classmethod
    def of(cls, done: Resealing) -> ResealingView:
        """Of a request."""
        progress = done.progress
        return cls(
            resealed=progress.done,
            left=progress.left,
            unreadable=len(progress.unreadable),
            unreadable_tokens=list(progress.unreadable[:_NAMED]),
            destroyed=[KeyNameView.of(name) for name in done.destroyed],
        )


def router(keys: TenantKeys, require: Callable[[Permission], Any]) -> APIRouter:
    """`require`: gives the dependency that lets a caller with this permission through."""
    routes = APIRouter(prefix="/v1/keys", tags=["keys"])
    may_rotate = Depends(require(Permission.ROTATE_KEYS))

    @routes.get("", summary="Versions of the tenant's keys; wants a second factor")
    async def overview(caller: Caller = may_rotate) -> KeysView:
        return KeysView.of(await keys.overview(caller))

    @routes.post("/rotate", status_code=201, summary="A new data or fingerprint key; wants a second factor")
    async def rotate(body: RotationBody, caller: Caller = may_rotate) -> KeyNameView:
        return KeyNameView(purpose=body.purpose, version=await keys.rotate(caller, body.purpose))

    @routes.post("/reseal", summary="Seal some cards anew, and destroy keys nothing needs; wants a second factor")
    async def reseal(caller: Caller = may_rotate) -> ResealingView:
        return ResealingView.of(await keys.reseal(caller))

    return routes
