"""The OPA server that decides, over opa-python-client."""

from __future__ import annotations

import asyncio
import ipaddress
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import requests
from opa_client.opa import OpaClient

from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.policy.model import Decision

_PACKAGE, _RULE = "payment.statements", "decision"
_THREADS = 4


class OpaDecider:
    """Implements `Decider`. An answer that is late, missing or strange is none."""

    def __init__(self, url: str, seconds: float) -> None:
        """`url`: https, or http on this machine; `seconds`: of one answer. Raises ConfigurationError."""
        host, port, tls = _address(url)
        self._seconds = seconds
        self._client = _Client(host, port, ssl=tls, retries=0, timeout=seconds)
        # Of its own: a server that hangs takes no thread that others wait for.
        self._threads = ThreadPoolExecutor(_THREADS, "policy")

    async def decide(self, asked: dict[str, Any]) -> Decision:
        """See `Decider`."""
        asking = partial(self._client.query_rule, asked, _PACKAGE, _RULE)
        try:
            future = asyncio.get_running_loop().run_in_executor(self._threads, asking)
            answer = await asyncio.wait_for(future, self._seconds)
        except (requests.exceptions.RequestException, asyncio.TimeoutError, ValueError) as error:
            raise UnavailableError("the policy server does not answer: nothing runs without its word") from error
        return _decision(answer)


class _Client(OpaClient):  # type: ignore[misc]  # the client has no types
    """No redirect, and no proxy or credential from the environment."""

    def _init_session(self) -> requests.Session:
        session: requests.Session = super()._init_session()
        session.max_redirects, session.trust_env = 0, False
        return session


def _decision(answer: Any) -> Decision:
    match answer:
        case {"result": {"allow": bool(allowed), "reasons": [*reasons]}} if allowed == (not reasons):
            return Decision(allowed, tuple(map(str, reasons)))
    raise UnavailableError("the policy server has no decision: is the bundle of reference_impl/policy loaded?")


def _address(url: str) -> tuple[str, int, bool]:
    try:
        parts = urlsplit(url)
        tls, port = parts.scheme == "https", parts.port
    except ValueError:
        parts, tls, port = urlsplit(""), False, None
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.username:
        raise ConfigurationError("opa_url: https://HOST:PORT, or http://127.0.0.1:PORT")
    if not tls and not (parts.scheme == "http" and _is_here(parts.hostname)):
        raise ConfigurationError("opa_url: https, or http on this machine")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return host, port or (443 if tls else 8181), tls


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
