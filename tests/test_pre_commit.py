"""The hook in a real `pre-commit`, in a repository of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.command import git

ROOT = Path(__file__).resolve().parent.parent
PRE_COMMIT = Path(sys.executable).with_name("pre-commit")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PATH": f"{PRE_COMMIT.parent}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(
        [str(PRE_COMMIT), *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=600
    )


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout's hooks as a repository of their own; `system` instead of `python`: the installed command is run.

    pre-commit would otherwise download every dependency again into an environment of its own.
    """
    folder = tmp_path_factory.mktemp("hooks")
    entries = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    for entry in entries:
        assert entry["language"] == "python"
        entry["language"] = "system"
    (folder / ".pre-commit-hooks.yaml").write_text(yaml.safe_dump(entries))
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "hooks")
    return folder


def test_the_manifest_is_valid() -> None:
    done = run(ROOT, "validate-manifest", ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_try_repo_blocks_what_is_staged_and_passes_what_is_not(hooks: Path, tmp_path: Path) -> None:
    if shutil.which("git") is None or not PRE_COMMIT.exists():
        pytest.skip("pre-commit and git are needed")
    git(tmp_path, "init", "-q")
    (tmp_path / "app.py").write_text("print(card_token)\n")
    git(tmp_path, "add", ".")
    clean = run(tmp_path, "try-repo", str(hooks), "paylint", "--verbose")
    assert clean.returncode == 0, clean.stdout + clean.stderr
    (tmp_path / "app.py").write_text("print(card_number)\n")
    git(tmp_path, "add", ".")
    blocked = run(tmp_path, "try-repo", str(hooks), "paylint")
    assert blocked.returncode == 1
    assert "pan_logged" in blocked.stdout
    (tmp_path / "app.py").write_text("print(card_token)\n")
    assert run(tmp_path, "try-repo", str(hooks), "paylint").returncode == 1  # the index still holds it


def test_it_stands_in_the_way_of_a_commit(hooks: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    config = {
        "repos": [{"repo": str(hooks), "rev": git(hooks, "rev-parse", "HEAD").strip(), "hooks": [{"id": "paylint"}]}]
    }
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    (tmp_path / "app.py").write_text("print(card_number)\n")
    git(tmp_path, "add", ".")
    assert run(tmp_path, "install").returncode == 0
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    env = {**os.environ, "PATH": f"{PRE_COMMIT.parent}{os.pathsep}{os.environ['PATH']}"}
    commit = ["git", *identity, "commit", "-qm", "leak"]
    blocked = subprocess.run(commit, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert blocked.returncode == 1
    assert "pan_logged" in blocked.stdout + blocked.stderr
    (tmp_path / "app.py").write_text("print(card_token)\n")
    git(tmp_path, "add", ".")
    assert subprocess.run(commit, cwd=tmp_path, env=env, capture_output=True, check=False).returncode == 0
