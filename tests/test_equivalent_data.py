"""Edits of YAML, JSON, Terraform, SQL and settings that mean nothing: what they make reads the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from scanner.catalog import load
from scanner.inputs.terraform import build
from scanner.text import Source
from scanner.validation.edits import language
from scanner.validation.edits.names import Names
from tests.equivalent import MANIFESTS, TERRAFORM, edited, kind, parts


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.of(load([]))


def said(text: str) -> list[Any]:
    return list(yaml.safe_load_all(text))


@pytest.mark.parametrize("name", ["indent", "quotes", "comment", "flow", "order of keys"])
def test_yaml_reads_as_before(names: Names, name: str) -> None:
    result = edited("yaml", name, MANIFESTS, names).text
    assert result != MANIFESTS
    assert said(result) == said(MANIFESTS)


def test_yaml_looks_otherwise(names: Names) -> None:
    assert "    ports:\n        -   port: 80\n            name:" in edited("yaml", "indent", MANIFESTS, names).text
    assert "  names:\n    - a\n    - b\n" in edited("yaml", "flow", MANIFESTS, names).text
    assert '"name": \'web\'\n  "names": ["a",' in edited("yaml", "quotes", MANIFESTS, names).text
    assert edited("yaml", "order of keys", MANIFESTS, names).text.index("spec:") == MANIFESTS.index("kind: Service")
    assert "Two of them" not in edited("yaml", "comment", MANIFESTS, names).text


def test_yaml_documents_go_into_files_of_their_own(names: Names) -> None:
    texts = [part.text for part in parts("yaml", "split", MANIFESTS, names)]
    assert [said(text) for text in texts] == [[document] for document in said(MANIFESTS)]


@pytest.mark.parametrize("text", ["a: [1", "a: &x 1\nb: *x\n"])
def test_yaml_whose_keys_cannot_change_places_stays(names: Names, text: str) -> None:
    assert kind("yaml", "order of keys").edit(text, names) is None


@pytest.mark.parametrize("name", ["wrap", "join"])
def test_json_reads_as_before(names: Names, name: str) -> None:
    text = '{"a": [1,\n 2], "b": {"c": "x,{y"}}'
    result = edited("json", name, text, names).text
    assert result.count("\n") != text.count("\n")
    assert json.loads(result) == json.loads(text)


def configs(*texts: str) -> dict[str, Any]:
    sources = {f"m/{number}.tf": Source(f"m/{number}.tf", text.encode()) for number, text in enumerate(texts)}
    return {subject.address: subject.config for subject in build("m", sources).subjects}


@pytest.mark.parametrize("name", ["indent", "comment", "order of attributes", "extract local"])
def test_terraform_means_what_it_meant(names: Names, name: str) -> None:
    result = edited("terraform", name, TERRAFORM, names).text
    assert result != TERRAFORM
    assert configs(result) == configs(TERRAFORM) != {}


def test_terraform_blocks_go_into_a_second_file(names: Names) -> None:
    texts = [part.text for part in parts("terraform", "split", TERRAFORM, names)]
    assert len(texts) == 2
    assert configs(*texts) == configs(TERRAFORM)


def test_a_local_stands_for_the_line_its_value_was_on(names: Names) -> None:
    result = edited("terraform", "extract local", TERRAFORM, names)
    assert '"postgres"' in result.text.split("\n")[1]
    assert result.origins[1] == frozenset({2})


def test_sql_is_written_otherwise(names: Names) -> None:
    text = "-- One.\nCREATE TABLE cards (token text, brand text);\nSELECT 'FROM' FROM cards;\n"
    assert edited("sql", "case", text, names).text == text.replace("CREATE TABLE", "create table").replace(
        "SELECT 'FROM' FROM", "select 'FROM' from"
    )
    assert "".join(edited("sql", "wrap", text, names).text.split()) == "".join(text.split())
    assert "-- One." not in edited("sql", "comment", text, names).text


def test_settings_are_written_otherwise(names: Names) -> None:
    assert edited("settings", "space", "a.b=c\nd = e=f\n", names).text == "a.b = c\nd=e=f\n"
    assert edited("server", "indent", "server {\n  listen 80;\n}\n", names).text == "server {\n    listen 80;\n}\n"
    assert edited("server", "comment", "a b \\\n c\nd e\n", names).text == "a b \\\n c\n\n# As it is everywhere.\nd e\n"
    assert kind("server", "comment").edit('a "b\nc"\n', names) is None
    assert (
        edited("dockerfile", "case", "FROM a AS b\nRUN x \\\n  RUN\n", names).text == "from a AS b\nrun x \\\n  RUN\n"
    )
    assert "// As it is everywhere.\nmodel" in edited("prisma", "comment", "x y\nmodel A {\n}\n", names).text


def test_a_file_is_known_by_its_name() -> None:
    assert [language(path) for path in ("a/b.tf", "Dockerfile", "x.fail.Dockerfile", "a.bin")] == [
        "terraform", "dockerfile", "dockerfile", "",
    ]  # fmt: skip
