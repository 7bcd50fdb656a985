"""Where values of rendered manifests are written, and where they come from."""

from __future__ import annotations

from tests.inputs.kubernetes.conftest import CHART, chart, one_unit

HEAD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n"


def test_literal_text_has_its_exact_place() -> None:
    found = chart(HEAD + "{{- if true }}\nspec:\n  hostNetwork: true  # open\n  {{- end }}\n")
    assert found.config["spec"] == {"hostNetwork": True}
    assert found.written("spec", "hostNetwork") == ("templates/a.yaml", 7, "true")
    assert found.written("spec") == ("templates/a.yaml", 6, "spec")
    assert found.unit.subjects[0].header.span.line == 4
    assert found.origins("spec", "hostNetwork") == []


def test_a_value_of_values_yaml_stands_at_its_action_and_comes_from_there() -> None:
    text = HEAD + 'spec:\n  hostNetwork: {{ .Values.pod.net }}\n  host: "x-{{ .Values.pod.host | lower }}"\n'
    found = chart(text, "pod:\n  net: true\n  host: Abc\n")
    assert found.config["spec"] == {"hostNetwork": True, "host": "x-abc"}
    assert found.written("spec", "hostNetwork") == ("templates/a.yaml", 6, "{{ .Values.pod.net }}")
    assert found.origins("spec", "hostNetwork") == [("values.yaml", 2, "true")]
    assert found.written("spec", "host") == ("templates/a.yaml", 7, '"x-{{ .Values.pod.host | lower }}"')
    assert found.origins("spec", "host") == []


def test_every_value_of_to_yaml_comes_from_its_own_line() -> None:
    text = HEAD + "spec:\n  securityContext:\n    {{- toYaml .Values.security | nindent 4 }}\n"
    found = chart(text, "security:\n  privileged: true\n  capabilities:\n    add: [NET_ADMIN]\n")
    keys = ("spec", "securityContext", "capabilities", "add", 0)
    action = ("templates/a.yaml", 7, "{{- toYaml .Values.security | nindent 4 }}")
    assert found.written("spec", "securityContext", "privileged") == action
    assert found.origins("spec", "securityContext", "privileged") == [("values.yaml", 2, "true")]
    assert found.written(*keys) == action
    assert found.origins(*keys) == [("values.yaml", 4, "NET_ADMIN")]


def test_what_an_include_brings_along_stands_in_the_included_template() -> None:
    helper = '{{- define "sec" -}}\nprivileged: true\nlevel: {{ .Values.level }}\n{{- end }}\n'
    text = HEAD + 'spec:\n  security:\n    {{- include "sec" . | nindent 4 }}\n  level: {{ include "level" . }}\n'
    level = '{{- define "level" }}{{ .Values.level }}{{ end -}}\n'
    found = chart(text, "level: high\n", templates___helpers_dot_tpl=helper + level)
    assert found.config["spec"] == {"security": {"privileged": True, "level": "high"}, "level": "high"}
    assert found.written("spec", "security", "privileged") == ("templates/_helpers.tpl", 2, "true")
    assert found.written("spec", "security", "level") == ("templates/_helpers.tpl", 3, "{{ .Values.level }}")
    assert found.origins("spec", "security", "level") == [("values.yaml", 1, "high")]
    assert found.written("spec", "level") == ("templates/a.yaml", 8, '{{ include "level" . }}')
    assert found.origins("spec", "level") == [
        ("templates/_helpers.tpl", 5, "{{ .Values.level }}"),
        ("values.yaml", 1, "high"),
    ]


def test_values_given_to_a_subchart_come_from_the_parents_file() -> None:
    files = {
        "shop/Chart.yaml": CHART,
        "shop/values.yaml": "db:\n  port: 5433\nglobal: {zone: eu}\n",
        "shop/charts/db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.0.0\n",
        "shop/charts/db/values.yaml": "port: 5432\nuser: app\n",
        "shop/charts/db/templates/x.yaml": HEAD
        + "spec: [{{ .Values.port }}, {{ .Values.user }}, {{ .Values.global.zone }}]\n",
    }
    found = one_unit(files, "shop/Chart.yaml")
    assert found.config["spec"] == [5433, "app", "eu"]
    assert found.origins("spec", 0) == [("shop/values.yaml", 2, "5433")]
    assert found.origins("spec", 1) == [("shop/charts/db/values.yaml", 2, "app")]
    assert found.origins("spec", 2) == [("shop/values.yaml", 3, "eu")]


def test_what_tpl_prints_stands_at_the_action() -> None:
    found = chart(HEAD + "spec: {{ tpl .Values.text . }}\n", "text: '{{ .Release.Name }}-x'\n")
    assert found.config["spec"] == "release-name-x"
    assert found.written("spec") == ("templates/a.yaml", 5, "{{ tpl .Values.text . }}")


def test_documents_of_a_loop_stand_where_they_are_written() -> None:
    text = (
        "{{- range .Values.names }}\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ . }}\n  x: 1\n{{- end }}\n"
    )
    found = chart(text, "names: [a, b]\n")
    assert [subject.address for subject in found.unit.subjects] == ["default/Pod/a", "default/Pod/b"]
    assert {found.written("metadata", "x", address=f"default/Pod/{name}") for name in "ab"} == {
        ("templates/a.yaml", 7, "1")
    }
    assert {subject.header.span.line for subject in found.unit.subjects} == {6}
