"""Terraform: root modules with the local modules they call, evaluated as far as the files say.

A unit is a root module; what is said about its subjects is in `scanner.model.Subject`. In a subject's `config`:

- nested blocks are lists of objects, labels of theirs under "__labels__"; what is null is absent
- an unknown value is {"__unknown__": reason}, with "ref" and "attr" where it is an attribute of a resource that only
  apply knows, and "text" where it is a string of which parts are known; a block of which nobody can say how many there
  are is {"__unknown__": reason, …what it would hold}
- JSON in heredocs, in `jsonencode` and in arguments named like a policy is parsed

What a module applies to Kubernetes is a unit inside of it as well, of manifests (see `kubernetes.py`).

Subject types: the resource's type, `data.<type>`, `provider.<name>`, `module`, `output`, `variable` and `terraform`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable, Mapping, Set

from scanner.model import Json, Unit
from scanner.text import Source, looks_binary

_MODULES = (".tf", ".tf.json")
_VARIABLES = (".tfvars", ".tfvars.json")
_MANIFESTS = re.compile(
    r"""resource[ \t]+"kube(?:rnetes_|ctl_manifest")|"kube(?:rnetes_[a-z0-9_]+|ctl_manifest)"\s*:"""
)
_MAYBE_LOCAL = re.compile(r"""source"?\s*[=:]\s*"\.""")


def claims(path: str) -> bool:
    """Whether the name is that of a Terraform file."""
    return path.endswith(_MODULES + _VARIABLES)


def facts(source: Source) -> Json | None:
    """{"modules": {name: source}}: the modules a file calls from disk; {"holds": ["kubernetes"]}: manifests are in it.

    {} where there are neither. An override file may move a call elsewhere, so there the others are in it too, with "".
    None for a binary file.
    """
    if looks_binary(source.data[:4096]) and not source.valid_utf8:
        return None
    if not source.path.endswith(_MODULES):
        return {}
    held: dict[str, Json] = {"holds": ["kubernetes"]} if _MANIFESTS.search(source.text) else {}
    if not _MAYBE_LOCAL.search(source.text) and not is_override(source.path):
        return held
    from scanner.inputs.terraform.calls import called

    modules = called(source)
    return {"modules": modules, **held} if modules else held


def is_override(path: str) -> bool:
    """Whether a file's declarations are merged into those of the other files of its directory."""
    name = posixpath.basename(path).removesuffix(".json").removesuffix(".tf")
    return name == "override" or name.endswith("_override")


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """Root directory ("." for the scan root) -> its files, its *.tfvars and the files of all modules it calls.

    A root is a directory no other one calls; of directories that only call each other, the first. *.tfvars in a folder
    without modules belong to the nearest root above (`env/prod.tfvars`), else they are a unit of their own.
    """
    directories: dict[str, list[str]] = {}
    calls: dict[str, dict[str, str]] = {}
    for path in sorted(facts, key=lambda path: (is_override(path), path)):
        if path.endswith(_MODULES):
            directory = posixpath.dirname(path)
            directories.setdefault(directory, []).append(path)
            calls.setdefault(directory, {}).update(facts[path].get("modules", {}))
    edges = {directory: _targets(directory, called) & directories.keys() for directory, called in calls.items()}
    units = {root: _reached(root, edges) for root in _roots(sorted(directories), edges)}
    members = {root: [path for each in reached for path in directories[each]] for root, reached in units.items()}
    for path in facts:
        if not path.endswith(_MODULES):
            members.setdefault(_owner(posixpath.dirname(path), units, directories.keys()), []).append(path)
    return {root or ".": tuple(sorted(paths)) for root, paths in sorted(members.items())}


def _targets(directory: str, called: Mapping[str, str]) -> set[str]:
    """The other directories that these calls lead to."""
    paths = {posixpath.normpath(posixpath.join(directory, source)) for source in called.values() if source}
    return {"" if path == "." else path for path in paths} - {directory}


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


def _owner(directory: str, units: Mapping[str, set[str]], modules: Set[str]) -> str:
    """The root whose variables a file in this directory may set, or the one that calls the module it lies in."""
    above = nearest(directory, modules)
    if above is None:
        return directory
    return above if above in units else min(root for root, reached in units.items() if above in reached)


def nearest(directory: str, modules: Container[str]) -> str | None:
    """The directory, or the first one above it, that is a module."""
    while directory not in modules:
        if not directory:
            return None
        directory = posixpath.dirname(directory)
    return directory


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """The unit of a root: parsed and evaluated, bounded in time, memory and depth."""
    from scanner.inputs.terraform import unit

    return unit.build(root, sources)
