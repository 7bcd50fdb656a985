"""A real OPA server with the policy of statements and paylint's own words, as the deployment has it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from reference_impl import policy
from tests.command import paylint
from tests.opa import free_port, healthy

STATEMENTS = Path(policy.__file__).parent / "statements.rego"


@dataclass
class PolicyServer:
    """`process`: to be stopped, continued or killed."""

    url: str
    process: subprocess.Popen[bytes]


def bundle(place: Path) -> Path:
    """What `deploy/opa.Dockerfile` puts into the image."""
    made = paylint("rules", "bundle", place, cwd=place.parent)
    assert made.code == 0, made.err
    shutil.copy(STATEMENTS, place)
    return place


@contextmanager
def serving_policy(folder: Path) -> Iterator[PolicyServer]:
    """`folder`: a bundle."""
    program = shutil.which("opa")
    if program is None:
        pytest.skip("opa is not on PATH; make services installs it")
    for _ in range(5):  # another process may take a free port first
        address = f"127.0.0.1:{free_port()}"
        command = [program, "run", "--server", f"--addr={address}", "--disable-telemetry", "--log-level=error"]
        process = subprocess.Popen([*command, "--bundle", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            if healthy(process, f"http://{address}"):
                yield PolicyServer(f"http://{address}", process)
                return
        finally:
            process.kill()
            process.wait(timeout=10)
    pytest.fail("opa does not start")


@pytest.fixture(scope="session")
def policy_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyServer]:
    """One for all who leave it as it is."""
    with serving_policy(bundle(tmp_path_factory.mktemp("policy") / "bundle")) as server:
        yield server
