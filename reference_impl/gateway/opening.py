"""The gateway of the settings."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

from reference_impl.crypto.wrapping import KeyWrapper
from reference_impl.errors import ConfigurationError
from reference_impl.gateway.answer_keys import AnswerKeys
from reference_impl.gateway.client import HttpGateway
from reference_impl.gateway.encryption import GatewayKeys
from reference_impl.gateway.exchange import Timing
from reference_impl.gateway.tls import Identity, client_context
from reference_impl.settings import Settings


def answer_keys(settings: Settings) -> AnswerKeys:
    """Ours, in the data folder."""
    return AnswerKeys(settings.data_folder / "gateway-keys.json")


def gateway_of(settings: Settings, wrapper: KeyWrapper) -> HttpGateway | None:
    """None if no gateway is set; to be entered, and nothing is sent before a payment.

    Raises ConfigurationError, UnavailableError, IntegrityError.
    """
    if not settings.given("gateway_", "url", "hosts", "merchant", "pins", "jwks_file", "encryption_key"):
        return None
    ours = answer_keys(settings).private(wrapper)
    if not ours["keys"]:
        raise ConfigurationError("gateway: there is no key for its answers; paylint-reference gateway-keys makes one")
    keys = GatewayKeys.load(_json(settings.gateway_jwks_file), ours, settings.gateway_encryption_key)
    authority = settings.gateway_authority
    context = client_context(settings.gateway_pins, authority=authority, identity=_identity(settings))
    seconds = settings.gateway_seconds
    timing = Timing(total=seconds, attempt=seconds / 2, connect=seconds / 4)
    return HttpGateway(settings.gateway_url, settings.gateway_hosts, context, keys, timing=timing)


def _identity(settings: Settings) -> Identity | None:
    certificate, key = settings.gateway_certificate, settings.gateway_certificate_key
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise ConfigurationError("gateway_certificate, gateway_certificate_key: both or neither")
    try:
        mode = key.stat().st_mode
    except OSError:
        raise ConfigurationError("gateway_certificate_key: cannot be read") from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigurationError("gateway_certificate_key: a file of mode 0600 or 0400; others may open this one")
    return Identity(certificate, key)


def _json(file: Path | None) -> Any:
    try:
        return json.loads(file.read_bytes()) if file else {}
    except (OSError, ValueError):
        raise ConfigurationError("gateway_jwks_file: is no JSON that can be read") from None
