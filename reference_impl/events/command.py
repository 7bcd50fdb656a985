"""`paylint-reference events …`: for who has the machine.

Exit status: 0 done, 1 the trail is not what was written, 2 usage, 3 something does not answer.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import click

from reference_impl.events.operator import OperatorEvents
from reference_impl.exit_codes import ending, worked

_TAMPERED = 1
_NAMED = 20
_limit = click.option("--limit", default=10_000, show_default=True, type=click.IntRange(1), help="At most so many.")

Opened = Callable[[], AbstractAsyncContextManager[OperatorEvents]]


def group(opened: Opened) -> click.Group:
    """`opened`: gives what the operator may do, ready for use."""

    @click.group()
    def events() -> None:
        """Events: dead letters and the audit trail. The log in the data folder is open to one process: with that one,
        stop the service before `dead-letters` and `redrive`.
        """

    @events.command("dead-letters")
    @_limit
    def dead_letters(*, limit: int) -> None:
        """Lists what could not be processed: when, type, id, who could not, and why. No content."""
        _run(opened, lambda operator: _dead_letters(operator, limit))

    @events.command()
    @_limit
    def redrive(*, limit: int) -> None:
        """Brings dead letters back, once their reason is gone."""
        _run(opened, lambda operator: _redrive(operator, limit))

    @events.command()
    def verify() -> None:
        """Says whether the audit trail of events is what was written, whole, and locked."""
        _run(opened, _verify)

    return events


async def _dead_letters(operator: OperatorEvents, limit: int) -> int:
    letters = await operator.dead_letters(limit)
    for letter in letters:
        click.echo("\t".join(letter))
    click.echo(f"{len(letters)} dead letters.", err=True)
    return 0


async def _redrive(operator: OperatorEvents, limit: int) -> int:
    done = await operator.redrive(limit)
    for topic, count in done.items():
        if count:
            click.echo(f"{topic}: {count}")
    click.echo(f"{sum(done.values())} dead letters were brought back.")
    return 0


async def _verify(operator: OperatorEvents) -> int:
    verdict = await operator.verify()
    if not verdict.findings:
        click.echo(f"Verified: {verdict.segments} segments with {verdict.events} events, without a gap, and locked.")
        return 0
    for finding in verdict.findings[:_NAMED]:
        click.echo(f"segment {finding.number}: {finding.damage.value}", err=True)
    if len(verdict.findings) > _NAMED:
        click.echo(f"… and {len(verdict.findings) - _NAMED} more.", err=True)
    good = f"{verdict.segments} segments with {verdict.events} events are good."
    click.echo(f"Not what was written: {len(verdict.findings)} findings; {good}", err=True)
    return _TAMPERED


def _run(opened: Opened, work: Callable[[OperatorEvents], Awaitable[int]]) -> None:
    with ending("."):
        sys.exit(worked(opened, work))
