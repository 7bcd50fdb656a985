"""What is said of the questionnaires, by real scans of small projects."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from scanner import catalog
from scanner.bundled import bundled
from scanner.config import Config
from scanner.errors import RuleError
from scanner.evidence import saq
from scanner.evidence.artefacts import markdown
from scanner.evidence.artefacts import saq as artefact
from scanner.evidence.inventories import account_data, scripts
from scanner.evidence.model import Adviser, Evidence, Profile
from scanner.evidence.profile import SAQS
from scanner.model import ScanResult, Waiver, WaiverType
from scanner.run import run

RULES, SCHEMAS = bundled("rules"), bundled("reports") / "schemas"
FORM = '<form method="post" action="/pay"><input type="text" name="cardNumber" autocomplete="cc-number"></form>\n'
HOSTED = '<script src="https://js.stripe.com/v3/"></script>\n<form action="/pay"><div id="card"></div></form>\n'
STORED = "CREATE TABLE payments (id bigint PRIMARY KEY, card_number varchar(19) NOT NULL);\n"
LOGGED = "import logging\n\n\ndef pay(card_number):\n    logging.info('paid with %s', card_number)\n"
IN_BROWSER = "export function pay(cardNumber) {\n  console.log(cardNumber);\n}\n"


def scanned(root: Path, inventory: bool = False, **files: str) -> ScanResult:
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return run(Config(root=root, paths=(root,), cache=False, inventory=inventory))


def advised(result: ScanResult) -> dict[str, Adviser]:
    return {one.saq: one for one in saq.advise(result, saq.criteria(RULES))}


def against(result: ScanResult) -> dict[str, set[str]]:
    return {name: {place.path for _, place, _ in one.contradicted} for name, one in advised(result).items()}


def test_the_criteria_are_what_their_schema_describes() -> None:
    schema = json.loads((RULES / "saq.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(yaml.safe_load((RULES / saq.FILE).read_text("utf-8")))


def test_the_criteria_name_policies_there_are_and_every_questionnaire() -> None:
    known = saq.criteria(RULES)
    assert {policy for one in known for policy in one.policies} <= set(catalog.load().policies)
    assert {name for one in known for name in one.saqs} == set(SAQS)


@pytest.mark.parametrize("text", ["[]", "a_b: 1", "a_b: {title: x}", "\t"])
def test_damaged_criteria_are_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / saq.FILE).parent.mkdir(parents=True)
    (tmp_path / saq.FILE).write_text(text)
    with pytest.raises(RuleError, match=r"criteria\.yaml"):
        saq.criteria(tmp_path)


def test_an_own_form_contradicts_a_and_has_to_be_looked_at_for_a_ep(tmp_path: Path) -> None:
    result = scanned(tmp_path, **{"shop/pay.html": FORM})
    assert against(result)["A"] == {"shop/pay.html"}
    assert against(result)["A-EP"] == against(result)["D-merchant"] == set()
    assert {place.path for _, place, _ in advised(result)["A-EP"].doubted} == {"shop/pay.html"}


def test_stored_numbers_contradict_all_but_d(tmp_path: Path) -> None:
    found = against(scanned(tmp_path, **{"db/001_payments.sql": STORED}))
    assert {name for name, paths in found.items() if paths} == set(SAQS) - {"D-merchant", "D-service-provider"}


def test_a_log_of_a_server_contradicts_and_that_of_a_browser_is_looked_at(tmp_path: Path) -> None:
    result = scanned(tmp_path, **{"shop/pay.py": LOGGED, "web/pay.js": IN_BROWSER})
    assert against(result)["A-EP"] == {"shop/pay.py"}
    assert {place.path for _, place, _ in advised(result)["A-EP"].doubted} == {"web/pay.js"}


def test_hosted_fields_tests_and_documents_contradict_nothing(tmp_path: Path) -> None:
    files = {"shop/pay.html": HOSTED, "tests/test_pay.py": LOGGED, "docs/pay.html": FORM, "web/pay.test.js": IN_BROWSER}
    result = scanned(tmp_path, **files)
    assert any(found.policy == "pan_logged" for found in result.findings), "else this proves nothing"
    assert set().union(*against(result).values()) == set()


def test_a_package_may_be_called_anything(tmp_path: Path) -> None:
    stored = "src/main/java/example/docs/payments.sql"
    result = scanned(tmp_path, **{stored: STORED, "tests/test_pay.py": LOGGED})
    assert against(result)["B"] == {stored}
    assert "left out here: 1" in advised(result)["B"].unseen[-1]


def test_what_a_browser_keeps_is_looked_at(tmp_path: Path) -> None:
    keep = "export function keep(cardNumber) {\n  localStorage.setItem('card', cardNumber);\n}\n"
    result = scanned(tmp_path, **{"web/keep.js": keep})
    assert [found.policy for found in result.findings] == ["pan_stored_in_clear"]
    assert against(result)["B"] == set() and advised(result)["B"].doubted


def test_account_data_that_is_protected_is_stored_all_the_same(tmp_path: Path) -> None:
    sealed = (
        "CREATE TABLE cards (\n  id bigint PRIMARY KEY,\n  pan_encrypted bytea NOT NULL,\n  pan_hash char(64)\n);\n"
    )
    result = scanned(tmp_path, inventory=True, **{"db/001_cards.sql": sealed, "web/pay.html": HOSTED})
    assert result.findings == (), "nothing is wrong with it"
    seen = saq.facts(account_data.items(result), scripts.items(result))
    assert {(fact.kind, fact.place.span.line) for fact in seen} == {("stored", 3), ("hashed", 4), ("scripts", 1)}
    told = {one.saq: one for one in saq.advise(result, saq.criteria(RULES), seen)}
    lines = {name: {place.span.line for _, place, _ in one.contradicted} for name, one in told.items()}
    assert lines == {name: set() if name.startswith("D-") else {3} for name in SAQS}
    doubted = {(place.path, place.span.line) for _, place, _ in told["A"].doubted}
    assert doubted == {("db/001_cards.sql", 4), ("web/pay.html", 1)}


def test_a_waiver_that_accepts_a_risk_makes_nothing_eligible(tmp_path: Path) -> None:
    result = scanned(tmp_path, **{"db/001_payments.sql": STORED})
    day = date(2027, 1, 1)
    for kind, contradicts in ((WaiverType.RISK_ACCEPTED, True), (WaiverType.FALSE_POSITIVE, False)):
        waiver = Waiver("W", kind, "p", "j", "o", "a", day, day, "t", result.findings[0].place)
        found = tuple(one._replace(waived=waiver) for one in result.findings)
        assert bool(against(result._replace(findings=found))["B"]) is contradicts


def test_an_ignore_leaves_it_to_a_person(tmp_path: Path) -> None:
    line = "    logging.info('paid with %s', card_number)"
    assert line in LOGGED
    ignored = LOGGED.replace(line, f"{line}  # paylint: ignore[pan_logged] masked by the handler")
    result = scanned(tmp_path, **{"shop/pay.py": ignored})
    assert any(found.suppressed for found in result.findings)
    assert against(result)["A"] == set()
    assert advised(result)["A"].doubted


def test_what_was_not_looked_for_is_said(tmp_path: Path) -> None:
    result = scanned(tmp_path, **{"shop/pay.html": FORM})._replace(policies={}, exit_code=3)
    unseen = advised(result)["A"].unseen
    assert any("not looked for by this scan" in one for one in unseen)
    assert "incomplete" in unseen[0]


def test_the_files_name_the_lines_and_never_say_eligible_of_anybody(tmp_path: Path) -> None:
    result = scanned(tmp_path, **{"shop/pay.html": FORM})
    at = datetime(2026, 5, 4, tzinfo=timezone.utc)
    evidence = Evidence(result, Profile(), at, None, (), adviser=tuple(advised(result).values()))
    told = json.loads(artefact.as_json(evidence))
    Draft202012Validator(json.loads((SCHEMAS / "saq-1.schema.json").read_text("utf-8"))).validate(told)
    assert [one["saq"] for one in told["questionnaires"]] == list(SAQS)
    assert told["questionnaires"][0]["contradicted"][0]["line"] == 1
    assert b"shop/pay" in markdown.report(evidence)
    assert "compliant" not in json.dumps(told)
