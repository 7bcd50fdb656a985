"""The table of the service's README: everything it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
README = ROOT / "reference_impl" / "README.md"
ROWS = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in README.open() if re.match(r"\| \d", line)]


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_there_are_thirty_rows_in_order() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, 31))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_everything_a_row_names_is_there(row: list[str]) -> None:
    _, _, where, shown, policies = row
    for path in [] if where.startswith("see ") else names(where):
        assert (ROOT / "reference_impl" / path).is_file(), path
    for test in [] if shown.startswith("see ") else names(shown):
        file, _, name = test.partition("::")
        assert re.search(
            rf"^def {name}\(", (ROOT / "tests" / "reference" / f"{file}.py").read_text("utf-8"), re.MULTILINE
        )
    assert names(where) and names(shown) and names(policies)
    for policy in names(policies):
        assert (ROOT / "rules" / "policies" / f"{policy}.yaml").is_file(), policy
