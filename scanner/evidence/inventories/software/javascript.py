"""JavaScript: package-lock.json (1 to 3), yarn.lock (1 and Berry), pnpm-lock.yaml, package.json."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from scanner.evidence.inventories.software.rows import Reading, Row, exact, integrity, mapping, purl, text
from scanner.evidence.model import SoftwareItem
from scanner.model import Json
from scanner.yaml_tree import parse

_INSIDE = "node_modules/"
_GROUPS = ("dependencies", "optionalDependencies", "peerDependencies", "devDependencies")
_PNPM = re.compile(r"/?((?:@[^/@]+/)?[^/@]+)[@/](\d[^(_]*)(?:[(_].*)?")


def _item(
    reading: Reading, name: str, version: str, needle: str, entry: Mapping[str, Json], *, development: bool
) -> SoftwareItem:
    digest = integrity(entry.get("integrity"))
    licence = entry.get("license")
    return SoftwareItem(
        name,
        version,
        _npm(name, version),
        reading.place(needle),
        "development" if development else "required",
        licence=text(licence) or text(mapping(licence).get("type")),
        hashes=digest,
        digests=len(digest),
    )


def _npm(name: str, version: str) -> str:
    return purl("npm", name, version)


def _asked(entry: Mapping[str, Json]) -> tuple[str, ...]:
    return tuple({**mapping(entry.get("dependencies")), **mapping(entry.get("optionalDependencies"))})


def npm_lock(reading: Reading) -> Iterator[Row]:
    """`packages` (version 2 and 3), else the nested `dependencies` of version 1."""
    data = reading.json()
    packages = mapping(data.get("packages"))
    if not packages:
        yield from _version_1(reading, mapping(data.get("dependencies")))
    for path, entry in packages.items():
        entry = mapping(entry)  # noqa: PLW2901 - only what is a mapping
        if _INSIDE not in path or entry.get("link"):
            continue  # the project's own folders: their package.json names them
        name = text(entry.get("name")) or path.rpartition(_INSIDE)[2]
        item = _item(reading, name, text(entry.get("version")), f'"{path}"', entry, development=bool(entry.get("dev")))
        yield Row(path, item, tuple(_resolved(path, need, packages) for need in _asked(entry)))


def _resolved(path: str, need: str, packages: Mapping[str, Json]) -> str:
    """The path that Node finds a package at, from another: the nearest node_modules."""
    while path:
        at = f"{path}/{_INSIDE}{need}"
        if at in packages:
            return at
        path = path.rpartition(_INSIDE)[0].rstrip("/")
    return f"{_INSIDE}{need}"


def _version_1(reading: Reading, top: Mapping[str, Json]) -> Iterator[Row]:
    known: dict[str, Json] = {}
    waiting = [(f"{_INSIDE}{name}", name, mapping(entry)) for name, entry in reversed(list(top.items()))]
    rows = []
    while waiting:
        path, name, entry = waiting.pop()
        known[path] = entry
        rows.append((path, name, entry))
        inner = mapping(entry.get("dependencies"))
        waiting += [(f"{path}/{_INSIDE}{one}", one, mapping(inner[one])) for one in reversed(list(inner))]
    for path, name, entry in rows:
        item = _item(reading, name, text(entry.get("version")), f'"{name}"', entry, development=bool(entry.get("dev")))
        yield Row(path, item, tuple(_resolved(path, need, known) for need in mapping(entry.get("requires"))))


def yarn_lock(reading: Reading) -> Iterator[Row]:
    """Both formats; neither tells what is for development only, so everything counts as required."""
    berry = "__metadata:" in reading.source.text
    entries = _berry(reading) if berry else _classic(reading)
    for keys, entry in entries:
        version = text(entry.get("version"))
        if not version or ("@workspace:" in keys[0] or "@link:" in keys[0]):
            continue
        name = _yarn_name(keys[0])
        item = _item(reading, name, version, keys[0], entry, development=False)
        needs = tuple(f"{need}@{asked}" for need, asked in mapping(entry.get("dependencies")).items())
        for key in keys:
            yield Row(key.replace("@npm:", "@"), item, tuple(need.replace("@npm:", "@") for need in needs))


def _yarn_name(key: str) -> str:
    name, asked = key[: key.index("@", 1)], key[key.index("@", 1) + 1 :]
    return asked[4:].rpartition("@")[0] or name if asked.startswith("npm:") and "@" in asked[5:] else name


def _berry(reading: Reading) -> Iterator[tuple[list[str], Mapping[str, Json]]]:
    for document in parse(reading.source):
        for key, entry in mapping(document.data).items():
            keys = [one.strip() for one in key.split(",") if "@" in one.strip()[1:]]
            if keys:
                yield keys, mapping(entry)


def _classic(reading: Reading) -> Iterator[tuple[list[str], dict[str, Json]]]:
    keys: list[str] = []
    entry: dict[str, Json] = {}
    inner: dict[str, Json] = {}
    for number, line in enumerate(reading.source.text.splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        depth = len(line) - len(line.lstrip())
        if depth == 0:
            if keys:
                yield keys, entry
            keys = [one.strip().strip('"') for one in stripped.rstrip(":").split(",")]
            if not stripped.endswith(":") or any("@" not in key[1:] for key in keys):
                reading.limit("an entry that cannot be read", number)
                keys = []
            entry = {}
        elif stripped.endswith(":"):
            inner = entry.setdefault(stripped[:-1], {})
        else:
            name, _, value = stripped.partition(" ")
            (entry if depth == 2 else inner)[name.strip('"')] = value.strip('"')
    if keys:
        yield keys, entry


def pnpm_lock(reading: Reading) -> Iterator[Row]:
    """Lock file versions 5 to 9: the last keeps who depends on whom in `snapshots`."""
    for document in parse(reading.source):
        data = mapping(document.data)
        packages, snapshots = mapping(data.get("packages")), mapping(data.get("snapshots"))
        for key, entry in packages.items():
            entry = mapping(entry)  # noqa: PLW2901 - only what is a mapping
            named = _PNPM.fullmatch(key)
            name, version = text(entry.get("name")), text(entry.get("version"))
            if not named and not (name and version):
                reading.limit("a package whose name and version cannot be read")
                continue
            name, version = (name, version) if not named else (named[1], named[2])
            item = _item(
                reading,
                name,
                version,
                key,
                {**entry, **mapping(entry.get("resolution"))},
                development=bool(entry.get("dev")),
            )
            asked = mapping(entry.get("dependencies")) or mapping(mapping(snapshots.get(key)).get("dependencies"))
            needs = tuple(f"{need}@{re.split('[(_]', text(at))[0]}" for need, at in asked.items())
            yield Row(f"{name}@{version}", item, needs)


def package(reading: Reading) -> Iterator[Row]:
    """The project itself, and what it asks for."""
    data = reading.json()
    name, version = text(data.get("name")), text(data.get("version"))
    if name:
        licence = text(data.get("license"))
        item = SoftwareItem(
            name, version, _npm(name, version), reading.place(f'"{name}"'), bespoke=True, licence=licence
        )
        yield Row("", item)
    for group in _GROUPS:
        for need, asked in mapping(data.get(group)).items():
            if text(asked).startswith(("workspace:", "file:", "link:")):
                continue
            fixed, constraint = exact(text(asked) or "any version")
            if fixed and fixed.count(".") < 2:
                fixed, constraint = "", fixed  # "1.2" is every 1.2.x
            item = SoftwareItem(
                need,
                fixed,
                _npm(need, fixed),
                reading.place(f'"{group}"', f'"{need}"'),
                "development" if group == "devDependencies" else "required",
                constraint=constraint,
            )
            yield Row(f"{group}:{need}", item)
