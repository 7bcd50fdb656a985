"""Writes the bundle: every artefact, then the manifest; whole, or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Collection, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scanner.errors import UsageError
from scanner.evidence.about import about
from scanner.evidence.model import Evidence
from scanner.evidence.signing import manifest

if TYPE_CHECKING:
    from scanner.evidence.signing.keys import Signer

ARTEFACTS: dict[str, str] = {
    "report.html": "scanner.evidence.artefacts.html:report",
    "report.md": "scanner.evidence.artefacts.markdown:report",
    "requirements.json": "scanner.evidence.artefacts.requirements:as_json",
    "requirements.csv": "scanner.evidence.artefacts.requirements:as_csv",
    "oscal-assessment-results.json": "scanner.evidence.artefacts.oscal:results",
    "oscal-assessment-plan.json": "scanner.evidence.artefacts.oscal:plan",
    "findings.json": "scanner.evidence.artefacts.findings:as_json",
    "findings.sarif": "scanner.evidence.artefacts.findings:as_sarif",
    "findings.csv": "scanner.evidence.artefacts.findings:as_csv",
    "waivers.json": "scanner.evidence.artefacts.waivers:as_json",
    "waivers.csv": "scanner.evidence.artefacts.waivers:as_csv",
    "worksheets.md": "scanner.evidence.artefacts.waivers:worksheets",
    "saq.json": "scanner.evidence.artefacts.saq:as_json",
    "coverage.json": "scanner.evidence.artefacts.coverage:as_json",
    "coverage.csv": "scanner.evidence.artefacts.coverage:as_csv",
    "account_data.csv": "scanner.evidence.artefacts.account_data_table:write",
    "cryptography.csv": "scanner.evidence.artefacts.cryptography_table:write",
    "cbom.cdx.json": "scanner.evidence.artefacts.cbom:write",
    "payment_page_scripts.csv": "scanner.evidence.artefacts.scripts_table:write",
    "sbom.cdx.json": "scanner.evidence.artefacts.sbom:write",
    "software.csv": "scanner.evidence.artefacts.software_table:write",
    "rule-validation.json": "scanner.evidence.artefacts.validation:as_json",
    "rule-validation.csv": "scanner.evidence.artefacts.validation:as_csv",
}
"""File of the bundle -> the function that makes it of the evidence: no clock, no environment, no scanned file."""
OPTIONAL = {"report.pdf": "scanner.evidence.artefacts.pdf:report"}
"""The same, for those that are asked for: they take long, and packages of their own."""


def contents(evidence: Evidence, more: Collection[str] = ()) -> dict[str, bytes]:
    """Every file but the manifest, by name. `more`: of `OPTIONAL`. Raises UsageError where its packages are missing."""
    wanted = ARTEFACTS | {name: OPTIONAL[name] for name in more}
    return {name: _made(where, evidence) for name, where in wanted.items()}


def _made(where: str, evidence: Evidence) -> bytes:
    module, _, function = where.partition(":")
    made: bytes = getattr(import_module(module), function)(evidence)
    return made


def check(folder: Path) -> None:
    """Before anything is scanned. UsageError: the folder is no place for a bundle."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(f"{folder}: is not a folder; name one that does not exist yet")
    if folder.is_dir() and any(folder.iterdir()) and not manifest.is_bundle(folder):
        raise UsageError(f"{folder}: holds files that are no bundle of paylint; name another folder")


class Vouching(NamedTuple):
    """Who vouches for a bundle: a key that signs it, an authority (URL) that time-stamps the signature."""

    signer: Signer | None = None
    timestamp_url: str = ""


def write(
    evidence: Evidence,
    folder: Path,
    vouching: Vouching = Vouching(),  # noqa: B008 - it is immutable
    more: Collection[str] = (),
) -> None:
    """A bundle that was there before is replaced when the new one is complete. `more`: of `OPTIONAL`.

    Raises UsageError, IncompleteError.
    """
    check(folder)
    files = contents(evidence, more)
    files[manifest.NAME] = manifest.text(files, about(evidence))
    if vouching.signer is not None:
        from scanner.evidence.signing import dsse, statement, timestamp

        files[dsse.NAME] = attestation = dsse.sealed(statement.statement(evidence, files), vouching.signer)
        if vouching.timestamp_url:
            files[timestamp.NAME] = timestamp.fetched(vouching.timestamp_url, attestation)
    _replace(folder, files)


def _replace(folder: Path, files: Mapping[str, bytes]) -> None:
    partial = folder.with_name(f".{folder.name}.{os.getpid()}-{secrets.token_hex(4)}.part")
    old = partial.with_suffix(".old")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial.mkdir()
        for name, content in files.items():
            (partial / name).write_bytes(content)
        if folder.exists():
            folder.rename(old)
        partial.rename(folder)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise UsageError(f"{folder}: the bundle cannot be written: {error.strerror}; there is none") from None
    shutil.rmtree(old, ignore_errors=True)
