"""The processor of the settings."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
from pydantic import SecretStr

from reference_impl.crypto.client_tls import trusting
from reference_impl.processor.client import connection
from reference_impl.processor.hosted_form import HostedForm
from reference_impl.secret import Secret
from reference_impl.settings import Settings

_NEEDED = (
    "url",
    "secret_key",
    "webhook_secret",
    "publishable_key",
    "script_url",
    "script_integrity",
    "frames",
    "calls",
    "form_action",
)


@dataclass(frozen=True, slots=True)
class Processor:
    """`http`: a connection to it, to be closed; `webhook_secrets`: the one in use first; `form`: its page."""

    http: httpx.AsyncClient
    webhook_secrets: tuple[Secret[bytes], ...]
    form: HostedForm


def processor_of(settings: Settings) -> Processor | None:
    """None if no processor is set; nothing is sent yet. Raises ConfigurationError."""
    if not settings.given("processor_", *_NEEDED):
        return None
    form = HostedForm(
        settings.processor_script_url,
        settings.processor_script_integrity,
        settings.processor_publishable_key,
        settings.processor_frames,
        settings.processor_calls,
        settings.processor_form_action,
    )
    webhook = (settings.processor_webhook_secret, settings.processor_webhook_secret_before)
    http = connection(
        settings.processor_url,
        Secret(_text(settings.processor_secret_key)),
        trusting(settings.processor_authority, "processor_authority"),
        settings.processor_seconds,
    )
    return Processor(http, tuple(Secret(_text(one).encode()) for one in webhook if one), form)


def _text(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
