"""The vocabulary of paylint as types. Imports nothing of ours.

Lines and columns are 1-based, columns count Unicode code points, ends are exclusive (as in SARIF). Paths are relative
to the scan root, with forward slashes. `Json` values are what `json.loads` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, NamedTuple, TypeAlias

Json: TypeAlias = Any
Keys: TypeAlias = tuple["str | int", ...]
"""A path into a Json value: ("listener", 0, "ssl_policy")."""


class Severity(str, Enum):
    """How bad a violation is. Ordered: CRITICAL is the greatest."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """4 for critical down to 0 for info."""
        return 4 - list(Severity).index(self)


class Confidence(str, Enum):
    """How sure a rule is. LOW never gates by itself."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Status(str, Enum):
    """What one rule says about one subject."""

    FAIL = "fail"
    PASS = "pass"  # noqa: S105 - no password
    UNKNOWN = "unknown"
    ERROR = "error"


class Span(NamedTuple):
    """A stretch of one file: start inclusive, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """A span in a file."""

    path: str
    span: Span


class Step(NamedTuple):
    """One step of a trace: where a value comes from, or what a counterpart says."""

    place: Place
    message: str
    snippet: str = ""


class Policy(NamedTuple):
    """What must hold, in words. `controls`: framework -> requirement ids; `cwe`: ("CWE-327", ...).

    `secret`: what its findings point at is a secret, and is not shown. `optional`: reported only where it is asked for.
    `inventory`: its rules say what there is, not what is wrong (see `Observed`).
    """

    id: str
    title: str
    severity: Severity
    rationale: str
    remediation: str
    controls: Mapping[str, tuple[str, ...]] = {}
    cwe: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    secret: bool = False
    optional: bool = False
    inventory: bool = False


class Rule(NamedTuple):
    """One policy made executable for one input.

    `engine`: rego | semgrep | pan. `input`: terraform, kubernetes, sql, or a language ("python", "javascript", ...).
    `languages`: Semgrep's analyzer names. `applies_to`: input -> subject types (Rego). `reads`: paths inside a
    subject's `config` the verdict depends on, "*" for every list item (Rego).
    `body`: the Rego module's text, or the Semgrep rule as JSON text, with the vocabulary's placeholders.
    `digest`: of all that decides what it reports. `source`: path below the rules folder.
    `mentions`: an RE2 pattern, with placeholders, without which a file cannot break a Semgrep rule, or "".
    `needs`: what else a file must hold for that, as Json text (`scanner.engines.semgrep.needs`); "" if nothing.
    `precision`: what its validation showed (`scanner.proof`); "" if nobody asked.
    """

    id: str
    policy: str
    engine: str
    input: str
    title: str
    severity: Severity
    confidence: Confidence
    source: str
    body: str = ""
    languages: tuple[str, ...] = ()
    mentions: str = ""
    needs: str = ""
    applies_to: Mapping[str, tuple[str, ...]] = {}
    reads: tuple[tuple[str, ...], ...] = ()
    digest: str = ""
    precision: str = ""


class Subject(NamedTuple):
    """One thing a rule can speak about: a resource, a manifest, a table.

    `id` is unit + address and unique in a scan. `config` holds plain Json; a value that cannot be known is
    `{"__unknown__": reason}` (see `unknown()`). `places` maps a path into `config` to where that value is written (for
    a block or mapping: its header or key). `definitions` maps the path of a referenced value to where it comes from,
    and () to what brought a subject here whose own code is nobody's in the project. `refs` maps a dotted path to the
    addresses its value refers to: {"bucket": ["aws_s3_bucket.logs"]}.
    """

    id: str
    type: str
    name: str
    address: str
    header: Place
    config: Json
    places: Mapping[Keys, Place] = {}
    definitions: Mapping[Keys, tuple[Step, ...]] = {}
    refs: Mapping[str, tuple[str, ...]] = {}


class Problem(NamedTuple):
    """Something an engine or an input could not do. `fatal`: the scan is incomplete (exit 3)."""

    path: str
    message: str
    fatal: bool = True
    line: int = 0


class Unit(NamedTuple):
    """What a Rego rule sees at once: a Terraform root module, the manifests of a tree, a migrations folder.

    `kind` is the input's name. `alone`: no other unit of this kind is in the scan, so a missing counterpart is missing.
    `inner`: units of other inputs that this one holds (the manifests a Terraform module applies), judged by themselves.
    """

    id: str
    kind: str
    files: tuple[str, ...]
    subjects: tuple[Subject, ...]
    problems: tuple[Problem, ...] = ()
    alone: bool = True
    inner: tuple[Unit, ...] = ()


class Hit(NamedTuple):
    """A violation as an engine sees it: raw, unmasked, never to leave the scanner (see `scanner.findings`).

    `text`: the matched source text where the engine has it (else it is read from the file at `place`).
    `severity` and `confidence` override the rule's.
    """

    rule: str
    place: Place
    message: str
    trace: tuple[Step, ...] = ()
    severity: Severity | None = None
    confidence: Confidence | None = None


class Check(NamedTuple):
    """One rule applied to one subject. `reason` says why it is unknown or an error."""

    rule: str
    subject: str
    status: Status
    reason: str = ""


class Report(NamedTuple):
    """What one engine says about one file or one unit."""

    hits: tuple[Hit, ...] = ()
    checks: tuple[Check, ...] = ()
    problems: tuple[Problem, ...] = ()


class Suppression(NamedTuple):
    """An inline ignore that took effect."""

    reason: str
    path: str
    line: int
    until: str | None = None


class WaiverType(str, Enum):
    """Why a finding may stay. COMPENSATING_CONTROL, CUSTOMIZED_APPROACH: PCI DSS v4.0.1, Appendices B to E."""

    FALSE_POSITIVE = "false_positive"
    RISK_ACCEPTED = "risk_accepted"
    COMPENSATING_CONTROL = "compensating_control"
    CUSTOMIZED_APPROACH = "customized_approach"
    NOT_APPLICABLE = "not_applicable"


class Waiver(NamedTuple):
    """An entry of `paylint-waivers.yaml`. Every string is masked.

    `policy`: or a rule. `path`: a glob, or "" where `fingerprint` names one finding. `approved_at`, `expires`: the
    first and the last day it holds. `worksheet`: what its type asks to say beside the rest. `authors`: who wrote it, as
    git has it; None if git cannot tell. `problem`: why it waives nothing, "" if it may. `findings`: how many it is for.
    """

    id: str
    type: WaiverType
    policy: str
    justification: str
    owner: str
    approver: str
    approved_at: date
    expires: date
    ticket: str
    place: Place
    path: str = ""
    fingerprint: str = ""
    requirements: tuple[str, ...] = ()
    worksheet: Mapping[str, str] = {}
    authors: tuple[str, ...] | None = None
    problem: str = ""
    findings: int = 0


class Finding(NamedTuple):
    """A failed check with a place. Every string is masked; `fingerprint` has no digits, to never look like a card."""

    policy: str
    rule: str
    severity: Severity
    confidence: Confidence
    message: str
    place: Place
    snippet: str
    remediation: str
    controls: Mapping[str, tuple[str, ...]]
    cwe: tuple[str, ...]
    trace: tuple[Step, ...] = ()
    fingerprint: str = ""
    suppressed: Suppression | None = None
    waived: Waiver | None = None

    @property
    def excepted(self) -> bool:
        """Whether it fails no scan: an ignore or a waiver speaks for it."""
        return self.suppressed is not None or self.waived is not None


class Observed(NamedTuple):
    """Something an inventory found: neither right nor wrong. Every string is masked.

    `inventory`: the policy that is one. `subject`: its address where the rule says it, else "". `values`: what the rule
    says of it, by name.
    """

    rule: str
    inventory: str
    place: Place
    subject: str
    values: Mapping[str, str]


class Analysed(NamedTuple):
    """A file that engines looked at. `partial` says why not all of it was understood ("" if it was)."""

    path: str
    engines: tuple[str, ...]
    partial: str = ""


class Skipped(NamedTuple):
    """A file or folder no engine looked at, and why."""

    path: str
    reason: str


class ScanError(NamedTuple):
    """Why the scan is incomplete."""

    path: str
    engine: str
    message: str


class Tool(NamedTuple):
    """What scanned: name, version, digest of all rules and settings."""

    name: str
    version: str
    rules_digest: str


class ScanResult(NamedTuple):
    """All a renderer sees. Sorted, masked, free of clock and machine.

    `line_hashes`: (path, line) -> CodeQL-style primaryLocationLineHash of the masked content, for lines with findings.
    `observed`: what the inventories found, if the settings asked for them; they are in none of `policies`, `rules` and
    `checks`. `waivers`: all that were read, those that waive nothing as well.
    """

    tool: Tool
    policies: Mapping[str, Policy]
    rules: Mapping[str, Rule]
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    analysed: tuple[Analysed, ...]
    skipped: tuple[Skipped, ...]
    errors: tuple[ScanError, ...]
    fail_on: Severity
    exit_code: int
    line_hashes: Mapping[tuple[str, int], str] = {}
    observed: tuple[Observed, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    def count(self, status: Status) -> int:
        """Number of checks with that status."""
        return sum(check.status is status for check in self.checks)


UNKNOWN = "__unknown__"


def unknown(reason: str) -> Json:
    """The Json value of something that cannot be known before apply."""
    return {UNKNOWN: reason}


def is_unknown(value: Json) -> bool:
    """Whether a Json value stands for something that cannot be known."""
    return isinstance(value, dict) and UNKNOWN in value
