"""Signatures of webhooks, those we get and those we send: `t=SECONDS,v1=HEX` over time and body, as Stripe has it."""

from __future__ import annotations

import hashlib
import hmac

from reference_impl.secret import Secret


def signature(payload: bytes, secret: Secret[bytes], at: int) -> str:
    """HMAC-SHA256 over time and payload, in hex. `at`: seconds since 1970."""
    return hmac.new(secret.reveal(), b"%d." % at + payload, hashlib.sha256).hexdigest()


def header(payload: bytes, secret: Secret[bytes], at: int) -> str:
    """What goes with a body. Whoever gets it compares in constant time, and refuses times that are long ago."""
    return f"t={at},v1={signature(payload, secret, at)}"
