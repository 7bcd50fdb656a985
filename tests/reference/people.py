"""Keys of persons in memory, for tests of what is stored under them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reference_impl.errors import IntegrityError
from reference_impl.keys.model import SubjectKey
from reference_impl.secret import Secret


class People:
    """`SubjectKeys`, but a name is its own subject, and its key is made of it."""

    def __init__(self) -> None:
        self.gone: set[tuple[str, str]] = set()

    async def for_sealing(self, tenant: str, customers: Collection[str]) -> Mapping[str, SubjectKey]:
        return {customer: await self.of(tenant, customer) for customer in customers}

    async def of_tenants(self, customers: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], SubjectKey]:
        return {name: await self.of(*name) for name in customers}

    async def of(self, tenant: str, customer: str) -> SubjectKey:
        self.gone.discard((tenant, customer))
        return await self.for_opening(tenant, customer)

    async def remembered(self, tenant: str, customer: str) -> SubjectKey:
        return await self.of(tenant, customer)

    async def existing(self, subjects: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], SubjectKey]:
        return {name: await self.for_opening(*name) for name in subjects if name not in self.gone}

    async def for_opening(self, tenant: str, subject: str) -> SubjectKey:
        if (tenant, subject) in self.gone:
            raise IntegrityError("erased")
        parts = [hashlib.sha256(f"{part}/{tenant}/{subject}".encode()).digest() for part in ("seal", "sign", "blind")]
        return SubjectKey(subject, AESGCM(parts[0]), Secret(parts[1]), Secret(parts[2]), subject)

    async def find(self, tenant: str, customer: str) -> str | None:
        return None if (tenant, customer) in self.gone else customer

    async def customer(self, tenant: str, subject: str) -> str | None:
        return await self.find(tenant, subject)

    async def destroy(self, tenant: str, subject: str) -> bool:
        there = (tenant, subject) not in self.gone
        self.gone.add((tenant, subject))
        return there
