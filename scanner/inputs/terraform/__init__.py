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
from typing import Any

from scanner.model import Json, Unit
from scanner.text import Source, looks_binary

_MODULES = (".tf", ".tf.json", ".tofu", ".tofu.json")
_VARIABLES = (".tfvars", ".tfvars.json")
_MANIFESTS = re.compile(
    r"""resource[ \t]+"kube(?:rnetes_|ctl_manifest")|"kube(?:rnetes_[a-z0-9_]+|ctl_manifest)"\s*:"""
)
_MANIFEST_NAME = re.compile(r"kube(?:rnetes_|ctl_manifest\.)")
INSTALLED = ".terraform/modules/modules.json"
"""Below a root module: where `terraform init` put the modules that are called from elsewhere."""
_MAYBE_LOCAL = re.compile(r"""source"?\s*[=:]\s*"\.""")
_DECLARED = re.compile(r"""^[ \t]*(?:(resource|data)[ \t]+"([^"\n]+)"|module)[ \t]+"([^"\n]+)\"""", re.MULTILINE)
_MAX_DECLARED = 2_000


def claims(path: str) -> bool:
    """Whether the name is that of a Terraform file, or may be that of a plan."""
    return path.endswith((*_MODULES, *_VARIABLES, ".json"))


def facts(source: Source) -> Json | None:
    """What a file declares and calls; None for a file that is not ours, such as a binary one.

    {"modules": {name: source}}: the modules it calls from disk; an override file may move a call elsewhere, so there
    the others are in it too, with "". {"declares": [address, ...]}: its resources, data blocks and calls. Nothing of it
    where there is none. {"holds": ["kubernetes"]}: manifests are in it. {"plan": [address, ...]} of a plan: what it
    declares. {"installed": [directory, ...]} of the list of installed modules.
    """
    if looks_binary(source.data[:4096]) and not source.valid_utf8:
        return None
    if source.path.endswith(_VARIABLES):
        return {}
    if source.path.endswith(_MODULES):
        return _module_facts(source)
    if is_installed(source.path):
        from scanner.inputs.terraform.installed import directories

        return {"installed": sorted(set(directories(source).values()))}
    from scanner.inputs.terraform.plan import look

    found = look.facts(source)
    return {**found, "holds": ["kubernetes"]} if found and any(map(_MANIFEST_NAME.match, found["plan"])) else found


def _module_facts(source: Source) -> Json:
    found: dict[str, Json] = {"holds": ["kubernetes"]} if _MANIFESTS.search(source.text) else {}
    if source.path.endswith(".json"):
        from scanner.inputs.terraform.calls import declared

        names = declared(source)
    else:
        parts = (match.groups() for match in _DECLARED.finditer(source.text))
        names = {f"{_PREFIXES[kind]}{label or 'module'}.{name}" for kind, label, name in parts}
    if _MAYBE_LOCAL.search(source.text) or is_override(source.path):
        from scanner.inputs.terraform.calls import called

        modules = called(source)
        found |= {"modules": modules} if modules else {}
    return found | ({"declares": sorted(names)[:_MAX_DECLARED]} if names else {})


_PREFIXES = {"data": "data.", "resource": "", None: ""}


def is_plan(path: str) -> bool:
    """Whether a file of ours is a plan, by its name."""
    return not path.endswith((*_MODULES, *_VARIABLES)) and not is_installed(path)


def is_installed(path: str) -> bool:
    """Whether a file is the list of installed modules of a root module."""
    return path == INSTALLED or path.endswith(f"/{INSTALLED}")


def is_override(path: str) -> bool:
    """Whether a file's declarations are merged into those of the other files of its directory."""
    name = posixpath.basename(path).removesuffix(".json").removesuffix(".tf").removesuffix(".tofu")
    return name == "override" or name.endswith("_override")


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """Root directory ("." for the scan root) -> its files, its *.tfvars and the files of all modules it calls.

    A root is a directory no other one calls; of directories that only call each other, the first. *.tfvars in a folder
    without modules belong to the nearest root above (`env/prod.tfvars`), else they are a unit of their own.

    A plan is in the unit of the root module it was made from, which the settings may name ({"root": directory}). Each
    further plan of that one (of another environment) makes a unit of its own with the same files, and so does one of
    which no code is there: its root is its path.
    """
    code = {path: value for path, value in facts.items() if "plan" not in value}
    directories, calls, installed = _read(code)
    edges = {directory: _targets(directory, called) & directories.keys() for directory, called in calls.items()}
    for directory, others in installed.items():
        edges[directory] |= others & directories.keys()
    own = [directory for directory in sorted(directories) if f"/{INSTALLED_IN}" not in f"/{directory}"]
    units = {root: _reached(root, edges) for root in _roots(own, edges)}
    members = {root: [path for each in reached for path in directories[each]] for root, reached in units.items()}
    for path in code:
        if is_installed(path):
            members.get(path.removesuffix(INSTALLED).rstrip("/"), []).append(path)
        elif not path.endswith(_MODULES):
            members.setdefault(_owner(posixpath.dirname(path), units, directories.keys()), []).append(path)
    groups = {root or ".": tuple(sorted(paths)) for root, paths in members.items()}
    plans = {path: value["plan"] for path, value in facts.items() if "plan" in value}
    if plans:
        told = {path: facts[path]["root"] for path in plans if "root" in facts[path]}
        _add_plans(groups, plans, {root: _declared(facts, directories[root]) for root in units}, told)
    return dict(sorted(groups.items()))


def _declared(facts: Mapping[str, Json], paths: Iterable[str]) -> set[str]:
    return {name for path in paths for name in facts[path].get("declares", ())}


INSTALLED_IN = ".terraform/modules/"


def _read(code: Mapping[str, Json]) -> tuple[dict[str, list[str]], dict[str, dict[str, str]], dict[str, set[str]]]:
    """By directory: its module files, what it calls from disk, and the installed modules of it."""
    directories: dict[str, list[str]] = {}
    calls: dict[str, dict[str, str]] = {}
    for path in sorted(code, key=lambda path: (is_override(path), path)):
        if path.endswith(_MODULES):
            directory = posixpath.dirname(path)
            directories.setdefault(directory, []).append(path)
            calls.setdefault(directory, {}).update(code[path].get("modules", {}))
    installed = {}
    for path, value in code.items():
        directory = path.removesuffix(INSTALLED).rstrip("/")
        if is_installed(path) and directory in directories:
            installed[directory] = _targets(directory, dict(enumerate(value.get("installed", ()))))
    return directories, calls, installed


def _add_plans(
    groups: dict[str, tuple[str, ...]],
    plans: Mapping[str, Iterable[str]],
    declared: Mapping[str, Set[str]],
    told: Mapping[str, str],
) -> None:
    from scanner.inputs.terraform.plan.match import owner

    code = dict(groups)
    for path in sorted(plans):
        root = told[path] if path in told else owner(path, plans[path], declared)
        if root not in declared:
            groups[path] = (path,)
            continue
        key = root or "."
        groups[key if groups[key] == code[key] else path] = tuple(sorted((*code[key], path)))


def _targets(directory: str, called: Mapping[Any, str]) -> set[str]:
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
    from scanner.inputs.terraform import kubernetes

    made = _build(root, sources)
    inner = kubernetes.manifests(root, made.files, made.subjects, sources)
    return made._replace(inner=(inner,)) if inner.subjects else made


def _build(root: str, sources: Mapping[str, Source]) -> Unit:
    plan = next((path for path in sorted(sources) if is_plan(path)), None)
    if plan is None:
        from scanner.inputs.terraform import unit

        return unit.build(root, sources)
    from scanner.inputs.terraform.plan.unit import build as build_plan

    code = {path: source for path, source in sources.items() if not is_plan(path)}
    directory = root
    if root == plan:
        groups = group({path: fact for path, source in code.items() if (fact := facts(source)) is not None})
        directory = max(groups, key=lambda key: (len(groups[key]), key), default=".")
    return build_plan(root, "" if directory == "." else directory, sources[plan], code)
