"""What is held of a person, as a document: for access (Art. 15) and portability (Art. 20), whatever they agreed to.

Its form is `schemas/personal-data-1.json`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.clock import Clock, utc_now
from reference_impl.database import transaction
from reference_impl.gdpr.datamap import DataMap, Table
from reference_impl.gdpr.persons import Person, table_of, theirs, unsealed
from reference_impl.keys.model import SubjectKey, SubjectKeys

SCHEMA = "paylint-reference/personal-data/1"
SCHEMA_FILE = Path(__file__).with_name("schemas") / "personal-data-1.json"
"""A JSON Schema of what is made here, for whoever reads it by program."""
_RIGHTS = {
    "rectification": "Art. 16",
    "erasure": "Art. 17",
    "restriction": "Art. 18",
    "portability": "Art. 20",
    "objection": "Art. 21",
    "complaint_to_a_supervisory_authority": "Art. 77",
}


class Collecting:
    """`controller`: who answers for it."""

    def __init__(
        self, engine: AsyncEngine, held: DataMap, subjects: SubjectKeys, controller: str, clock: Clock = utc_now
    ) -> None:
        self._engine, self._map, self._subjects = engine, held, subjects
        self._controller, self._clock = controller, clock

    async def everything(self, person: Person) -> dict[str, Any]:
        """For access: all that is held, what for, how long, and who else gets it. UnavailableError, IntegrityError."""
        document = await self._document(person, "access", portable=False)
        return document | {"about": self._about()}

    async def provided(self, person: Person) -> dict[str, Any]:
        """For portability: what the person provided, or did, by contract or consent."""
        return await self._document(person, "portability", portable=True)

    async def _document(self, person: Person, kind: str, *, portable: bool) -> dict[str, Any]:
        key = await self._subjects.for_opening(person.tenant, person.subject)
        sections: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(dict)
        async with transaction(self._engine) as connection:
            for name, said in self._map.tables.items():
                if not said.section or (portable and not said.portable):
                    continue
                query = select(table_of(name)).where(theirs(self._map, name, person, shared=True))
                rows = (await connection.execute(query)).mappings().all()
                sections[said.section][name] = [_shown(person, name, said, row, key) for row in rows]
        return {
            "schema": SCHEMA,
            "kind": kind,
            "made_at": self._clock().isoformat(),
            "controller": self._controller,
            "customer": person.customer,
            "sections": dict(sections),
        }

    def _about(self) -> dict[str, Any]:
        """Art. 15(1)(a) to (h)."""
        held = self._map
        return {
            "purposes": [
                {"why": each.why, "recipients": list(each.recipients), "automated_decisions": each.automated}
                for each in held.purposes.values()
            ],
            "categories": [
                {
                    "name": name,
                    "basis": each.basis,
                    "article": each.article,
                    "kept_days": each.days,
                    "reason": each.reason,
                    "holds": [said.holds for said in held.tables.values() if said.category == name and said.whose],
                }
                for name, each in held.categories.items()
            ],
            "source": "the shop at which the person ordered, and the person",
            "transfers": "none outside of the recipients",
            "rights": _RIGHTS,
        }


def _shown(person: Person, name: str, said: Table, row: Mapping[Any, Any], key: SubjectKey) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for group in said.columns:
        for column in group.names:
            if group.hidden or column in {"tenant", "subject"}:
                continue
            if not group.sealed:
                shown[column] = person.customer if row[column] == person.subject else _plain(row[column])
            elif row[column]:
                shown |= unsealed(person, name, row, column, key)
    return shown


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (datetime, date)) else value
