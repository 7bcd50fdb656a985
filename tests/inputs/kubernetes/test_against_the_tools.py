"""Our reading of charts and overlays against what `helm template` and `kustomize build` say."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from scanner.model import Json, is_unknown
from scanner.text import Source
from scanner.yaml_tree import parse
from tests.inputs.kubernetes.conftest import one_unit
from tests.inputs.kubernetes.test_kubernetes_hostile import CHART_FILES, OVERLAY_FILES

HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n"
VALUES = """\
s: Hello World
multi: |
  one
  two
num: 5
big: 12345678
f: 0.25
t: true
no: null
l: [a, b, c, a]
m: {x: 1, q: {z: two}, w: [1, {v: 2}]}
odd: ["1e3", "yes", "0x1", "a: b", "#x", "a #b", "", "~", "- a", "é", "it's", "x\\ty", " lead"]
odder: ["100", "2020-01-01", "{}", "1_000", "010", "null", "*", "!x", "a\\nb", "\\na", "a\\n\\n", "=", "<<", ".5", "-"]
"""
EXPRESSIONS = """\
.Values.s | quote
.Values.big
.Values.f
.Values.l
.Values.m
.Values.odd | toJson
toYaml .Values.multi | quote
.Values.multi | b64enc
toYaml .Values.l | quote
.Values.m | toJson | quote
printf "%v %s %d %q %5.2f|%-4s|%04d|%x" .Values.f "a" 3 "q" 1.239 "b" 7 255
trunc -3 "abcdef"
trimAll "$" "$5.00$"
substr 1 3 "abcdef"
nospace "a b c"
title "hello world"
untitle "Hello"
repeat 3 "ab"
camelcase "http_server"
snakecase "FirstName"
kebabcase "FirstName"
cat "a" 1 "b"
uniq .Values.l | join "-"
without .Values.l "a" | join "-"
concat .Values.l (list "z") | last
append .Values.l "z" | len
has "b" .Values.l
index .Values.m.w 1
dig "q" "y" "none" .Values.m
pick .Values.m "x" | toJson
omit .Values.m "x" "w" | toJson
merge (dict "q" (dict "a" 1)) .Values.m | toJson
mergeOverwrite (dict "x" 9) .Values.m | toJson
splitList "." "a.b.c" | toJson
(split "." "a.b.c")._1
regexFind "[a-z]+o" "hello foo"
regexFindAll "[aeiou]" "education" 3 | toJson
regexSplit "z+" "pizza" -1 | toJson
regexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W"
regexReplaceAllLiteral "a(x*)b" "-ab-axxb-" "${1}"
add 1 2 | mul 3
sub 5 2
div 7 2
mod 7 3
max 1 5 3
min 4 2
round 3.14159 2
floor 3.7
ceil 3.2
int "12"
int64 3.9
float64 "2.5"
until 3 | toJson
untilStep 2 9 3 | toJson
seq 3
ternary "a" "b" (eq 1 1)
semverCompare ">=1.20-0" .Capabilities.KubeVersion.Version
semverCompare "~1.2.3" "1.2.9"
semverCompare "^1.2" "2.0.0"
semverCompare "1.2.x || >3" "1.2.7"
semverCompare ">=1.0 <2.0" "1.5.1"
(semver "1.2.3-beta").Minor
kindOf .Values.num
typeOf .Values.l
kindIs "map" .Values.m
list 1 2 3 | rest | toJson
list 1 2 3 | initial | reverse | toJson
compact (list 1 "" 2 nil) | toJson
coalesce .Values.no "" "c"
empty .Values.no
keys .Values.m | sortAlpha | join ","
pluck "x" .Values.m (dict "x" 2) | toJson
dict "a" (list 1 2) "b" nil | toJson
tpl "{{ .Values.num }}-{{ .Release.Name }}" .
contains "lo" .Values.s
hasPrefix "He" .Values.s
replace " " "-" .Values.s | lower
squote .Values.l
fromYaml "a: [1, 2]" | toJson
fromJson "{\\"a\\": 1}" | toJson
toPrettyJson (dict "a" 1) | quote
.Release.Namespace
.Chart.AppVersion
.Template.Name
.Values.no
ne 1 2
and 1 0 2
or 0 "" "x"
not 0
le 2 2
len "héllo"
slice .Values.l 1 3 | toJson
chunk 2 .Values.l | toJson
first .Values.l
hasKey .Values.m "nope"
get .Values.m "x"
trimSuffix "ld" .Values.s
indent 2 "a"
b64dec "YWJj"
base "/a/b.c"
dir "/a/b.c"
ext "/a/b.c"
clean "/a/../b"
urlquery "a b&c"
deepEqual .Values.l (list "a" "b" "c" "a")
lookup "v1" "Pod" "a" "b" | toJson
gt 2.5 1.5
quote 1 "a" nil true
print 1 2 "a" 3
toString .Values.big
atoi "7"
"""


def documents(output: bytes) -> list[Json]:
    return [one.data for one in parse(Source("out.yaml", output)) if isinstance(one.data, dict)]


def run(program: str, *arguments: str, files: Mapping[str, str], folder: Path) -> list[Json]:
    """What a program prints about files that are laid out for it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not on PATH; make services installs it")
    env = {"HOME": str(folder / "home"), "PATH": ""}
    done = subprocess.run([found, *arguments], cwd=folder, env=env, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return documents(done.stdout)


def helm(files: Mapping[str, str], folder: Path) -> list[Json]:
    arguments = ("template", "release-name", ".", "--skip-tests", "--kube-version", "1.31.0")
    return run("helm", *arguments, files=files, folder=folder)


def ours(files: Mapping[str, str], root: str) -> list[Json]:
    return [subject.config for subject in one_unit(files, root).unit.subjects]


def by_name(found: list[Json]) -> dict[str, Json]:
    """Manifests by name; a hash at the end of it left out."""
    return {re.sub(r"-[a-z0-9]{10}$", "", one["metadata"]["name"]): one for one in found}


def same(mine: Json, theirs: Json) -> bool:
    """Whether two manifests are the same; what is not known to us is the same as anything."""
    if is_unknown(mine):
        return True
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return mine.keys() == theirs.keys() and all(same(mine[key], theirs[key]) for key in mine)
    if isinstance(mine, list) and isinstance(theirs, list):
        return len(mine) == len(theirs) and all(map(same, mine, theirs))
    if isinstance(mine, str) and isinstance(theirs, str):
        return mine.rstrip("\n") == theirs.rstrip("\n")
    return bool(mine == theirs)


def test_functions(tmp_path: Path) -> None:
    lines = EXPRESSIONS.splitlines()
    body = "".join(f"  k{at}: |-\n    >{{{{ {line} }}}}<\n" for at, line in enumerate(lines))
    chart = 'apiVersion: v2\nname: shop\nversion: 1.0.0\nappVersion: "1.10"\n'
    files = {"Chart.yaml": chart, "values.yaml": VALUES, "templates/a.yaml": HEAD + body}
    (theirs,) = helm(files, tmp_path)
    (mine,) = ours(files, "Chart.yaml")
    differing = {
        lines[at]: (mine["data"][f"k{at}"], theirs["data"][f"k{at}"])
        for at in range(len(lines))
        if not same(mine["data"][f"k{at}"], theirs["data"][f"k{at}"])
    }
    assert differing == {}
    assert [line for at, line in enumerate(lines) if is_unknown(mine["data"][f"k{at}"])] == [".Values.no"]


def test_to_yaml(tmp_path: Path) -> None:
    body = "  {{- toYaml .Values | nindent 2 }}\n  again:\n{{ toYaml .Values | indent 4 }}\n"
    files = {"Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n", "values.yaml": VALUES,
             "templates/a.yaml": HEAD + body}  # fmt: skip
    assert json.dumps(ours(files, "Chart.yaml"), sort_keys=True) == json.dumps(helm(files, tmp_path), sort_keys=True)


def test_a_chart(tmp_path: Path) -> None:
    files = {**CHART_FILES, "templates/a.yaml": CHART_FILES["templates/a.yaml"].partition("---\nkind: Service")[0]}
    theirs, mine = by_name(helm(files, tmp_path)), by_name(ours(files, "Chart.yaml"))
    assert mine.keys() == theirs.keys()
    assert [name for name in mine if not same(mine[name], theirs[name])] == []


def test_an_overlay(tmp_path: Path) -> None:
    theirs = by_name(run("kustomize", "build", "over", files=OVERLAY_FILES, folder=tmp_path))
    mine = by_name(ours(OVERLAY_FILES, "over/kustomization.yaml"))
    assert mine.keys() == theirs.keys()
    for name, one in theirs.items():
        one["metadata"]["name"] = name
    assert mine == theirs
