"""Inventories say what there is: apart from findings, only where asked for, and masked."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner import catalog
from scanner.bundled import bundled
from scanner.cards import expand_placeholders
from scanner.catalog import Catalog
from scanner.config import Config
from scanner.findings import Draft
from scanner.model import ScanResult, Severity
from scanner.pipeline.observations import apart
from scanner.render import FORMATS, render
from scanner.rule_tests import check_all
from scanner.run import run

_CODE = """import hashlib
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def sealed(key, nonce, data):
    box = AESGCM(AESGCM.generate_key(256)); digest = hashlib.sha256(data)
    return box.encrypt(nonce, data, None), digest
"""


def scanned(root: Path, *, inventory: bool, policies: tuple[str, ...] = ()) -> ScanResult:
    return run(
        Config(
            root=root,
            paths=(root,),
            cache=False,
            inventory=inventory,
            policies=policies,
            engines=("rego", "semgrep", "pan"),
            fail_on=Severity.INFO,
        )
    )


def test_what_there_is_is_no_finding_and_does_not_gate(tmp_path: Path) -> None:
    (tmp_path / "seal.py").write_text(_CODE)
    plain, listed = (scanned(tmp_path, inventory=asked) for asked in (False, True))
    assert plain.observed == ()
    assert listed._replace(observed=(), tool=plain.tool) == plain
    names = {(item.rule, item.values["name"]) for item in listed.observed}
    assert {
        ("cryptography.python.aead", "AESGCM"),
        ("cryptography.python.aead_key", "AESGCM"),
        ("cryptography.python.hash", "sha256"),
    } <= names
    assert {item.place.span.line for item in listed.observed} == {6}
    assert "cryptography" not in plain.policies


def test_no_format_shows_it(tmp_path: Path) -> None:
    (tmp_path / "seal.py").write_text(_CODE)
    plain, listed = (scanned(tmp_path, inventory=asked) for asked in (False, True))
    for name in FORMATS:
        assert render(listed._replace(tool=plain.tool), name) == render(plain, name), name


def test_sizes_stay_and_card_numbers_do_not(tmp_path: Path) -> None:
    number = expand_placeholders("{{pan:visa}}", "observed")
    text = f"""import hashlib
from cryptography.hazmat.primitives.asymmetric import rsa

key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
derived = hashlib.pbkdf2_hmac("sha512", b"x", b"y", 600000)
context.set_ciphers("{number}")
context.set_ciphers("AES256-GCM-SHA384")
"""
    (tmp_path / "keys.py").write_text("import ssl\n" + text)
    listed = scanned(tmp_path, inventory=True, policies=("cryptography",))
    assert number not in repr(listed)
    by_line = {item.place.span.line: item.values for item in listed.observed}
    assert by_line[5]["key size"] == "3072"
    assert by_line[6]["iterations"] == "600000"
    assert by_line[6]["digest"] == "sha512"
    assert by_line[8]["cipher suites"] == "AES256-GCM-SHA384"
    assert "*" in by_line[7]["cipher suites"]


def test_a_folder_of_a_team_that_is_called_inventory_is_read_as_ever(tmp_path: Path) -> None:
    rules = tmp_path / "team" / "inventory"
    rules.mkdir(parents=True)
    (rules / "own.yaml").write_text(
        "rules:\n  - {id: no-print, languages: [python], message: Log it., severity: ERROR, pattern: print(...)}\n"
    )
    assert "no_print" in catalog.load([tmp_path / "team"]).policies


def test_without_being_asked_for_no_rule_of_an_inventory_is_loaded() -> None:
    plain = catalog.load()
    asked = catalog.load(inventory=True)
    assert not any(policy.inventory for policy in plain.policies.values())
    assert asked.policies["cryptography"].inventory
    assert set(plain.rules) < set(asked.rules)


def test_lines_of_quoted_code_do_not_pass_for_values() -> None:
    known: Catalog = catalog.load(inventory=True)
    from scanner.model import Place, Span

    at = Place("a.py", Span(1, 1, 1, 2))
    message = "name: AES\ndigest: {\nname: DES\n}\ncurve: $CURVE"
    _, observed = apart([Draft("cryptography.python.aead", at, message, "", (), None, None)], known)
    assert observed[0].values["name"] == "AES"
    assert "curve" not in observed[0].values


@pytest.mark.parametrize("policy", ["cryptography"])
def test_its_fixtures_hold(tmp_path: Path, policy: str) -> None:
    outcome = check_all(bundled("rules"), False, tmp_path, [policy])
    assert outcome.failures == ()
    assert outcome.rules > 20
