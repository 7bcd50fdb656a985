"""Incidents by the names that tenants give their customers: what is stored and recorded has the subject instead, and
the details of an incident that is about a customer are sealed with their key.

A subject of an incident that is no customer's name, and the id of a processor's customer, stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reference_impl.auth.model import Caller
from reference_impl.crypto.envelope import place_of, seal, unseal
from reference_impl.errors import IntegrityError
from reference_impl.incident.model import (
    Account,
    AccountKind,
    Incident,
    IncidentState,
    Measure,
    MeasureKind,
    ReportDecision,
    Severity,
    Sighting,
)
from reference_impl.incident.service import Incidents, Told
from reference_impl.keys.model import ERASED, SUBJECT_KEY_VERSION, SubjectKeys, is_subject

_TABLE = "incidents"
_PROCESSORS = re.compile(r"cust_[A-Za-z0-9_-]{22}")


class NamedIncidents:
    """`Incidents`, for whoever names customers. Raises as they do, and UnavailableError without the store of keys."""

    def __init__(self, incidents: Incidents, people: SubjectKeys) -> None:
        self._incidents, self._people = incidents, people

    async def report(self, caller: Caller, seen: Sighting) -> Told:
        """See `Incidents`."""
        tenant = caller.principal.tenant
        accounts = [await self._hidden(tenant, account) for account in seen.accounts]
        hidden = replace(await self._sealed(tenant, seen), accounts=accounts)
        return await self._told(await self._incidents.report(caller, hidden))

    async def find(self, caller: Caller, incident: str) -> Told:
        """See `Incidents`."""
        return await self._told(await self._incidents.find(caller, incident))

    async def latest(self, caller: Caller, state: IncidentState | None, limit: int) -> Sequence[Incident]:
        """See `Incidents`."""
        return [await self._shown(one) for one in await self._incidents.latest(caller, state, limit)]

    async def acknowledge(self, caller: Caller, incident: str) -> Told:
        """See `Incidents`."""
        return await self._told(await self._incidents.acknowledge(caller, incident))

    async def escalate(self, caller: Caller, incident: str, severity: Severity) -> Told:
        """See `Incidents`."""
        return await self._told(await self._incidents.escalate(caller, incident, severity))

    async def authority(self, caller: Caller, incident: str, decision: ReportDecision, reference: str) -> Told:
        """See `Incidents`."""
        return await self._told(await self._incidents.authority(caller, incident, decision, reference))

    async def resolve(self, caller: Caller, incident: str) -> Told:
        """See `Incidents`."""
        return await self._told(await self._incidents.resolve(caller, incident))

    async def begin(
        self, caller: Caller, incident: str, kind: MeasureKind, account: Account | None, hours: int
    ) -> Measure:
        """See `Incidents`."""
        hidden = None if account is None else await self._hidden(caller.principal.tenant, account)
        return await self._measure(await self._incidents.begin(caller, incident, kind, hidden, hours))

    async def end(self, caller: Caller, name: str) -> Measure:
        """See `Incidents`."""
        return await self._measure(await self._incidents.end(caller, name))

    async def _hidden(self, tenant: str, account: Account) -> Account:
        if account.kind is not AccountKind.CUSTOMER:
            return account
        if _PROCESSORS.fullmatch(account.name):
            return account._replace(name=await self._people.find(tenant, account.name) or account.name)
        return account._replace(name=(await self._people.of(tenant, account.name)).subject)

    async def _sealed(self, tenant: str, seen: Sighting) -> Sighting:
        if (subject := await self._people.find(tenant, seen.subject)) is None:
            return seen
        person = await self._people.for_opening(tenant, subject)
        sealed = seal(person.cipher, SUBJECT_KEY_VERSION, seen.details.encode(), place_of(tenant, subject, _TABLE))
        return replace(seen, subject=subject, details="", sealed=sealed)

    async def _told(self, told: Told) -> Told:
        return Told(await self._shown(told.incident), [await self._measure(measure) for measure in told.measures])

    async def _shown(self, incident: Incident) -> Incident:
        tenant, subject = incident.tenant, incident.subject
        if not is_subject(subject):
            return incident
        try:
            person = await self._people.for_opening(tenant, subject)
        except IntegrityError:
            return replace(incident, subject=ERASED)
        if incident.sealed is None:
            return replace(incident, subject=person.customer)
        details = unseal(person.cipher, incident.sealed, place_of(tenant, subject, _TABLE)).decode()
        return replace(incident, subject=person.customer, details=details, sealed=None)

    async def _measure(self, measure: Measure) -> Measure:
        account = measure.account
        if account is None or account.kind is not AccountKind.CUSTOMER:
            return measure
        return replace(measure, account=account._replace(name=await self._name(measure.tenant, account.name)))

    async def _name(self, tenant: str, name: str) -> str:
        if not is_subject(name):
            return name
        try:
            return (await self._people.for_opening(tenant, name)).customer
        except IntegrityError:
            return ERASED
