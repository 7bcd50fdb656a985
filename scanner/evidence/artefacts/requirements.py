"""requirements.json, requirements.csv: what the scan says of each requirement, and what a person has to provide."""

from __future__ import annotations

from scanner.evidence.about import about
from scanner.evidence.artefacts.csv_table import table
from scanner.evidence.model import Evidence, Requirement
from scanner.model import Json
from scanner.printable import json_text

_COLUMNS = (
    "framework",
    "requirement",
    "title (our words)",
    "state",
    "findings",
    "with an exception",
    "subjects passed",
    "subjects failed",
    "undecided",
    "files examined",
    "policies",
    "testing procedures",
    "limits",
    "a person provides",
    "evidence reference",
    "reviewed by",
    "date",
)


def as_json(evidence: Evidence) -> bytes:
    """reports/schemas/requirements-1.schema.json describes it."""
    profile = evidence.profile
    return json_text(
        {
            "schema": "paylint-requirements/1",
            **about(evidence),
            "profile": {
                "entity": profile.entity,
                "assessment": profile.assessment,
                "merchant_level": profile.merchant_level or None,
                "saq": profile.saq,
                "cde": dict(profile.cde),
                "owners": [
                    {"name": owner.name, "role": owner.role, "paths": list(owner.paths)} for owner in profile.owners
                ],
            },
            "requirements": [_item(made) for made in evidence.requirements],
        }
    ).encode()


def _item(made: Requirement) -> Json:
    control = made.control
    return {
        "framework": control.framework,
        "id": control.id,
        "title": control.title,
        "state": made.state.value,
        "checkable": list(control.checkable),
        "policies": list(made.policies),
        "examined": {
            "passed": made.passed,
            "failed": made.failed,
            "unknown": made.unknown,
            "files": made.files,
        },
        "findings": [found.fingerprint for found in made.findings],
        "limits": list(made.limits),
        "procedures": [
            {"id": procedure.id, "method": procedure.method, "supplies": procedure.supplies}
            for procedure in control.procedures
        ],
        "provide": list(control.provide),
        "saqs": dict(control.saqs),
    }


def as_csv(evidence: Evidence) -> bytes:
    """A requirement a line, with empty cells for the person who reviews it."""
    return table(_COLUMNS, map(_row, evidence.requirements))


def _row(made: Requirement) -> tuple[object, ...]:
    control = made.control
    return (
        control.framework,
        control.id,
        control.title,
        made.state.value,
        len(made.findings),
        sum(found.excepted for found in made.findings),
        made.passed,
        made.failed,
        made.unknown,
        made.files,
        "; ".join(made.policies),
        "; ".join(procedure.id for procedure in control.procedures),
        " ".join(made.limits),
        " ".join(control.provide),
        "",
        "",
        "",
    )
