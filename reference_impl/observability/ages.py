"""When certificates expire (4.2.1.1) and how old keys are (3.7.4): alerts fire while there is time to renew them."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from cryptography import x509

from reference_impl.background import repeated
from reference_impl.errors import ConfigurationError
from reference_impl.keys.model import Purpose
from reference_impl.observability.instruments import Instruments
from reference_impl.observability.model import Certificate
from reference_impl.settings import Settings

_log = logging.getLogger(__name__)

_LOOK_AT_KEYS_SECONDS = 3_600.0


def expires(chain: Path) -> datetime:
    """When the first certificate of a chain to do so expires. `chain`: PEM. Raises ConfigurationError."""
    try:
        certificates = x509.load_pem_x509_certificates(chain.read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigurationError("the certificate cannot be read") from error
    return min(one.not_valid_after_utc for one in certificates)


def tell_certificates(settings: Settings, server: Path | None, instruments: Instruments) -> None:
    """Once: the files are read when the service starts, so that these are what is shown. Raises ConfigurationError.

    `server`: the service's own chain, if it serves with one.
    """
    for certificate, chain in ((Certificate.SERVER, server), (Certificate.GATEWAY, settings.gateway_certificate)):
        if chain is not None:
            instruments.metrics.certificate(certificate, expires(chain))


@asynccontextmanager
async def keys_told(
    oldest: Callable[[], Awaitable[Mapping[Purpose, datetime]]],
    instruments: Instruments,
    every_seconds: float = _LOOK_AT_KEYS_SECONDS,
) -> AsyncIterator[None]:
    """Now, and every hour until left: when the oldest of the keys that still seal was made. Raises UnavailableError."""

    async def tell() -> None:
        for purpose, created in (await oldest()).items():
            instruments.metrics.oldest_key(purpose, created)

    async with repeated(tell, every_seconds, lambda: _log.warning("the age of the keys cannot be looked up now")):
        yield
