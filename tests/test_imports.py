"""What a scan imports: a hook runs at every commit, and to import what it does not need would be most of its time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import git

RUN = """
import sys
from scanner import cli
try:
    cli.main(["scan", "--staged", "--format", "text", "."])
except SystemExit as end:
    print("ended with", end.code)
print("imported", *sys.modules)
"""
HCL = 'variable "name" {\n  type = string\n}\nresource "aws_ebs_volume" "v" {\n  size = 8\n}\n'
ALWAYS = {"scanner.inputs.sql", "scanner.inputs.delivery.compose", "scanner.render.sarif", "scanner.rule_files", "yaml"}
OTHERS = {
    "main.tf": {
        *("scanner.inputs.terraform.functions", "scanner.inputs.terraform.functions_number"),
        *("scanner.inputs.terraform.jsonfile", "scanner.inputs.kubernetes"),
        *("scanner.engines.semgrep.ahead", "scanner.engines.semgrep.engine", "shutil"),
    },
    "app.py": {"scanner.inputs.terraform", "scanner.inputs.kubernetes", "scanner.engines.rego", "regorus", "shutil"},
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_staged_file_imports_what_its_kind_needs(tmp_path: Path, name: str) -> None:
    repo = tmp_path / "repo"
    repo.mkdir()
    git(repo, "init", "-q")
    env = {**os.environ, "PAYLINT_CACHE_DIR": str(tmp_path / "cache")}
    for text in (
        "",
        HCL if name == "main.tf" else "import logging\nlogging.info(card_number)\n",
    ):  # the first scan compiles the rules
        (repo / name).write_text(text)
        git(repo, "add", ".")
        answer = subprocess.run(
            [sys.executable, "-c", RUN], cwd=repo, env=env, capture_output=True, text=True, check=True
        )
    assert "ended with 0" in answer.stdout or "ended with 1" in answer.stdout, answer.stdout + answer.stderr
    imported = set(answer.stdout.rpartition("imported ")[2].split())
    assert imported & (ALWAYS | OTHERS[name]) == set()
    assert ("scanner.inputs.terraform" if name == "main.tf" else "scanner.engines.semgrep.engine") in imported
