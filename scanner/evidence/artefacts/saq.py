"""saq.json: which criteria of which self-assessment questionnaire the code contradicts, by line."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.evidence.about import about
from scanner.evidence.model import Evidence
from scanner.model import Json, Place
from scanner.printable import json_text


def as_json(evidence: Evidence) -> bytes:
    """Nothing in it says that an entity may use a questionnaire: the acquirer or the payment brand decides."""
    return json_text(
        {
            "schema": "paylint-saq/1",
            **about(evidence),
            "stated": evidence.profile.saq,
            "note": "That nothing contradicts a criterion does not make an entity eligible.",
            "questionnaires": [
                {
                    "saq": one.saq,
                    "contradicted": _lines(one.contradicted),
                    "to_look_at": _lines(one.doubted),
                    "a_person_confirms": list(one.unseen),
                }
                for one in evidence.adviser
            ],
        }
    ).encode()


def _lines(rows: Iterable[tuple[str, Place, str]]) -> list[Json]:
    return [
        {"criterion": criterion, "path": place.path, "line": place.span.line, "why": why}
        for criterion, place, why in rows
    ]
