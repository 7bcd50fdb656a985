"""Rules of policies that a scan is not about are not run, but for those that tell what a report must not quote."""

from __future__ import annotations

from pathlib import Path

from tests.command import paylint

REFUSED = """
rules:
  - {id: broken, languages: [python], severity: ERROR, message: Never., pattern: "f("}
"""
"""What Semgrep makes of its pattern is known only once it is run."""


def test_a_rule_of_another_policy_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "broken.yaml").write_text(REFUSED)
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "a.py").write_text("print(f(1))\n")
    command = ("scan", "app", "--rules", "rules", "--engine", "semgrep")
    assert paylint(*command, cwd=tmp_path).code == 2
    assert paylint(*command, "--policy", "pan_logged", cwd=tmp_path).code == 0
    assert paylint(*command, "--policy", "!broken", cwd=tmp_path).code == 0


def test_a_secret_is_masked_whatever_the_scan_is_about(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('PASSWORD = "kelp-Umber-71-ridge"; print(card_number, "kelp-Umber-71-ridge")\n')
    done = paylint("scan", ".", "--policy", "pan_logged", cwd=tmp_path)
    assert done.code == 1
    assert "kelp-Umber" not in done.out
