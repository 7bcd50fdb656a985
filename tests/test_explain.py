"""`paylint explain FILE:LINE`: why a name was taken, and what the rules say there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import paylint

CODE = """import logging


def pay(card, masked_pan, zoom_pan):
    logging.info("card %s bad cvv", card.number, masked_pan)
    logging.info("done")
    save(mask(card.number), row["cvv"], zoom_pan)
    logging.info("%s", card.number)  # paylint: ignore[pan_logged] a test
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pay.py").write_text(CODE)
    return tmp_path


def test_names_and_findings(folder: Path) -> None:
    answer = paylint("explain", "pay.py:5", cwd=folder)
    assert answer.code == 0
    assert "card.number holds 'card number': pan\n" in answer.out
    assert "masked_pan holds 'pan', but is not pan: refused by 'mask*'" in answer.out
    assert "cvv holds 'cvv': verification_code; within a longer text" in answer.out
    assert "pan_logged.python" in answer.out


def test_a_line_that_is_right(folder: Path) -> None:
    answer = paylint("explain", "pay.py:7", cwd=folder)
    assert answer.code == 0
    assert "mask(card.number) holds 'card number', but is not pan: refused by 'mask*'" in answer.out
    assert """row["cvv"] holds 'cvv': verification_code\n""" in answer.out
    assert "zoom_pan holds 'pan', but is not pan: refused by 'zoom pan'" in answer.out
    assert "nothing is reported on this line" in answer.out


def test_a_line_about_nothing_and_one_that_is_ignored(folder: Path) -> None:
    assert "no name on this line" in paylint("explain", "pay.py:6", cwd=folder).out
    assert "(ignored: a test)" in paylint("explain", "pay.py:8", cwd=folder).out


def test_what_was_not_analysed_is_not_clean(folder: Path) -> None:
    (folder / "broken.tf").write_text('resource "aws_s3_bucket" "b" {\n  pan = \n')
    answer = paylint("explain", "broken.tf:2", cwd=folder)
    assert answer.code == 3
    assert "not analysed" in answer.out


def test_secrets_and_card_numbers_stay_hidden(folder: Path) -> None:
    number = "4111" + "1111" * 3
    (folder / "a.py").write_text(f'db_password = "correct-horse-9"  # {number[:-1]}1\n')
    out = paylint("explain", "a.py:1", cwd=folder).out
    assert "correct-horse" not in out
    assert number not in out


def test_lines_are_counted_as_findings_count_them(folder: Path) -> None:
    (folder / "form.py").write_bytes(b"import logging\n\x0c\nlogging.info(card.number)\n")
    answer = paylint("explain", "form.py:3", cwd=folder)
    assert answer.code == 0
    assert "logging.info(card.number) holds 'card number': pan" in answer.out
    assert "pan_logged.python" in answer.out
    assert paylint("explain", "form.py:4", cwd=folder).code == 2


@pytest.mark.parametrize("place", ["pay.py", "pay.py:0", "pay.py:99", "pay.py:x", "no.py:1", ".:1"])
def test_no_such_place(folder: Path, place: str) -> None:
    answer = paylint("explain", place, cwd=folder)
    assert answer.code == 2
    assert answer.err.startswith("paylint: ")
