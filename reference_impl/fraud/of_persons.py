"""What is counted of a person, forgotten when they are erased."""

from __future__ import annotations

from collections.abc import Collection

from reference_impl.fraud.velocity.model import Kind, Subject, Windows


class Forgetting:
    """Implements `gdpr.model.Counts`. Counts by address stay until their window ends: no row says whose it is."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows

    async def forget(
        self, tenant: str, customers: Collection[str], cards: Collection[str], devices: Collection[str]
    ) -> None:
        """See `Counts`."""
        named = ((Kind.CUSTOMER, customers), (Kind.CARD, cards), (Kind.DEVICE, devices))
        await self._windows.forget([Subject(tenant, kind, name) for kind, names in named for name in names if name])
