"""What routes say about who may call them, tried over a real server and a real issuer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pyotp
import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from reference_impl.auth.api import Authenticator, check_routes, public
from reference_impl.auth.jwks import Jwks
from reference_impl.auth.model import NEEDS_PCI_ACCESS, NEEDS_STEP_UP, PCI_ACCESS, ROLES, Caller, Permission, Principal
from reference_impl.auth.origin import TrustedProxies, source
from reference_impl.auth.routes import router
from reference_impl.auth.stepup import StepUp
from reference_impl.auth.store import STEP_UP, TOTP, TotpStore
from reference_impl.auth.tokens import TokenVerifier
from reference_impl.auth.watch import FailedSignIns
from reference_impl.database import METADATA, connect
from reference_impl.errors import ConfigurationError, NotAuthenticatedError, UnavailableError
from reference_impl.limits.memory import MemoryLimits
from reference_impl.limits.model import Rate
from reference_impl.web import server
from reference_impl.web.app import application
from reference_impl.web.middleware import Edge, protect
from tests.reference.issuer import AUDIENCE, Issuer, running_issuer
from tests.reference.memory_log import MemoryLog
from tests.reference.memory_wrapper import MemoryWrapper
from tests.reference.server import served

pytestmark = pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")


class Service(SimpleNamespace):
    """A service with one route per permission, `/v1/PERMISSION`."""

    issuer: Issuer
    audit: MemoryLog
    client: httpx.Client

    def ask(self, permission: Permission, **who: Any) -> httpx.Response:
        return self.client.get(f"/v1/{permission.value}", headers=self.issuer.bearer(**who))


def bare(lifespan: Any = None) -> FastAPI:
    return application("test", lifespan)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("service")
    audit = MemoryLog()
    with running_issuer(folder) as issuer:
        engine = connect(f"sqlite+aiosqlite:///{folder / 'service.db'}")

        async def tables() -> None:
            async with engine.begin() as connection:
                await connection.run_sync(METADATA.create_all, tables=[TOTP, STEP_UP])
            await engine.dispose()

        asyncio.run(tables())
        client = issuer.client()
        jwks = Jwks(issuer.jwks_url, client)

        @asynccontextmanager
        async def lifespan(_: FastAPI) -> AsyncIterator[None]:
            yield
            await jwks.aclose()
            await client.aclose()
            await engine.dispose()

        verifier = TokenVerifier(issuer.url, AUDIENCE, jwks)
        failures = FailedSignIns(MemoryLimits())
        step_up = StepUp(TotpStore(engine), MemoryWrapper(), MemoryLimits(), audit=audit, failures=failures)
        auth = Authenticator(verifier, step_up, audit=audit, failures=failures)
        app = bare(lifespan)
        for permission in Permission:
            app.add_api_route(f"/v1/{permission.value}", show, dependencies=[Depends(auth.require(permission))])
        app.add_api_route("/v1/me", me(auth.require(Permission.READ_TOKEN)))
        app.include_router(router(auth, step_up))
        check_routes(app)
        whole = protect(
            app,
            proxies=TrustedProxies(["127.0.0.0/8"]),
            limits=MemoryLimits(),
            rate=Rate(10_000, 60),
            max_bytes=1024,
        )
        with (
            served(server.config(whole, "127.0.0.1", 0)) as port,
            httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as caller,
        ):
            yield Service(issuer=issuer, audit=audit, client=caller)


async def show() -> str:
    return "done"


def me(requirement: Any) -> Callable[..., Any]:
    allowed = Depends(requirement)

    async def caller(who: Caller = allowed) -> dict[str, Any]:
        return {"subject": who.principal.subject, "origin": who.origin, "request_id": who.request_id}

    return caller


def test_every_role_may_what_it_says_and_nothing_else(service: Service) -> None:
    for role, granted in ROLES.items():
        for permission in Permission:
            response = service.ask(permission, subject=f"only-{role}", roles=[role])
            if permission in granted - NEEDS_STEP_UP:
                assert response.status_code == 200, (role, permission)
            else:
                assert response.status_code == 403, (role, permission)
                code = "step_up_required" if permission in granted else "forbidden"
                assert response.json()["error"]["code"] == code


def test_an_unknown_role_grants_nothing(service: Service) -> None:
    for roles in ([], ["admin"], ["PCI_ACCESS"], ["*"]):
        assert {service.ask(permission, roles=roles).status_code for permission in Permission} == {403}


def test_pci_access_is_needed_whatever_else_grants_it(monkeypatch: pytest.MonkeyPatch, service: Service) -> None:
    assert Permission.DETOKENIZE in NEEDS_PCI_ACCESS & NEEDS_STEP_UP
    monkeypatch.setitem(ROLES, "superuser", frozenset(Permission))
    response = service.ask(Permission.DETOKENIZE, roles=["superuser"])
    assert (response.status_code, response.json()["error"]["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("Authorization", "")],
        [("Authorization", "Bearer")],
        [("Authorization", "Basic YWxpY2U6cGFzcw==")],
        [("Authorization", "Bearer not.a.token")],
        [("Authorization", "Bearer a"), ("Authorization", "Bearer b")],
        [("Cookie", "access_token=a.b.c")],
    ],
    ids=str,
)
def test_without_a_good_token(service: Service, headers: list[tuple[str, str]]) -> None:
    service.audit.events.clear()
    response = service.client.get("/v1/me", headers=headers)
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
    assert response.json()["error"]["code"] == "not_authenticated"
    [event] = service.audit.events
    assert (event.user, event.action, event.outcome.value, event.resource) == (
        "-",
        "authenticate",
        "failure",
        "tokens:read",
    )
    assert (event.origin, event.request_id) == ("127.0.0.1", response.headers["x-request-id"])


def test_a_token_in_the_query_is_none(service: Service) -> None:
    token = service.issuer.token()
    assert service.client.get("/v1/me", params={"access_token": token}).status_code == 401


def test_denials_and_the_first_use_of_a_token_are_recorded(service: Service) -> None:
    service.audit.events.clear()
    headers = service.issuer.bearer(roles=["support"])
    for _ in range(3):
        assert service.client.get("/v1/me", headers=headers).status_code == 200
    assert service.client.get("/v1/keys:rotate", headers=headers).status_code == 403
    assert service.audit.summary() == [
        ("alice", "authenticate", "success", ""),
        ("alice", "authorize", "denied", "forbidden"),
    ]
    assert service.client.get("/v1/me", headers=headers | {"X-Forwarded-For": "192.0.2.9"}).status_code == 200
    assert service.audit.events[-1].origin == "192.0.2.9"  # the same token from elsewhere is news


def test_what_cannot_be_recorded_does_not_happen(service: Service) -> None:
    service.audit.failing = True
    try:
        assert service.client.get("/v1/me", headers=service.issuer.bearer()).status_code == 503
        assert service.client.get("/v1/me").status_code == 503
    finally:
        service.audit.failing = False


def test_a_second_factor_over_http(service: Service) -> None:
    headers = service.issuer.bearer(subject="carol", roles=[PCI_ACCESS])
    detokenize = "/v1/tokens:detokenize"
    assert service.client.get(detokenize, headers=headers).json()["error"]["code"] == "step_up_required"
    enrolled = service.client.post("/v1/totp", headers=headers)
    assert enrolled.status_code == 201
    totp = pyotp.parse_uri(enrolled.json()["uri"])
    assert isinstance(totp, pyotp.TOTP)
    code = totp.at(int(time.time()))
    assert service.client.post("/v1/step-up", headers=headers, json={"code": code}).json() == {"expires_in": 300}
    assert service.client.get(detokenize, headers=headers).status_code == 200
    assert service.client.post("/v1/totp", headers=headers).status_code == 409
    again = service.client.post("/v1/step-up", headers=headers, json={"code": code})
    assert (again.status_code, again.json()["error"]["code"]) == (403, "step_up_required")
    other_session = service.issuer.bearer(subject="carol", roles=[PCI_ACCESS])
    assert service.client.get(detokenize, headers=other_session).status_code == 403
    for bad in ("", "12345", "1234567", "１２３４５６", "12345\n", 123456, None, "123456\n"):
        refused = service.client.post("/v1/step-up", headers=headers, json={"code": bad})
        assert refused.status_code == 422
        assert refused.json()["error"]["fields"] == [{"field": "body.code", "message": "is not valid"}]


def test_every_route_says_who_may() -> None:
    auth = Authenticator(None, None, audit=MemoryLog(), failures=FailedSignIns(MemoryLimits()))  # type: ignore[arg-type]
    may = Depends(auth.require(Permission.READ_TOKEN))
    guarded = APIRouter(prefix="/guarded", dependencies=[may])
    guarded.add_api_route("/a", show)
    nested = APIRouter(prefix="/nested")
    nested.include_router(guarded)
    unguarded = APIRouter()
    unguarded.add_api_route("/b", show)
    nested.include_router(unguarded, dependencies=[may])
    app = bare()
    app.include_router(nested)
    app.add_api_route("/health", show, dependencies=[Depends(public)])
    check_routes(app)

    def forgotten(app: FastAPI) -> None:
        app.add_api_route("/open", show)

    def forgotten_below(app: FastAPI) -> None:
        inner, outer = APIRouter(), APIRouter(prefix="/v1")
        inner.add_api_route("/open", show, include_in_schema=False)
        outer.include_router(inner)
        app.include_router(outer)

    def both(app: FastAPI) -> None:
        app.add_api_route("/both", show, dependencies=[may, Depends(public)])

    def foreign(app: FastAPI) -> None:
        app.router.routes.append(Route("/foreign", show))

    def mounted(app: FastAPI) -> None:
        app.router.routes.append(Mount("/mounted", FastAPI()))

    def websocket(app: FastAPI) -> None:
        app.add_api_websocket_route("/socket", show)

    for wrong in (forgotten, forgotten_below, both, foreign, mounted, websocket):
        app = bare()
        wrong(app)
        with pytest.raises(ConfigurationError, match="route requires one permission"):
            check_routes(app)
    with pytest.raises(ConfigurationError):
        check_routes(FastAPI())  # documentation pages are open


def test_what_the_check_does_not_see_is_not_answered(tmp_path: Path) -> None:
    """Routes that the framework does not list, or that come after the check."""
    (tmp_path / "index.html").write_text("secret")
    app = bare()
    app.router.default = StaticFiles(directory=tmp_path)  # type: ignore[assignment]
    check_routes(app)
    app.add_api_route("/late", show)
    app.add_api_route("/health", show, dependencies=[Depends(public)])
    with (
        served(server.config(Edge(app, TrustedProxies()), "127.0.0.1", 0)) as port,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
    ):
        assert client.get("/health").status_code == 200
        for path in ("/index.html", "/late"):
            response = client.get(path)
            assert (response.status_code, response.json()["error"]["code"]) == (500, "internal_error")
        assert client.get("/health/").status_code == 404  # no redirect, which would repeat the path


def test_nothing_is_answered_without_the_edge() -> None:
    """An application started without the middleware fails closed."""

    class Anybody:
        async def verify(self, token: str) -> Principal:
            raise NotAuthenticatedError("nobody")

    app = bare()
    auth = Authenticator(Anybody(), None, audit=MemoryLog(), failures=FailedSignIns(MemoryLimits()))  # type: ignore[arg-type]
    app.add_api_route("/a", show, dependencies=[Depends(auth.require(Permission.READ_TOKEN))])
    with served(server.config(app, "127.0.0.1", 0)) as port:
        assert httpx.get(f"http://127.0.0.1:{port}/a", trust_env=False).status_code == 500


def test_an_issuer_that_is_away_is_not_a_wrong_token(service: Service) -> None:
    class Away:
        async def key(self, kid: str, alg: str) -> None:
            raise UnavailableError("the issuer's keys cannot be fetched")

    verifier = TokenVerifier(service.issuer.url, AUDIENCE, Away())
    with pytest.raises(UnavailableError):
        asyncio.run(verifier.verify(service.issuer.token()))


@pytest.mark.parametrize(
    ("peer", "forwarded", "origin"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),  # sent by a client
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["192.0.2.66, 198.51.100.1"], "198.51.100.1"),  # the left one was made up
        ("10.0.0.1", ["192.0.2.66", "198.51.100.1, 10.0.0.2"], "198.51.100.1"),
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        ("10.0.0.1", ["198.51.100.1, nonsense"], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1, nonsense, 10.0.0.2"], "10.0.0.2"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("::ffff:10.0.0.1", ["2001:db8::1"], "2001:db8::1"),
        ("fe80::1%eth0", [], "fe80::1"),
        (None, ["198.51.100.1"], "unknown"),
    ],
)
def test_origin(peer: str | None, forwarded: list[str], origin: str) -> None:
    assert TrustedProxies(["10.0.0.0/8"]).origin(peer, forwarded) == origin


def test_sources_and_networks() -> None:
    assert source("192.0.2.1") == "192.0.2.1"
    assert source("2001:db8:1:2:3:4:5:6") == source("2001:db8:1:2::") == "2001:db8:1:2::/64"
    assert source("unknown") == "unknown"
    with pytest.raises(ConfigurationError):
        TrustedProxies(["everywhere"])
