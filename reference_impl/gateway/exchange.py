"""One request to the gateway and its answer, or what kind of failure it was.

Failures are values here, not exceptions: an exception of the HTTP library quotes what it received, and would travel
along as the context of ours, into logs and error trackers.
"""

from __future__ import annotations

import logging
import secrets
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from types import TracebackType

import anyio
import httpx

from reference_impl.errors import ConfigurationError, IntegrityError
from reference_impl.gateway import answers
from reference_impl.gateway.answers import Absent, Answer
from reference_impl.gateway.encryption import GatewayKeys, open_answer
from reference_impl.gateway.tls import PinnedContext

MAX_ANSWER_BYTES = 16 * 1024
MEDIA_TYPE = "application/jose"
_RETRY = frozenset({502, 503, 504})
_HEADERS = {
    "Accept": MEDIA_TYPE,
    "Accept-Encoding": "identity",
    "Content-Type": "application/json",
    "User-Agent": "PaymentService/1.0",
    "X-Encryption-Version": "1.0",
}

# At DEBUG httpcore logs the status line and headers it gets: who answers would choose what our log says.
logging.getLogger("httpcore.http11").addFilter(lambda record: record.levelno > logging.DEBUG)


class Failure(Enum):
    """What is known of a request that got no usable answer."""

    NOT_SENT = "no connection"
    UNTRUSTED = "no connection: certificate, pin or TLS version"
    SILENT = "sent; no answer in time, a lost connection, or 502, 503, 504"
    GARBAGE = "sent; an answer that is not the gateway's"


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. `total`: of an operation with all its tries; `attempt`: of one request, `connect`: of its connection.

    `tries`: of one request; `backoff`: the longest pause before the second, doubled for each further one.
    """

    total: float = 30.0
    attempt: float = 8.0
    connect: float = 3.0
    tries: int = 3
    backoff: float = 0.25


def checked_url(url: str, hosts: Iterable[str]) -> httpx.URL:
    """Parsed by who will connect to it: two parsers may disagree on the host.

    Raises ConfigurationError unless it is https, its host is one of `hosts`, and nothing but a path follows.
    """
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        raise ConfigurationError("gateway_url: not a URL") from None
    if parsed.scheme != "https" or parsed.host not in set(hosts):
        raise ConfigurationError("gateway_url: https, and a host of gateway_hosts")
    if parsed.userinfo or parsed.query or parsed.fragment:
        raise ConfigurationError("gateway_url: no user, query or fragment")
    return parsed


class Exchange:
    """Connections to one gateway. An async context manager; ends with its connections closed."""

    def __init__(self, url: httpx.URL, context: PinnedContext, keys: GatewayKeys, timing: Timing) -> None:
        self._url = url
        self._keys = keys
        self._timing = timing
        # The transport alone: no redirects, cookies, proxies of the environment, nor a log of what a server says.
        self._transport = httpx.AsyncHTTPTransport(verify=context)
        limits = httpx.Timeout(timing.attempt, connect=timing.connect)
        self._extensions = {"timeout": limits.as_dict()}

    async def __aenter__(self) -> Exchange:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.aclose()

    async def ask(self, method: str, path: str, idempotency_key: str, body: bytes | None = None) -> Answer | Failure:
        """Sends one request, once. The answer is one to this very request."""
        request_id = secrets.token_hex(16)
        headers = _HEADERS | {"Idempotency-Key": idempotency_key, "X-Request-Id": request_id}
        url = self._url.copy_with(path=self._url.path.rstrip("/") + path)
        request = httpx.Request(method, url, headers=headers, content=body, extensions=self._extensions)
        received = await self._send(request)
        if isinstance(received, Failure):
            return received
        try:
            answer = answers.read(open_answer(self._keys, received))
        except IntegrityError:
            return Failure.GARBAGE
        fits = answer.request_id == request_id and answer.idempotency_key == idempotency_key
        if not fits or (body is not None and isinstance(answer, Absent)):
            return Failure.GARBAGE
        return answer

    async def _send(self, request: httpx.Request) -> bytes | Failure:
        try:
            # httpx times each read; a server that trickles would hold us for ever.
            with anyio.fail_after(self._timing.attempt):
                response = await self._transport.handle_async_request(request)
                try:
                    return await _body(response)
                finally:
                    await response.aclose()
        except httpx.ConnectError as error:
            return Failure.UNTRUSTED if _is_tls(error) else Failure.NOT_SENT
        except (httpx.ConnectTimeout, httpx.PoolTimeout):
            return Failure.NOT_SENT
        except (httpx.TransportError, TimeoutError, ssl.SSLError):  # a TLS alert after the handshake comes as it is
            return Failure.SILENT


async def _body(response: httpx.Response) -> bytes | Failure:
    if response.status_code in _RETRY:
        return Failure.SILENT
    headers = response.headers
    if headers.get("content-type") != MEDIA_TYPE or "content-encoding" in headers:
        return Failure.GARBAGE
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > MAX_ANSWER_BYTES:
            return Failure.GARBAGE
    return bytes(body)


def _is_tls(error: BaseException) -> bool:
    """Whether TLS is why the connection failed: a broken network is tried again, a wrong certificate is not."""
    cause: BaseException | None = error
    while cause is not None:
        # A connection that ends during the handshake is an SSLEOFError: the network, not a proof that failed.
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError):
            return True
        cause = cause.__cause__ or cause.__context__  # httpcore leaves the context only
    return False
