"""What is signed: an in-toto statement with the predicate test-result.

https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from scanner.evidence.model import Evidence
from scanner.model import Confidence, Json, Severity, Status
from scanner.printable import json_text

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://in-toto.io/attestation/test-result/v0.1"
REVISION = "revision"
"""The name of the subject that is the commit; all others are files of the bundle."""


def statement(evidence: Evidence, files: Mapping[str, bytes]) -> bytes:
    """About every file of the bundle, the manifest as well, and the commit that was scanned."""
    subjects: list[Json] = [
        {"name": name, "digest": {"sha256": hashlib.sha256(content).hexdigest()}}
        for name, content in sorted(files.items())
    ]
    if evidence.revision is not None and not evidence.revision.dirty:
        subjects.insert(0, {"name": REVISION, "digest": {"gitCommit": evidence.revision.commit}})
    return json_text(
        {
            "_type": STATEMENT,
            "subject": subjects,
            "predicateType": PREDICATE,
            "predicate": {"result": _result(evidence), "configuration": _configuration(evidence), **_tests(evidence)},
        }
    ).encode()


def _result(evidence: Evidence) -> str:
    """An incomplete scan has not passed."""
    if evidence.result.exit_code != 0:
        return "FAILED"
    return "WARNED" if evidence.result.findings else "PASSED"


def _configuration(evidence: Evidence) -> list[Json]:
    rules = evidence.result.tool.rules_digest.removeprefix("sha256:")
    given = {"rules": rules, **evidence.excerpts}
    return [{"name": name, "digest": {"sha256": digest}} for name, digest in sorted(given.items())]


def _tests(evidence: Evidence) -> Mapping[str, list[str]]:
    """Policies: against which there is a finding, an unsure one, or none though something was checked."""
    result = evidence.result
    sure: set[str] = set()
    unsure: set[str] = set()
    for found in result.findings:
        mild = found.severity is Severity.INFO or found.confidence is Confidence.LOW
        (unsure if mild else sure).add(found.policy)
    spoken = {result.rules[check.rule].policy for check in result.checks if check.status is Status.PASS}
    spoken |= {name for made in evidence.requirements if made.files for name in made.policies}
    return {
        "passedTests": sorted(spoken - sure - unsure),
        "warnedTests": sorted(unsure - sure),
        "failedTests": sorted(sure),
    }
