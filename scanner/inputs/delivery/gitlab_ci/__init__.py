"""GitLab CI: `.gitlab-ci.yml` with the files it includes from the same repository.

A unit is a `.gitlab-ci.yml` with every `*.gitlab-ci.yml`, everything below `.gitlab/ci/`, and the files its `include`
names, as far as they lie below it; such files without one above are a unit a folder. Subjects:

    pipeline  one for every file: {file, includes, variables, images, stages}; includes [{kind, target, ref, pinned}]
              kind: "local", "remote", "project", "template", "component"
    job       a job after `extends` and `default`: as written, with `key`, `hidden` (a template: its key begins with a
              dot), `commands`, `variables`, `images` (see the package)

`commands` are those of before_script, script and after_script. What `!reference` brings in is unknown, as are `$X` and
`$[[ inputs.x ]]` outside of scripts. What another project or a template defines is not here: `outside` is true for
a job that extends such a one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase

from scanner.model import Json, Unit
from scanner.text import Source, is_utf16

_ENDING = re.compile(r"\.ya?ml$", re.IGNORECASE)
_MAIN = re.compile(r"(?:^|/)\.gitlab-ci\.ya?ml$")
_NAMED = re.compile(
    r"(?:^|[./\-_])gitlab-ci[^/]*\.ya?ml$|(?:^|/)\.gitlab(?:-ci)?/(?:ci/|[^/]+\.ya?ml$)|(?:^|/)\.gitlab-ci/"
)
_ISSUES = re.compile(r"(?:^|/)\.gitlab/(?:issue_templates|merge_request_templates|agents)/")
_JOB = re.compile(
    r"""^[ \t]+["']?(?:script|before_script|trigger|extends|run)["']?[ \t]*:|"""
    r"""^["']?(?:include|stages|default|variables|workflow|image|spec|before_script)["']?[ \t]*:""",
    re.MULTILINE,
)
_SCRIPT = re.compile(r"""^[ \t]{1,8}["']?(?:script|extends|trigger)["']?[ \t]*:""", re.MULTILINE)
_FOREIGN = re.compile(
    r"""^["']?(?:jobs|on|steps|version|apiVersion|kind|language|phases|pool|pipelines|paths|openapi)["']?[ \t]*:""",
    re.MULTILINE,
)
_LOCAL = re.compile(
    r"""(?:\blocal["']?[ \t]*:|^[ \t]*-|^include[ \t]*:)[ \t]*["']?(/?[^\s"'#{}\[\]:]+\.ya?ml)\b""", re.MULTILINE
)


def claims(path: str) -> bool:
    """Any YAML file: an `include` may name any. What is not named like GitLab's counts only if included."""
    return bool(_ENDING.search(path)) and not _ISSUES.search(path)


def facts(source: Source) -> Json | None:
    """{"includes": [path, ...]} of the repository's own files; "perhaps" where only an include makes it ours."""
    if is_utf16(source.data) or not source.data.strip():
        return None
    text = source.text
    includes = sorted({match[1].removeprefix("/") for match in _LOCAL.finditer(text)}) if "include" in text else []
    if _MAIN.search(source.path):
        return {"main": True, "includes": includes}
    if _NAMED.search(source.path):
        return {"includes": includes} if _JOB.search(text) else None
    if (b"script" in source.data or b"extends" in source.data) and not _FOREIGN.search(text) and _SCRIPT.search(text):
        return {"perhaps": True, "includes": includes}
    return None


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """Root: the folder of a .gitlab-ci.yml, or that of stray files."""
    mains = sorted((path for path, fact in facts.items() if "main" in fact), key=len, reverse=True)
    units: dict[str, set[str]] = {}
    taken: set[str] = set()
    for main in mains:
        folder = main.rpartition("/")[0]
        prefix = f"{folder}/" if folder else ""
        members = {path for path in facts if path.startswith(prefix) and "perhaps" not in facts[path]} - taken
        members = {path for path in members if path == main or "main" not in facts[path]} | {main}
        waiting = list(members)
        while waiting:
            for wanted in facts[waiting.pop()]["includes"]:
                pattern = prefix + wanted.replace("**", "*")
                found = {path for path in facts if fnmatchcase(path, pattern)} if "*" in wanted else {pattern}
                new = {path for path in found if path in facts} - members
                members |= new
                waiting += sorted(new)
        taken |= members
        units[folder or "."] = members
    for path in sorted(facts):
        if path not in taken and "perhaps" not in facts[path]:
            units.setdefault(path.rpartition("/")[0] or ".", set()).add(path)
    return {root: tuple(sorted(paths)) for root, paths in sorted(units.items())}


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """The jobs of one pipeline."""
    from scanner.inputs.delivery.gitlab_ci.jobs import subjects_of

    unit = f"gitlab_ci:{root}"
    subjects, problems = subjects_of(unit, root, sources)
    return Unit(unit, "gitlab_ci", tuple(sorted(sources)), tuple(subjects), tuple(problems))
