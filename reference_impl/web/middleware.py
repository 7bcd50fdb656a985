"""What stands before the application, outermost first: `Edge`, `RateLimit`, `Body`. Plain ASGI."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Mapping
from types import MappingProxyType, TracebackType
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_impl.auth.origin import TrustedProxies, source
from reference_impl.errors import InvalidInputError, LimitedError, SlowRequestError, TooLargeError, UnavailableError
from reference_impl.limits.model import Limits, Rate
from reference_impl.web.deadline import Deadline
from reference_impl.web.errors import Problem, log_failure, of
from reference_impl.web.logs import of_request

_log = logging.getLogger(__name__)

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""On every answer. X-XSS-Protection is not among them: browsers dropped it, and it opened holes of its own."""

_SECURITY_PAIRS = [(name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]
_OF_A_ROUTE = frozenset({b"cache-control", b"content-security-policy"})
"""What a route may say for itself: public keys are cached, the page with a processor's fields loads its script."""
_OVERRIDDEN = (
    frozenset({name for name, _ in _SECURITY_PAIRS} | {b"x-request-id", b"server", b"x-powered-by"}) - _OF_A_ROUTE
)

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_REQUEST_ID = re.compile(r"[a-z]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LONG_NUMBER = re.compile(r"[0-9]{13}")
_LETTERS = str.maketrans("0123456789", "ghijklmnop")

BODY_SECONDS = 10.0
ANSWER_SECONDS = 30.0


def new_request_id() -> str:
    """128 random bits in letters only: nothing that looks for card numbers in a log takes one for it."""
    return os.urandom(16).hex().translate(_LETTERS)


def request_id(offered: str | None) -> str:
    """The caller's, if it is one of ours or a UUID and cannot be a card number in disguise; else a new one."""
    if offered and _REQUEST_ID.fullmatch(offered) and not _LONG_NUMBER.search(offered.replace("-", "")):
        return offered
    return new_request_id()


class UndeclaredAccessError(Exception):
    """A route answered that neither required a permission nor said that it is public."""


class Edge:
    """Origin and request id into the state of the request, security headers onto the answer, a line into the log.

    Denied by default (7.3.3): a success of a route for which `auth.api` was not asked does not leave the service.
    No exception passes it: servers print those with their text, which may hold what a caller sent.
    """

    def __init__(self, app: ASGIApp, proxies: TrustedProxies) -> None:
        self._app, self._proxies = app, proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI. Nothing but HTTP and the start and end of the application is let in."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        peer = scope["client"][0] if scope.get("client") else None
        state = scope.setdefault("state", {})
        state["origin"] = self._proxies.origin(peer, headers.getlist("x-forwarded-for"))
        state["request_id"] = request_id(headers.get("x-request-id"))
        of_request(state["request_id"])
        answer = _Answer(scope, send)
        async with answer:
            await self._app(scope, receive, answer.send)
        await answer.finish()


class _Answer:
    """One answer on its way out, made here if what was asked to make it could not."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self._began = time.perf_counter()
        self._status = 0
        self._complete = False
        self._problem: Problem | None = None

    async def send(self, message: Message) -> None:
        """ASGI."""
        if message["type"] == "http.response.start":
            if message["status"] < 400 and "access" not in self._scope["state"]:
                raise UndeclaredAccessError
            self._status = message["status"]
            request_id = (b"x-request-id", self._scope["state"]["request_id"].encode())
            kept = [pair for pair in message.get("headers", ()) if pair[0].lower() not in _OVERRIDDEN]
            said = {name.lower() for name, _ in kept}
            message = {
                **message,
                "headers": [*kept, *(pair for pair in _SECURITY_PAIRS if pair[0] not in said), request_id],
            }
        elif not message.get("more_body", False):
            self._complete = True
        await self._send(message)

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> bool:
        """Takes every exception except those that end a task or the process."""
        if not isinstance(error, Exception):
            return False
        self._problem = of(error)
        self._scope["state"]["error_code"] = self._problem.code
        if self._problem.status >= 500:
            log_failure(error, self._scope["state"]["request_id"])
        return True

    async def finish(self) -> None:
        """Says what went wrong, if nothing was said yet, and logs the request."""
        if self._problem is not None and not self._status:
            body = self._problem.body(self._scope["state"]["request_id"])
            headers = {**self._problem.headers, "Content-Type": "application/json", "Content-Length": str(len(body))}
            headers["Connection"] = "close"  # the body may not have been read
            pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
            await self.send({"type": "http.response.start", "status": self._problem.status, "headers": pairs})
            await self.send({"type": "http.response.body", "body": body})
        method, route = self._scope["method"], self._scope.get("route")
        extra = {
            "request_id": self._scope["state"]["request_id"],
            "origin": self._scope["state"]["origin"],
            "method": method if method in METHODS else "other",
            "route": getattr(route, "path", "none"),
            "status": self._status,
            "duration_ms": round((time.perf_counter() - self._began) * 1000, 1),
        }
        _log.info("request" if self._complete else "request_cut_off", extra=extra)


class RateLimit:
    """So many requests of one address; then 429. For an application that says nothing about limits, too."""

    def __init__(self, app: ASGIApp, limits: Limits, rate: Rate) -> None:
        self._app, self._limits, self._rate = app, limits, rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI. Raises LimitedError."""
        if scope["type"] == "http":
            key = f"requests:{source(scope['state']['origin'])}"
            decision = await self._limits.hit(key, self._rate.limit, self._rate.window_seconds)
            if not decision.allowed:
                raise LimitedError("too many requests from this address", decision.retry_after)
        await self._app(scope, receive, send)


class Body:
    """Looks at the query and reads a body before the application starts: not more of it than the limit, and not longer
    than its time.

    `larger`: limits of single paths, for what others send in sizes of their own.
    """

    def __init__(
        self,
        app: ASGIApp,
        max_bytes: int,
        larger: Mapping[str, int] = MappingProxyType({}),
        *,
        body_seconds: float = BODY_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._app, self._max_bytes, self._larger = app, max_bytes, larger
        self._body_seconds, self._answer_seconds = body_seconds, answer_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI. Raises InvalidInputError, TooLargeError, SlowRequestError; UnavailableError for too slow an answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        _check_query(scope["query_string"])
        limit = self._larger.get(scope["path"], self._max_bytes)
        if int(Headers(scope=scope).get("content-length", "0")) > limit:
            raise TooLargeError("the body is too large")
        body: bytes | None = None
        with Deadline(self._body_seconds) as deadline:
            body = await self._read(receive, limit)
            if body is None:
                return
            deadline.restart(self._answer_seconds)
            await self._app(scope, _replay(body, receive), send)
        if deadline.passed and body is None:
            raise SlowRequestError("the body took too long to arrive")
        if deadline.passed:
            raise UnavailableError("the answer took too long; whether it was done is not known")

    @staticmethod
    async def _read(receive: Receive, limit: int) -> bytes | None:
        """None: the client went away."""
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if len(body) > limit:
                raise TooLargeError("the body is too large")
            if not message.get("more_body", False):
                return bytes(body)


def _check_query(query: bytes) -> None:
    """A parameter that is given twice means one thing to us and may mean another to a proxy before us."""
    if b"&" in query:
        names = [name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)]
        if len(names) != len(set(names)):
            raise InvalidInputError("a query parameter is given more than once", "query")


def _replay(body: bytes, receive: Receive) -> Receive:
    """Gives the body once, then what comes after it."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay


def protect(
    app: ASGIApp,
    *,
    proxies: TrustedProxies,
    limits: Limits,
    rate: Rate,
    max_bytes: int,
    larger: Mapping[str, int] = MappingProxyType({}),
) -> ASGIApp:
    """The application with everything before it, in this order. `max_bytes`, `larger`: see `Body`."""
    return Edge(RateLimit(Body(app, max_bytes, larger), limits, rate), proxies)
