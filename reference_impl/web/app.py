"""The application that routes are added to."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send
from typing_extensions import override

from reference_impl.errors import ServiceError
from reference_impl.web.description import DescribedApi
from reference_impl.web.direct import direct
from reference_impl.web.errors import answered, install


class _Application(DescribedApi):
    """One list of routes, however many routers they come from.

    Plain ones with a fixed path are found by it, past the framework's layers, which add nothing to them.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._fixed: dict[tuple[str, str], APIRoute] = {}

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        route = self._fixed.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        if route is None:
            await super().__call__(scope, receive, send)
            return
        scope.update({"app": self, "route": route, "path_params": {}})
        try:
            await route.app(scope, receive, send)
        except (ServiceError, RequestValidationError, HTTPException) as error:
            await (await answered(Request(scope), error))(scope, receive, send)

    @override
    def include_router(self, router: APIRouter, **given: Any) -> None:
        """A router that needs nothing added gives its routes away.

        One that the framework keeps is searched twice for every request, and its route's handler is made anew each
        time: a tenth of all that is done around a route.
        """
        if given or self.router.dependencies:
            super().include_router(router, **given)
            return
        for route in router.routes:
            if isinstance(route, APIRoute) and (app := direct(route)) is not None:
                route.app = app
                self._fix(route)
            self.router.routes.append(route)

    def _fix(self, route: APIRoute) -> None:
        """Unless a route before it takes such requests."""
        for method in (route.methods or ()) if not route.param_convertors else ():
            asked: Scope = {"type": "http", "method": method, "path": route.path}
            if not any(isinstance(one, Route) and one.matches(asked)[0] is Match.FULL for one in self.router.routes):
                self._fixed[method, route.path] = route


def application(title: str, lifespan: Any = None) -> FastAPI:
    """Errors in one shape, no documentation pages, and no redirects: those repeat the path that was asked for.

    `lifespan`: as FastAPI takes it. `auth.api.check_routes` once all routes are there, `web.middleware.protect` around
    it.
    """
    app = _Application(
        title=title,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    install(app)
    return app
