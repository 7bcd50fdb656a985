"""Engines for the tests of the Rego engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from scanner.engines.rego import RegoEngine
from scanner.model import Json
from tests.opa import free_port

LIBRARY = Path(__file__).resolve().parents[3] / "rules" / "rego" / "lib"


@pytest.fixture
def unused_port() -> int:
    """A port nobody listens on."""
    return free_port()


@pytest.fixture(params=["embedded", "server"])
def backend_name(request: pytest.FixtureRequest) -> str:
    """The name of either backend that must answer alike."""
    return str(request.param)


@pytest.fixture
def start(request: pytest.FixtureRequest) -> Iterator[Callable[..., RegoEngine]]:
    """Starts engines by backend name, and closes them."""
    engines: list[RegoEngine] = []

    def begin(name: str, modules: Mapping[str, str], data: Json | None = None) -> RegoEngine:
        url = request.getfixturevalue("opa_server") if name == "server" else None
        engine = RegoEngine(modules, data or {}, opa_url=url, guard=name == "guarded")
        engines.append(engine)
        return engine

    yield begin
    for engine in engines:
        engine.close()


@pytest.fixture(scope="session")
def library() -> dict[str, str]:
    """The library that every rule may import, as modules."""
    return {f"rego/lib/{path.name}": path.read_text(encoding="utf-8") for path in sorted(LIBRARY.glob("*.rego"))}
