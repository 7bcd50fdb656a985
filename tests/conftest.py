"""Fixtures for all tests."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.opa import opa_server

__all__ = ["opa_server"]

EXAMPLES = Path(__file__).parent.parent / "reports" / "examples"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite reports/examples/ instead of comparing with it"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares text with a file below reports/examples/, or writes it there under --update-golden."""

    def check(name: str, text: str) -> None:
        file = EXAMPLES / name
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8"))
        assert file.is_file(), f"{file.name} is missing; pytest --update-golden writes it"
        assert text == file.read_bytes().decode("utf-8")

    return check


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """With PAYLINT_NO_SKIPS (as in CI) a skipped test is a failed one."""
    report = yield
    if report.skipped and os.environ.get("PAYLINT_NO_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's cache, or heeds the user's settings."""
    for name in [name for name in os.environ if name.startswith("PAYLINT_") and name != "PAYLINT_NO_SKIPS"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PAYLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def user_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder, worked in as an unprivileged user: for root no file is unreadable."""
    folder = Path(tempfile.mkdtemp(prefix="paylint-test-")).resolve()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("PAYLINT_CACHE_DIR", str(folder / ".cache"))
    root = os.geteuid() == 0
    if root:
        os.chown(folder, 65534, 65534)
        os.setegid(65534)
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
            os.setegid(0)
        shutil.rmtree(folder, ignore_errors=True)
