from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from scanner.config import Config
from scanner.files import EXCLUDED, LINK, LOCK, VENDORED, Tree, discover


def lay(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x\n")


def git(root: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-C", str(root), "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        check=True,
        capture_output=True,
    )


def found(root: Path, *paths: Path, exclude: tuple[str, ...] = ()) -> Tree:
    return discover(Config(root=root, paths=paths or (root,), exclude=exclude))


def names(tree: Tree) -> list[str]:
    return [file.path for file in tree.files]


def reasons(tree: Tree) -> dict[str, str]:
    return {item.path: item.reason for item in tree.skipped}


@pytest.fixture(params=["git", "walk"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "git":
        git(tmp_path, "init", "-q")
    return tmp_path


def test_files_in_order_and_others_code_left_out(root: Path) -> None:
    lay(root, "b.py", "a/b.py", "a.py", "node_modules/x/index.js", "web/node_modules/y.js", "go.mod", "vendor/lib/z.go")
    lay(root, "app/vendor/models.py", "package-lock.json", "static/jquery.min.js")
    tree = found(root)
    assert names(tree) == ["a.py", "a/b.py", "app/vendor/models.py", "b.py", "go.mod"]
    assert reasons(tree) == {
        "node_modules": VENDORED,
        "web/node_modules": VENDORED,
        "vendor": VENDORED,
        "package-lock.json": LOCK,
        "static/jquery.min.js": "generated file",
    }


def test_ignored_files_are_left_to_git(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    lay(tmp_path, "kept.py", "local/secrets.py", "tracked/ignored.log")
    (tmp_path / ".gitignore").write_text("local/\n*.log\n")
    git(tmp_path, "add", "-f", "tracked/ignored.log")
    assert names(found(tmp_path)) == [".gitignore", "kept.py", "tracked/ignored.log"]


def test_a_file_somebody_names_is_scanned_whatever_its_name(root: Path) -> None:
    lay(root, "node_modules/x.js", "package-lock.json")
    tree = found(root, root / "node_modules/x.js", root / "package-lock.json")
    assert names(tree) == ["node_modules/x.js", "package-lock.json"]


def test_excluded_by_settings(root: Path) -> None:
    lay(root, "a.py", "legacy/a.py", "legacy/deep/b.py", "docs/x.md")
    tree = found(root, exclude=("legacy", "*.md"))
    assert names(tree) == ["a.py"]
    assert reasons(tree) == {"legacy": EXCLUDED, "docs/x.md": EXCLUDED}


def test_links_are_never_followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    lay(outside, "secret.py")
    lay(root, "a.py")
    (root / "out.py").symlink_to(outside / "secret.py")
    (root / "outdir").symlink_to(outside)
    (root / "loop").symlink_to(root)
    (root / "broken").symlink_to(root / "nowhere")
    tree = found(root)
    assert names(tree) == ["a.py"]
    assert reasons(tree) == {"broken": LINK, "loop": LINK, "out.py": LINK, "outdir": LINK}


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    lay(tmp_path, "a.py")
    tree = found(tmp_path)
    assert names(tree) == ["a.py"]
    assert "pipe" in reasons(tree)["pipe.py"]


def test_submodules_and_nested_repositories_are_left_alone(tmp_path: Path) -> None:
    root = tmp_path / "root"
    lay(root, "a.py", "nested/b.py")
    git(root, "init", "-q")
    git(root / "nested", "init", "-q")
    tree = found(root)
    assert names(tree) == ["a.py"]
    assert "repository of its own" in reasons(tree)["nested"]


def test_odd_names(root: Path) -> None:
    odd = ["with space.py", "new\nline.py", "-dash.py", "üñí.py", 'quo"te.py']
    lay(root, *odd)
    assert sorted(names(found(root))) == sorted(odd)


def test_a_hostile_repository_runs_nothing(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    lay(tmp_path, "a.py")
    marker = tmp_path.parent / f"{tmp_path.name}-ran"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch '{marker}'\n")
    script.chmod(0o755)
    git(tmp_path, "config", "core.fsmonitor", str(script))
    git(tmp_path, "config", "core.hooksPath", str(tmp_path))
    marker.unlink(missing_ok=True)
    assert "a.py" in names(found(tmp_path))
    assert not marker.exists()


@pytest.mark.parametrize("with_git", [True, False])
def test_a_folder_that_cannot_be_opened_is_a_problem(user_folder: Path, with_git: bool) -> None:
    if with_git:
        git(user_folder, "init", "-q")
    lay(user_folder, "open/a.py", "closed/b.py")
    (user_folder / "closed").chmod(0)
    try:
        tree = found(user_folder)
    finally:
        (user_folder / "closed").chmod(0o700)
    assert names(tree) == ["open/a.py"]
    assert [(item.path, item.fatal) for item in tree.problems] == [("closed", True)]
