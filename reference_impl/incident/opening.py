"""Incidents of the settings, and everything that runs for them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import httpx
from sqlalchemy.ext.asyncio import AsyncEngine

from reference_impl.audit.model import AuditLog
from reference_impl.background import background
from reference_impl.crypto.client_tls import trusting
from reference_impl.errors import ConfigurationError
from reference_impl.incident.escalation import Escalation
from reference_impl.incident.figures import Figures, told
from reference_impl.incident.guard import Gate, Guard, ProtectedLimits, Sensitivity, lowered
from reference_impl.incident.in_force import InForce, Shield
from reference_impl.incident.monitor import Monitor
from reference_impl.incident.notices import Notices, Webhook
from reference_impl.incident.service import Incidents, Terms
from reference_impl.limits.model import Limits, Rate
from reference_impl.secret import Secret
from reference_impl.settings import Settings

_WEBHOOK_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Handling:
    """`edge`: the limits of what stands before the application; the rest: for parts that heed measures."""

    incidents: Incidents
    guard: Guard
    gate: Gate
    edge: Limits
    sensitivity: Sensitivity
    monitor: Monitor


@asynccontextmanager
async def handling_of(
    settings: Settings, engine: AsyncEngine, audit: AuditLog, limits: Limits, figures: Figures, *, once: bool = True
) -> AsyncIterator[Handling]:
    """Ended in order. `once`: also what one process does for all: notices, figures of the whole service.

    Raises ConfigurationError, UnavailableError.
    """
    escalation = Escalation(settings.incident_escalation)
    async with AsyncExitStack() as stack:
        webhook = await stack.enter_async_context(_webhook_of(settings))
        measures = InForce(engine)
        shield = await stack.enter_async_context(Shield(measures).followed())
        incidents = Incidents(engine, audit, measures.forget, terms_of(settings))
        suspicious = Rate(settings.suspicious_payments, settings.suspicious_payment_seconds)
        monitor = await stack.enter_async_context(Monitor(incidents, limits, suspicious).running())
        if once:
            await stack.enter_async_context(told(engine, figures))
        if once and webhook is not None:
            await stack.enter_async_context(background(Notices(engine, webhook, escalation).run()))
        tight = lowered(settings.rate_limit_requests, settings.protection_share)
        yield Handling(
            incidents,
            Guard(measures, audit),
            Gate(measures, limits, Rate(tight, settings.rate_limit_window_seconds)),
            ProtectedLimits(limits, shield, settings.protection_share),
            Sensitivity(measures, settings.fraud_sensitivity),
            monitor,
        )


def terms_of(settings: Settings) -> Terms:
    """As they are set."""
    return Terms(timedelta(minutes=settings.incident_window_minutes), timedelta(hours=settings.incident_measure_hours))


@asynccontextmanager
async def _webhook_of(settings: Settings) -> AsyncIterator[Webhook | None]:
    """None: nowhere to send notices to; they wait, and an alert says so. Raises ConfigurationError."""
    secret = settings.incident_webhook_secret
    if not settings.given("incident_webhook_", "url", "secret") or secret is None:
        yield None
        return
    if not settings.incident_webhook_url.startswith("https://"):
        raise ConfigurationError("incident_webhook_url: https")
    tls = trusting(settings.incident_webhook_authority, "incident_webhook_authority")
    async with httpx.AsyncClient(timeout=_WEBHOOK_SECONDS, verify=tls, follow_redirects=False, trust_env=False) as http:
        yield Webhook(http, settings.incident_webhook_url, Secret(secret.get_secret_value().encode()))
