"""What being observed costs a request, one figure a line: `python benchmarks/reference_observability.py`.

One started service on SQLite, asked in process without a socket; the same objects, with and without what observes them
in turns of a few requests, so that whatever else the machine does meets both alike. CPU time of the thread of the event
loop, where all of it runs but the sending of spans.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.reference_http import card_number
from reference_impl.bootstrap import started
from reference_impl.demo import access_token, settings_of
from reference_impl.observability.ground import ObservedAudit, ObservedLimits
from reference_impl.observability.parts import ObservedTokens
from reference_impl.observability.requests import Observed
from reference_impl.observability.traces import Sampling
from reference_impl.web import logs

TURNS, REQUESTS, AT_ONCE, WARM = 200, 32, 16, 20


def body_of(number: int) -> bytes:
    """A card nobody stored yet."""
    expiry = {"month": 12, "year": date.today().year + 2}
    return json.dumps({"card": {"number": card_number(number), "expiry": expiry, "holder": "Ada Quixote"}}).encode()


def scope_of(path: str, method: str, token: str, length: int) -> dict[str, Any]:
    """A request as a server hands it over."""
    headers = {"host": "localhost", "authorization": f"Bearer {token}", "content-type": "application/json"}
    headers |= {"content-length": str(length), "accept": "*/*", "user-agent": "benchmark"}
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }


async def ask(app: Any, scope: dict[str, Any], body: bytes) -> None:
    """Raises RuntimeError for an answer that is no success."""
    waiting, statuses = [{"type": "http.request", "body": body, "more_body": False}], list[int]()

    async def receive() -> dict[str, Any]:
        return waiting.pop() if waiting else await asyncio.get_running_loop().create_future()

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await app(scope, receive, send)
    if not statuses or statuses[0] >= 300:
        raise RuntimeError(f"answered {statuses}")


@contextmanager
def unobserved() -> Iterator[None]:
    """Those that observe a request do nothing but hand it on."""
    with ExitStack() as stack:
        for part, method, inner in (
            (Observed, "__call__", "_app"),
            (ObservedTokens, "tokenize", "_tokens"),
            (ObservedLimits, "hit", "_limits"),
            (ObservedAudit, "append", "_audit"),
        ):
            stack.enter_context(mock.patch.object(part, method, handed_on(method, inner)))
        yield


def handed_on(method: str, inner: str) -> Callable[..., Any]:
    """A method that calls the one of the same name."""

    def plain(self: Any, *given: Any, **named: Any) -> Any:
        return getattr(getattr(self, inner), method)(*given, **named)

    return plain


@contextmanager
def traced(share: float) -> Iterator[None]:
    """That share of the requests is traced: spans are made, cleaned, and wait to be sent to nobody."""
    sampling = Sampling(share)
    with mock.patch.object(Sampling, "context", lambda _, headers: chosen(sampling, headers)):
        yield


chosen = Sampling.context
WAYS: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "plain": unobserved,
    "traces_off": lambda: traced(0.0),
    "traces_1_in_100": lambda: traced(0.01),
    "traces_all": lambda: traced(1.0),
}


async def cpu(app: Any, requests: list[tuple[dict[str, Any], bytes]]) -> float:
    """Microseconds a request."""
    waiting = iter(requests)

    async def one_after_another() -> None:
        for scope, body in waiting:
            await ask(app, scope, body)

    begun = time.thread_time()
    await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))
    return (time.thread_time() - begun) / len(requests) * 1e6


async def compare(name: str, app: Any, request: Callable[[], tuple[dict[str, Any], bytes]]) -> None:
    """Of each way to be observed: the median of what its turns cost more than the turns without beside them."""
    took: dict[str, list[float]] = {way: [] for way in WAYS}
    order = list(WAYS)
    for turn in range(WARM + TURNS):
        order.append(order.pop(0))
        for way in order:
            requests = [request() for _ in range(REQUESTS)]
            with WAYS[way]():
                spent = await cpu(app, requests)
            if turn >= WARM:
                took[way].append(spent)
    plain = took.pop("plain")
    say(f"{name}.plain", statistics.median(plain), "us", "lower")
    for way, times in took.items():
        more = [seen - without for seen, without in zip(times, plain, strict=True)]
        say(f"{name}.{way}.more", statistics.median(more), "us", "lower")


def say(name: str, value: float, unit: str, better: str) -> None:
    """One line."""
    print(json.dumps({"name": f"observability.{name}", "value": round(value, 1), "unit": unit, "better": better}))


async def main() -> None:
    """Everything, in one run."""
    with tempfile.TemporaryDirectory() as name, Path("/dev/null").open("w") as nowhere:
        place = Path(name) / "place"
        away = {"traces_url": "http://127.0.0.1:9/v1/traces", "traces_share": 1.0}
        settings = settings_of(place).model_copy(update={"rate_limit_requests": 10**9, **away})
        logs.configure(nowhere)
        async with started(settings) as service:
            token, numbers = access_token(place), iter(range(10**9))

            def tokenize() -> tuple[dict[str, Any], bytes]:
                body = body_of(next(numbers))
                return scope_of("/v1/tokens", "POST", token, len(body)), body

            await compare("tokenize", service.served, tokenize)
            await compare("empty", service.served, lambda: (scope_of("/health/live", "GET", token, 0), b""))


if __name__ == "__main__":
    asyncio.run(main())
