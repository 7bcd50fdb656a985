"""Kubernetes manifests that a Terraform module applies: a unit of their own, for the rules about manifests.

From the resources of the `kubernetes` provider (`kubernetes_deployment_v1`: names in snake case, every block a list),
from `kubernetes_manifest` and from the `yaml_body` of `kubectl_manifest`. Places lead back to the Terraform files. What
is unknown there is unknown here; a manifest whose kind is not known makes no subject.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from scanner.errors import ParseError
from scanner.inputs.terraform.manifest_names import ATTRIBUTE_MAPS, LISTS, NAMES, NOT_IN_MANIFEST, RESOURCES
from scanner.model import UNKNOWN, Json, Keys, Place, Subject, Unit, is_unknown, unknown
from scanner.text import Source

_PREFIXES = ("kubernetes_", "kubectl_manifest")
_VERSION = re.compile(r"_v\d+(?:(?:alpha|beta)\d+)?$")
_OF_UNKNOWN = {UNKNOWN, "ref", "attr", "text"}
"""The keys of an argument's unknown value; what has more is a block."""
_Value = TypeVar("_Value")


def manifests(root: str, files: tuple[str, ...], subjects: tuple[Subject, ...], sources: Mapping[str, Source]) -> Unit:
    """The manifests among the subjects of a root module, as a unit with the module's files."""
    unit = f"kubernetes:terraform:{root}"
    found = [made for each in subjects if each.type.startswith(_PREFIXES) for made in _made(unit, each, sources)]
    return Unit(unit, "kubernetes", files, tuple(found))


def _made(unit: str, resource: Subject, sources: Mapping[str, Source]) -> Iterator[Subject]:
    if not isinstance(resource.config, dict):
        return
    if resource.type == "kubernetes_manifest":
        yield from _literal(unit, resource, "manifest")
    elif resource.type == "kubectl_manifest":
        if isinstance(resource.config.get("yaml_body"), str):
            yield from _parsed(unit, resource, sources)
        else:
            yield from _literal(unit, resource, "yaml_body")
    else:
        known = RESOURCES.get(_VERSION.sub("", resource.type.removeprefix("kubernetes_")))
        if known:
            writer = _Writer()
            manifest = {"apiVersion": known[0], "kind": known[1], **writer.block(resource.config, (), ())}
            if known[1] == "Secret" and "data" in manifest:  # given in clear here, encoded by the provider
                manifest["stringData"] = manifest.pop("data")
                writer.move(("data",), ("stringData",))
            yield _subject(unit, resource, manifest, writer.paths)


def _subject(unit: str, resource: Subject, manifest: dict[str, Json], paths: Mapping[Keys, Keys]) -> Subject:
    return Subject(
        id=f"{unit}:{resource.address}",
        type=manifest["kind"],
        name=_name(manifest) or resource.name,
        address=resource.address,
        header=resource.header,
        config=manifest,
        places=_Renamed(paths, resource.places),
        definitions=_Renamed(paths, resource.definitions),
    )


def _name(manifest: Json) -> str:
    metadata = manifest.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    return name if isinstance(name, str) else ""


class _Renamed(Mapping[Keys, _Value]):
    """What is known of paths in a resource, by paths in the manifest."""

    __slots__ = ("_found", "_paths")

    def __init__(self, paths: Mapping[Keys, Keys], found: Mapping[Keys, _Value]) -> None:
        self._paths, self._found = paths, found

    def __getitem__(self, keys: Keys) -> _Value:
        return self._found[self._paths[keys]]

    def __iter__(self) -> Iterator[Keys]:
        return (keys for keys, original in self._paths.items() if original in self._found)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Writer:
    """Blocks as a manifest has them. `paths`: path in the manifest -> path in the resource. As deep as a config is."""

    def __init__(self) -> None:
        self.paths: dict[Keys, Keys] = {}

    def block(self, block: Mapping[str, Json], at: Keys, path: Keys) -> dict[str, Json]:
        """The contents of a block that stands at `at` in the resource and at `path` in the manifest."""
        result: dict[str, Json] = {}
        for key, value in block.items():
            if key == "__labels__" or (not path and key in NOT_IN_MANIFEST):
                continue
            here = (*at, key)
            if is_unknown(value):
                name = _name_of(key, path, many=bool(value.keys() - _OF_UNKNOWN))
                result[name] = self._kept(unknown(value[UNKNOWN]), here, (*path, name))
            elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
                name, contents = self._blocks(key, value, here, path)
                result[name] = contents
            elif isinstance(value, dict):
                name = _name_of(key, path, many=False)
                result[name] = self.verbatim(value, here, (*path, name), text=True)
            else:
                name = _name_of(key, path, many=value == [])
                result[name] = self.verbatim(value, here, (*path, name))
        return result

    def _blocks(self, key: str, items: list[Json], at: Keys, path: Keys) -> tuple[str, Json]:
        many = _is_list(key, path) or len(items) > 1
        name = _name_of(key, path, many=many)
        if not many:
            return name, self._item(items[0], (*at, 0), (*path, name))
        contents = [self._item(item, (*at, index), (*path, name, index)) for index, item in enumerate(items)]
        return name, self._kept(contents, at, (*path, name))

    def _item(self, item: Json, at: Keys, path: Keys) -> Json:
        self.paths[path] = at
        return unknown(item[UNKNOWN]) if is_unknown(item) else self.block(item, at, path)

    def _kept(self, value: Json, at: Keys, path: Keys) -> Json:
        self.paths[path] = at
        return value

    def verbatim(self, value: Json, at: Keys, path: Keys, text: bool = False) -> Json:
        """A value whose keys are those of the manifest. `text`: its own values are texts, whatever they mean."""
        self.paths[path] = at
        if is_unknown(value):
            return unknown(value[UNKNOWN])
        if isinstance(value, list):
            return [self.verbatim(item, (*at, index), (*path, index)) for index, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        result: dict[str, Json] = {}
        for key, item in value.items():
            if text and isinstance(item, dict | list) and not is_unknown(item):
                result[key] = self._kept(_as_text(item), (*at, key), (*path, key))
            else:
                is_text = key in ATTRIBUTE_MAPS and path[-1:] in ((), ("metadata",))
                result[key] = self.verbatim(item, (*at, key), (*path, key), is_text)
        return result

    def move(self, old: Keys, new: Keys) -> None:
        """What stood at one path of the manifest stands at another."""
        for keys in [keys for keys in self.paths if keys[: len(old)] == old]:
            self.paths[new + keys[len(old) :]] = self.paths.pop(keys)


def _as_text(value: Json) -> Json:
    """A text that was parsed because it is JSON, as a text again."""
    text = json.dumps(value, separators=(",", ":"))
    return unknown("a part of the text is not known") if f'"{UNKNOWN}"' in text else text


def _is_list(key: str, path: Keys) -> bool:
    return key in LISTS and not (key == "port" and path[-1:] == ("service",)) and not (key == "secret" and path)


def _name_of(key: str, path: Keys, many: bool) -> str:
    """The manifest's name for a block or argument: containers for `container`, hostPID for `host_pid`."""
    if many and _is_list(key, path):
        return LISTS[key]
    if key in NAMES:
        return NAMES[key]
    first, *others = key.split("_")
    return first + "".join(part.capitalize() for part in others)


def _literal(unit: str, resource: Subject, key: str) -> Iterator[Subject]:
    """A manifest that is an argument's value."""
    manifest = resource.config.get(key)
    if _is_manifest(manifest):
        writer = _Writer()
        written = writer.verbatim(manifest, (key,), ())
        yield _subject(unit, resource, written, writer.paths)


def _is_manifest(value: Json) -> bool:
    return isinstance(value, dict) and all(
        isinstance(value.get(key), str) and value[key] for key in ("apiVersion", "kind")
    )


def _parsed(unit: str, resource: Subject, sources: Mapping[str, Source]) -> Iterator[Subject]:
    """The manifest that a text is. The provider takes the first document."""
    from scanner.yaml_tree import parse

    text = resource.config["yaml_body"]
    whole = resource.places.get(("yaml_body",), resource.header)
    try:
        documents = parse(Source("body.yaml", text.encode("utf-8", "surrogateescape")))
    except (ParseError, UnicodeEncodeError):
        return
    for document in documents:
        if _is_manifest(document.data):
            made = _subject(unit, resource, document.data, {})
            moved = _within(sources.get(whole.path), whole, text)
            yield made._replace(places=_Moved(document.places, moved), definitions={})
            return


class _Moved(Mapping[Keys, Place]):
    """Places in a text, as places in the file that holds it."""

    __slots__ = ("_inner", "_move")

    def __init__(self, inner: Mapping[Keys, Place], move: Callable[[Place], Place]) -> None:
        self._inner, self._move = inner, move

    def __getitem__(self, keys: Keys) -> Place:
        return self._move(self._inner[keys])

    def __iter__(self) -> Iterator[Keys]:
        return iter(self._inner)

    def __len__(self) -> int:
        return len(self._inner)


def _within(source: Source | None, whole: Place, text: str) -> Callable[[Place], Place]:
    """Where a place in a heredoc's text is in its file; the whole value where that cannot be told line by line."""
    lines = text.split("\n")

    def moved(place: Place) -> Place:
        span = place.span
        first, last = (_shift(source, whole, lines, line) for line in (span.line, span.end_line))
        if first is None or last is None:
            return whole
        below = whole.span.line
        return Place(
            whole.path,
            span._replace(
                line=below + span.line,
                column=span.column + first,
                end_line=below + span.end_line,
                end_column=span.end_column + last,
            ),
        )

    return moved


def _shift(source: Source | None, whole: Place, lines: list[str], number: int) -> int | None:
    """How much further to the right a line of the text stands in the file."""
    if source is None or number > len(lines) or "<<" not in source.line(whole.span.line):
        return None
    line, written = lines[number - 1], source.line(whole.span.line + number)
    return len(written) - len(line) if written.endswith(line) and not written[: -len(line) or None].strip() else None
