"""What Go templates, Sprig and Helm make of values."""

from __future__ import annotations

import pytest

from scanner.model import Json, is_unknown
from tests.inputs.kubernetes.conftest import CHART, chart, one_unit, printed

HEAD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n"
VALUES = "s: Hello World\nn: 5\nbig: 1000000\nf: 0.5\nt: true\nl: [a, b, c]\nm: {x: 1, y: {z: two}}\nempty: ''\n"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (".Values.s", "Hello World"),
        (".Values.n", "5"),
        (".Values.big", "1e+06"),
        (".Values.big | int", "1000000"),
        (".Values.f", "0.5"),
        (".Values.l", "[a b c]"),
        (".Values.m", "map[x:1 y:map[z:two]]"),
        (".Values.s | quote", '"Hello World"'),
        ("squote .Values.s 1", "'Hello World' '1'"),
        ('.Values.s | upper | trunc 5 | trimSuffix "O"', "HELL"),
        ('printf "%s-%d-%v-%05.1f-%q-%%" "a" 3 .Values.t 2.25 "x"', 'a-3-true-002.2-"x"-%'),
        ('default "d" .Values.empty', "d"),
        ('.Values.m.y.z | default "d"', "two"),
        ('ternary "a" "b" .Values.t', "a"),
        ("and .Values.t .Values.n", "5"),
        ("or .Values.empty .Values.s", "Hello World"),
        ("not .Values.empty", "true"),
        ("eq .Values.n 5", "true"),
        ('eq .Values.s "a" "Hello World"', "true"),
        ("lt 1 2", "true"),
        ('hasKey .Values.m "x"', "true"),
        ('get .Values.m "nope"', ""),
        ('dig "y" "z" "no" .Values.m', "two"),
        ("(index .Values.l 1)", "b"),
        ('index .Values.m "y" "z"', "two"),
        ("len .Values.l", "3"),
        ("first .Values.l", "a"),
        ('.Values.l | join "-"', "a-b-c"),
        ("keys .Values.m | sortAlpha | join `,`", "x,y"),
        ('list 1 "a" | toJson', '[1,"a"]'),
        ('dict "a" 1 "b" (list) | toJson', '{"a":1,"b":[]}'),
        ("toYaml .Values.m.y", "z: two"),
        ("toJson .Values.m", '{"x":1,"y":{"z":"two"}}'),
        ('(fromYaml "a: [1]").a', "[1]"),
        ('merge (dict "x" "mine") .Values.m | toJson', '{"x":"mine","y":{"z":"two"}}'),
        ('"a b" | b64enc', "YSBi"),
        ('"YSBi" | b64dec', "a b"),
        ('replace "l" "L" .Values.s', "HeLLo WorLd"),
        ('contains "World" .Values.s', "true"),
        ('regexReplaceAll "([a-z])o" "mono" "${1}0"', "m0n0"),
        ('regexMatch "^H" .Values.s', "true"),
        ('semverCompare ">=1.19-0" .Capabilities.KubeVersion.GitVersion', "true"),
        ('semverCompare "<1.14-0" .Capabilities.KubeVersion.Version', "false"),
        ('semverCompare "^1.2.3 || ~2.0" "1.9.0"', "true"),
        ('.Capabilities.APIVersions.Has "policy/v1"', "true"),
        ('.Capabilities.APIVersions.Has "monitoring.coreos.com/v1"', "false"),
        ("add 1 2 .Values.n", "8"),
        ("div 7 2", "3"),
        ("until 3 | join `,`", "0,1,2"),
        ("seq 1 3", "1 2 3"),
        ("kindOf .Values.m", "map"),
        (".Release.Name", "release-name"),
        (".Chart.Name", "shop"),
        (".Chart.Version", "1.0.0"),
        ('tpl "{{ .Values.n }}!" .', "5!"),
        ('lookup "v1" "Secret" "a" "b" | empty', "true"),
        ("`raw {{ }}`", "raw {{ }}"),
        (r'"tab\u0041\x42"', "tabAB"),
    ],
)
def test_functions(expression: str, expected: str) -> None:
    assert printed(expression, VALUES) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "randAlphaNum 10",
        "randAlphaNum 10 | b64enc | quote",
        ".Values.l | toJson | sha256sum",
        '.Files.Get "x.conf"',
        "now | date `2006`",
        'required "tell" .Values.nope',
        ".Values.nope",
        ".Values.nope.deeper",
        'include "elsewhere" .',
        "noSuchFunction 1",
        "trunc 3 (randAlpha 9)",
        "b64dec `no base64!`",
        "index .Values.l 99",
        'eq (randAlpha 3) "abc"',
        'derivePassword 1 "long" "a" "b" "c"',
        'repeat 100000000 "x"',
        "until 100000000",
    ],
)
def test_unknown(expression: str) -> None:
    assert is_unknown(printed(expression, VALUES))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ if .Values.t }}a: 1{{ else }}a: 2{{ end }}", {"a": 1}),
        ("{{ if .Values.empty }}a: 1{{ else if .Values.n }}a: 2{{ else }}a: 3{{ end }}", {"a": 2}),
        ("{{ with .Values.m.y }}a: {{ .z }}{{ end }}", {"a": "two"}),
        ("{{ with .Values.empty }}b: 1{{ else }}c: 2{{ end }}", {"c": 2}),
        ("a:\n{{- range $i, $e := .Values.l }}\n- {{ $i }}{{ $e }}\n{{- end }}", {"a": ["0a", "1b", "2c"]}),
        ("a:\n{{- range $k, $v := .Values.m }}\n  {{ $k }}: {{ kindOf $v }}\n{{- end }}",
         {"a": {"x": "float64", "y": "map"}}),
        ("a:{{ range .Values.none }} x{{ else }} nothing{{ end }}", {"a": "nothing"}),
        ("a:\n{{- range .Values.l }}{{ if eq . `b` }}{{ continue }}{{ end }}\n- {{ . }}\n{{- end }}",
         {"a": ["a", "c"]}),
        ("a:\n{{- range .Values.l }}{{ if eq . `b` }}{{ break }}{{ end }}\n- {{ . }}\n{{- end }}", {"a": ["a"]}),
        ("{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $y := 3 }}{{ end }}a: {{ $x }}", {"a": 2}),
        ("{{ $d := dict }}{{ $_ := set $d `k` .Values.s }}a: {{ $d.k }}", {"a": "Hello World"}),
        ("{{ define `t` }}a: {{ . }}{{ end }}{{ template `t` .Values.n }}", {"a": 5}),
        ("{{ block `t2` .Values.n }}a: {{ . }}{{ end }}", {"a": 5}),
        ("a: 1 {{- /* gone */ -}} 2", {"a": 12}),
        ("{{/* a: 1 */}}b: 1", {"b": 1}),
        ("a: {{ $.Values.n }}{{ range .Values.l }}{{ $.Values.n }}{{ end }}", {"a": 5555}),
        ("a: {{ (dict `b` (list 1 2)).b | last }}", {"a": 2}),
    ],
)  # fmt: skip
def test_control(template: str, expected: dict[str, Json]) -> None:
    config = dict(chart(HEAD + template + "\n", VALUES).config)
    assert {key: value for key, value in config.items() if key not in ("apiVersion", "kind", "metadata")} == expected


def test_a_block_that_depends_on_what_is_not_known_makes_its_mapping_unknown() -> None:
    text = HEAD + 'spec:\n  a: 1\n  {{- if .Files.Get "x" }}\n  b: 2\n  {{- end }}\nother: {c: 1}\n'
    config = chart(text).config
    assert is_unknown(config["spec"])
    assert config["other"] == {"c": 1}
    listed = chart(HEAD + 'spec:\n- a\n{{- if .Files.Get "x" }}\n- b\n{{- end }}\n- c\n').config["spec"]
    assert [is_unknown(item) for item in listed] == [False, True, False]


def test_a_manifest_that_depends_on_what_is_not_known_is_noted() -> None:
    found = chart("{{ if .Values.a.b }}\n" + HEAD + "{{ end }}\n")
    assert found.unit.subjects == ()
    ((path, line, message, fatal),) = found.notes
    assert (path, line, fatal) == ("templates/a.yaml", 1, False)
    assert "b is not set in values.yaml" in message


def test_a_random_password_is_set_and_not_known() -> None:
    text = HEAD + '{{ $p := randAlpha 9 }}{{ if $p }}a: "{{ $p }}-x"{{ end }}\nb: {{ $p | default "b" }}\n'
    config = chart(text).config
    assert is_unknown(config["a"])
    assert is_unknown(config["b"])


def test_values() -> None:
    names = ("in", "out", "tagged", "twice", "loose")
    files = {
        "Chart.yaml": CHART
        + "dependencies:\n"
        + "".join(f"- {{name: {name}, version: 1.0.0{more}}}\n" for name, more in [
            ("in", ", condition: in.enabled"), ("out", ", condition: out.enabled"), ("tagged", ", tags: [extra]"),
            ("twice", ", alias: other"), ("absent", ", repository: 'https://charts.example.com'"),
        ]),
        "values.yaml": "out: {enabled: false}\ntags: {extra: false}\nother: {n: 7}\nkeep: null\n",
        "templates/a.yaml": HEAD + "a: {{ .Values.other.n }}\nb: {{ hasKey .Values `keep` }}\n",
        "values-prod.yaml": "other: {n: 99}\n",
        **{f"charts/{name}/Chart.yaml": f"name: {name}\nversion: 1.0.0\n" for name in names},
        **{f"charts/{name}/values.yaml": "n: 1\n" for name in names},
        **{
            f"charts/{name}/templates/x.yaml": HEAD.replace("web", name) + "a: {{ .Values.n }}\n"
            for name in names
        },
    }  # fmt: skip
    found = one_unit(files, "Chart.yaml")
    assert {subject.name: subject.config["a"] for subject in found.unit.subjects} == {
        "loose": 1, "in": 1, "twice": 7, "web": 7,
    }  # fmt: skip
    assert found.notes == [
        ("Chart.yaml", 0, "Helm chart: its dependency absent is not in the scan, and not analysed", False)
    ]


def test_a_library_in_the_repository_is_used_and_makes_no_unit() -> None:
    files = {
        "app/Chart.yaml": CHART + "dependencies: [{name: lib, version: 1.0.0, repository: 'file://../lib'}]\n",
        "app/templates/a.yaml": '{{ include "lib.pod" (dict "name" "web") }}\n',
        "lib/Chart.yaml": "apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n",
        "lib/templates/_pod.tpl": '{{ define "lib.pod" }}' + HEAD.replace("web", "{{ .name }}") + "{{ end }}",
        "lib/templates/x.yaml": HEAD,
    }
    found = one_unit(files, "app/Chart.yaml")
    assert [subject.name for subject in found.unit.subjects] == ["web"]
    assert found.unit.subjects[0].header.path == "lib/templates/_pod.tpl"
    assert found.notes == []


def test_the_outermost_definition_counts() -> None:
    files = {
        "Chart.yaml": CHART,
        "templates/_a.tpl": "{{ define `n` }}outer{{ end }}",
        "templates/z.yaml": HEAD + "a: {{ include `n` . }}\n",
        "charts/sub/Chart.yaml": "name: sub\nversion: 1.0.0\n",
        "charts/sub/templates/_a.tpl": "{{ define `n` }}inner{{ end }}",
    }
    assert one_unit(files, "Chart.yaml").config["a"] == "outer"


def test_hooks_of_helm_test_are_left_out_and_crds_are_read() -> None:
    test = HEAD.replace("  name: web", "  name: probe\n  annotations: {helm.sh/hook: test-success}")
    found = chart(HEAD, templates__tests__t_dot_yaml=test, crds__c_dot_yaml=HEAD.replace("web", "crd"),
                  templates__NOTES_dot_txt="Thanks {{ fail `no` }}")  # fmt: skip
    assert [subject.name for subject in found.unit.subjects] == ["web", "crd"]
    assert found.notes == []


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (HEAD + "{{ if }}", "a command is missing"),
        (HEAD + "a: {{ .Values", "an action that is not closed"),
        (HEAD + "{{ if .x }}\n", "if without an end"),
        (HEAD + "{{ end }}\n", "end without a block"),
        (HEAD + "a: {{ 1 ) }}\n", "unexpected )"),
        (HEAD + "a: {{ " + "(" * 100 + "1" + ")" * 100 + " }}", "brackets nested deeper than 60"),
        (HEAD + "{{ if 1 }}" * 100 + "{{ end }}" * 100, "blocks nested deeper than 60"),
    ],
)
def test_what_is_no_template_is_an_error(template: str, message: str) -> None:
    found = chart(template)
    ((path, line, said, fatal),) = found.notes
    assert (path, fatal) == ("templates/a.yaml", True)
    assert line >= 5
    assert message in said


@pytest.mark.parametrize("broken", ["Chart.yaml", "values.yaml"])
def test_a_broken_file_of_a_chart_is_an_error(broken: str) -> None:
    files = {"Chart.yaml": CHART, "values.yaml": "a: 1\n", "templates/a.yaml": HEAD}
    found = one_unit({**files, broken: files[broken] + "a: [\n"}, "Chart.yaml")
    assert [(path, fatal) for path, _, _, fatal in found.notes] == [(broken, True)]


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ('{{ define "r" }}{{ include "r" . }}{{ end }}a: {{ include "r" . }}', "nest too deep"),
        ("{{ range until 90000 }}{{ range until 90000 }}x{{ end }}{{ end }}", "steps"),
        ("{{ $x := repeat 900000 `x` }}{{ range until 90 }}{{ $x }}{{ end }}", "characters"),
    ],
)
def test_limits(template: str, message: str) -> None:
    found = chart(HEAD + template)
    ((path, _, said, fatal),) = found.notes
    assert (path, fatal) == ("templates/a.yaml", True)
    assert message in said


@pytest.mark.parametrize(
    "use", ["toYaml $x", "$x", "$x | toJson", "deepCopy $x | len", "eq $x $y", "merge (dict) $x | len", "quote $x"]
)
def test_a_mapping_that_holds_another_many_times_is_not_unfolded(use: str) -> None:
    text = "{{ $x := dict }}{{ $y := dict }}{{ range until 60 }}"
    text += "{{ $x = dict `a` $x `b` $x }}{{ $y = dict `a` $y `b` $y }}{{ end }}"
    assert is_unknown(chart(HEAD + text + f"a: {{{{ {use} }}}}\n").config["a"])


def test_what_is_not_understood_is_noted_and_the_rest_is_read() -> None:
    found = chart(HEAD + "a: {{ noSuchFunction 1 }}\nb: 2\n---\n{{ fail `no` }}\n---\na: [\n---\n" + HEAD)
    assert len(found.unit.subjects) == 2
    assert found.unit.subjects[0].config["b"] == 2
    assert sorted(found.notes) == [
        ("templates/a.yaml", 5, "Helm template: the function noSuchFunction is not known here", False),
        ("templates/a.yaml", 8, "Helm template: asks for other values than those of values.yaml", False),
        ("templates/a.yaml", 11, "Helm template: what it renders cannot be read as YAML", False),
    ]
