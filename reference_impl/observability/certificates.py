"""When certificates expire: an alert fires while there is time to renew them (4.2.1.1)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cryptography import x509

from reference_impl.errors import ConfigurationError


def expires(chain: Path) -> datetime:
    """When the first certificate of a chain to do so expires. `chain`: PEM. Raises ConfigurationError."""
    try:
        certificates = x509.load_pem_x509_certificates(chain.read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigurationError("the certificate cannot be read") from error
    return min(one.not_valid_after_utc for one in certificates)
