"""What payments need, small and honest: a vault with one card, and a gateway that keeps a ledger."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

from reference_impl.audit.model import Event
from reference_impl.auth.model import Caller
from reference_impl.cards.model import Card, CardNumber, Expiry, VerificationCode
from reference_impl.errors import DeclinedError, NotFoundError, UnavailableError
from reference_impl.gateway.model import Authorization, Charge
from reference_impl.money import Money
from reference_impl.vault.model import Purpose

TOKEN = "tok_" + "A" * 43
_AT = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)


class Cards:
    """One token, of tenant m1."""

    reads = 0

    async def charge_card(self, caller: Caller, token: str, purpose: Purpose) -> Card:
        assert purpose is Purpose.PAYMENT_PROCESSING
        if caller.principal.tenant != "m1" or token != TOKEN:
            raise NotFoundError("there is no such token")
        self.reads += 1
        return Card(CardNumber.parse("4111111111111111"), Expiry.parse(12, 2030, date(2026, 11, 22)))


class Outside:
    """Vault, gateway and audit log that answer at once: to measure what is between them."""

    async def charge_card(self, caller: Caller, token: str, purpose: Purpose) -> Card:
        return Card(CardNumber("4111111111111111"), Expiry(12, 2030))

    async def authorize(self, charge: Charge, card: Card, code: VerificationCode | None) -> Authorization:
        return Authorization(charge.idempotency_key, charge, _AT)

    async def lookup(self, idempotency_key: str) -> Authorization | None:
        return None

    async def append(self, events: Sequence[Event]) -> None:
        return


class Ledger:
    """A gateway with a file for a ledger: several processes see the same one, and it outlives them.

    `faults`: what the next calls do: "ok", "declined", "before" (times out, nothing was charged), "after" (times out,
    it was charged), "slow" (charged, then waits until `go` is set).
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.faults: list[str] = []
        self.calls: list[str] = []
        self.codes: list[str | None] = []
        self.go = asyncio.Event()
        self.charging = asyncio.Event()

    def entries(self) -> list[dict[str, Any]]:
        """Every charge that was made, in order."""
        return [json.loads(line) for line in self._path.read_text().splitlines()] if self._path.exists() else []

    async def authorize(self, charge: Charge, card: Card, code: VerificationCode | None) -> Authorization:
        self.calls.append("authorize")
        self.codes.append(None if code is None else code.reveal())
        assert card.number.last_four == "1111"
        fault = self.faults.pop(0) if self.faults else "ok"
        if fault == "before":
            raise UnavailableError("the gateway does not answer")
        self.charging.clear()
        if self._find(charge.idempotency_key) is None:
            entry = {
                "key": charge.idempotency_key,
                "amount": charge.money.amount,
                "currency": charge.money.currency,
                "merchant": charge.merchant,
                "declined": fault == "declined",
            }
            with self._path.open("a") as file:
                file.write(json.dumps(entry) + "\n")
        self.charging.set()
        if fault == "slow":
            await self.go.wait()
        if fault == "after":
            raise UnavailableError("the gateway does not answer")
        return self._answer(charge.idempotency_key)

    async def lookup(self, idempotency_key: str) -> Authorization | None:
        self.calls.append("lookup")
        if self.faults and self.faults[0] == "before":
            self.faults.pop(0)
            raise UnavailableError("the gateway does not answer")
        return self._answer(idempotency_key) if self._find(idempotency_key) else None

    def _find(self, key: str) -> dict[str, Any] | None:
        return next((entry for entry in self.entries() if entry["key"] == key), None)

    def _answer(self, key: str) -> Authorization:
        entry = self._find(key)
        assert entry is not None
        if entry["declined"]:
            raise DeclinedError("the issuer said no", "insufficient_funds")
        money = Money(entry["amount"], entry["currency"])
        return Authorization(f"auth-{key}", Charge(money, entry["merchant"], key), _AT)
