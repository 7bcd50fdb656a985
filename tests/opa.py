"""A real OPA server."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def opa_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an OPA server that this session started."""
    program = shutil.which("opa")
    if program is None:
        pytest.skip("opa is not on PATH; make services installs it")
    log = tmp_path_factory.mktemp("opa") / "log"
    for _ in range(5):  # OPA does not say which port it got for :0, so another process may take a free one first
        url = f"http://127.0.0.1:{free_port()}"
        with log.open("wb") as stream:
            command = [program, "run", "--server", "--addr", url.removeprefix("http://"), "--skip-version-check"]
            process = subprocess.Popen([*command, "--log-level", "error"], stdout=stream, stderr=stream)
        try:
            if healthy(process, url):
                yield url
                return
        finally:
            process.terminate()
            process.wait(timeout=10)
    pytest.fail(f"opa does not start: {log.read_text(errors='replace')[-500:]}")


def free_port() -> int:
    """A port nobody listens on, for now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def healthy(process: subprocess.Popen[bytes], url: str) -> bool:
    """Whether this process, and not another one, serves there within 20 s."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        if _serves(url):
            return process.poll() is None
        time.sleep(0.05)
    return False


def _serves(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
