"""Terraform: root modules with the local modules they call, evaluated as far as the files say.

A unit is a root module; what is said about its subjects is in `scanner.model.Subject`. In a subject's `config`:

- nested blocks are lists of objects, labels of theirs under "__labels__"; what is null is absent
- an unknown value is {"__unknown__": reason}, with "ref" and "attr" where it is an attribute of a resource that only
  apply knows, and "text" where it is a string of which parts are known; a block of which nobody can say how many there
  are is {"__unknown__": reason, …what it would hold}
- JSON in heredocs, in `jsonencode` and in arguments named like a policy is parsed

Subject types: the resource's type, `data.<type>`, `provider.<name>`, `module`, `output`, `variable` and `terraform`.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Mapping

from scanner.model import Json, Unit
from scanner.text import Source, looks_binary

_MODULES = (".tf", ".tf.json")
_VARIABLES = (".tfvars", ".tfvars.json")
_BLOCK = re.compile(
    r'^[ \t]*(?:(module)|resource|data|variable|output|locals|provider|terraform)\b[ \t]*["{]', re.MULTILINE
)
_LOCAL_SOURCE = re.compile(r'^[ \t]*source[ \t]*=[ \t]*"(\.{1,2}(?:/[^"$%\n]*)?)"', re.MULTILINE)


def claims(path: str) -> bool:
    """Whether the name is that of a Terraform file."""
    return path.endswith(_MODULES + _VARIABLES)


def facts(source: Source) -> Json | None:
    """{"modules": local module paths this file calls, as written}; {} where there are none; None for a binary file."""
    if looks_binary(source.data[:4096]):
        return None
    if not source.path.endswith(_MODULES):
        return {}
    called = _called_in_json(source.text) if source.path.endswith(".json") else _called(source.text)
    return {"modules": sorted(called)} if called else {}


def _called(text: str) -> set[str]:
    """Local sources of module blocks. A block's text ends where the next one starts; good enough to group files."""
    found = set()
    starts = list(_BLOCK.finditer(text)) if "module" in text else []
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=False):
        source = _LOCAL_SOURCE.search(text, match.end(), end) if match.group(1) else None
        if source:
            found.add(source.group(1))
    return found


def _called_in_json(text: str) -> set[str]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return set()
    found = set()
    for top in _objects(data):
        for named in _objects(top.get("module")):
            for call in (call for value in named.values() for call in _objects(value)):
                source = call.get("source")
                if isinstance(source, str) and (source in (".", "..") or source.startswith(("./", "../"))):
                    found.add(source)
    return found


def _objects(value: Json) -> Iterable[dict[str, Json]]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """Root directory ("." for the scan root) -> its files, its *.tfvars and the files of all modules it calls.

    A root is a directory no other one calls; of directories that only call each other, the first. *.tfvars in a folder
    without modules belong to the nearest root above (`env/prod.tfvars`), else they are a unit of their own.
    """
    by_directory: dict[str, list[str]] = {}
    calls: dict[str, set[str]] = {}
    for path in sorted(facts):
        directory = posixpath.dirname(path)
        if path.endswith(_MODULES):
            by_directory.setdefault(directory, []).append(path)
            for source in facts[path].get("modules", ()):
                calls.setdefault(directory, set()).add(posixpath.normpath(posixpath.join(directory, source)))
    modules = set(by_directory)
    edges = {key: {_named(target) for target in targets} & modules - {key} for key, targets in calls.items()}
    units = {root: _reached(root, edges) for root in _roots(sorted(modules), edges)}
    members = {root: [path for directory in reached for path in by_directory[directory]] for root, reached in units.items()}
    for path in sorted(facts):
        if not path.endswith(_MODULES):
            members.setdefault(_owner(posixpath.dirname(path), units, modules), []).append(path)
    return {root or ".": tuple(sorted(paths)) for root, paths in sorted(members.items())}


def _named(directory: str) -> str:
    return "" if directory == "." else directory


def _reached(root: str, edges: Mapping[str, set[str]]) -> set[str]:
    found, waiting = {root}, [root]
    while waiting:
        new = edges.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _roots(modules: Iterable[str], edges: Mapping[str, set[str]]) -> list[str]:
    called = set().union(*edges.values())
    roots = [module for module in modules if module not in called]
    seen = set().union(*(_reached(root, edges) for root in roots))
    for module in modules:
        if module not in seen:
            roots.append(module)
            seen |= _reached(module, edges)
    return roots


def _owner(directory: str, units: Mapping[str, set[str]], modules: set[str]) -> str:
    """The root whose variables a file in this directory may set, or the one that calls the module it lies in."""
    above = directory
    while above not in modules and above:
        above = posixpath.dirname(above)
    if above not in modules:
        return directory
    return above if above in units else min(root for root, reached in units.items() if above in reached)


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """The unit of a root: parsed and evaluated, bounded in time, memory and depth."""
    from scanner.inputs.terraform import unit

    return unit.build(root, sources)
