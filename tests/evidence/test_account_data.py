"""The inventory of account data: what names and declarations mean, and real scans of small projects."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pytest

from scanner.config import Config
from scanner.errors import ConfigError
from scanner.evidence.artefacts import account_data_table
from scanner.evidence.inventories import account_data
from scanner.evidence.model import AccountDataItem, Profile
from scanner.evidence.profile import profile
from scanner.model import Observed, Place, Span
from scanner.run import run
from tests.evidence.described import evidence


def observed(store: str, field: str, kind: str = "stored", line: int = 1, path: str = "a.py", **said: str) -> Observed:
    values = {"kind": kind, "store": store, "field": field, **said}
    return Observed("account_data.any", "account_data", Place(path, Span(line, 1, line, 5)), "", values)


def rows(*seen: Observed) -> tuple[AccountDataItem, ...]:
    return account_data.items(evidence().result._replace(observed=seen))


def scanned(root: Path, files: Mapping[str, str]) -> tuple[AccountDataItem, ...]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    result = run(Config(root=root, paths=(root,), inventory=True, cache=False))
    assert not result.errors
    return account_data.items(result)


@pytest.mark.parametrize(
    ("store", "field", "element", "unreadable"),
    [
        ("customers", "card_number", "pan", ""),
        ("saved_cards", "number", "pan", ""),
        ("CardInput", "number", "pan", ""),
        ("CardInput", "verification_code", "verification_code", ""),
        ("LegacyCard", "cvv", "verification_code", ""),
        ("Card", "panSealed", "pan", "encryption (by its name)"),
        ("vault", "pan_ciphertext", "pan", "encryption (by its name)"),
        ("vault", "encrypted_card_number", "pan", "encryption (by its name)"),
        ("vault", "card_number_hmac", "pan", "keyed hash (by its name)"),
        ("vault", "pan_hash", "pan", "hash (by its name)"),
        ("tokens", "sealed_card", "card", "encryption (by its name)"),
        ("swipes", "track2", "track", ""),
        ("swipes", "pin_block", "pin", ""),
    ],
)
def test_what_a_name_means(store: str, field: str, element: str, unreadable: str) -> None:
    (row,) = rows(observed(store, field))
    assert (row.elements, row.unreadable, row.store) == ((element,), unreadable, f"{store}.{field}")


@pytest.mark.parametrize(
    ("store", "field", "said"),
    [
        ("cards", "card_token", {}),
        ("cards", "last4", {}),
        ("cards", "masked_pan", {}),
        ("cards", "pan_hash_algorithm_id", {}),
        ("gift_cards", "number", {}),
        ("payments", "number", {}),
        ("devices", "fingerprint", {}),
        ("users", "password_hash", {}),
        ("cameras", "pan_angle", {}),
        ("orders", "cvv_result", {}),
        ("orders", "card", {}),
        ("cards", "card_number", {"type": "char(4)", "length": "4"}),
        ("cards", "card_number", {"type": "mapped_column(String(4))"}),
        ("cards", "card_number", {"type": "models.CharField(max_length=4)"}),
        ("cards", "cvv", {"type": "boolean"}),
    ],
)
def test_what_is_no_account_data(store: str, field: str, said: Mapping[str, str]) -> None:
    assert rows(observed(store, field, **said)) == ()


def test_expiration_dates_and_names_count_beside_a_card_number_only() -> None:
    assert rows(observed("saved_cards", "exp_month"), observed("saved_cards", "card_token", line=2)) == ()
    beside = rows(
        observed("cards", "exp_month"), observed("cards", "pan", line=2), observed("other", "exp_year", line=3)
    )
    assert [row.elements for row in beside] == [("expiration_date",), ("pan",)]


@pytest.mark.parametrize(
    ("said", "unreadable"),
    [
        ({"type": "EncryptedString(key_alias='alias/vault')"}, "encryption (declared: EncryptedString)"),
        ({"marks": "@Convert(converter = SealedPan.class)"}, "encryption (declared: SealedPan)"),
        ({"encrypted": "true"}, "encryption (option of the column)"),
        ({"type": "bytea"}, ""),
        ({"type": "Unencrypted(String)"}, ""),
    ],
)
def test_a_declaration_shows_how_it_is_made_unreadable(said: Mapping[str, str], unreadable: str) -> None:
    (row,) = rows(observed("cards", "pan", **said))
    assert row.unreadable == unreadable


def test_a_comment_that_says_how_long_is_the_retention() -> None:
    told = {"comment": "Deleted after 90 days", "comment of table": "Cards"}
    (row,) = rows(observed("cards", "pan", **told))
    assert row.retention == "Deleted after 90 days"
    (row,) = rows(observed("cards", "pan", comment="As typed by the customer"))
    assert row.retention == ""


def test_a_field_of_a_stored_model_is_one_row_and_test_code_none() -> None:
    seen = observed("Card", "pan"), observed("Card", "pan", kind="processed")
    assert [row.kind for row in rows(*seen)] == ["stored"]
    assert rows(observed("Card", "pan", path="tests/cards.py")) == ()


def test_a_type_says_what_a_name_does_not() -> None:
    (row,) = rows(observed("CardInput", "code", kind="processed", type="VerificationCode | None"))
    assert row.elements == ("verification_code",)
    assert rows(observed("OrderInput", "code", kind="processed", type="VerificationCode | None")) == ()
    assert rows(observed("CardInput", "masked_number", kind="processed", type="str")) == ()


def test_columns_as_migrations_leave_them_with_their_findings(tmp_path: Path) -> None:
    found = scanned(
        tmp_path,
        {
            "db/001_cards.sql": "CREATE TABLE cards (\n  card_number varchar(19),\n  pan_ciphertext bytea,\n"
            "  exp_month int,\n  token text,\n  last_four char(4)\n);\nCREATE TABLE people (card_number text);\n",
            "db/002_people.sql": "ALTER TABLE people DROP COLUMN card_number;\n",
        },
    )
    assert [(row.store, row.elements, row.place.span.line) for row in found] == [
        ("cards.card_number", ("pan",), 2),
        ("cards.exp_month", ("expiration_date",), 4),
        ("cards.pan_ciphertext", ("pan",), 3),
    ]
    assert [row.violations for row in found] == [("pan_stored_in_clear.sql",), (), ()]


def test_models_and_what_comes_in(tmp_path: Path) -> None:
    text = (
        "from pydantic import BaseModel\nfrom sqlalchemy.orm import DeclarativeBase, mapped_column\n\n\n"
        "class CardRequest(BaseModel):\n    number: str\n    colour: str\n\n\n"
        "class Vaulted(DeclarativeBase):\n    pan = mapped_column(EncryptedString())\n"
        "    name = mapped_column(String(9))\n"
    )
    found = scanned(tmp_path, {"app/cards.py": text})
    assert [(row.kind, row.store, row.unreadable) for row in found] == [
        ("stored", "Vaulted.pan", "encryption (declared: EncryptedString)"),
        ("processed", "CardRequest.number", ""),
    ]


def test_a_finding_is_a_row_even_if_it_is_ignored(tmp_path: Path) -> None:
    logged = "logging.info(card_number)  # paylint: ignore[pan_logged] later"
    text = f"import logging\n\n\ndef pay(card_number):\n    {logged}\n"
    (row,) = scanned(tmp_path, {"pay.py": text})
    assert (row.kind, row.store, row.elements) == ("stored", "log", ("pan",))
    assert row.violations == ("pan_logged.python.logger",)


def test_the_table_says_what_lies_outside_of_the_declared_environment() -> None:
    listed = rows(observed("=cards", "pan", path="vault/a.py"), observed("orders", "pan", path="shop/a.py"))
    told = Profile(cde_paths=("vault/**",))
    text = account_data_table.write(evidence(account_data=listed, profile=told)).decode()
    said = {row["where"]: row for row in csv.DictReader(io.StringIO(text))}
    assert said["vault/a.py"]["in the declared environment"] == "yes"
    assert said["shop/a.py"]["in the declared environment"].startswith("no")
    assert said["vault/a.py"]["store"] == "'=cards.pan"
    assert all(row["purpose"] == row["confirmed by"] == "" for row in said.values())
    unsaid = account_data_table.write(evidence(account_data=listed)).decode()
    assert {row["in the declared environment"] for row in csv.DictReader(io.StringIO(unsaid))} == {""}


def test_paths_of_the_environment_are_globs() -> None:
    assert profile({"cde_paths": ["vault/**"]}, {}).cde_paths == ("vault/**",)
    for wrong in ("vault/**", [], [""], [3]):
        with pytest.raises(ConfigError, match="cde_paths"):
            profile({"cde_paths": wrong}, {})
