"""A small application around one router, with callers who are believed: for tests of a part's api."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from reference_impl.auth.model import Caller, Permission, Principal
from reference_impl.errors import ForbiddenError, ServiceError


def caller(tenant: str = "m1", *roles: str) -> Caller:
    """Somebody of this tenant."""
    return Caller(Principal("user-1", tenant, frozenset(roles or ("checkout",)), "session-1"), "192.0.2.1", "r1", False)


def require(permission: Permission) -> Callable[[Request], Caller]:
    """Believes the headers `x-tenant` and `x-role`."""

    def check(request: Request) -> Caller:
        who = caller(request.headers.get("x-tenant", "m1"), request.headers.get("x-role", "checkout"))
        if not who.principal.may(permission):
            raise ForbiddenError("not allowed")
        return who

    return check


def application(*routers: APIRouter) -> FastAPI:
    """Answers errors with their status and code, and says nothing of the input."""
    app = FastAPI()
    for one in routers:
        app.include_router(one)

    async def service_error(_: Request, error: Any) -> JSONResponse:
        fields = [error.field] if getattr(error, "field", "") else []
        return JSONResponse({"error": {"code": error.code, "message": str(error), "fields": fields}}, error.status)

    async def invalid(_: Request, error: Any) -> JSONResponse:
        return JSONResponse({"error": {"code": "invalid_input"}}, 422)

    app.add_exception_handler(ServiceError, service_error)
    app.add_exception_handler(RequestValidationError, invalid)
    return app
