"""The application that routes are added to."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from reference_impl.web.description import DescribedApi
from reference_impl.web.errors import install


def application(title: str, lifespan: Any = None) -> FastAPI:
    """Errors in one shape, no documentation pages, and no redirects: those repeat the path that was asked for.

    `lifespan`: as FastAPI takes it. `auth.api.check_routes` once all routes are there, `web.middleware.protect` around
    it.
    """
    app = DescribedApi(
        title=title,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    install(app)
    return app
