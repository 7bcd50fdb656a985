"""The whole service as it is started, on a port of its own, and a client of it."""

from __future__ import annotations

import atexit
import io
import json
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest
import uvicorn
from pydantic import SecretStr

from reference_impl.bootstrap import Service, started
from reference_impl.demo import access_token, settings_of
from reference_impl.settings import Settings
from reference_impl.web import logs, server
from tests.reference.server import served_from

PAN, CODE, HOLDER = "4000056655665556", "7391", "Ada Quixote"
"""A published test number that nothing else here uses."""
CARD = {"number": PAN, "expiry": {"month": 12, "year": date.today().year + 2}, "holder": HOLDER}


@dataclass
class Shop:
    """A client of the running service. `log`: what the service logged."""

    place: Path
    settings: Settings
    client: httpx.Client
    log: io.StringIO
    description: dict[str, Any] = field(default_factory=dict)

    def store(self, **changed: Any) -> httpx.Response:
        return self.client.post("/v1/tokens", json={"card": {**CARD, **changed}})


@cache
def _prepared() -> Path:
    """A demonstration's folder: deriving the key of its key file from the passphrase is slow, and has to be."""
    folder = Path(tempfile.mkdtemp(prefix="pl-place-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings_of(folder / "place")
    return folder / "place"


def settings_in(place: Path) -> Settings:
    """As `settings_of`, with the keys of every other place of this session."""
    shutil.copytree(_prepared(), place)
    return settings_of(place)


def environment_of(settings: Settings) -> dict[str, str]:
    """What a process is to find in its environment, to have these settings."""
    found: dict[str, str] = {}
    for name, field_ in Settings.model_fields.items():
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            value = value.get_secret_value()
        if value != field_.default:
            found[f"PAYMENT_{name.upper()}"] = json.dumps(value) if isinstance(value, tuple) else str(value)
    return found


@contextmanager
def serving(
    settings: Settings,
    on_start: Callable[[Service], object] = lambda _: None,
    certificate: server.Certificate | None = None,
) -> Iterator[int]:
    """The service in a thread of its own; gives the port. `on_start`: is shown the service before it is served."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[uvicorn.Config]:
        async with started(settings, certificate) as service:
            on_start(service)
            yield server.config(service.served, "127.0.0.1", 0, certificate)

    with served_from(opened()) as port:
        yield port


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    place = tmp_path / "place"
    settings = settings_in(place)
    if request.param == "postgresql":
        settings = settings.model_copy(update={"database_url": request.getfixturevalue("postgres_url")})
    settings = settings.model_copy(update={"rate_limit_requests": 10_000})
    log = io.StringIO()
    logs.configure(log)
    description: dict[str, Any] = {}
    with serving(settings, lambda service: description.update(service.routes.openapi())) as port:
        headers = {"Authorization": f"Bearer {access_token(place)}"}
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30) as client:
            yield Shop(place, settings, client, log, description)


def stepped_up(shop: Shop) -> None:
    uri = shop.client.post("/v1/totp").raise_for_status().json()["uri"]
    code = pyotp.parse_uri(uri).now()  # type: ignore[union-attr]
    shop.client.post("/v1/step-up", json={"code": code}).raise_for_status()
