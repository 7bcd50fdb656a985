"""`paylint waivers`: which exceptions there are, and how a new one is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.commands.config import settings_of
from scanner.errors import UsageError
from scanner.model import WaiverType

if TYPE_CHECKING:
    from scanner.model import Finding, ScanResult, Waiver

_SOON_DAYS = 30
_config_option = click.option(
    "--config", "config_file", metavar="FILE", type=click.Path(path_type=Path), envvar="PAYLINT_CONFIG",
    help="Settings; default: the nearest paylint.yaml.",
)  # fmt: skip


@click.group("waivers")
def command() -> None:
    """Approved exceptions in `paylint-waivers.yaml`."""


@command.command("check")
@click.argument("path", type=click.Path(path_type=Path), default=".")
@_config_option
def check(path: Path, config_file: Path | None) -> None:
    """Scan, and say of each waiver whether it is in force, until when, and for how many findings.

    Exit codes: 0 all are in force and needed, 1 one is not, 3 the scan is incomplete.
    """
    from scanner.run import run

    result = run(settings_of([path], config_file, {}))
    about = [found for found in result.findings if found.policy == "invalid_waiver"]
    for line in _states(result, about):
        click.echo(line)
    if result.errors:
        click.echo(f"INCOMPLETE: {len(result.errors)} problems; `paylint scan` names them", err=True)
    sys.exit(3 if result.errors else 1 if about or any(waiver.problem for waiver in result.waivers) else 0)


def _states(result: ScanResult, about: list[Finding]) -> Iterator[str]:
    from datetime import datetime, timezone

    from scanner.printable import printable

    today = datetime.now(timezone.utc).date()
    for waiver in result.waivers:
        state = _state(waiver, (waiver.expires - today).days)
        yield printable(f"{waiver.id}  {waiver.type.value}  {waiver.policy}  {state}")
    for found in about:
        yield printable(f"{found.place.path}:{found.place.span.line}: {found.message}")
    if not result.waivers and not about:
        yield "no waivers"


def _state(waiver: Waiver, days: int) -> str:
    if waiver.problem:
        return "not in force"
    until = f"in force until {waiver.expires}" + (f" ({days} days left)" if days <= _SOON_DAYS else "")
    unknown = "" if waiver.authors is not None else "; git cannot tell who wrote it"
    return f"{until}, findings: {waiver.findings}, approved by {waiver.approver}{unknown}"


@command.command("new")
@click.argument("finding", metavar="FINGERPRINT|FILE:LINE")
@click.argument("path", type=click.Path(path_type=Path), default=".")
@click.option(
    "--type", "kind", type=click.Choice([kind.value for kind in WaiverType]), default=WaiverType.RISK_ACCEPTED.value,
    show_default=True, help="Why it may stay.",
)  # fmt: skip
@_config_option
def new(finding: str, path: Path, kind: str, config_file: Path | None) -> None:
    """Scan, and print an entry for a finding, to be completed and put into `paylint-waivers.yaml`.

    What is left as TODO is not accepted: nothing is waived until somebody has said who and why.
    """
    from scanner.run import run
    from scanner.waivers.draft import draft

    result = run(settings_of([path], config_file, {}))
    found = [one for one in result.findings if finding in (one.fingerprint, f"{one.place.path}:{one.place.span.line}")]
    if not found:
        raise UsageError(f"{finding}: no finding there; `paylint scan --format json` lists fingerprints")
    for one in found:
        click.echo(draft(one, WaiverType(kind)), nl=False)
