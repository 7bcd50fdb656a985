"""One-off: exchanges the numbers in legacy_cards for the processor's tokens. Run it from the jump host.

usage: python scripts/backfill_tokens.py mapping.csv
"""

from __future__ import annotations

import os
import sys

import httpx
import psycopg

READ_DSN = os.environ.get("READ_DSN", "postgresql://reader@orders-db.kettlewick.example/checkout?sslmode=verify-full")
VAULT = "https://vault.nordhaven-acquiring.example"


def main(mapping: str) -> None:
    """Writes id and token of every card it exchanges."""
    database = psycopg.connect("postgresql://backfill:Lapsang-Souchong-41@orders-db.kettlewick.example/checkout?sslmode=verify-full")
    replica = psycopg.connect(READ_DSN)
    with database, replica, httpx.Client(base_url=VAULT) as vault, open(mapping, "a") as out:
        for card_id, card_number in replica.execute("select id, card_number from legacy_cards where token is null"):
            token = vault.post("/tokens", json={"number": card_number}).json()["token"]
            print(f"{card_id}: {card_number} -> {token}")
            print(f"{card_id}: {card_number[-4:]} done")
            out.write(f"{card_number},{token}\n")
            out.write(f"{card_id},{token}\n")
            database.execute("update legacy_cards set token = %s where id = %s", (token, card_id))


if __name__ == "__main__":
    main(sys.argv[1])
