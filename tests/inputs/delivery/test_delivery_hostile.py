"""Cut, mixed up and nested input never raises, and always gives places that lie in the file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.bundled import bundled
from scanner.inputs import load
from tests.inputs.delivery.units import check_places, unit, units

KINDS = ("dockerfile", "compose", "github_actions", "gitlab_ci")
NAMES = {
    "dockerfile": "Dockerfile",
    "compose": "compose.yaml",
    "github_actions": ".github/workflows/a.yml",
    "gitlab_ci": ".gitlab-ci.yml",
}


def _samples() -> list[tuple[str, bytes]]:
    found = []
    for path in sorted((bundled("rules") / "rego").rglob("*")):
        name = path.name.lower()
        if path.is_file() and ".rego" not in name:
            inside = Path(path).as_posix()
            for kind, mark in (
                ("dockerfile", ".dockerfile"),
                ("compose", "compose.y"),
                ("github_actions", "/workflows/"),
                ("gitlab_ci", ".gitlab-ci.yml"),
            ):
                if mark in inside.lower():
                    found.append((kind, path.read_bytes()))
    return found


SAMPLES = _samples()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_heavy_is_imported_for_a_name(kind: str) -> None:
    code = f"from scanner.inputs import load; load('{kind}').claims('a.yaml')"
    subprocess.run([sys.executable, "-c", f"{code}; import sys; assert 'yaml' not in sys.modules"], check=True)


@settings(deadline=None)
@given(st.data())
def test_mutated_files_never_raise(data: st.DataObject) -> None:
    kind, text = data.draw(st.sampled_from(SAMPLES))
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 12))
        text = text[:at] + data.draw(st.binary(max_size=3)) + text[at + length :]
    text = text[: data.draw(st.integers(0, len(text)))]
    files: dict[str, str | bytes] = {NAMES[kind]: text}
    for made in units(kind, files).values():
        json.dumps([one.config for one in made.subjects])
        assert len({one.id for one in made.subjects}) == len(made.subjects)
        if b"\r" not in text and text.isascii():
            check_places(made, files)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("dockerfile", "FROM a\nUSER " + "${A:-" * 3000),
        ("dockerfile", "FROM a\nRUN " + "$(" * 3000),
        ("dockerfile", "FROM a\nRUN " + "sh -c '" * 3000),
        ("dockerfile", "FROM a\nRUN " + "<<A " * 300),
        ("dockerfile", "FROM a\nRUN " + "[" * 3000),
        ("dockerfile", "FROM a AS a\n" + "FROM a AS a\n" * 2000),
        ("compose", "services:\n  a: &a\n    image: " + "${A:-" * 3000 + "\n"),
        ("compose", "services:\n" + "".join(f"  s{n}:\n    extends: s{n + 1}\n    image: a\n" for n in range(100))),
        ("gitlab_ci", "".join(f"s{n}:\n  extends: [s{n + 1}, s{n + 2}]\n  script: a\n" for n in range(200))),
        ("github_actions", "on: push\njobs:\n  a:\n    steps:\n      - run: " + "`" * 3000 + "\n"),
        ("github_actions", "on: push\njobs: " + "[" * 90 + "]" * 90 + "\n"),
    ],
)
def test_deep_and_wide_input_ends(kind: str, text: str) -> None:
    for made in units(kind, {NAMES[kind]: text}).values():
        json.dumps([one.config for one in made.subjects])


@pytest.mark.parametrize("kind", KINDS)
def test_any_bytes(kind: str) -> None:
    for text in (b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbfFROM a", "FROM ä:ü\nENV A=ö\n".encode("latin-1")):
        made = load(kind)
        for one in units(kind, {NAMES[kind]: text}).values():
            assert made and one.id


def test_a_key_that_is_written_like_our_mark_is_a_key() -> None:
    text = b"on: push\njobs:\n  build:\n    env:\n      __unknown__: why\n    steps: []\nx:\n  __unknown__:\n"
    made = unit("github_actions", {".github/workflows/a.yml": text})
    job = next(subject for subject in made.subjects if subject.type == "job")
    assert job.config["env"] == {"__unknown__ ": "why"}
    json.dumps([subject.config for subject in made.subjects])
