"""An Evidence by hand, for what is made of one."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from scanner.evidence.model import Control, Evidence, Profile, Requirement, Revision, State
from scanner.model import (
    Analysed,
    Confidence,
    Finding,
    Place,
    Policy,
    Rule,
    ScanResult,
    Severity,
    Skipped,
    Span,
    Tool,
)

NAMED = {"pci-dss-4.0.1": ("3.5.1",)}
POLICY = Policy("pan_logged", "Card number (PAN) is written to a log", Severity.HIGH, "why", "how", NAMED)
RULE = Rule(
    "pan_logged.python", "pan_logged", "semgrep", "python", "t", Severity.HIGH, Confidence.HIGH, "s", precision="high"
)
CONTROL = Control("pci-dss-4.0.1", "3.5.1", "A stored PAN is unreadable everywhere", ("code", "attestation"))


def finding(**changed: Any) -> Finding:
    """A card number in a log."""
    place = Place("pay/main.py", Span(7, 5, 7, 20))
    made = Finding(
        POLICY.id,
        RULE.id,
        Severity.HIGH,
        Confidence.HIGH,
        "It is logged.",
        place,
        "log(card)",
        "Log the token.",
        NAMED,
        (),
    )
    return made._replace(fingerprint="abcdefgh", **changed)


def evidence(*findings: Finding, **changed: Any) -> Evidence:
    """Of a small complete scan; `changed`: fields of the Evidence."""
    code = 1 if findings else 0
    result = ScanResult(
        tool=Tool("paylint", "0.1.0", f"sha256:{'0' * 64}"),
        policies={POLICY.id: POLICY},
        rules={RULE.id: RULE},
        findings=findings,
        checks=(),
        analysed=(Analysed("pay/main.py", ("semgrep",)),),
        skipped=(Skipped("logo.png", "binary"),),
        errors=(),
        fail_on=Severity.MEDIUM,
        exit_code=code,
    )
    state = State.VIOLATED if findings else State.NOTHING_FOUND
    made = Evidence(
        result=result,
        profile=Profile(entity="Example Shop Ltd", cde={"pci-scope": "true"}),
        at=datetime(2026, 9, 21, 14, 13, tzinfo=timezone.utc),
        revision=Revision("0" * 40, "main", dirty=False, committed="2026-09-20T10:00:00+00:00"),
        requirements=(Requirement(CONTROL, state, findings, (POLICY.id,), files=1),),
    )
    return made._replace(**changed)
