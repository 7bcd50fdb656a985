"""Workflow files to subjects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from scanner.inputs.delivery.commands import commands_of
from scanner.inputs.delivery.github_actions.uses import action
from scanner.inputs.delivery.images import image
from scanner.inputs.delivery.script import of_scalar
from scanner.inputs.delivery.shell import SHELLS
from scanner.inputs.delivery.tree import Tree, flat, listed, read, record
from scanner.model import Json, Place, Problem, Subject, unknown
from scanner.text import Source

_EXPRESSION = re.compile(r"\$\{\{[^}]*\}?\}?")
_WINDOWS = re.compile(r"windows", re.IGNORECASE)
_POWERSHELLS = frozenset({"pwsh", "powershell"})
_LONGEST = 80


def subjects_of(unit: str, root: str, sources: Mapping[str, Source]) -> tuple[list[Subject], list[Problem]]:
    """The subjects of a repository's workflows, in the order of paths."""
    subjects: list[Subject] = []
    problems: list[Problem] = []
    for path, source in sorted(sources.items()):
        documents, found = read(source, "workflow")
        problems += found
        short = path if root == "." else path.removeprefix(f"{root}/")
        for tree in documents[:1]:
            made = _workflow(tree, short, source) if "/workflows/" in f"/{path}" else _composite(tree, short, source)
            for kind, name, address, header, subject in made:
                config, places = flat(subject)
                subjects.append(Subject(f"{unit}:{address}", kind, name, address, header, config, places))
    return subjects, problems


def known(tree: Tree) -> Tree:
    """Strings with expressions as unknown values. The depth is bounded by the parser."""
    if isinstance(tree.value, str):
        match = _EXPRESSION.search(tree.value) if "${{" in tree.value else None
        return tree.with_value(unknown(f"{match[0][:_LONGEST]} is known only when it runs")) if match else tree
    if tree.pairs:
        return tree.with_value({key: known(item) for key, item in tree.pairs.items()})
    if tree.items:
        return tree.with_value([known(item) for item in tree.items])
    return tree


_Made = tuple[str, str, str, Place, Tree]


def _workflow(tree: Tree, path: str, source: Source) -> list[_Made]:
    """The workflow and its jobs: (type, name, address, header, config)."""
    if not tree.pairs:
        return []
    pairs = dict(tree.pairs)
    if "true" in pairs and "on" not in pairs:  # YAML 1.1 reads the key `on` as a flag
        pairs["on"] = pairs.pop("true")
    tree = tree.with_value(pairs)
    events = _events(pairs.get("on"))
    jobs = pairs.get("jobs")
    own = _variables(tree.get("env"), "workflow")
    for event in ("workflow_call", "workflow_dispatch"):
        own += _defaults(tree.at("on", event, "inputs"))
    config = known(tree.with_value({key: value for key, value in pairs.items() if key != "jobs"}))
    config = config.with_value(
        {
            **config.pairs,
            "file": Tree(path, tree.place),
            "events": listed(events, tree.place),
            "variables": listed(own, tree.place),
        }
    )
    name = pairs["name"].scalar if "name" in pairs else None
    header = pairs["name"].place if name else (jobs.place if jobs else tree.place)
    made: list[_Made] = [("workflow", name or path.rpartition("/")[2], path, header, config)]
    shell = (tree.at("defaults", "run", "shell") or tree).text
    for key, job in jobs.pairs.items() if jobs else ():
        if job.pairs:
            made.append(
                (
                    "job",
                    key,
                    f"{path}/{key}",
                    job.place,
                    _job(job, key, path, events=events, shell=shell, source=source),
                )
            )
    return made


def _composite(tree: Tree, path: str, source: Source) -> list[_Made]:
    runs = tree.get("runs")
    if runs is None or not runs.pairs:
        return []
    steps, built = runs.get("steps"), runs.get("image")
    lists = _of_steps(steps.items if steps else (), None, source)
    lists["variables"] += _defaults(tree.get("inputs")) + _variables(runs.get("env"), "step")
    if built is not None and (built.text or "").startswith("docker://"):
        lists["actions"].append(action(built, None, None, is_workflow=False))
    config = record(
        tree.place,
        file=path,
        **{key: listed(items, runs.place) for key, items in lists.items()},
        images=[],
    )
    name = tree.get("name")
    return [("action", (name.scalar if name else None) or path, path, runs.place, config)]


def _events(on: Tree | None) -> list[Tree]:
    if on is None:
        return []
    if on.pairs:
        return [value.with_value(key) for key, value in on.pairs.items()]
    return [item for item in on.items or (on,) if item.text]


def _job(job: Tree, key: str, path: str, *, events: list[Tree], shell: str | None, source: Source) -> Tree:
    steps = job.get("steps")
    default = (job.at("defaults", "run", "shell") or job).text or shell
    runner = job.get("runs-on")
    if default is None and runner and _WINDOWS.search(" ".join(one.scalar or "" for one in runner.items or (runner,))):
        default = "pwsh"
    lists = _of_steps(steps.items if steps else (), default, source)
    uses = job.get("uses")
    if uses is not None:
        lists["actions"].insert(0, action(uses, job.get("with"), None, is_workflow=True))
        lists["variables"] += _variables(job.get("with"), "with") + _variables(job.get("secrets"), "with")
    images = []
    container = job.get("container")
    if container is not None:
        images += _image(container, "container")
        lists["variables"] += _variables(container.get("env"), "job") + _variables(container.get("credentials"), "with")
    services = job.get("services")
    for service in services.pairs.values() if services else ():
        images += _image(service, "service")
        lists["variables"] += _variables(service.get("env"), "service")
    lists["variables"] = _variables(job.get("env"), "job") + lists["variables"]
    written = known(job)
    return job.with_value(
        {
            **written.pairs,
            "key": Tree(key, job.place),
            "condition": (job.get("if") or Tree(None, job.place)),
            "workflow": Tree(path, job.place),
            "events": listed(events, job.place),
            "images": listed(images, job.place),
            **{name: listed(items, job.place) for name, items in lists.items()},
        }
    )


def _image(given: Tree, scope: str) -> list[Tree]:
    name = given.get("image") if given.pairs else given
    if name is None or not name.scalar:
        return []
    found = known(name)
    return [image(found.value, name.place, scope=scope)]


def _of_steps(steps: Sequence[Tree], shell: str | None, source: Source) -> dict[str, list[Tree]]:
    lists: dict[str, list[Tree]] = {"actions": [], "commands": [], "variables": []}
    for number, step in enumerate(steps):
        uses, run = step.get("uses"), step.get("run")
        lists["variables"] += _variables(step.get("env"), "step")
        if uses is not None:
            lists["actions"].append(action(uses, step.get("with"), number, is_workflow=False))
            lists["variables"] += _variables(step.get("with"), "with")
        if run is not None and run.text and _is_read((step.get("shell") or Tree(shell, step.place)).text, run.text):
            lists["commands"] += commands_of(of_scalar(run, source), step=number)
    return lists


def _is_read(shell: str | None, text: str) -> bool:
    """PowerShell's words are parted alike, as long as nothing is escaped with a backtick."""
    name = (shell.split() or [""])[0].rpartition("/")[2] if shell is not None else "sh"
    return name in SHELLS or (name in _POWERSHELLS and "`" not in text)


def _variables(given: Tree | None, scope: str) -> list[Tree]:
    pairs = given.pairs.items() if given else ()
    return [record(value.place, name=name, value=_plain(known(value)), scope=scope) for name, value in pairs]


def _defaults(inputs: Tree | None) -> list[Tree]:
    """What the inputs of an action or workflow are unless they are given."""
    given = {
        name: one.pairs["default"] for name, one in (inputs.pairs if inputs else {}).items() if "default" in one.pairs
    }
    return _variables(inputs.with_value(given), "default") if inputs else []


def _plain(tree: Tree) -> Json:
    return tree if not (tree.pairs or tree.items) else tree.with_value(None)
