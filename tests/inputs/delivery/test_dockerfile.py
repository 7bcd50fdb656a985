"""Dockerfiles as stages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.inputs.delivery.dockerfile import claims, facts
from scanner.model import Subject, is_unknown
from scanner.text import Source
from tests.inputs.delivery.units import check_places, unit, written


def stages(text: str) -> list[Subject]:
    return list(unit("dockerfile", {"Dockerfile": text}).subjects)


@pytest.mark.parametrize(
    "path", ["Dockerfile", "a/Dockerfile.prod", "x/web.Dockerfile", "web.dockerfile", "Containerfile", "Dockerfile-dev"]
)
def test_claimed(path: str) -> None:
    assert claims(path)


@pytest.mark.parametrize("path", ["Dockerfile.dockerignore", "Dockerfile.md", "MyDockerfile", "dockerfile.py", "a.txt"])
def test_not_claimed(path: str) -> None:
    assert not claims(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM a", {"holds": ["app_settings"]}),
        ("# c\n\n  from a\n", {"holds": ["app_settings"]}),
        ("ARG X=1\nFROM a", {"holds": ["app_settings"]}),
        ("", None),
        ("RUN x\nFROM a", None),
        ("From the docs: this is prose", {"holds": ["app_settings"]}),
        ("hello\n", None),
        ("ARG X=1\n", None),
    ],
)
def test_which_files_are_dockerfiles(text: str, expected: object) -> None:
    assert facts(Source("Dockerfile", text.encode())) == expected


def test_templates_are_reported() -> None:
    made = unit("dockerfile", {"Dockerfile.j2": "FROM {{ base }}\n"})
    assert made.subjects == ()
    assert [problem.fatal for problem in made.problems] == [False]


def test_stages_build_on_each_other() -> None:
    text = (
        "ARG V=3\nFROM a:${V} AS one\nENV A=1\nUSER app\nFROM One AS two\nENTRYPOINT x\nFROM two\nUSER 0\nFROM scratch"
    )
    one, two, three, four = stages(text)
    assert one.config["from"] == {"image": "a:3", "name": "a", "tag": "3", "digest": False, "kind": "image"}
    assert (two.config["from"]["kind"], two.config["base"]["image"], two.config["user"]) == ("stage", "a:3", "app")
    assert (three.config["env"], three.config["user"], three.config["starts"]) == ({"A": "1"}, "0", True)
    assert [one.config["final"] for one in (one, two, three, four)] == [False, False, False, True]
    assert four.config["from"]["kind"] == "scratch"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ARG X=1\nUSER u$X", "u1"),
        ("ENV X=1\nUSER ${X}${X:-2}", "11"),
        ("USER ${Y:-d${Z:-e}}", "de"),
        ("ENV X=1\nUSER ${X:+set}", "set"),
        ("ENV A='$x' \nUSER \"$A\"", "$x"),
        ("USER a\\$b", "a$b"),
        ("ARG X\nUSER ${X:-d}", "d"),
    ],
)
def test_variables(text: str, expected: str) -> None:
    assert stages(f"FROM a\n{text}\n")[0].config["user"] == expected


@pytest.mark.parametrize(
    "text", ["USER $X", "ARG X\nUSER $X", "ARG X\nENV Y=$X\nUSER $Y", "USER ${X#a}", "USER ${X:?e}"]
)
def test_what_comes_from_outside_is_unknown(text: str) -> None:
    assert is_unknown(stages(f"FROM a\n{text}\n")[0].config["user"])


def test_continuations_comments_and_heredocs() -> None:
    text = (
        "# escape=`\nFROM a\nRUN one `\n  # two\n\n  && three `\n  four\n"
        "RUN <<EOF\nfive\nEOF\nCOPY <<A <<B /x/\nfrom\nA\nsix\nB\nRUN seven\n"
    )
    files: dict[str, str | bytes] = {"Dockerfile": text}
    (stage,) = unit("dockerfile", files).subjects
    names = [command["name"] for command in stage.config["commands"]]
    assert names == ["one", "three", "", "five", "seven"]
    assert written(stage, files, "commands", 1, "words", 1) == "four"
    assert stage.places["commands", 3, "words", 0].span.line == 9
    assert [one["keyword"] for one in stage.config["instructions"]] == ["RUN", "RUN", "COPY", "RUN"]


def test_json_forms_and_flags() -> None:
    text = 'FROM --platform=linux/arm64 a\nRUN ["curl", "-k"]\nCOPY --from=x --chown=a:b ["p q", "r"]\nADD u v w/\n'
    (stage,) = stages(text)
    assert stage.config["platform"] == "linux/arm64"
    assert stage.config["commands"][0]["words"] == ["curl", "-k"]
    copy, add = stage.config["instructions"][1:]
    assert (copy["sources"], copy["target"], copy["flags"]) == (["p q"], "r", {"from": "x", "chown": "a:b"})
    assert (add["sources"], add["target"]) == (["u", "v"], "w/")


def test_scripts_of_other_shells_are_not_read() -> None:
    (stage,) = stages('FROM a\nSHELL ["powershell", "-Command"]\nRUN curl -k x\nSHELL ["/bin/bash", "-c"]\nRUN b\n')
    assert [command["name"] for command in stage.config["commands"]] == ["b"]


def test_what_no_builder_knows_is_told() -> None:
    made = unit("dockerfile", {"Dockerfile": "FROM a\nRUNN x\nFROM\n"})
    assert [(problem.line, problem.fatal) for problem in made.problems] == [(2, False), (3, False)]


values = st.text(alphabet="abcXYZ019.-/:", min_size=1, max_size=8)


@given(st.lists(st.tuples(values, values), min_size=1, max_size=6), st.sampled_from([" ", " \\\n  ", " \\\n# c\n\t"]))
def test_spans_are_what_is_written(pairs: list[tuple[str, str]], gap: str) -> None:
    env = gap.join(f'N{number}="{value}"' for number, (value, _) in enumerate(pairs))
    run = gap.join(word for _, word in pairs)
    files: dict[str, str | bytes] = {"Dockerfile": f"FROM a\nENV {env}\nRUN cmd{gap}{run}\n"}
    made = unit("dockerfile", files)
    (stage,) = made.subjects
    for number, (value, word) in enumerate(pairs):
        assert stage.config["variables"][number]["value"] == value
        assert written(stage, files, "variables", number, "value") == f'"{value}"'
        assert written(stage, files, "commands", 0, "words", number + 1) == word
    check_places(made, files)


def test_images_that_files_are_copied_from() -> None:
    text = "FROM a:1 AS b\nFROM scratch\nCOPY --from=b /x /x\nCOPY --from=0 /x /x\nCOPY --from=context /x /x\n"
    text += "ARG V=2\nCOPY --from=tools:${V} /y /y\nCOPY --link --from=r.example/t@sha256:ab /z /z\n"
    first, last = stages(text)
    assert [one["image"] for one in first.config["images"]] == ["a:1"]
    assert [one["image"] for one in last.config["images"]] == ["tools:2", "r.example/t@sha256:ab"]


def test_what_onbuild_keeps_counts_and_sets_nothing() -> None:
    text = (
        "FROM a\nONBUILD ENV X=1\nONBUILD RUN --mount=type=cache,target=/c curl b\nONBUILD COPY c d\nONBUILD USER e\n"
    )
    config = stages(text)[0].config
    assert [one["name"] for one in config["commands"]] == ["curl"]
    assert [(one["name"], one["value"]) for one in config["variables"]] == [("X", "1")]
    assert config["env"] == {}
    assert config["user"] is None
    assert [one["sources"] for one in config["instructions"] if one["keyword"] == "COPY"] == [["c"]]


def test_lines_of_files_written_in_place() -> None:
    text = "FROM a\nRUN cat <<E > /f\nb=c\n\n  d=e\nE\nCOPY <<E /g\nh=i\nE\nRUN <<E\necho j\nE\n"
    config = stages(text)[0].config
    assert [one["lines"] for one in config["instructions"]] == [["b=c", "d=e"], ["h=i"], []]
    assert [one["name"] for one in config["commands"]] == ["cat", "", "echo"]


def test_a_value_from_another_variable_says_so() -> None:
    text = 'FROM a\nARG X=b\nENV Y=$X Z=${X:-c} W="$X" V=$$ L=d\nLABEL M=n\n'
    assert {one["name"]: one["refers"] for one in stages(text)[0].config["variables"]} == {
        "X": False, "Y": True, "Z": True, "W": True, "V": False, "L": False, "M": False,
    }  # fmt: skip
