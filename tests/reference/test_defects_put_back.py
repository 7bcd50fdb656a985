"""Every defect that no rule can see is put back into a copy of the service: the test that is named for it fails then.

By an assertion or what the test itself runs into: a copy that cannot be imported, or a test that is skipped, says
nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.validation.edit import apply, edit

ROOT = Path(__file__).parents[2]
DEFECTS = {
    name: defect
    for name, defect in yaml.safe_load((ROOT / "rules" / "mutants" / "defects.yaml").read_text("utf-8")).items()
    if "runtime" in defect
}
AT_ONCE = 2
SECONDS = 300


def edited(text: str, given: Mapping[str, str]) -> str:
    """The text with the edit in it: `wrong` in the place of `line`, as far in as that is, and `beside` at the head."""
    change = edit(given["file"], text, given["line"], given["wrong"], given.get("beside", ""))
    return apply(text, change).text


def put_back(folder: Path, defect: Mapping[str, Any]) -> subprocess.CompletedProcess[str]:
    """Its tests, run in a folder with the edited service and all that they need beside it."""
    shutil.copytree(ROOT / "reference_impl", folder / "reference_impl")
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=shutil.ignore_patterns("corpus"))
    for name in ("scanner", "rules", "reports", "requirements", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    for given in defect["edits"]:
        file = folder / given["file"]
        file.write_text(edited(file.read_text("utf-8"), given), "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PAYLINT_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-rfEs", "--tb=line", *defect["runtime"]],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Future[subprocess.CompletedProcess[str]]]]:
    """All of them, a few at a time."""
    folder = tmp_path_factory.mktemp("put_back")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield {name: pool.submit(put_back, folder / name, defect) for name, defect in DEFECTS.items()}


@pytest.mark.parametrize("name", DEFECTS)
def test_it_is_noticed(name: str, runs: Mapping[str, Future[subprocess.CompletedProcess[str]]]) -> None:
    run = runs[name].result()
    said = run.stdout + run.stderr
    assert run.returncode == 1, said
    assert re.search(r"^FAILED ", run.stdout, re.MULTILINE), said
    assert not re.search(r"^ERROR ", run.stdout, re.MULTILINE), said
