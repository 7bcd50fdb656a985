"""`paylint-reference incidents …`: for who has the machine, for the whole service or one tenant.

Exit status: 0 done, 2 usage or refused, 3 something does not answer. A running service follows within a second.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import click

from reference_impl.exit_codes import ending, worked
from reference_impl.incident.model import EVERYBODY, Account, AccountKind, IncidentType, Severity, Sighting
from reference_impl.incident.operator import OperatorIncidents
from reference_impl.incident.service import Told

_LISTED = 50
_tenant = click.option("--tenant", default=EVERYBODY, help="Of this tenant; without it, of the whole service.")

Opened = Callable[[], AbstractAsyncContextManager[OperatorIncidents]]


def group(opened: Opened) -> click.Group:
    """`opened`: gives what the operator may do, ready for use."""

    @click.group()
    def incidents() -> None:
        """Incidents, and measures against them."""

    @incidents.command()
    @_tenant
    @click.option("--type", "type_", required=True, type=click.Choice([one.value for one in IncidentType]))
    @click.option("--severity", required=True, type=click.Choice([one.value for one in Severity]))
    @click.option("--subject", required=True, help="What it is about, the same for the same.")
    @click.option("--details", required=True, help="What is known. No account data.")
    @click.option("--block", multiple=True, metavar="KIND:NAME", help="user, customer, merchant or card, and which.")
    def report(*, tenant: str, type_: str, severity: str, subject: str, details: str, block: tuple[str, ...]) -> None:
        """Opens an incident, or counts it with the same. A ddos_attack tightens limits at once, a fraud_attack lowers
        the thresholds of fraud scoring; blocked accounts neither pay nor order.
        """
        seen = Sighting(IncidentType(type_), Severity(severity), subject, details, [_account(one) for one in block])

        async def run(operator: OperatorIncidents) -> None:
            _show(await operator.report(tenant, seen))

        _run(opened, run)

    @incidents.command("list")
    @_tenant
    def list_(*, tenant: str) -> None:
        """Lists the latest incidents with their measures."""

        async def run(operator: OperatorIncidents) -> None:
            for told in await operator.latest(tenant, _LISTED):
                _show(told)

        _run(opened, run)

    @incidents.command()
    @_tenant
    @click.argument("measure")
    def end(*, tenant: str, measure: str) -> None:
        """Ends a measure that somebody else began."""

        async def run(operator: OperatorIncidents) -> None:
            await operator.end(tenant, measure)
            click.echo(f"{measure} is ended.")

        _run(opened, run)

    return incidents


def _account(text: str) -> Account:
    kind, _, name = text.partition(":")
    if kind not in {one.value for one in AccountKind} or not name:
        raise click.UsageError("--block: user, customer, merchant or card, a colon, and which one")
    return Account(AccountKind(kind), name)


def _show(told: Told) -> None:
    incident = told.incident
    state = f"{incident.state.value}, seen {incident.count} times"
    due = f", the authority has to know by {incident.report_by:%Y-%m-%d %H:%M} UTC" if incident.report_by else ""
    click.echo(f"{incident.id} {incident.type.value} {incident.severity.value} {incident.subject}: {state}{due}")
    for measure in told.measures:
        what = measure.kind.value if measure.account is None else f"block {':'.join(measure.account)}"
        until = "ended" if measure.ended_at else f"until {measure.ends_at:%Y-%m-%d %H:%M} UTC"
        click.echo(f"  {measure.id} {what} {until}, begun by {measure.begun_by}")


def _run(opened: Opened, act: Callable[[OperatorIncidents], Awaitable[None]]) -> None:
    with ending():
        worked(opened, act)
