"""Documents -> manifests -> subjects."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Protocol, TypeVar

from scanner.addresses import unique
from scanner.errors import ParseError
from scanner.model import Json, Keys, Place, Problem, Step, Subject, is_unknown
from scanner.text import Source

if TYPE_CHECKING:
    from scanner.yaml_tree import Document


class Below(Protocol):
    """Places of a document that can be narrowed to a part of it."""

    def __getitem__(self, keys: Keys, /) -> Place: ...
    def below(self: P, keys: Keys) -> P: ...


HELM = "Helm template: in no chart, not rendered, not analysed"

_LINES_NAMED = 10
_ACTION = re.compile(
    r"""(?<!\w)(?P<quoted>"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\n]*'?)|(?:^|[ \t])#[^\n]*|(?P<bare>\{\{)""",
    re.MULTILINE,
)

P = TypeVar("P", bound="Below")


def parsed(source: Source) -> tuple[Document, ...]:
    """The documents of a file. ParseError."""
    from scanner.yaml_tree import parse  # libyaml takes longer to import than a run with nothing to do

    return parse(source)


def read_file(source: Source) -> tuple[tuple[Document, ...], list[Problem]]:
    """A plain file's documents, and what is to be said about it."""
    try:
        documents = parsed(source)
    except ParseError as error:
        if has_action(source.text):
            return (), [Problem(source.path, HELM, fatal=False)]
        return (), [Problem(source.path, error.message, line=error.line)]
    lines = sorted({span.line for document in documents for span in document.duplicates})
    if not lines:
        return documents, []
    named = ", ".join(map(str, lines[:_LINES_NAMED])) + (", …" if len(lines) > _LINES_NAMED else "")
    message = f"key given again in the same mapping (line {named}): the last value counts"
    return documents, [Problem(source.path, message, fatal=False, line=lines[0])]


def has_action(text: str) -> bool:
    """Whether `{{` stands outside of quotes and comments, or between quotes that an action's own quotes cut in two."""
    return any(
        match["bare"] or (match["quoted"] and match[0].rfind("{{") > match[0].rfind("}}"))
        for match in _ACTION.finditer(text)
    )


def manifests(data: Json, places: P) -> Iterator[tuple[dict[str, Json], P]]:
    """The manifests of a document, lists as their items. Items may leave out what the list's kind says (PodList)."""
    waiting: list[tuple[Json, P, dict[str, str]]] = [(data, places, {})]
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


def subject(
    unit: str,
    manifest: dict[str, Json],
    places: Mapping[Keys, Place],
    taken: dict[str, int],
    definitions: Mapping[Keys, tuple[Step, ...]] | None = None,
) -> Subject:
    """A manifest as a subject. `taken`: the unit's addresses so far."""
    metadata = manifest.get("metadata")
    given: dict[str, Json] = metadata if isinstance(metadata, dict) else {}
    kind, name = manifest["kind"], _text(given.get("name"))
    named = name or is_unknown(given.get("name"))
    header: Place = places[("metadata", "name")] if named else places.get(("kind",), places[()])
    name = name or _text(given.get("generateName"))
    address = unique(f"{_text(given.get('namespace')) or 'default'}/{kind}/{name or 'unnamed'}", taken)
    return Subject(f"{unit}:{address}", kind, name, address, header, manifest, places, definitions or {})


def _text(value: Json) -> str:
    """A name as text: `123` and `on` are no strings in YAML. "" where there is none."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    return value if isinstance(value, str) else json.dumps(value)
