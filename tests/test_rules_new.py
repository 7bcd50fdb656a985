"""`paylint rules new`: what it writes can be read, fails honestly until it is written, and passes then."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from scanner.catalog import load
from scanner.errors import UsageError
from scanner.inputs import INPUTS
from scanner.rule_scaffold import _data, new, start
from scanner.rule_tests import Outcome, check
from tests.command import paylint

CODE = sorted(f"semgrep/{language}.first" for language in _data("languages"))
CONFIGURATION = sorted(f"rego/{name}_first" for name in _data("inputs"))


def outcome(folder: Path, work: Path) -> Outcome:
    work.mkdir()
    return check(folder, custom=True, work=work)


def test_there_is_a_start_for_every_input_and_every_language_of_the_rules() -> None:
    kinds = {"terraform" if name.startswith("terraform") else name for name in _data("inputs")}
    rules = load([]).rules.values()
    languages = {Path(rule.source).stem for rule in rules if rule.engine == "semgrep"}
    assert (kinds, set(_data("languages"))) == (set(INPUTS), languages)


def test_for_every_policy_it_can_be_read_and_fails_until_it_is_written(tmp_path: Path) -> None:
    inputs = ["python.first", "terraform_aws_first", "postgresql_first"]
    catalog = load([])
    policies = sorted(catalog.policies)
    made = [start(catalog, tmp_path / "own", policy, name) for policy in policies for name in inputs]
    result = outcome(tmp_path / "own", tmp_path / "work")
    assert result.rules == len(made) == len(policies) * len(inputs)
    assert len(result.failures) == len(made)
    assert [text for text in result.failures if not re.search(r": expected [\w.]+, nothing was found$", text)] == []


def written(file: Path) -> None:
    """The rule as its author may have written it: by what the comment in it says of the fixtures."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".rego":
        setting = re.search(r"In the fixtures as they are: (\[.*\]), \"wrong\"", text)
        assert setting
        text = text.replace('["replace_this"]', setting[1]).replace('"replace this"', '"wrong"')
    else:
        text = text.replace("replace_this", "the_wrong_way")
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("inputs", [CODE, CONFIGURATION], ids=["code", "configuration"])
def test_written_it_passes(tmp_path: Path, inputs: list[str]) -> None:
    catalog = load([])
    made = [start(catalog, tmp_path / "own", "weak_hash", name) for name in inputs]
    before = outcome(tmp_path / "own", tmp_path / "before")
    assert len(before.failures) == len(made)
    for each in made:
        written(each.files[0])
    after = outcome(tmp_path / "own", tmp_path / "after")
    assert (after.failures, after.rules, after.lines) == ((), len(made), len(made))


def test_a_file_that_is_there_keeps_what_its_authors_wrote(tmp_path: Path) -> None:
    new(tmp_path, "weak_hash", "go")
    rules, mutants = tmp_path / "semgrep/weak_hash/go.yaml", tmp_path / "mutants/weak_hash.yaml"
    for file in (rules, mutants):
        file.write_text("# Ours.\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    mutants.write_text(
        mutants.read_text(encoding="utf-8") + "\n# Also right.\nalso: [weak_key_size]\n", encoding="utf-8"
    )
    before = {file: file.read_text(encoding="utf-8") for file in (rules, mutants)}
    made = new(tmp_path, "weak_hash", "go.client")
    assert made.rule == "weak_hash.go.client"
    for file, text in before.items():
        lines = file.read_text(encoding="utf-8").split("\n")
        assert [line for line in text.split("\n") if line and line not in lines] == []
    assert [rule["id"] for rule in yaml.safe_load(rules.read_text())["rules"]] == [
        "weak_hash.go",
        "weak_hash.go.client",
    ]
    read = yaml.safe_load(mutants.read_text())
    assert [mutant["name"] for mutant in read["mutants"]] == ["go_first", "go_client_first"]
    assert read["also"] == ["weak_key_size"]
    assert load([tmp_path]).rules["weak_hash.go.client"].engine == "semgrep"


def test_a_mutant_is_to_be_written_too(tmp_path: Path) -> None:
    made = new(tmp_path, "weak_hash", "go")
    (mutant,) = yaml.safe_load(made.files[-1].read_text())["mutants"]
    assert set(mutant) == {"name", "file", "line", "wrong"}
    assert not (Path(__file__).parents[1] / mutant["file"]).exists()


@pytest.mark.parametrize(
    ("policy", "wanted", "said"),
    [
        ("no_such", "go", r"no policy 'no_such'.*policies/no_such.yaml"),
        ("weak_hash", "cobol", "'cobol' is no input; languages of code are .*python.*inputs of configuration .*nginx"),
        ("weak_hash", "../go", "no input"),
        ("weak_hash", "go.", "no input"),
        ("weak_hash", "sql", "say rego/sql .* or semgrep/sql"),
        ("weak_hash", "rego/go", "'rego/go' is no input"),
        ("weak_tls_version", "terraform_aws", "rule weak_tls_version.terraform_aws already.*terraform_aws_more"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, policy: str, wanted: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        new(tmp_path / "own", policy, wanted)
    assert not (tmp_path / "own").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    new(tmp_path, "weak_hash", "go")
    with pytest.raises(UsageError, match=r"rule weak_hash.go already .*go.more"):
        new(tmp_path, "weak_hash", "go")
    fixture = tmp_path / "rego/weak_hash/nginx_new.fail.conf"
    fixture.parent.mkdir(parents=True)
    fixture.write_text("http {}\n")
    with pytest.raises(UsageError, match="is there already"):
        new(tmp_path, "weak_hash", "nginx_new")
    assert [file.name for file in fixture.parent.iterdir()] == ["nginx_new.fail.conf"]


@pytest.mark.parametrize("text", ["rules: []\n", "rules: [\n", "- a\n", "rules: {}\n", "\udcff"])
def test_a_file_that_no_entry_can_be_added_to_stays_as_it_is(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mutants/weak_hash.yaml"
    file.parent.mkdir()
    file.write_bytes(text.replace("rules", "mutants").encode("utf-8", "surrogateescape"))
    before = file.read_bytes()
    answer = paylint("rules", "new", "weak_hash", "go", "--rules", str(tmp_path), cwd=tmp_path)
    assert (answer.code, "mutants/weak_hash.yaml" in answer.err, "Traceback" in answer.err) == (2, True, False)
    assert file.read_bytes() == before
    assert not (tmp_path / "semgrep").exists()


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "semgrep").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        new(tmp_path, "weak_hash", "go")
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [tmp_path / "semgrep"]


def test_a_file_in_the_way_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "mutants").write_text("")
    with pytest.raises(UsageError, match=r"cannot be (written|read)"):
        new(tmp_path, "weak_hash", "go")
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [tmp_path / "mutants"]
    with pytest.raises(UsageError, match="is no folder"):
        new(tmp_path / "mutants", "weak_hash", "go")


def test_the_command_says_what_comes_next(tmp_path: Path) -> None:
    answer = paylint("rules", "new", "weak_hash", "go", "--rules", str(tmp_path), cwd=tmp_path)
    assert answer.code == 0
    assert "finds nothing yet" in answer.out
    assert f"paylint rules test {tmp_path} --policy weak_hash" in answer.out
    assert "paylint rules validate --policy weak_hash" in answer.out
    assert paylint("rules", "test", str(tmp_path), "--policy", "weak_hash", cwd=tmp_path).code == 1
