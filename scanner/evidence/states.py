"""What a scan says of each requirement.

violated            a finding of a policy that names the requirement. An inline ignore or a waiver changes nothing: an
                    approved exception is still an exception.
no violation found  nothing of that kind, in at least one subject or file that rules of such a policy looked at
not checked         everything else: only a person can tell, no policy names it, nothing of its kind was in the scan,
                    or all that was found is too unsure to be held against anybody

Findings of severity info (published test cards) are about no requirement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from scanner.engines.semgrep.languages import analysed_with, analyzer, languages_of
from scanner.evidence.model import Control, Requirement, State
from scanner.model import Confidence, Policy, Rule, ScanResult, Severity, Status


def requirements(
    controls: Sequence[Control], result: ScanResult, policies: Mapping[str, Policy]
) -> tuple[Requirement, ...]:
    """One for each control. `policies`: all there are, those the scan left out as well."""
    examined = _Examined(result)
    return tuple(_requirement(control, result, policies, examined) for control in controls)


class _Examined:
    """Which files and subjects the rules of a policy looked at."""

    def __init__(self, result: ScanResult) -> None:
        self._rules: dict[str, list[Rule]] = {}
        for rule in result.rules.values():
            self._rules.setdefault(rule.policy, []).append(rule)
        self._by_engine: dict[str, list[str]] = {}
        for file in result.analysed:
            for engine in file.engines:
                self._by_engine.setdefault(engine, []).append(file.path)
        self._checks = Counter((result.rules[check.rule].policy, check.status) for check in result.checks)
        self._files: dict[str, frozenset[str]] = {}

    def checks(self, policies: Collection[str], status: Status) -> int:
        """Checks with that status."""
        return sum(self._checks[policy, status] for policy in policies)

    def files(self, policies: Iterable[str]) -> int:
        """Files that code rules of any of these policies were tried on, or could not match without being tried."""
        return len(frozenset[str]().union(*map(self._of, policies)))

    def _of(self, policy: str) -> frozenset[str]:
        if policy not in self._files:
            found: set[str] = set()
            for rule in self._rules.get(policy, ()):
                if rule.engine == "semgrep":
                    wanted = languages_of(rule)
                    found.update(path for path in self._by_engine.get("semgrep", ()) if wanted & _languages(path))
                elif rule.engine != "rego":
                    found.update(self._by_engine.get(rule.engine, ()))
            self._files[policy] = frozenset(found)
        return self._files[policy]


@cache
def _languages(path: str) -> frozenset[str]:
    return analysed_with(analyzer(path))


def _requirement(
    control: Control, result: ScanResult, policies: Mapping[str, Policy], examined: _Examined
) -> Requirement:
    named = sorted(name for name, policy in policies.items() if _about(control, policy.controls))
    asked = [name for name in named if name in result.policies]
    against = [
        found for found in result.findings if found.severity is not Severity.INFO and _about(control, found.controls)
    ]
    sure = [found for found in against if found.confidence is not Confidence.LOW]
    counts = {status: examined.checks(asked, status) for status in (Status.PASS, Status.FAIL, Status.UNKNOWN)}
    made = Requirement(
        control,
        State.NOT_CHECKED,
        findings=tuple(against),
        policies=tuple(asked),
        passed=counts[Status.PASS],
        failed=counts[Status.FAIL],
        unknown=counts[Status.UNKNOWN],
        files=examined.files(asked),
    )
    state = State.NOT_CHECKED
    if sure:
        state = State.VIOLATED
    elif not against and (made.passed or made.files):
        state = State.NOTHING_FOUND
    left_out = [name for name in named if name not in result.policies and not policies[name].optional]
    return made._replace(state=state, limits=tuple(_limits(made, state, result, left_out)))


def _about(control: Control, controls: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether what is evidence against these requirements is evidence against this one."""
    if not {control.id, *control.includes}.isdisjoint(controls.get(control.framework, ())):
        return True
    sections = [f"{each}." for each in control.covers]
    return any(
        f"{framework}:{name}.".startswith(tuple(sections)) for framework, names in controls.items() for name in names
    )


def _limits(made: Requirement, state: State, result: ScanResult, left_out: Sequence[str]) -> Iterable[str]:
    control = made.control
    if set(control.checkable) == {"attestation"}:
        yield "Only people and records can show this: no scan looks at it."
        return
    if result.exit_code == 3 and made.policies:
        yield f"The scan is incomplete ({len(result.errors)} problems): what it missed may violate this."
    if left_out:
        yield f"Left out of this scan: {', '.join(left_out)}."
    if control.inventories:
        files = " and ".join(control.inventories)
        yield f"What the scan shows is listed in {files}: a person reviews and completes it."
    elif not made.policies and not left_out:
        yield "No policy speaks about this yet."
    elif state is State.NOT_CHECKED and made.findings:
        yield f"{len(made.findings)} findings of low confidence: a person has to judge them."
    elif state is State.NOT_CHECKED and made.policies:
        yield "Nothing that these policies can judge was in the scan."
    if made.unknown:
        yield f"{made.unknown} checks could not be decided: a value is known only where it is deployed."
    if "attestation" in control.checkable and made.policies:
        yield "Code and declared configuration are a part of this requirement: people and records show the rest."
