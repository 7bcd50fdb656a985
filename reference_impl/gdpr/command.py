"""`paylint-reference privacy …`: for who has the machine, whether the service runs or not.

Exit status: 0 done, 1 a request is overdue, 2 usage, 3 something does not answer.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import click

from reference_impl.exit_codes import ending, worked
from reference_impl.gdpr import ropa
from reference_impl.gdpr.operator import OperatorPrivacy
from reference_impl.gdpr.periods import day_of

_OVERDUE = 1

Opened = Callable[[], AbstractAsyncContextManager[OperatorPrivacy]]


def group(opened: Opened) -> click.Group:
    """`opened`: gives what the operator may do, ready for use."""

    @click.group()
    def privacy() -> None:
        """Data protection: the record of processing, requests that are due, retention."""

    @privacy.command("ropa")
    @click.option("--format", "form", type=click.Choice(["markdown", "json"]), default="markdown", show_default=True)
    def ropa_(*, form: str) -> None:
        """Prints the record of processing activities (Art. 30), made from the data map."""
        _run(opened, lambda operator: _ropa(operator, form))

    @privacy.command()
    @click.option("--days", default=7, show_default=True, type=click.IntRange(0), help="Due within so many days.")
    def due(*, days: int) -> None:
        """Lists requests that are to be answered; ends with 1 if one is overdue."""
        _run(opened, lambda operator: _due(operator, days))

    @privacy.command()
    def retention() -> None:
        """Deletes what is over its retention, in all tables."""
        _run(opened, _retention)

    @privacy.command()
    def resume() -> None:
        """Ends erasures that were broken off."""
        _run(opened, _resume)

    return privacy


async def _ropa(operator: OperatorPrivacy, form: str) -> int:
    made = await operator.record()
    click.echo(json.dumps(made, indent=1) if form == "json" else ropa.markdown(made))
    return 0


async def _due(operator: OperatorPrivacy, days: int) -> int:
    found, today = await operator.due(days), day_of(operator.clock())
    late = [request for request in found if request.due_on < today]
    for request in found:
        said = "overdue" if request.due_on < today else "due"
        click.echo(
            f"{request.due_on}\t{said}\t{request.tenant}\t{request.id}\t{request.kind.value}\t{request.state.value}"
        )
    click.echo(f"{len(found)} requests are to be answered, {len(late)} are overdue.", err=True)
    return _OVERDUE if late else 0


async def _retention(operator: OperatorPrivacy) -> int:
    done = await operator.retain()
    for name, rows in done.items():
        if rows:
            click.echo(f"{name}: {rows}")
    click.echo(f"{sum(done.values())} rows were over their time and are deleted.")
    return 0


async def _resume(operator: OperatorPrivacy) -> int:
    click.echo(f"{await operator.resume()} erasures were ended.")
    return 0


def _run(opened: Opened, work: Callable[[OperatorPrivacy], Awaitable[int]]) -> None:
    with ending(". What is done stays done; begun again it goes on."):
        sys.exit(worked(opened, work))
