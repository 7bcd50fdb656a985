"""oscal-assessment-results.json and oscal-assessment-plan.json (NIST OSCAL 1.2.1), for tools that keep assessments.

https://pages.nist.gov/OSCAL/learn/concepts/layer/assessment/assessment-results/

Every requirement that rules speak about is an observation, with its counts, limits and files as evidence. Only what is
violated is a finding: OSCAL's other word is "satisfied", and no scan can say that.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from scanner.evidence.artefacts.markdown import examined
from scanner.evidence.model import Evidence, Procedure, Requirement, State
from scanner.evidence.summary import completeness
from scanner.model import Json
from scanner.printable import json_text, prose

VERSION = "1.2.1"
PLAN = "oscal-assessment-plan.json"
_NAMESPACE = uuid.UUID("5c1f3a52-61a5-5d0a-9a3c-3d0d2a8d6b0e")
"""Of our own; ids are made of it and of what they name (RFC 9562, version 5): the same evidence has the same ids."""
_NS = "https://paylint.example/ns/oscal"
_SUBJECTS = "The files and declared resources that the scan analysed; coverage.json lists them."


def results(evidence: Evidence) -> bytes:
    """Assessment results: one result, of this scan."""
    looked_at = [made for made in evidence.requirements if made.policies]
    violated = [made for made in looked_at if made.state is State.VIOLATED]
    result: dict[str, Json] = {
        "uuid": _id(evidence, "result"),
        "title": "Scan of code and declared configuration",
        "description": f"{completeness(evidence)} None of this says that a requirement is met.",
        "start": _at(evidence),
        "end": _at(evidence),
        "reviewed-controls": _reviewed(looked_at),
    }
    if looked_at:
        result["observations"] = [_observation(evidence, made) for made in looked_at]
    if violated:
        result["findings"] = [_finding(evidence, made) for made in violated]
    return _text(
        {
            "assessment-results": {
                "uuid": _id(evidence, "results"),
                "metadata": _metadata(evidence, "Assessment results of code and declared configuration"),
                "import-ap": {"href": PLAN},
                "results": [result],
            }
        }
    )


def plan(evidence: Evidence) -> bytes:
    """The plan those results refer to: what was asked, of which subjects. A person completes it."""
    looked_at = [made for made in evidence.requirements if made.policies]
    return _text(
        {
            "assessment-plan": {
                "uuid": _id(evidence, "plan"),
                "metadata": _metadata(evidence, "Assessment plan of code and declared configuration"),
                "import-ssp": {
                    "href": "#",
                    "remarks": "The entity names its system security plan here, if it has one.",
                },
                "reviewed-controls": _reviewed(looked_at),
                "assessment-subjects": [{"type": "component", "description": _SUBJECTS, "include-all": {}}],
            }
        }
    )


def _metadata(evidence: Evidence, title: str) -> Json:
    tool, profile = evidence.result.tool, evidence.profile
    said = {"entity": profile.entity, "assessment": profile.assessment, "saq": profile.saq}
    revision = evidence.revision
    said |= {"tool": f"{tool.name} {tool.version}", "rules-digest": tool.rules_digest}
    said |= {"commit": revision.commit} if revision else {}
    return {
        "title": title,
        "last-modified": _at(evidence),
        "version": evidence.at.strftime("%Y-%m-%d"),
        "oscal-version": VERSION,
        "props": [{"name": name, "ns": _NS, "value": prose(value)} for name, value in said.items() if prose(value)],
    }


def _reviewed(requirements: list[Requirement]) -> Json:
    if not requirements:
        nothing = "No rule of the scan speaks about a requirement: all are left to a person."
        return {"control-selections": [{"description": nothing, "include-all": {}}]}
    named = [{"control-id": _token(made)} for made in requirements]
    return {"control-selections": [{"include-controls": named}]}


def _observation(evidence: Evidence, made: Requirement) -> Json:
    control = made.control
    limits = " ".join(made.limits)
    said = f"{control.title}: {made.state.value}. Examined: {examined(made)}. {len(made.findings)} findings."
    return {
        "uuid": _id(evidence, "observation", control.reference),
        "title": f"{control.framework} {control.id}",
        "description": prose(f"{said} {limits}"),
        "props": [
            {"name": "state", "ns": _NS, "value": made.state.value},
            *({"name": "testing-procedure", "ns": _NS, "value": one.id} for one in control.procedures),
        ],
        "methods": sorted({_method(one) for one in control.procedures} | {"EXAMINE"}),
        "relevant-evidence": [{"href": href, "description": what} for href, what in _files(made)],
        "collected": _at(evidence),
        **({"remarks": f"A person provides: {' '.join(control.provide)}"} if control.provide else {}),
    }


def _files(made: Requirement) -> Iterator[tuple[str, str]]:
    yield "requirements.json", "Counts of what was examined, limits, and fingerprints of the findings."
    if made.findings:
        yield "findings.json", "The findings, with place, masked excerpt and trace."
    for name in made.control.inventories:
        yield name, "What the scan found to be there."
    yield "coverage.json", "What was analysed, and what was not and why."


def _method(procedure: Procedure) -> str:
    return {"examine": "EXAMINE", "interview": "INTERVIEW", "observe": "EXAMINE"}[procedure.method]


def _finding(evidence: Evidence, made: Requirement) -> Json:
    control = made.control
    policies = ", ".join(sorted({found.policy for found in made.findings}))
    return {
        "uuid": _id(evidence, "finding", control.reference),
        "title": f"{control.framework} {control.id} is violated",
        "description": prose(f"{len(made.findings)} findings of {policies}."),
        "target": {"type": "objective-id", "target-id": _token(made), "status": {"state": "not-satisfied"}},
        "related-observations": [{"observation-uuid": _id(evidence, "observation", control.reference)}],
    }


def _token(made: Requirement) -> str:
    """An id as OSCAL has them: gdpr-32_1_a for 32(1)(a)."""
    return f"{made.control.framework}_{re.sub(r'[^A-Za-z0-9.-]+', '_', made.control.id).strip('_')}"


def _id(evidence: Evidence, *names: str) -> str:
    commit = evidence.revision.commit if evidence.revision else ""
    whole = (evidence.at.isoformat(), commit, evidence.result.tool.rules_digest, *names)
    return str(uuid.uuid5(_NAMESPACE, "\n".join(whole)))


def _at(evidence: Evidence) -> str:
    return evidence.at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(value: Json) -> bytes:
    return json_text(value).encode()
