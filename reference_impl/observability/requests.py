"""Observes every request: the outermost layer, around `web.middleware.protect`. Plain ASGI."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI
from fastapi import routing as fastapi_routing
from opentelemetry.trace import Span, StatusCode
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_impl.observability.instruments import Instruments
from reference_impl.observability.model import METHODS, OTHER, Closed, Operation

NO_ROUTE = "none"


def templates(app: FastAPI) -> list[str]:
    """Of all routes, as `/v1/tokens/{token}`. Ask once all of them are there."""
    contexts: Any = getattr(fastapi_routing, "iter_route_contexts", iter)
    return [str(route.path) for route in contexts(app.routes) if getattr(route, "path", None)]


class Observed:
    """A measurement for each request, and a span for one that is kept, which is active until its log line is written.

    `templates`: of the application's routes; no other path is ever a label or an attribute.
    """

    def __init__(self, app: ASGIApp, instruments: Instruments, templates: Iterable[str]) -> None:
        self._app, self._instruments, self._metrics = app, instruments, instruments.metrics
        self._routes = Closed([*templates, NO_ROUTE])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI. Changes nothing that is received or sent."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        context = self._instruments.sampling.context(scope["headers"])
        if context is None:
            await self._measured(scope, receive, send, None)
            return
        with self._instruments.root(Operation.REQUEST, context) as span:
            await self._measured(scope, receive, send, span)

    async def _measured(self, scope: Scope, receive: Receive, send: Send, span: Span | None) -> None:
        began, status = time.perf_counter(), 0

        async def observed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        state = scope.setdefault("state", {})
        try:
            await self._app(scope, receive, observed)
        finally:
            route = self._routes.of(getattr(scope.get("route"), "path", NO_ROUTE))
            method = scope["method"] if scope["method"] in METHODS else OTHER
            self._metrics.request(method, route, status, time.perf_counter() - began)
            code = state.get("error_code")
            if code is not None:
                self._metrics.error(code)
            if span is not None:
                span.set_attribute("http.request.method", method)
                span.set_attribute("http.route", route)
                span.set_attribute("http.response.status_code", status)
                span.set_attribute("request_id", state.get("request_id", ""))
                if code is not None:
                    span.set_attribute("error.code", code)
                if status >= 500:
                    span.set_status(StatusCode.ERROR)
