"""From bytes to units that Rego rules can read. An input is a module (or package) with these functions:

    claims(path) -> bool                       by name alone, cheap: no parser is imported for it
    facts(source) -> Json | None               None: this file is not ours after all. Else what `group` needs to know
                                               about it, small and cacheable ({} where nothing)
    group(facts: {path: facts}) -> {root: (paths, ...)}   which files make a unit; a file may be in several
    build(root, sources: {path: Source}) -> Unit          parse and evaluate. Never raises for bad input: it says so in
                                               `Unit.problems`, bounded in time, memory and depth

A unit's id is "<input>:<root>". Everything is deterministic: no clock, no environment, no order of files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from scanner.model import Json, Unit
from scanner.text import Source


class Input(Protocol):
    """What an input module offers."""

    def claims(self, path: str) -> bool: ...
    def facts(self, source: Source) -> Json | None: ...
    def group(self, facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]: ...
    def build(self, root: str, sources: Mapping[str, Source]) -> Unit: ...


INPUTS = {
    "terraform": "scanner.inputs.terraform",
    "kubernetes": "scanner.inputs.kubernetes",
    "sql": "scanner.inputs.sql",
    "app_settings": "scanner.inputs.settings.app_settings",
    "postgresql": "scanner.inputs.settings.postgresql",
    "mysql": "scanner.inputs.settings.mysql",
    "redis": "scanner.inputs.settings.redis",
    "kafka": "scanner.inputs.settings.kafka",
    "mongodb": "scanner.inputs.settings.mongodb",
    "cloudformation": "scanner.inputs.cloudformation",
    "nginx": "scanner.inputs.nginx",
    "apache": "scanner.inputs.apache",
    "haproxy": "scanner.inputs.haproxy",
    "envoy": "scanner.inputs.envoy",
    "dockerfile": "scanner.inputs.delivery.dockerfile",
    "compose": "scanner.inputs.delivery.compose",
    "github_actions": "scanner.inputs.delivery.github_actions",
    "gitlab_ci": "scanner.inputs.delivery.gitlab_ci",
}

_YAML = ("kubernetes", "cloudformation", "compose", "github_actions", "gitlab_ci", "envoy", "app_settings", "mongodb")
_CODE = "py pyi js cjs mjs jsx ts cts mts tsx java kt kts go rb php cs rs c h cc cpp swift scala"
_PAPER = "md rst html htm css scss less svg png jpg jpeg gif ico woff woff2 lock sum map"
_BY_ENDING: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("tf", "tofu", "tfvars"), ("terraform",)),
    **dict.fromkeys(("yaml", "yml"), _YAML),
    **dict.fromkeys(("sql", "ddl", "psql"), ("sql",)),
    **dict.fromkeys(f"{_CODE} {_PAPER}".split(), ()),
    "json": ("terraform", "kubernetes", "cloudformation", "envoy", "app_settings"),
    "properties": ("app_settings", "kafka"),
    "txt": ("kubernetes",),
}
"""The inputs that may claim a file with such an ending; any may claim another. To import and ask them all takes longer
than many a scan of one file."""
_NAMED_BY_BASE = re.compile(
    r"(?:^|/)(?:docker|container)file[.\-_]|\.(?:conf|cfg)\.|(?:^|[/.])env\.|(?:^|/)\.htaccess", re.IGNORECASE
)

HOLDS = {"terraform": ("kubernetes",), "compose": ("app_settings",), "dockerfile": ("app_settings",)}
"""Input -> inputs of which its units may hold units (`Unit.inner`). Files that make such say so: {"holds": [input]} is
among their facts."""


def claimants(path: str) -> tuple[str, ...]:
    """The inputs that claim a file, by its name; only those that may are imported."""
    asked = None if _NAMED_BY_BASE.search(path) else _BY_ENDING.get(path.rpartition(".")[2].lower())
    return tuple(name for name in (INPUTS if asked is None else asked) if load(name).claims(path))


def load(name: str) -> Input:
    """The input of that name; imported when first needed."""
    return cast("Input", import_module(INPUTS[name]))
