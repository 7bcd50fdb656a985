"""The application that routes are added to."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from typing_extensions import override

from reference_impl.web.description import DescribedApi
from reference_impl.web.direct import direct
from reference_impl.web.errors import install


class _Application(DescribedApi):
    """One list of routes, however many routers they come from."""

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
            self.router.routes.append(route)


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
