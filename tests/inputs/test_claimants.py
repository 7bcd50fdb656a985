"""By its ending alone a file is kept from inputs that would claim it: the table must not say less than they do."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.inputs import _BY_ENDING, INPUTS, claimants, load

ROOT = Path(__file__).parents[2]
BASES = [
    "main",
    "Dockerfile",
    "compose",
    "docker-compose.prod",
    ".env",
    "nginx.conf",
    "httpd",
    "haproxy",
    "redis",
    "my",
]
FOLDERS = [
    "",
    "chart/templates/",
    ".github/workflows/",
    "sites-enabled/",
    "etc/nginx/conf.d/",
    "redis/",
    "apache2/vhosts/",
]


def all_claims(path: str) -> set[str]:
    return {name for name in INPUTS if load(name).claims(path)}


@pytest.mark.parametrize(
    "ending", [*_BY_ENDING, "conf", "cnf", "cfg", "template", "tpl", "j2", "tf.json", "tfvars.json"]
)
def test_no_claim_is_lost_by_the_ending(ending: str) -> None:
    for folder in FOLDERS:
        for base in BASES:
            path = f"{folder}{base}.{ending}"
            assert set(claimants(path)) == all_claims(path), path


def test_no_claim_is_lost_for_a_fixture() -> None:
    paths = [path.relative_to(ROOT).as_posix() for path in (ROOT / "rules" / "rego").rglob("*") if path.is_file()]
    assert len(paths) > 500
    for path in paths:
        assert set(claimants(path)) == all_claims(path), path
