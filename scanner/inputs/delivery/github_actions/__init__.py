"""Workflows and composite actions of GitHub Actions (Gitea's and Forgejo's speak the same).

A unit is a repository: all files of its `.github/workflows`, and the composite actions beside and below it. Subjects:

    workflow  the file as written (`on` under its own name), with `file`, `variables` of its `env`, and `events`: the
              names under `on`
    job       the job as written, with `workflow` (the address of its workflow), `events`, `key`, `condition`
              (its `if` as written), and `actions`, `commands`, `variables`, `images` (see the package) of all its steps
    action    a composite action, or one that is an image: `file`, and the same four lists

    actions   [{uses, kind, owner, repository, path, ref, pinned, with, step}] kind: "repository", "local", "docker" or
              "workflow" (a reusable one); pinned: by a commit's or image's digest; `with`: the inputs as written,
              expressions included; step: its number, null for a job that calls a workflow
    scope     of a variable: "workflow", "job", "step", "with" (an input), "default" (what an input is unless it is
              given), "service" or "script"

A string with an expression `${{ … }}` is unknown, but in scripts it stays as it is. Steps of other shells than POSIX
ones have no commands, but for PowerShell's where they read alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.model import Json, Unit
from scanner.text import Source, is_utf16

_WORKFLOW = re.compile(r"(?:^|/)\.(?:github|gitea|forgejo)/workflows/[^/]+\.ya?ml$", re.IGNORECASE)
_ACTION = re.compile(r"(?:^|/)action\.ya?ml$")
_JOBS = re.compile(r"""^\{|^["']?(?:jobs|on|true)["']?[ \t]*:""", re.MULTILINE)
_RUNS = re.compile(r"""^["']?runs["']?[ \t]*:""", re.MULTILINE)
_USING = re.compile(r"""^[ \t]+["']?using["']?[ \t]*:[ \t]*["']?(?:composite|docker)\b""", re.MULTILINE)


def claims(path: str) -> bool:
    """Files of a workflows folder, and action.yml anywhere."""
    return bool(_WORKFLOW.search(path) or _ACTION.search(path))


def facts(source: Source) -> Json | None:
    """{"workflow": True} or {"action": True}."""
    if is_utf16(source.data):
        return None
    if _WORKFLOW.search(source.path):
        return {"workflow": True} if _JOBS.search(source.text) else None
    return {"action": True} if _RUNS.search(source.text) and _USING.search(source.text) else None


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """Root: the folder that holds .github; a composite action outside of any is on its own, under its folder."""
    units: dict[str, list[str]] = {}
    for path in sorted(facts):
        if "workflow" in facts[path]:
            units.setdefault("/".join(path.split("/")[:-3]) or ".", []).append(path)
    roots = sorted(units, key=len, reverse=True)
    for path in sorted(facts):
        if "workflow" not in facts[path]:
            own = next((root for root in roots if root == "." or path.startswith(f"{root}/")), None)
            units.setdefault(own or path.rpartition("/")[0] or ".", []).append(path)
    return {root: tuple(sorted(paths)) for root, paths in sorted(units.items())}


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """All workflows of a repository."""
    from scanner.inputs.delivery.github_actions.workflows import subjects_of

    unit = f"github_actions:{root}"
    subjects, problems = subjects_of(unit, root, sources)
    return Unit(unit, "github_actions", tuple(sorted(sources)), tuple(subjects), tuple(problems))
