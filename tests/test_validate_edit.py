"""An edit means the same for whoever writes one: by hand, by a pattern, for a port."""

from __future__ import annotations

import pytest

from scanner.validation.edit import Edit, apply, edit

PYTHON = '''\
"""What it does.

from here on.
"""

from __future__ import annotations

import os


def pay(card):
    log(card.token)
    return ok(
        card,
    )
'''


def changed(text: str, line: str, wrong: str, beside: str = "", file: str = "pay.py") -> str:
    return apply(text, edit(file, text, line, wrong, beside)).text


def test_a_line_gives_way_to_one_as_far_in() -> None:
    assert "\n    log(card.number)\n" in changed(PYTHON, "log(card.token)", "log(card.number)")


def test_further_lines_stand_relative_to_the_first() -> None:
    text = changed(PYTHON, "log(card.token)", "if card:\n    log(card.number)\n\nflush()")
    assert "\n    if card:\n        log(card.number)\n\n    flush()\n    return ok(\n" in text


def test_lines_that_follow_each_other_are_one_place() -> None:
    text = changed(PYTHON, "return ok(\ncard,\n)", "return card")
    assert text.endswith("    log(card.token)\n    return card\n")


def test_an_empty_edit_takes_the_line_out_and_its_neighbours_are_the_place() -> None:
    made = edit("pay.py", PYTHON, "log(card.token)", "")
    after = apply(PYTHON, made)
    assert "log(" not in after.text
    lines = after.text.split("\n")
    assert [lines[number - 1].strip() for number in (after.first, after.last)] == ["def pay(card):", "return ok("]


def test_only_what_differs_is_the_place() -> None:
    after = apply(PYTHON, edit("pay.py", PYTHON, "log(card.token)", "log(card.token)\nlog(card.number)"))
    lines = after.text.split("\n")
    assert (after.first, after.last) == (after.first, after.first)
    assert lines[after.first - 1] == "    log(card.number)"


@pytest.mark.parametrize(
    ("file", "text", "before"),
    [
        ("pay.py", PYTHON, "import os"),
        ("pay.py", '"""About\nimport duties."""\n@wraps\ndef pay():\n    old()\n', "@wraps"),
        ("pay.go", 'package pay\n\nimport (\n\t"os"\n)\n\nfunc pay() {\n\told()\n}\n', "import ("),
        ("Pay.cs", "using System;\n\nnamespace Pay;\n\nold();\n", "using System;"),
        ("pay.php", "<?php\ndeclare(strict_types=1);\n\nnamespace Pay;\n\nold();\n", ""),
        ("pay.js", "'use strict';\nconst fs = require(\"fs\");\nold();\n", 'const fs = require("fs");'),
        ("pay.rb", 'require "json"\n\nold()\n', 'require "json"'),
    ],
)
def test_what_an_edit_brings_along_stands_at_the_head(file: str, text: str, before: str) -> None:
    line = "log(card.token)" if text is PYTHON else "old()" if "old()\n" in text else "old();"
    made = edit(file, text, line, "new()", "brought along")
    after = apply(text, made)
    lines = after.text.split("\n")
    at = lines.index("brought along")
    assert lines[at + 1] == before
    assert lines[after.first - 1].strip() == "new()"
    assert len(lines) == len(text.split("\n")) + 1


def test_behind_the_namespace_where_nothing_is_imported() -> None:
    text = "<?php\ndeclare(strict_types=1);\n\nnamespace Pay;\n\nold();\n"
    lines = changed(text, "old();", "new();", "use Other;", "pay.php").split("\n")
    assert lines.index("use Other;") == lines.index("namespace Pay;") + 1


def test_python_that_cannot_be_parsed_here_is_edited_all_the_same() -> None:
    text = "import os\nthis is of another century\nold()\n"
    assert changed(text, "old()", "new()", "import sys") == "import sys\nimport os\nthis is of another century\nnew()\n"


@pytest.mark.parametrize(
    ("line", "wrong", "said"),
    [
        ("log(card.name)", "x()", "stands nowhere"),
        ("same()", "x()", "stands there 2 times"),
        ("log(card.token)", "   log(card.token) ", "changes nothing"),
    ],
)
def test_an_edit_that_cannot_be_made_is_refused(line: str, wrong: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        edit("pay.py", PYTHON + "same()\nsame()\n", line, wrong)


def test_a_file_of_odd_bytes_and_no_last_newline_survives() -> None:
    text = b"caf\xe9 = 1\nold()".decode("utf-8", "surrogateescape")
    after = apply(text, Edit("a.rb", 2, 1, ("new()",)))
    assert after.text.encode("utf-8", "surrogateescape") == b"caf\xe9 = 1\nnew()"
