"""The policy headers, the controls they name and the settings: rules/ as data."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import re2
import yaml
from jsonschema import Draft202012Validator

RULES = Path(__file__).parents[2] / "rules"
HEADERS = sorted((RULES / "policies").glob("*.yaml"))
CONTROLS = sorted((RULES / "controls").glob("*.yaml"))
SAMPLE = {
    "id": "some_policy",
    "title": "Something that must hold",
    "severity": "high",
    "rationale": "What goes wrong. " * 6,
    "remediation": "What to write instead. " * 6,
    "controls": {"pci-dss-4.0.1": ["4.2.1"]},
    "cwe": ["CWE-319"],
    "aliases": [],
}


class _Strict(yaml.SafeLoader):
    """Refuses a key that is written twice: plain YAML would silently keep the last."""


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    doubled = [key for key, count in Counter(keys).items() if count > 1]
    assert not doubled, f"{node.start_mark}: written twice: {doubled}"
    return loader.construct_mapping(node, deep=True)


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _load(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_Strict)  # noqa: S506 -- a SafeLoader


def _schema(name: str) -> Draft202012Validator:
    schema = json.loads((RULES / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _natural(number: str) -> list[tuple[int, int, str]]:
    """Numbers by value, words by letter: 2.1 before 10.1 before A1.1."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.findall(r"\d+|[A-Za-z]+", number)]


def _sentences(text: str) -> int:
    return len(re.findall(r"[.!?](?:\s|$)", text))


@pytest.mark.parametrize("file", HEADERS, ids=lambda file: file.stem)
def test_header_is_valid_and_named_like_its_file(file: Path) -> None:
    header = _load(file)
    assert [error.message for error in _schema("policy").iter_errors(header)] == []
    assert header["id"] == file.stem
    assert [key for key in header if key not in ("secret", "optional")] == list(SAMPLE), "one order for all headers"


@pytest.mark.parametrize("file", HEADERS, ids=lambda file: file.stem)
def test_words_say_why_and_what_to_do(file: Path) -> None:
    header = _load(file)
    assert 2 <= _sentences(header["rationale"]) <= 4, header["rationale"]
    assert 2 <= _sentences(header["remediation"]) <= 5, header["remediation"]
    assert header["title"].lower() not in header["rationale"].lower()
    assert header["rationale"] != header["remediation"]


@pytest.mark.parametrize("file", HEADERS, ids=lambda file: file.stem)
def test_controls_exist(file: Path) -> None:
    for framework, numbers in _load(file)["controls"].items():
        known = _load(RULES / "controls" / f"{framework}.yaml")
        for number in numbers:
            assert number in known, f"{framework} has no {number}"
            assert known[number]["checkable"] != ["attestation"], f"{framework}:{number} cannot be seen by a scanner"


def test_few_break_no_requirement() -> None:
    without = [
        "card_form_on_own_page",
        "customer_managed_key_missing",
        "invalid_suppression",
        "invalid_waiver",
        "payment_code_hygiene",
    ]
    assert [file.stem for file in HEADERS if not _load(file)["controls"]] == without


def test_titles_ids_and_aliases_are_unique() -> None:
    headers = [_load(file) for file in HEADERS]
    names = [header["id"] for header in headers] + [alias for header in headers for alias in header["aliases"]]
    titles = [header["title"].lower() for header in headers]
    assert len(headers) > 40
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert [title for title, count in Counter(titles).items() if count > 1] == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"sevrity": "high"}, "sevrity"),
        ({"severity": "HIGH"}, "HIGH"),
        ({"title": "Ends with a full stop."}, "full stop"),
        ({"title": "x" * 91}, "too long"),
        ({"cwe": ["327"]}, "327"),
        ({"controls": {"pci-dss-4.0.1": []}}, "[]"),
        ({"id": "Not-Snake"}, "Not-Snake"),
        ({"rationale": "Bad."}, "Bad."),
    ],
)
def test_schema_refuses(change: dict[str, Any], where: str) -> None:
    validator = _schema("policy")
    assert validator.is_valid(SAMPLE)
    messages = " ".join(error.message for error in validator.iter_errors({**SAMPLE, **change}))
    assert where in messages


@pytest.mark.parametrize("key", ["id", "title", "severity", "rationale", "remediation"])
def test_schema_requires_the_words(key: str) -> None:
    assert not _schema("policy").is_valid({name: value for name, value in SAMPLE.items() if name != key})


@pytest.mark.parametrize("file", CONTROLS, ids=lambda file: file.stem)
def test_controls_are_valid_and_naturally_sorted(file: Path) -> None:
    controls = _load(file)
    assert [error.message for error in _schema("control").iter_errors(controls)] == []
    numbers = list(controls)
    assert numbers == sorted(numbers, key=_natural)


def test_pci_dss_is_complete() -> None:
    numbers = _load(RULES / "controls" / "pci-dss-4.0.1.yaml")
    sections = Counter(number.split(".")[0] for number in numbers)
    main = {str(section): sections[str(section)] for section in range(1, 13)}
    counts = (19, 11, 29, 6, 13, 19, 12, 29, 27, 27, 21, 37)
    assert main == {str(section): count for section, count in enumerate(counts, 1)}
    assert sections["A1"] == 7
    for number in numbers:
        parent = number.rpartition(".")[0]
        assert parent.count(".") < 2 or parent in numbers, f"{number} without {parent}"


def test_controls_do_not_take_anything_from_a_closed_schema() -> None:
    validator = _schema("control")
    good = {"title": "Something that must hold", "checkable": ["code"]}
    assert validator.is_valid({"3.3.1.2": good, "32(1)(a)": good, "itgc-access": good, "A1.1.1": good})
    assert not validator.is_valid({"3.3.1.2": {**good, "text": "the standard's words"}})
    assert not validator.is_valid({"3.3.1.2": {**good, "checkable": ["iac"]}})
    assert not validator.is_valid({"3.3..2": good})


def _settings() -> dict[str, Any]:
    settings = _load(RULES / "settings.yaml")
    assert isinstance(settings, dict)
    return settings


def test_settings_are_valid_and_closed() -> None:
    validator = _schema("settings")
    assert [error.message for error in validator.iter_errors(_settings())] == []
    assert not validator.is_valid({**_settings(), "minimum_tls_versoin": "1.2"})
    assert not validator.is_valid({**_settings(), "minimum_tls_version": "1.1"})
    assert not validator.is_valid({**_settings(), "admin_ports": [70000]})


def test_every_setting_has_a_comment() -> None:
    lines = (RULES / "settings.yaml").read_text(encoding="utf-8").splitlines()
    for name in _settings():
        at = next(index for index, line in enumerate(lines) if line.startswith(f"{name}:"))
        assert lines[at - 1].startswith("# "), name


@pytest.mark.parametrize(
    "suite",
    [
        "RC4-SHA",
        "ECDHE-RSA-RC4-SHA",
        "TLS_RSA_WITH_RC4_128_MD5",
        "DES-CBC3-SHA",
        "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
        "SSL_RSA_WITH_DES_CBC_SHA",
        "TLS_RSA_WITH_NULL_SHA256",
        "NULL",
        "eNULL",
        "aNULL",
        "ADH-AES128-SHA",
        "AECDH-NULL-SHA",
        "TLS_DH_anon_WITH_AES_128_CBC_SHA",
        "EXP-RC4-MD5",
        "SSL_RSA_EXPORT_WITH_RC4_40_MD5",
        "SSL_RSA_EXPORT1024_WITH_DES_CBC_SHA",
        "EXPORT",
        "RC2-CBC-MD5",
        "3DES",
        "RC4",
        "LOW",
    ],
)
def test_forbidden_cipher(suite: str) -> None:
    assert any(re2.search(pattern, suite) for pattern in _settings()["forbidden_ciphers"])


@pytest.mark.parametrize(
    "suite",
    [
        "ECDHE-RSA-AES256-GCM-SHA384",
        "ECDHE-ECDSA-CHACHA20-POLY1305",
        "TLS_AES_128_GCM_SHA256",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "DHE-RSA-AES128-SHA256",
        "ECDHE+AESGCM",
        "HIGH",
        "DEFAULT",
        "ECDHE-ECDSA-AES256-CCM8",
    ],
)
def test_allowed_cipher(suite: str) -> None:
    assert not any(re2.search(pattern, suite) for pattern in _settings()["forbidden_ciphers"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("session", True),
        ("sessionid", True),
        ("JSESSIONID", True),
        ("PHPSESSID", True),
        ("connect.sid", True),
        ("__Host-session", True),
        ("ledger_session", True),
        ("access_token", True),
        ("refreshToken", True),
        ("theme", False),
        ("locale", False),
        ("csrf_token", False),
        ("consideration", False),
        ("author", False),
    ],
)
def test_session_cookie_names(name: str, expected: bool) -> None:
    assert bool(re2.search(_settings()["session_cookie_names"], name)) is expected


def test_expectations_of_the_demo_project_fit_it() -> None:
    """Every place exists, no near miss contradicts a finding, and every policy is shown."""
    corpus = Path(__file__).parents[1] / "corpus"
    expected = _load(corpus / "insecure_shop.expected.yaml")
    policies = {file.stem for file in HEADERS}
    for item in [*expected["findings"], *expected["optional"], *expected["silent"]]:
        lines = (corpus / "insecure_shop" / item["path"]).read_text(encoding="utf-8").splitlines()
        assert item["policy"] in policies, item
        assert lines[item["line"] - 1].strip(), item
    for item in expected["unknown"]:
        assert item["rule"] in policies, item
        assert (corpus / "insecure_shop" / item["path"]).is_file(), item
    found = [(item["path"], item["line"], item["policy"]) for item in expected["findings"]]
    silent = [(item["path"], item["line"], item["policy"]) for item in expected["silent"]]
    assert len(set(found)) == len(found)
    assert not set(found) & set(silent)
    optional = {file.stem for file in HEADERS if _load(file).get("optional")}
    assert {policy for *_, policy in found} == policies - optional
    assert {item["policy"] for item in expected["optional"]} == optional
