"""What users install: the wheel, built, installed elsewhere, scanning."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scanner import bundled
from scanner.catalog import load, to_text
from scanner.errors import RuleError

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (file,) = folder.glob("paylint-*.whl")
    return file


def test_it_holds_the_rules_and_no_fixture(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    bundled = {name.removeprefix("scanner/_bundled/") for name in names if name.startswith("scanner/_bundled/")}
    for folder, pattern in (("rules/policies", "*.yaml"), ("rules/rego", "**/*.rego"), ("rules/semgrep", "**/*.yaml")):
        wanted = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).glob(pattern)}
        wanted = {
            name for name in wanted if not any(mark in name for mark in (".fail", ".pass", ".unknown", "_test.rego"))
        }
        assert wanted <= bundled
    assert [name for name in bundled if name.startswith("rules/mutants/") or name.endswith(".md")] == []
    assert {"rules/settings.yaml", "rules/validation.json", "rules/mutants.schema.json"} <= bundled
    assert {"rules/policy.schema.json", "reports/schemas/paylint-1.schema.json"} <= bundled
    starts = {path.relative_to(ROOT).as_posix() for path in (ROOT / "scanner/rule_scaffold").glob("*.[yt]*")}
    assert len(starts) == 5
    assert starts <= set(names)
    fixtures = (".fail.", ".pass.", ".unknown.")
    assert [name for name in bundled if any(mark in name for mark in fixtures)] == []
    assert {Path(name).suffix for name in bundled if name.startswith("rules/semgrep/")} == {".yaml"}
    assert all(name.startswith(("scanner/", "reference_impl/", "paylint-")) for name in names)


def test_it_holds_the_rules_compiled_as_they_are(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read("scanner/_bundled/catalog.txt").decode() == to_text(load())


def test_rules_that_were_cut_short_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = to_text(load()).encode()[:1000]
    monkeypatch.setattr(bundled, "compiled", lambda: cut)
    with pytest.raises(RuleError, match="reinstall"):
        load()


def test_installed_elsewhere_it_scans(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own that shares only the libraries; a `rules` folder nearby is not taken for ours."""
    target = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    project = tmp_path / "project"
    project.mkdir()
    (project / "rules").mkdir()
    (project / "app.py").write_text("print(card_number)\n")
    bucket = 'resource "aws_s3_bucket" "b" {\n  acl = "public-read"\n  logging {\n    target_bucket = "logs"\n  }\n}\n'
    (project / "main.tf").write_text(bucket)
    code = (
        f"import sys; sys.path.insert(0, {str(target)!r}); import scanner.cli, scanner.bundled; "
        f"assert scanner.cli.__file__.startswith({str(target)!r}); assert scanner.bundled.checkout() is None; "
        "sys.argv = ['paylint', 'scan', '--format', 'json']; scanner.cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-P" if sys.version_info >= (3, 11) else "-s", "-c", code],
        cwd=project,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": ""},
    )
    assert done.returncode == 1, done.stderr
    found = {(item["policy"], item["path"]) for item in json.loads(done.stdout)["findings"]}
    assert found == {("pan_logged", "app.py"), ("public_storage", "main.tf")}
    for command in ("test", "validate"):
        proof = (
            f"import sys; sys.path.insert(0, {str(target)!r}); import scanner.cli; "
            f"sys.argv = ['paylint', 'rules', {command!r}]; scanner.cli.main()"
        )
        done = subprocess.run([sys.executable, "-c", proof], cwd=project, capture_output=True, check=False)
        assert done.returncode == 2
        assert b"fixtures are not part of an installed paylint" in done.stderr
