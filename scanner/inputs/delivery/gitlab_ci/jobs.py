"""GitLab CI files to subjects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from scanner.inputs.delivery.commands import commands_of
from scanner.inputs.delivery.gitlab_ci.merge import Jobs, laid_over, readable
from scanner.inputs.delivery.images import image
from scanner.inputs.delivery.script import of_scalar
from scanner.inputs.delivery.tree import Tree, flat, listed, read, record
from scanner.model import Json, Problem, Subject, unknown
from scanner.text import Source

_KEYWORDS = frozenset(
    {"default", "include", "stages", "types", "variables", "workflow", "image", "services", "before_script"}
    | {"after_script", "cache", "spec"}
)
_VARIABLE = re.compile(r"\$(?:[A-Za-z_{]|\[\[)")
_BRANCH = re.compile(r"(?:main|master|develop|dev|trunk|head|latest|~latest)", re.IGNORECASE)
_KINDS = ("local", "remote", "project", "template", "component")
_MAX_NESTING = 10


def subjects_of(unit: str, root: str, sources: Mapping[str, Source]) -> tuple[list[Subject], list[Problem]]:
    """The subjects of the files of one pipeline. Its .gitlab-ci.yml comes last: it wins over what it includes."""
    problems: list[Problem] = []
    subjects: list[Subject] = []
    written: dict[str, Tree] = {}
    defaults: dict[str, Tree] = {}
    for path, source in sorted(sources.items(), key=lambda item: (item[0].endswith((".gitlab-ci.yml",)), item[0])):
        documents, found = read(source, "GitLab CI file")
        problems += found
        short = path if root == "." else path.removeprefix(f"{root}/")
        number = 0
        for tree in documents:
            whole = readable(tree)
            if not whole.pairs or (len(documents) > 1 and set(whole.pairs) == {"spec"}):
                continue
            subjects.append(_pipeline(unit, short, whole, number := number + 1))
            default = whole.get("default")
            for given in (whole, *([default] if default else [])):
                for key in ("image", "services", "before_script", "after_script"):
                    if key in given.pairs:
                        defaults[key] = given.pairs[key]
            for name, job in whole.pairs.items():
                if name not in _KEYWORDS and job.pairs:
                    written[name] = laid_over(written[name], job) if name in written else job
    jobs = Jobs(written, defaults)
    for name, own in written.items():
        job = jobs.job(name)
        config, places = flat(_job(name, job, name in jobs.outside, sources))
        subjects.append(Subject(f"{unit}:{name}", "job", name, name, own.place, config, places))
    return subjects, problems


def _known(tree: Tree) -> Tree:
    """A value outside of scripts: unknown where it holds variables."""
    if isinstance(tree.value, str) and _VARIABLE.search(tree.value):
        return tree.with_value(unknown("it holds variables that are known only when the pipeline runs"))
    return tree


def _pipeline(unit: str, path: str, tree: Tree, number: int) -> Subject:
    address = f"pipeline {path}" if number == 1 else f"pipeline {path} #{number}"
    include = tree.get("include")
    entries = [_include(one) for one in (include.items or (include,) if include else ())]
    made = record(
        tree.place,
        file=path,
        includes=listed([one for one in entries if one], include.place if include else tree.place),
        variables=listed(_variables(tree.get("variables")), tree.place),
        images=listed(_images(tree) + _images(tree.get("default")), tree.place),
        stages=listed([one for one in (tree.get("stages") or tree).items if one.text], tree.place),
    )
    config, places = flat(made)
    header = include.place if include else next(iter(tree.pairs.values())).place
    return Subject(f"{unit}:{address}", "pipeline", path, address, header, config, places)


def _include(one: Tree) -> Tree | None:
    kind = next((key for key in _KINDS if key in one.pairs), None)
    if kind is None:
        if not one.text:
            return None
        kind, target = "remote" if one.text.startswith(("http://", "https://")) else "local", one
    else:
        target = one.pairs[kind]
    ref = one.get("ref")
    text = target.scalar or ""
    said: Json = ref.scalar if ref else None
    pinned: Json = True
    if kind == "remote":
        pinned = "integrity" in one.pairs
    elif kind == "project":
        pinned = bool(said) and not _BRANCH.fullmatch(said)
    elif kind == "component":
        said = text.rpartition("@")[2] if "@" in text else None
        pinned = bool(said) and not _BRANCH.fullmatch(said)
    if kind in ("project", "component") and _VARIABLE.search(said or ""):
        pinned = unknown("its ref is known only when the pipeline runs")
    place = target.place
    return record(place, kind=kind, target=_known(Tree(target.scalar, place)), ref=ref or said, pinned=pinned)


def _job(name: str, job: Tree, outside: bool, sources: Mapping[str, Source]) -> Tree:
    commands: list[Tree] = []
    for key in ("before_script", "script", "after_script"):
        given = job.get(key)
        for line in _flat_lines(given):
            if line.text and line.place.path in sources:
                commands += commands_of(of_scalar(line, sources[line.place.path]), section=key)
    plain = {key: _known(value) for key, value in job.pairs.items()}
    return job.with_value(
        {
            **plain,
            "key": Tree(name, job.place),
            "hidden": Tree(name.startswith("."), job.place),
            "outside": Tree(outside, job.place),
            "commands": listed(commands, job.place),
            "variables": listed(_variables(job.get("variables")), job.place),
            "images": listed(_images(job), job.place),
        }
    )


def _flat_lines(given: Tree | None) -> list[Tree]:
    """The lines of a script: a string, a list, or lists in lists (what anchors bring in)."""
    found: list[Tree] = []
    waiting = [(given, 0)] if given else []
    while waiting:
        tree, depth = waiting.pop()
        if tree.items and depth < _MAX_NESTING:
            waiting += [(item, depth + 1) for item in reversed(tree.items)]
        elif tree.text:
            found.append(tree)
    return found


def _variables(given: Tree | None) -> list[Tree]:
    found = []
    for name, value in (given.pairs if given else {}).items():
        inner = value.get("value") if value.pairs else value
        if inner is not None and not inner.items:
            found.append(record(inner.place, name=name, value=_known(inner), scope="variables"))
    return found


def _images(given: Tree | None) -> list[Tree]:
    if given is None:
        return []
    found: list[Tree] = []
    services = given.get("services")
    entries: Sequence[tuple[Tree, str]] = [(given.pairs["image"], "image")] if "image" in given.pairs else []
    entries = [*entries, *((one, "service") for one in (services.items if services else ()))]
    for entry, scope in entries:
        name = entry.get("name") if entry.pairs else entry
        if name is not None and (name.scalar or isinstance(name.value, dict)):
            found.append(image(_known(name).value, name.place, scope=scope))
    return found
