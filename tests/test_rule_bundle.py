"""`paylint rules bundle`: policies of one's own on an OPA server, by the words of paylint's rules."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.command import paylint

POLICY = """package team.columns

import data.paylint.lib

held contains name if {
	some name in input
	lib.name_is("pan", name)
}

versions := [lib.tls_version_rank("TLSv1.2"), data.settings.minimum_tls_version]
"""


def test_a_policy_of_ones_own_has_the_words_of_the_rules(tmp_path: Path) -> None:
    program = shutil.which("opa")
    if program is None:
        pytest.skip("opa is not on PATH; make services installs it")
    made = paylint("rules", "bundle", tmp_path / "deep" / "bundle", cwd=tmp_path)
    assert (made.code, made.err) == (0, "")
    (tmp_path / "deep" / "bundle" / "team.rego").write_text(POLICY)
    command = [program, "eval", "--bundle", tmp_path / "deep" / "bundle", "--stdin-input", "data.team.columns"]
    names = ["card_number", "cardNumber", "company", "pan_token", "PAN"]
    done = subprocess.run(command, input=json.dumps(names), capture_output=True, text=True, timeout=60, check=True)
    found = json.loads(done.stdout)["result"][0]["expressions"][0]["value"]
    assert found == {"held": ["PAN", "cardNumber", "card_number"], "versions": [4, "1.2"]}


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    made = paylint("rules", "bundle", tmp_path / "file" / "bundle", cwd=tmp_path)
    assert made.code == 2 and "cannot be written" in made.err
