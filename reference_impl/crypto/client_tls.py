"""How this service is a client of others that speak TLS."""

from __future__ import annotations

import ssl
from pathlib import Path

from reference_impl.errors import ConfigurationError

_TLS_1_2 = "ECDHE+AESGCM:ECDHE+CHACHA20"


def trusting(authority: Path | None, setting: str) -> ssl.SSLContext:
    """TLS 1.2 at least, with forward secrecy and AEAD (NIST SP 800-52r2); of a private CA, no other is believed.

    `authority`: PEM; None: those of the system. Raises ConfigurationError that names the setting.
    """
    try:
        context = ssl.create_default_context(cafile=authority)
    except OSError:  # ssl.SSLError is one
        raise ConfigurationError(f"{setting}: no CA that can be read") from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(_TLS_1_2)
    return context
