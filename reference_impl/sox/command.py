"""`paylint-reference finances …`: for who has the machine, whether the service runs or not.

Exit status: 0 done, 1 the audit log is not what was written, or records and stores differ, 2 usage or refused, 3
something does not answer.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timezone

import click

from reference_impl.errors import IntegrityError
from reference_impl.exit_codes import ending, worked
from reference_impl.sox.operator import OperatorFinances

_WRONG = 1
_LISTED = 50
_TIMES = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"])

Opened = Callable[[], AbstractAsyncContextManager[OperatorFinances]]


def group(opened: Opened) -> click.Group:
    """`opened`: gives what the operator may do, ready for use."""

    @click.group()
    def finances() -> None:
        """Financial reports from the audit log, and changes that wait for another person."""

    @finances.command()
    @click.option("--tenant", required=True, help="Whose.")
    @click.option("--since", required=True, type=_TIMES, help="UTC; in the period.")
    @click.option("--until", required=True, type=_TIMES, help="UTC; not in it any more.")
    def report(*, tenant: str, since: datetime, until: datetime) -> None:
        """Prints the signed report of a period as JSON: control totals, and what records and stores say otherwise."""

        async def run(operator: OperatorFinances) -> int:
            made = await operator.report(tenant, _utc(since), _utc(until))
            click.echo(json.dumps({"report": made.report, "signature": made.signature}, indent=1, sort_keys=True))
            if made.report["differing"]:
                click.echo(f"{made.report['differing']} differences between records and stores.", err=True)
            return _WRONG if made.report["differing"] else 0

        _run(opened, run)

    @finances.command()
    def changes() -> None:
        """Lists changes of settings, fraud policy, models, tables and the key-encryption key."""

        async def run(operator: OperatorFinances) -> int:
            for one in await operator.changes(_LISTED):
                by = f"approved by {one.approved_by}" if one.approved_by else "not approved"
                when = f"{one.changed_at:%Y-%m-%d %H:%M:%S}"
                click.echo(f"{one.id} {when} {one.what} {one.old} -> {one.new} by {one.changed_by}, {by}")
            return 0

        _run(opened, run)

    @finances.command()
    @click.argument("change")
    def approve(*, change: str) -> None:
        """Approves a change that another user of this machine made."""

        async def run(operator: OperatorFinances) -> int:
            done = await operator.approve(change)
            click.echo(f"{done.id} is approved by {done.approved_by}.")
            return 0

        _run(opened, run)

    return finances


def _utc(time: datetime) -> datetime:
    return time.replace(tzinfo=timezone.utc)


def _run(opened: Opened, act: Callable[[OperatorFinances], Awaitable[int]]) -> None:
    with ending():
        try:
            sys.exit(worked(opened, act))
        except IntegrityError as error:
            click.echo(f"No report: {error}", err=True)
            sys.exit(_WRONG)
