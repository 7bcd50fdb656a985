"""Workflows of GitHub and pipelines of GitLab as subjects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.inputs import load
from scanner.model import Json, is_unknown
from scanner.text import Source
from tests.inputs.delivery.units import check_places, subject, unit, units, written

CI = ".github/workflows/ci.yml"
GL = ".gitlab-ci.yml"


def workflow(steps: str) -> dict[str, str | bytes]:
    return {CI: f"on: push\njobs:\n  j:\n    runs-on: x\n    steps:\n{steps}"}


@pytest.mark.parametrize(
    ("kind", "path", "text", "expected"),
    [
        ("github_actions", CI, "on: push\njobs: {}\n", {"workflow": True}),
        ("github_actions", CI, "a: 1\n", None),
        ("github_actions", "x/action.yml", "runs:\n  using: composite\n", {"action": True}),
        ("github_actions", "x/action.yml", "runs:\n  using: node20\n", None),
        ("github_actions", "x/action.yml", "- action: a\n", None),
        ("gitlab_ci", GL, "a: 1\n", {"main": True, "includes": []}),
        (
            "gitlab_ci",
            GL,
            "include:\n  - local: /ci/a.yml\n  - b.yml\n",
            {"main": True, "includes": ["b.yml", "ci/a.yml"]},
        ),
        ("gitlab_ci", ".gitlab/ci/a.yml", "j:\n  script: x\n", {"includes": []}),
        ("gitlab_ci", "ci/a.yml", "j:\n  script: x\n", {"perhaps": True, "includes": []}),
        ("gitlab_ci", "a.yml", "jobs:\n  j:\n    script: x\n", None),
        ("gitlab_ci", "a.yml", "a: 1\n", None),
    ],
)
def test_which_files_are_ours(kind: str, path: str, text: str, expected: Json) -> None:
    assert load(kind).claims(path)
    assert load(kind).facts(Source(path, text.encode())) == expected


def test_units_of_github() -> None:
    action = "runs:\n  using: composite\n  steps: []\n"
    files: dict[str, str | bytes] = {
        CI: "on: push\njobs: {}\n",
        "a/action.yml": action,
        f"sub/{CI}": "on: push\njobs: {}\n",
        "sub/b/action.yml": action,
    }
    assert {root: made.files for root, made in units("github_actions", files).items()} == {
        ".": (CI, "a/action.yml"),
        "sub": (f"sub/{CI}", "sub/b/action.yml"),
    }


def test_units_of_gitlab() -> None:
    files: dict[str, str | bytes] = {
        GL: "include:\n  - local: ci/*.yml\nj: {script: x}\n",
        "ci/a.yml": "a:\n  script: x\n",
        "other/a.yml": "a:\n  script: x\n",
        ".gitlab/ci/b.yml": "b:\n  script: x\n",
        f"sub/{GL}": "a: 1\n",
    }
    assert {root: made.files for root, made in units("gitlab_ci", files).items()} == {
        ".": (".gitlab-ci.yml", ".gitlab/ci/b.yml", "ci/a.yml"),
        "sub": ("sub/.gitlab-ci.yml",),
    }


@pytest.mark.parametrize("on", ["on: push", "on: [push]", "on: {push: {branches: [a]}}", "'on': push"])
def test_events(on: str) -> None:
    made = unit("github_actions", {CI: f"{on}\njobs:\n  j: {{runs-on: x, steps: []}}\n"})
    assert subject(made, CI).config["events"] == ["push"]
    assert subject(made, f"{CI}/j").config["events"] == ["push"]
    assert "on" in subject(made, CI).config


@pytest.mark.parametrize(
    ("uses", "kind", "repository", "pinned"),
    [
        ("a/b@v1", "repository", "a/b", False),
        ("a/b/c/d@" + "0a" * 20, "repository", "a/b", True),
        ("a/b@" + "0a" * 10, "repository", "a/b", False),
        ("./a", "local", None, True),
        ("docker://a:1", "docker", None, False),
        ("docker://a@sha256:" + "0a" * 32, "docker", None, True),
    ],
)
def test_actions(uses: str, kind: str, repository: str | None, pinned: bool) -> None:
    made = unit("github_actions", workflow(f"      - uses: {uses}\n        with: {{x: '${{{{ y }}}}'}}\n"))
    (found,) = subject(made, f"{CI}/j").config["actions"]
    assert (found["kind"], found["repository"], found["pinned"]) == (kind, repository, pinned)
    assert found["with"] == {"x": "${{ y }}"}


def test_expressions_are_unknown_outside_of_scripts() -> None:
    steps = "      - run: a ${{ b }} c\n        env: {D: '${{ e }}', F: g}\n"
    job = subject(unit("github_actions", workflow(steps)), f"{CI}/j").config
    assert job["commands"][0]["words"] == ["a", "${{ b }}", "c"]
    assert is_unknown(job["variables"][0]["value"])
    assert job["variables"][1]["value"] == "g"


@pytest.mark.parametrize(
    ("more", "read"),
    [
        ("shell: bash", True),
        ("shell: sh -e {0}", True),
        ("shell: python", False),
        ("shell: pwsh", True),
        ("id: x", True),
    ],
)
def test_which_shells_are_read(more: str, read: bool) -> None:
    made = unit("github_actions", workflow(f"      - run: curl x\n        {more}\n"))
    assert bool(subject(made, f"{CI}/j").config["commands"]) is read


def test_powershell_with_escapes_is_not_read() -> None:
    made = unit("github_actions", workflow("      - run: a `\n        shell: pwsh\n"))
    assert subject(made, f"{CI}/j").config["commands"] == []


def test_gitlab_jobs_extend_and_take_defaults() -> None:
    files: dict[str, str | bytes] = {
        GL: (
            "include: [local: ci/a.yml]\ndefault: {image: i, before_script: [b]}\n"
            "j:\n  extends: [.one, .two]\n  variables: {C: 3}\n"
            "  script:\n    - [x, [y]]\n    - !reference [.one, script]\n"
            "k:\n  inherit: {default: false}\n  script: z\nl:\n  extends: .nowhere\n  script: z\n"
        ),
        "ci/a.yml": ".one:\n  variables: {A: 1, B: 1}\n.two:\n  extends: .one\n  variables: {B: 2}\n  script: [s]\n",
    }
    made = unit("gitlab_ci", files)
    job = subject(made, "j").config
    assert {one["name"]: one["value"] for one in job["variables"]} == {"A": 1, "B": 2, "C": 3}
    assert [one["name"] for one in job["commands"]] == ["b", "x", "y"]
    assert [one["name"] for one in job["images"]] == ["i"]
    assert is_unknown(job["script"][1])
    assert subject(made, "k").config["images"] == []
    assert subject(made, "l").config["outside"] is True
    assert written(subject(made, "j"), files, "variables", 1, "value") == "2"
    check_places(made, files)


def test_gitlab_extends_in_circles_ends() -> None:
    made = unit("gitlab_ci", {GL: "a: {extends: b, script: x}\nb: {extends: a, script: y}\n"})
    assert {one.address for one in made.subjects} == {"pipeline .gitlab-ci.yml", "a", "b"}


@pytest.mark.parametrize(("kind", "path"), [("github_actions", CI), ("gitlab_ci", GL)])
def test_a_broken_file_is_a_problem(kind: str, path: str) -> None:
    made = unit(kind, {path: "on: push\njobs:\n  a: [\n"})
    assert [problem.fatal for problem in made.problems] == [True]


@pytest.mark.parametrize(
    "odd", ["jobs: 1", "jobs: [a]", "jobs: {a: 1}", "jobs:\n  a: {steps: {b: c}, services: [1], env: 2}"]
)
def test_odd_workflows(odd: str) -> None:
    check_places(unit("github_actions", {CI: f"on: push\n{odd}\n"}), {CI: f"on: push\n{odd}\n"})


STYLES = {
    "plain": "      - run: {0}\n",
    "quoted": "      - run: '{0}'\n",
    "literal": "      - run: |\n\n          first\n          {0}\n\n          last\n",
    "folded": "      - run: >-\n          {0}\n\n          last\n",
    "chomped": "      - run: |2-\n          first\n            {0}\n",
}


@given(
    st.sampled_from(sorted(STYLES)),
    st.lists(st.text(alphabet="abc019.-/", min_size=1, max_size=6), min_size=1, max_size=5),
)
def test_places_in_scripts_are_what_is_written(style: str, words: list[str]) -> None:
    files = workflow(STYLES[style].format("tool " + " ".join(words)))
    made = unit("github_actions", files)
    job = subject(made, f"{CI}/j")
    at = next(number for number, one in enumerate(job.config["commands"]) if one["name"] == "tool")
    assert job.config["commands"][at]["words"][1:] == words
    for number, word in enumerate(words):
        assert written(job, files, "commands", at, "words", number + 1) == word
    check_places(made, files)


def test_a_script_with_escapes_has_the_place_of_the_whole() -> None:
    files = workflow('      - run: "a\\tb \\"c\\""\n')
    job = subject(unit("github_actions", files), f"{CI}/j")
    assert job.config["commands"][0]["words"] == ["a", "b", "c"]
    assert written(job, files, "commands", 0, "words", 2) == '"a\\tb \\"c\\""'
