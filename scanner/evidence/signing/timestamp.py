"""A time-stamp of the attestation by an authority (RFC 3161): it existed then, whatever its signer says of the date."""

from __future__ import annotations

import http.client
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.errors import IncompleteError, UsageError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

NAME = "attestation.tsr"
_SECONDS = 30
_LARGEST = 256 * 1024


def fetched(url: str, message: bytes) -> bytes:
    """The authority's answer about these bytes. Only their digest leaves the machine.

    UsageError: the URL is none, or a package is missing; IncompleteError: no time-stamp came of it.
    """
    if not url.startswith(("https://", "http://")):
        raise UsageError(f"--timestamp-url {url}: expected an http or https URL")
    try:
        from rfc3161_client import PKIStatus, TimestampRequestBuilder, decode_timestamp_response
    except ImportError:
        raise UsageError("time-stamps need more packages: `pip install paylint[evidence]`") from None
    asked = TimestampRequestBuilder().data(message).nonce(nonce=True).cert_request(cert_request=True).build()
    request = urllib.request.Request(  # noqa: S310 - the scheme was looked at
        url, data=asked.as_bytes(), headers={"Content-Type": "application/timestamp-query"}
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - see above
            content: bytes = answer.read(_LARGEST)
        made = decode_timestamp_response(content)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise IncompleteError(
            f"--timestamp-url {url}: no time-stamp: {type(error).__name__}; there is no bundle"
        ) from None
    if made.status != PKIStatus.GRANTED or made.tst_info.nonce != asked.nonce:
        raise IncompleteError(f"--timestamp-url {url}: the authority granted no time-stamp; there is no bundle")
    return content


def stamped(content: bytes, message: bytes, roots: list[Path]) -> datetime:
    """When, as an authority below one of these certificates says. ValueError: it says nothing of these bytes."""
    try:
        from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response
    except ImportError:
        raise UsageError("time-stamps need more packages: `pip install paylint[evidence]`") from None
    trusted = list(map(_certificate, roots))
    try:
        answer = decode_timestamp_response(content)
        VerifierBuilder(roots=trusted).build().verify_message(answer, message)
        return answer.tst_info.gen_time
    except (ValueError, VerificationError):
        raise ValueError("is no time-stamp of this attestation by a trusted authority") from None


def _certificate(file: Path) -> Certificate:
    from cryptography.x509 import load_pem_x509_certificate

    try:
        return load_pem_x509_certificate(file.read_bytes())
    except (OSError, ValueError):
        raise UsageError(f"--tsa-certificate {file}: expected a certificate in PEM") from None
