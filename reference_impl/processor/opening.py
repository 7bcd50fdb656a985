"""The processor of the settings."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

import httpx
from pydantic import SecretStr

from reference_impl.errors import ConfigurationError
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
_TLS_1_2 = "ECDHE+AESGCM:ECDHE+CHACHA20"


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
        _context(settings.processor_authority),
        settings.processor_seconds,
    )
    return Processor(http, tuple(Secret(_text(one).encode()) for one in webhook if one), form)


def _text(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def _context(authority: Path | None) -> ssl.SSLContext:
    """TLS 1.2 at least, with forward secrecy and AEAD (NIST SP 800-52r2); of a private CA, no other is believed."""
    try:
        context = ssl.create_default_context(cafile=authority)
    except OSError:  # ssl.SSLError is one
        raise ConfigurationError("processor_authority: no CA that can be read") from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(_TLS_1_2)
    return context
