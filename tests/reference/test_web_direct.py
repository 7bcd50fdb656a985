"""Plain routes are answered without the framework, and nobody can tell."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field

from reference_impl.auth.api import Requirement, public
from reference_impl.auth.model import Caller, Permission
from reference_impl.auth.origin import TrustedProxies
from reference_impl.errors import NotAuthenticatedError, NotFoundError
from reference_impl.limits.memory import MemoryLimits
from reference_impl.limits.model import Rate
from reference_impl.web.app import application
from reference_impl.web.direct import direct
from reference_impl.web.middleware import protect

OPEN = Depends(public)


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str = Field(max_length=8)
    number: int = 1
    inner: Body | None = None


class View(BaseModel):
    name: str
    day: date = Field(alias="theDay")


def plain() -> APIRouter:
    routes = APIRouter(prefix="/x", dependencies=[OPEN])

    @routes.post("/{name}", status_code=201)
    async def make(name: str, body: Body) -> View:
        return View(name=f"{name} {body.name} {body.number}", theDay=date(2030, 1, 2))

    @routes.get("/{name}")
    async def show(name: str) -> View:
        if name == "none":
            raise NotFoundError("there is none")
        return View(name=name, theDay=date(2030, 1, 2))

    @routes.delete("/{name}", status_code=204)
    async def drop(name: str) -> None:
        return

    @routes.post("")
    async def fixed(body: Body) -> View:
        if body.number == 404:
            raise NotFoundError("there is none")
        return View(name=body.name, theDay=date(2030, 1, 2))

    @routes.get("/late")
    async def late() -> View:
        return View(name="late", theDay=date(2030, 1, 3))

    return routes


def served(app: FastAPI) -> Any:
    whole = protect(app, proxies=TrustedProxies(), limits=MemoryLimits(), rate=Rate(10_000, 60), max_bytes=4096)
    return httpx.ASGITransport(whole)


def answers(app: FastAPI, requests: list[dict[str, Any]]) -> list[tuple[int, str, Any]]:
    async def ask() -> list[tuple[int, str, Any]]:
        found = []
        async with httpx.AsyncClient(transport=served(app), base_url="http://x") as client:
            for one in requests:
                headers = {"X-Request-ID": "a" * 32, **one.get("headers", {})}
                response = await client.request(**{**one, "headers": headers})
                found.append((response.status_code, response.text, sorted(response.headers.multi_items())))
        return found

    return asyncio.run(ask())


JSON = {"content-type": "application/json"}
BODIES: list[bytes] = [
    *(
        json.dumps(one).encode()
        for one in (
            {"name": "a"},
            {"name": "é\u2028\U0001f4b3", "number": 2},
            {"name": "a" * 9, "number": "2", "more": 1},
            {"name": "a", "inner": {"name": "b", "inner": {}}},
            {"name": "a", "number": 1.0},
            {"name": "a", "number": True},
            {"name": "a", "number": 10**30},
            {},
            [],
            "a",
            7,
        )
    ),
    b"",
    b"{",
    b'{"name": "a", "name": "b"}',
    b'{"name": "a"} x',
]
REQUESTS: list[dict[str, Any]] = [
    *({"method": "POST", "url": url, "content": body, "headers": JSON} for body in BODIES for url in ("/x", "/x/one")),
    *(
        {"method": "POST", "url": "/x/one", "content": b'{"name": "a"}', "headers": {"content-type": kind}}
        for kind in ("application/json; charset=utf-8", "Application/JSON", "application/a+json", "text/plain", "json")
    ),
    {"method": "POST", "url": "/x/one", "content": b'{"name": "a"}'},
    {"method": "GET", "url": "/x/one"},
    {"method": "GET", "url": "/x/o%2Fne%20%C3%A9"},
    {"method": "GET", "url": "/x/none"},
    {"method": "PUT", "url": "/x/one"},
    {"method": "GET", "url": "/y"},
    {"method": "POST", "url": "/x", "content": b'{"name": "a", "number": 404}', "headers": JSON},
    {"method": "GET", "url": "/x"},
    {"method": "POST", "url": "/x/"},
    {"method": "POST", "url": "/x?number=2", "content": b'{"name": "a"}', "headers": JSON},
    {"method": "GET", "url": "/x/late"},
]


def test_nobody_can_tell() -> None:
    ours, theirs = application("ours"), application("theirs")
    ours.include_router(plain())
    FastAPI.include_router(theirs, plain())
    assert all(isinstance(route, APIRoute) and direct(route) is not None for route in ours.routes)
    for one, mine, framework in zip(REQUESTS, answers(ours, REQUESTS), answers(theirs, REQUESTS), strict=True):
        assert mine == framework, one
    [(status, text, headers)] = answers(ours, [{"method": "DELETE", "url": "/x/one"}])
    assert (status, text) == (204, "") and "content-length" not in dict(headers)


@pytest.mark.parametrize("body", [b"[" * 3000, b"\xff", b'{"name": "\\ud800"}', b"nul", b"NaN"])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    app = application("x")
    app.include_router(plain())
    [(status, text, _)] = answers(app, [{"method": "POST", "url": "/x/one", "content": body, "headers": JSON}])
    assert status == 422 and json.loads(text)["error"]["fields"][0]["field"] == "body"


class Closed:
    """An authenticator that lets nobody in."""

    async def caller(self, _: Request, __: Permission) -> Caller:
        raise NotAuthenticatedError("an access token is needed")


def test_nothing_is_parsed_for_somebody_unknown() -> None:
    routes = APIRouter()
    closed = Depends(Requirement(Closed(), Permission.TOKENIZE))  # type: ignore[arg-type]

    @routes.post("/closed")
    async def make(body: Body, caller: Caller = closed) -> View: ...

    app = application("x")
    app.include_router(routes)
    bodies = (b"{", b"", b"[]", b'{"name": 1}')
    asked = [{"method": "POST", "url": "/closed", "content": body, "headers": JSON} for body in bodies]
    assert [status for status, _, _ in answers(app, asked)] == [401] * len(bodies)


def test_other_routes_are_the_frameworks() -> None:
    routes = APIRouter(dependencies=[OPEN])

    async def query(name: str = Query(max_length=3)) -> View: ...

    async def header(idempotency_key: str = Header()) -> View: ...

    async def two(one: Body, two: Body) -> View: ...

    async def request(request: Request) -> View: ...

    async def optional(body: Body | None = None) -> View: ...

    async def many(body: Body) -> list[View]: ...

    async def raw() -> Response: ...

    def waiting(body: Body) -> View: ...

    async def number(name: int) -> View: ...

    async def good(name: str) -> View: ...

    for endpoint in (query, header, two, request, optional, many, raw, waiting):
        routes.add_api_route("/a", endpoint, methods=["POST"])
    routes.add_api_route("/{name}", number)
    routes.add_api_route("/{name}", good, response_model_exclude_none=True)
    routes.add_api_route("/{name}", good, response_model=list[View])
    routes.add_api_route("/{name}", good, dependencies=[OPEN])
    assert all(isinstance(route, APIRoute) and direct(route) is None for route in routes.routes)
