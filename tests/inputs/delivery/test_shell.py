"""Scripts to commands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.inputs.delivery.commands import commands_of
from scanner.inputs.delivery.script import Piece, Script
from scanner.inputs.delivery.shell import MAX_DEPTH, commands
from scanner.model import Place, Span, is_unknown


def words(text: str) -> list[list[str]]:
    return [[word.text for word in command.words] for command in commands(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b; c", [["a", "b"], ["c"]]),
        ("a && b || c & d", [["a"], ["b"], ["c"], ["d"]]),
        ("a \\\n  b # c\nd", [["a", "b"], ["d"]]),
        ("a 'b c' \"d  e\" f\\ g", [["a", "b c", "d  e", "f g"]]),
        ("a#b #c", [["a#b"]]),
        ("(a; b) | c", [["a"], ["b"], ["c"]]),
        ("x=$(a | b) c", [["x=$(a | b)", "c"], ["a"], ["b"]]),
        ('a "$(b)" $(c) `d`', [["a", "$(b)", "$(c)", "`d`"], ["b"], ["c"], ["d"]]),
        ("a ${{ secrets.B || 'c' }} d", [["a", "${{ secrets.B || 'c' }}", "d"]]),
        ("a $((1 + (2 * 3))) b", [["a", "$((1 + (2 * 3)))", "b"]]),
        ("cat <<X > f\na b\nX\nc", [["cat"], ["c"]]),
        ("cat <<-'X'\n\ta\n\tX\nc", [["cat"], ["c"]]),
        ("bash <<X\na b\nX\nc", [["bash"], ["a", "b"], ["c"]]),
        ("bash -ec 'a; b' c", [["bash", "-ec", "a; b", "c"], ["a"], ["b"]]),
        ('docker run i sh -c "a b"', [["docker", "run", "i", "sh", "-c", "a b"], ["a", "b"]]),
        ("a 2>&1 >f b", [["a", "b"]]),
        ("diff <(a) <(b c)", [["diff", "<(a)", "<(b c)"], ["a"], ["b", "c"]]),
        ("case $x in a) b ;; esac", [["case", "$x", "in", "a"], ["b"], ["esac"]]),
        ("a '", [["a", ""]]),
        ("$(", [["$("]]),
    ],
)
def test_words(text: str, expected: list[list[str]]) -> None:
    assert words(text) == expected


def test_pipes_lead_to_the_next_command_of_the_same_level() -> None:
    script = Script('curl "$(git x | y)" | sudo -E bash -s', Place("f", Span(1, 1, 1, 40)), (Piece(0, 1, 1),))
    told = {one.pairs["name"].value: one.pairs["to"].value for one in commands_of(script)}
    assert told == {"curl": "bash", "git": "y", "y": None, "bash": None}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A=b C=d make x", "make"),
        ("if ! sudo -u app /usr/bin/curl x", "curl"),
        ("env -u X A=b timeout -s KILL 30 wget y", "wget"),
        ("xargs -n 1 -P4 curl", "curl"),
        ("sudo", "sudo"),
        ("A=b", ""),
    ],
)
def test_the_name_stands_behind_what_runs_it(text: str, name: str) -> None:
    (command,) = commands_of(Script(text, Place("f", Span(1, 1, 1, 2))))
    assert command.pairs["name"].value == name


def test_variables_of_commands() -> None:
    text = "A=b export C='$d'\nexport E=$f\necho \"G=h\" >> $GITHUB_ENV\necho I=j > file"
    found = [
        (one.pairs["name"].value, one.pairs["value"].value)
        for command in commands_of(Script(text, Place("f", Span(1, 1, 1, 2))))
        for one in command.pairs["variables"].items
    ]
    assert [name for name, _ in found] == ["A", "C", "E", "G"]
    values = dict(found)
    assert (values["A"], values["C"], values["G"]) == ("b", "$d", "h")
    assert is_unknown(values["E"])


def test_depth_is_bounded() -> None:
    assert len(commands("$(" * 5000 + "a")) <= 5001
    assert len(commands("sh -c '" * (MAX_DEPTH * 3))) >= 1
    assert commands("`" * 5000) is not None


@given(st.text(alphabet="ab $(){}`'\"\\\n;&|<>#=-", max_size=60))
def test_any_text_is_read_and_places_hold(text: str) -> None:
    found = commands(text)
    assert [command.start for command in found] == sorted(command.start for command in found)
    for command in found:
        for word in command.words:
            assert 0 <= word.start < word.end <= len(text)
            if word.text and not set("'\"\\`$(<>") & set(text[word.start : word.end]):
                assert text[word.start : word.end] == word.text


def test_lines_of_here_documents_that_are_no_scripts() -> None:
    text = "cat > f <<E\na\n  b\nE\nsh <<E\nc\nE\nd=$(cat <<E\ne\nE\n)\n"
    made = commands_of(Script(text, Place("f", Span(1, 1, 1, 1)), (Piece(0, 1, 1),)))
    lines = {one.pairs["name"].value: [line.value for line in one.pairs["lines"].items] for one in made}
    assert lines == {"cat": ["e"], "sh": [], "c": [], "": []}
    assert [line.value for line in made[0].pairs["lines"].items] == ["a", "b"]
