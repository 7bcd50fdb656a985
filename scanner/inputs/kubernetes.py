"""Kubernetes manifests: YAML and JSON files with documents that have an `apiVersion` and a `kind`.

A unit is a folder that directly holds manifests, with all folders of manifests beneath it; folders side by side are two
units, unless one above them holds manifests too. Rules join manifests (a Deployment with a NetworkPolicy), so a unit
must be what is applied together: with `prod/` and `staging/` in one, the NetworkPolicy of one would excuse the
Deployment of the other.

Every manifest is a subject: its type is its kind, its config the manifest as it is written (the `data` of a Secret
stays base64, a `kustomization.yaml` is not one and is not carried out). A list is its items.

Helm templates are not YAML, and what they become depends on values we do not have: they make no subjects and are
reported. A file is one when it holds `{{` and lies below the `templates` folder of a chart (a quoted action is as
unknown as a bare one), or when it is no valid YAML and holds `{{` outside of quotes and comments. Elsewhere `{{` is
text, as in the rules of Prometheus.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from scanner.errors import ParseError
from scanner.model import Json, Place, Problem, Subject, Unit
from scanner.text import Source, is_utf16

if TYPE_CHECKING:
    from scanner.yaml_tree import Document, Places

HELM = "Helm template: not rendered, not analysed"

_NEVER = frozenset(
    {
        "package.json", "package-lock.json", "npm-shrinkwrap.json", "composer.json", "tsconfig.json", "jsconfig.json",
        "deno.json", "pnpm-lock.yaml",
    }
)  # fmt: skip
_KUSTOMIZATIONS = frozenset({"kustomization.yaml", "kustomization.yml"})
_CHART = "Chart.yaml"
_LINES_NAMED = 10

_BETWEEN = re.compile(rb"^---", re.MULTILINE)
_AT_START = tuple(re.compile(rb"""^["']?%s["']?[ \t]*:""" % key, re.MULTILINE) for key in (b"apiVersion", b"kind"))
_ANYWHERE = tuple(
    re.compile(rb"""(?:^|[{,])[ \t-]*["']?%s["']?[ \t]*:""" % key, re.MULTILINE) for key in (b"apiVersion", b"kind")
)
_JSON_TOKEN = re.compile(rb'("[^"\\]*(?:\\.[^"\\]*)*"?)(\s*:)?|[{}\[\]]', re.DOTALL)
_ACTION = re.compile(
    r"""(?<!\w)(?P<quoted>"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\n]*'?)|(?:^|[ \t])#[^\n]*|(?P<bare>\{\{)""",
    re.MULTILINE,
)


def claims(path: str) -> bool:
    """Any YAML or JSON file but those whose names say that they are something else."""
    name = path.rpartition("/")[2]
    return name.lower().endswith((".yaml", ".yml", ".json")) and name not in _NEVER


def facts(source: Source) -> Json | None:
    """{} for manifests, {"chart": True} for a Chart.yaml, {"helm": True} for what is perhaps a Helm template.

    Perhaps: whether a chart is above it, `group` and `build` know. Nearly always this is a look at the bytes; a file
    that names both keys, but not where lines start, is parsed.
    """
    name = source.path.rpartition("/")[2]
    if name in _KUSTOMIZATIONS:
        return None
    if not _is_manifest(source):
        return {"chart": True} if name == _CHART else None
    if "{{" in source.text and (_charts_above(source.path) or _is_broken_template(source)):
        return {"helm": True}
    return {}


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """The topmost folders with manifests ("." is the scan's root), and every manifest beneath each.

    A chart's Chart.yaml comes with its templates: it is what makes them templates.
    """
    paths = sorted(path for path, fact in facts.items() if "chart" not in fact)
    roots: list[tuple[str, ...]] = []
    root_of: dict[tuple[str, ...], str] = {}
    for folder in sorted({_folders(path) for path in paths}):
        if not roots or folder[: len(roots[-1])] != roots[-1]:
            roots.append(folder)
        root_of[folder] = "/".join(roots[-1]) or "."
    groups: dict[str, set[str]] = {}
    for path in paths:
        members = groups.setdefault(root_of[_folders(path)], set())
        members.add(path)
        if "helm" in facts[path]:
            members.update(chart for chart in _charts_above(path) if chart in facts)
    return {root: tuple(sorted(members)) for root, members in sorted(groups.items())}


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """The manifests of some files as subjects, in the order of paths and documents."""
    unit = f"kubernetes:{root}"
    subjects: list[Subject] = []
    problems: list[Problem] = []
    taken: dict[str, int] = {}
    for path, source in sorted(sources.items()):
        if path.rpartition("/")[2] == _CHART and not _is_manifest(source):
            continue
        documents, found = _read(source, sources)
        problems += found
        for document in documents:
            for manifest, places in _manifests(document):
                subjects.append(_subject(unit, manifest, places, taken))
    return Unit(unit, "kubernetes", tuple(sorted(sources)), tuple(subjects), tuple(problems))


def _folders(path: str) -> tuple[str, ...]:
    return tuple(path.split("/")[:-1])


def _charts_above(path: str) -> list[str]:
    """Where a Chart.yaml would be if a file is one of its templates."""
    folders = _folders(path)
    return ["/".join((*folders[:at], _CHART)) for at, folder in enumerate(folders) if folder == "templates"]


def _is_manifest(source: Source) -> bool:
    """Whether `apiVersion` and `kind` are keys at the top of some document."""
    data = source.data.removeprefix(b"\xef\xbb\xbf")
    if is_utf16(data):
        data = source.text.encode("utf-8", "replace")
    if b"apiVersion" not in data or b"kind" not in data:
        return False
    if any(all(key.search(document) for key in _AT_START) for document in _BETWEEN.split(data)):
        return True
    if source.path.lower().endswith(".json"):
        return _json_has_both(data)
    try:
        return any(True for document in _parse(source) for _ in _manifests(document))
    except ParseError:
        return all(key.search(data) for key in _ANYWHERE)


def _json_has_both(data: bytes) -> bool:
    """Whether an outermost object has both keys; for broken JSON, as far as can be told."""
    depth, missing = 0, {b'"apiVersion"', b'"kind"'}
    for token in _JSON_TOKEN.finditer(data):
        if not token[1]:
            depth += 1 if token[0] in b"{[" else -1
        elif token[2] and depth == 1:
            missing.discard(token[1])
            if not missing:
                return True
    return False


def _is_broken_template(source: Source) -> bool:
    try:
        _parse(source)
    except ParseError:
        return _has_action(source.text)
    return False


def _has_action(text: str) -> bool:
    """Whether `{{` stands outside of quotes and comments, or between quotes that an action's own quotes cut in two."""
    return any(
        match["bare"] or (match["quoted"] and match[0].rfind("{{") > match[0].rfind("}}"))
        for match in _ACTION.finditer(text)
    )


def _parse(source: Source) -> tuple[Document, ...]:
    from scanner.yaml_tree import parse  # libyaml takes longer to import than a run with nothing to do

    return parse(source)


def _read(source: Source, sources: Mapping[str, Source]) -> tuple[tuple[Document, ...], list[Problem]]:
    """A file's documents, and what is to be said about it."""
    if "{{" in source.text and any(chart in sources for chart in _charts_above(source.path)):
        return (), [Problem(source.path, HELM, fatal=False)]
    try:
        documents = _parse(source)
    except ParseError as error:
        if _has_action(source.text):
            return (), [Problem(source.path, HELM, fatal=False)]
        return (), [Problem(source.path, error.message, line=error.line)]
    lines = sorted({span.line for document in documents for span in document.duplicates})
    if not lines:
        return documents, []
    named = ", ".join(map(str, lines[:_LINES_NAMED])) + (", …" if len(lines) > _LINES_NAMED else "")
    message = f"key given again in the same mapping (line {named}): the last value counts"
    return documents, [Problem(source.path, message, fatal=False, line=lines[0])]


def _manifests(document: Document) -> Iterator[tuple[dict[str, Json], Places]]:
    """The manifests of a document, lists as their items. Items may leave out what the list's kind says (PodList)."""
    waiting: list[tuple[Json, Places, dict[str, str]]] = [(document.data, document.places, {})]
    while waiting:
        data, places, inherited = waiting.pop()
        if not isinstance(data, dict):
            continue
        if inherited and not (data.get("kind") and data.get("apiVersion")):
            data = {**data, **inherited}
        kind, version, items = data.get("kind"), data.get("apiVersion"), data.get("items")
        if not (isinstance(kind, str) and kind and isinstance(version, str) and version):
            continue
        if kind.endswith("List") and isinstance(items, list):
            inherited = {"apiVersion": version, "kind": kind[: -len("List")]} if kind != "List" else {}
            waiting.extend((items[at], places.below(("items", at)), inherited) for at in reversed(range(len(items))))
        else:
            yield data, places


def _subject(unit: str, manifest: dict[str, Json], places: Places, taken: dict[str, int]) -> Subject:
    metadata = manifest.get("metadata")
    given: dict[str, Json] = metadata if isinstance(metadata, dict) else {}
    kind, name = manifest["kind"], _text(given.get("name"))
    header: Place = places[("metadata", "name")] if name else places.get(("kind",), places[()])
    name = name or _text(given.get("generateName"))
    address = _unique(f"{_text(given.get('namespace')) or 'default'}/{kind}/{name or 'unnamed'}", taken)
    return Subject(f"{unit}:{address}", kind, name, address, header, manifest, places)


def _text(value: Json) -> str:
    """A name as text: `123` and `on` are no strings in YAML. "" where there is none."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def _unique(address: str, taken: dict[str, int]) -> str:
    """The address, with #2, #3, … where it is taken. `taken`: address -> the last number given to it."""
    unique, number = address, taken.get(address, 0)
    while unique in taken:
        number += 1
        unique = f"{address}#{number}"
    taken[unique], taken[address] = 1, max(number, 1)
    return unique
