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

HOLDS = {"terraform": ("kubernetes",)}
"""Input -> inputs of which its units may hold units (`Unit.inner`). Files that make such say so: {"holds": [input]} is
among their facts."""


def load(name: str) -> Input:
    """The input of that name; imported when first needed."""
    return cast("Input", import_module(INPUTS[name]))
