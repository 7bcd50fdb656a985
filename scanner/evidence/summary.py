"""What the command says when a bundle is written, and what every report begins with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from scanner.evidence.model import Evidence, State
from scanner.masking import mask_path
from scanner.model import Severity


def completeness(evidence: Evidence) -> str:
    """The first sentence of every report."""
    result = evidence.result
    if result.exit_code == 3:
        return (
            f"INCOMPLETE: {len(result.errors)} things that should have been analysed were not. "
            "What is said here is said of the rest only."
        )
    partial = sum(bool(file.partial) for file in result.analysed)
    said = f"The scan is complete: {len(result.analysed)} files were analysed"
    return f"{said}, {partial} of them in part." if partial else f"{said}."


def states(evidence: Evidence, framework: str) -> dict[State, int]:
    """How many requirements of a framework are in each state."""
    found = Counter(made.state for made in evidence.requirements if made.control.framework == framework)
    return {state: found[state] for state in State}


def severities(evidence: Evidence) -> dict[Severity, int]:
    """How many findings there are of each severity, those with an exception as well."""
    found = Counter(found.severity for found in evidence.result.findings)
    return {severity: found[severity] for severity in Severity}


def summary(evidence: Evidence, folder: Path) -> str:
    """A few lines for a terminal."""
    lines = [completeness(evidence)]
    for framework in dict.fromkeys(made.control.framework for made in evidence.requirements):
        counts = states(evidence, framework)
        lines.append(f"{framework}: " + ", ".join(f"{count} {state.value}" for state, count in counts.items()))
    lines.append(f"{len(evidence.result.findings)} findings; the bundle is in {mask_path(str(folder))}")
    return "\n".join(lines) + "\n"
