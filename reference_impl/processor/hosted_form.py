"""The page with the processor's card fields, and the content security policy it is served with."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

from reference_impl.errors import ConfigurationError

_PAGE = Template((Path(__file__).parent / "hosted_form.html").read_text(encoding="utf-8"))
_INTEGRITY = re.compile(r"sha(?:256-[A-Za-z0-9+/]{43}=|384-[A-Za-z0-9+/]{64}|512-[A-Za-z0-9+/]{86}==)")
_ORIGIN = re.compile(r"https://[a-z0-9.-]+(?::[0-9]+)?")


@dataclass(frozen=True, slots=True)
class HostedForm:
    """`script_url`: the processor's script, a released version; `integrity`: its hash (SRI: a changed script does not
    run); `frames`, `calls`: origins of its frames and of what it calls; `action`: where the payment method's id goes.

    Raises ConfigurationError for anything but https and for a hash or origin that is none.
    """

    script_url: str
    integrity: str
    publishable_key: str
    frames: str
    calls: str
    action: str = "/payment-methods"

    def __post_init__(self) -> None:
        if not (self.script_url.startswith("https://") and _INTEGRITY.fullmatch(self.integrity)):
            raise ConfigurationError("the processor's script is loaded by https, with its hash")
        if not (_ORIGIN.fullmatch(self.frames) and _ORIGIN.fullmatch(self.calls)):
            raise ConfigurationError("frames and calls are origins, https://HOST")
        if not self.action.startswith("/") or self.action.startswith("//"):
            raise ConfigurationError("the form is sent to this host")

    def render(self) -> tuple[str, str]:
        """The page and its policy. Each has the same nonce, which is good for one answer: do not cache it."""
        nonce = secrets.token_urlsafe(24)
        values = {
            "nonce": nonce,
            "script_url": self.script_url,
            "integrity": self.integrity,
            "publishable_key": self.publishable_key,
            "action": self.action,
        }
        page = _PAGE.substitute({name: escape(value, quote=True) for name, value in values.items()})
        policy = (
            "default-src 'none'",
            f"script-src 'nonce-{nonce}'",
            f"frame-src {self.frames}",
            f"connect-src {self.calls}",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
        return page, "; ".join(policy)
