"""Waivers with account data wherever somebody can write something."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any, Protocol

import yaml


class Secrets(Protocol):
    """`planted.Secrets`."""

    def card(self) -> str:
        """A new card number."""
        ...

    def code(self, length: int = 3) -> str:
        """A new verification code."""
        ...

    def password(self) -> str:
        """A new password."""
        ...


def waivers(secrets: Secrets) -> str:
    """Of the folder it lies in: one in force, one that is not, and some that are not understood."""
    today = datetime.now(timezone.utc).date()
    card = secrets.card

    def entry(**changed: Any) -> dict[str, Any]:
        said = {
            "id": f"W {card()}",
            "type": "compensating_control",
            "policy": "card_number_in_files",
            "path": "app.rb",
            "justification": f"known: {card()}, cvv {secrets.code()}, http://shop:{secrets.password()}@bank.example.com",
            "owner": f"O {card()} <o{card()}@shop.example>",
            "approver": f"P {card()} <p{card()}@shop.example>",
            "approved_at": str(today - timedelta(days=2)),
            "expires": str(today + timedelta(days=20)),
            "ticket": f"T-{card()}",
        }
        fields = ("constraints", "definition", "objective", "risk", "validation", "maintenance")
        return said | {"worksheet": {name: f"{name}: pan={card()}" for name in fields}} | changed

    return yaml.safe_dump(
        {
            "waivers": [
                entry(),
                entry(policy=f"p{card()}"),
                entry(path=f"{card()}/*.py"),
                entry(type=card()),
                entry(expires=card()),
                entry(worksheet={card(): card()}),
                entry() | {card(): card()},
            ]
        },
        sort_keys=False,
        width=1000,
    )
