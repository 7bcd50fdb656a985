"""What is said of a bundle as a whole, in its files and in its manifest."""

from __future__ import annotations

from collections.abc import Mapping

from scanner.evidence.model import Evidence
from scanner.model import Json


def about(evidence: Evidence) -> Mapping[str, Json]:
    """What every file of machines says of the whole."""
    result, revision = evidence.result, evidence.revision
    return {
        "tool": {"name": result.tool.name, "version": result.tool.version, "rules_digest": result.tool.rules_digest},
        "created": evidence.at.isoformat().replace("+00:00", "Z"),
        "complete": result.exit_code != 3,
        "exit_code": result.exit_code,
        "revision": revision
        and {
            "commit": revision.commit,
            "branch": revision.branch,
            "committed": revision.committed,
            "dirty": revision.dirty,
        },
    }
