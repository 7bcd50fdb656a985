"""Which files make a unit: charts, overlays, and what is left as folders of plain manifests."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from scanner.model import Json

CHART = "Chart.yaml"
KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_PARTS = frozenset({"values.yaml", "requirements.yaml", CHART})


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """Unit root -> its files. The root of a chart is its Chart.yaml, that of an overlay its kustomization file, that of
    plain manifests the topmost folder with manifests ("." is the scan's root)."""
    charts = [path for path, fact in facts.items() if "chart" in fact]
    overlays = [path for path, fact in facts.items() if "kustomization" in fact]
    groups = dict(_charts(charts, facts)) if charts else {}
    owned = {path for members in groups.values() for path in members}
    groups = {root: members for root, members in groups.items() if "library" not in facts[root]}
    if overlays:
        layered = dict(_overlays(overlays, facts))
        owned.update(path for members in layered.values() for path in members)
        groups |= layered
    groups |= _plain(sorted(path for path, fact in facts.items() if not fact and path not in owned))
    return dict(sorted(groups.items()))


def _plain(paths: list[str]) -> dict[str, tuple[str, ...]]:
    roots: list[tuple[str, ...]] = []
    root_of: dict[tuple[str, ...], str] = {}
    for folder in sorted({_folders(path) for path in paths}):
        if not roots or folder[: len(roots[-1])] != roots[-1]:
            roots.append(folder)
        root_of[folder] = "/".join(roots[-1]) or "."
    groups: dict[str, list[str]] = {}
    for path in paths:
        groups.setdefault(root_of[_folders(path)], []).append(path)
    return {root: tuple(members) for root, members in groups.items()}


def _folders(path: str) -> tuple[str, ...]:
    return tuple(path.split("/")[:-1])


# Charts


def _charts(charts: list[str], facts: Mapping[str, Json]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every chart that is no subchart, with its subcharts and those it takes from elsewhere in the repository."""
    folders = {posixpath.dirname(path) for path in charts}
    files: dict[str, list[str]] = {folder: [] for folder in folders}
    for path, fact in facts.items():
        for folder in _above(path):
            if folder in folders:
                if _belongs(path[len(folder) + 1 if folder else 0 :], fact):
                    files[folder].append(path)
                break
    inner = {folder: parent for folder in folders if (parent := _parent_chart(folder, folders)) is not None}
    below: dict[str, list[str]] = {}
    for folder, parent in sorted(inner.items()):
        below.setdefault(parent, []).append(folder)
    for folder in sorted(folders - inner.keys()):
        members: set[str] = set()
        waiting, seen = [folder], set()
        while waiting:
            one = waiting.pop()
            if one in seen or one not in folders:
                continue
            seen.add(one)
            members.update(files[one])
            waiting += below.get(one, [])
            waiting += facts[posixpath.join(one, CHART)]["chart"]
        yield posixpath.join(folder, CHART), tuple(sorted(members))


def _above(path: str) -> Iterator[str]:
    """The folders a file lies in, from the nearest."""
    while path:
        path = posixpath.dirname(path)
        yield path


def _parent_chart(folder: str, folders: set[str]) -> str | None:
    """The chart this one is a subchart of."""
    above, _, name = posixpath.dirname(folder).rpartition("/")
    return above if name == "charts" and above in folders else None


def _belongs(path: str, fact: Json) -> bool:
    """Whether a file at this path below a chart's folder is read with the chart."""
    top, _, rest = path.partition("/")
    if top == "templates":
        return bool(rest)
    return path in _PARTS or (top == "crds" and not fact)


# Overlays


def _overlays(overlays: list[str], facts: Mapping[str, Json]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every kustomization that no other uses, with all it is made of: what only serves others is not applied itself."""
    of_folder = {posixpath.dirname(path): path for path in sorted(overlays, reverse=True)}
    uses = {path: list(_used(path, facts, of_folder)) for path in sorted(of_folder.values())}
    used = {target for path, targets in uses.items() for target in targets if target in uses and target != path}
    reached: set[str] = set()
    for path in [*(path for path in uses if path not in used), *uses]:  # the latter: circles, which nothing begins
        if path in reached:
            continue
        members, waiting = set[str](), [path]
        while waiting:
            one = waiting.pop()
            if one not in members:
                members.add(one)
                waiting += uses.get(one, ())
        reached |= members
        yield path, tuple(sorted(members))


def _used(path: str, facts: Mapping[str, Json], of_folder: Mapping[str, str]) -> Iterator[str]:
    for target in facts[path]["kustomization"]:
        if target in of_folder:
            yield of_folder[target]
        elif target in facts:
            yield target
