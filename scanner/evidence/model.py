"""What a bundle is made from. Every string is masked; every collection is sorted.

The three things that may be said of a requirement are `STATES`: never that it is met as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from fnmatch import fnmatchcase
from typing import NamedTuple

from scanner.model import Finding, Place, Problem, ScanResult


class State(str, Enum):
    """What can be said of a requirement after a scan."""

    VIOLATED = "violated"
    NOTHING_FOUND = "no violation found"
    NOT_CHECKED = "not checked"


class Procedure(NamedTuple):
    """A testing procedure evidence attaches to: "8.6.2.b". `method`: examine, interview, observe."""

    id: str
    method: str
    supplies: str


class Control(NamedTuple):
    """One requirement in our own words. `checkable`: code, infrastructure, attestation.

    `provide`: what a person still has to show. `saqs`: SAQ type -> how sure we are that it contains this requirement
    (high, medium, low). `includes`: requirements it is made of, or that cannot be violated without it. `covers`:
    "framework:section" of another framework that it is a summary of. `inventories`: files of the bundle that list what
    it asks to list.
    """

    framework: str
    id: str
    title: str
    checkable: tuple[str, ...]
    procedures: tuple[Procedure, ...] = ()
    provide: tuple[str, ...] = ()
    saqs: Mapping[str, str] = {}
    includes: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    inventories: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """As policies and waivers name it: "pci-dss-4.0.1:3.5.1"."""
        return f"{self.framework}:{self.id}"


class Requirement(NamedTuple):
    """What the scan says of one control.

    `findings`: those that speak against it, those with an inline ignore or a waiver as well. `policies`: that speak
    about it and were part of the scan. `passed`, `failed`, `unknown`: numbers of checks of declared configuration;
    `files`: of files that rules of these policies examined. `limits`: why it says no more than it says.
    """

    control: Control
    state: State
    findings: tuple[Finding, ...] = ()
    policies: tuple[str, ...] = ()
    passed: int = 0
    failed: int = 0
    unknown: int = 0
    files: int = 0
    limits: tuple[str, ...] = ()


class Revision(NamedTuple):
    """What was scanned, as git knows it. `dirty`: work-tree files differ from the commit."""

    commit: str
    branch: str
    dirty: bool
    committed: str


class Owner(NamedTuple):
    """Who answers for an area or for paths."""

    name: str
    role: str
    paths: tuple[str, ...]


class Profile(NamedTuple):
    """What no scan can see, from the settings' `evidence`. "" and () where nobody said.

    `cde`: labels that mark the cardholder data environment; `cde_paths`: what of the code runs in it, globs.
    `merchant_level`: 1 to 4, 0 unsaid.
    """

    entity: str = ""
    assessment: str = ""
    merchant_level: int = 0
    saq: str = ""
    cde: Mapping[str, str] = {}
    owners: tuple[Owner, ...] = ()
    cde_paths: tuple[str, ...] = ()

    def in_cde(self, path: str) -> bool | None:
        """Whether the settings count this path to the cardholder data environment; None where they name no paths."""
        return any(fnmatchcase(path, glob) for glob in self.cde_paths) if self.cde_paths else None


class AccountDataItem(NamedTuple):
    """Where account data is, or passes: a row of the inventory of 12.5.2.

    `kind`: stored, processed, transmitted. `elements`: pan, cardholder_name, expiration_date, service_code, track,
    verification_code, pin; card (a whole one: which of these is not said); () where it is not known which.
    `unreadable`: how it is made so, "" unknown. `retention`, `purpose`: "" where a person has to say. `source`: what
    showed it (a schema, a rule, a finding). `violations`: rules with a finding there.
    """

    kind: str
    store: str
    elements: tuple[str, ...]
    place: Place
    unreadable: str = ""
    retention: str = ""
    purpose: str = ""
    source: str = ""
    violations: tuple[str, ...] = ()


class CryptoItem(NamedTuple):
    """A use of cryptography: a row of the inventory of 12.3.3.

    `kind`: protocol, algorithm, certificate, key. `name`: "TLS", "AES", "HMAC-SHA256", "RSA". `detail`: what is set, in
    order: ("minimum version", "TLSv1.2"). `purpose`: what it protects where that can be seen.
    """

    kind: str
    name: str
    detail: tuple[tuple[str, str], ...]
    place: Place
    subject: str = ""
    purpose: str = ""


class SoftwareItem(NamedTuple):
    """A component of the software inventory of 6.3.2. `purl`: package URL. `bespoke`: written by the entity.

    `place`: where it is declared or locked. `scope`: required, development. `hashes`: algorithm -> hex, as locked,
    where that is of one artefact. `constraint`: what is asked for where no version is fixed. `depends`: purls, as the
    lock tells. `digests`: how many digests the lock accepts.
    """

    name: str
    version: str
    purl: str
    place: Place
    scope: str = "required"
    bespoke: bool = False
    licence: str = ""
    hashes: Mapping[str, str] = {}
    constraint: str = ""
    depends: tuple[str, ...] = ()
    digests: int = 0


class ScriptItem(NamedTuple):
    """A script a payment page loads or holds: a row of the inventory of 6.4.3.

    `source`: its address, "inline" or the path. `integrity`: the attribute, "" without. `authorised`: what allows it
    (a policy header, a nonce). `purpose`: "" where a person has to write why it is needed. `digest`: of an inline
    script, of its masked text. `crossorigin`: the attribute, "" without.
    """

    page: str
    source: str
    integrity: str
    authorised: str
    place: Place
    purpose: str = ""
    digest: str = ""
    crossorigin: str = ""


class Adviser(NamedTuple):
    """What the code says about one SAQ. `contradicted`: (criterion, place, why) that rule it out.

    `unseen`: what a person confirms. `doubted`: like `contradicted`, where a person has to look before it is said.
    """

    saq: str
    contradicted: tuple[tuple[str, Place, str], ...]
    unseen: tuple[str, ...]
    doubted: tuple[tuple[str, Place, str], ...] = ()


class Evidence(NamedTuple):
    """All an artefact sees. `at`: when, in UTC, SOURCE_DATE_EPOCH where that is set. `today`: the same as a date.

    `excerpts`: what else decides what it says -> SHA-256 of its masked text, hex ("settings"). `software_limits`: what
    the software inventory could not read or tell.
    """

    result: ScanResult
    profile: Profile
    at: datetime
    revision: Revision | None
    requirements: tuple[Requirement, ...]
    account_data: tuple[AccountDataItem, ...] = ()
    cryptography: tuple[CryptoItem, ...] = ()
    software: tuple[SoftwareItem, ...] = ()
    scripts: tuple[ScriptItem, ...] = ()
    adviser: tuple[Adviser, ...] = ()
    excerpts: Mapping[str, str] = {}
    software_limits: tuple[Problem, ...] = ()

    @property
    def today(self) -> date:
        """The date of the bundle."""
        return self.at.date()
