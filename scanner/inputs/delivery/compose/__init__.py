"""Compose files: services, networks, volumes, secrets and configs of one project.

A unit is one project: the file `docker compose` finds in a folder by itself (compose.yaml, docker-compose.yml, …) with
its override file merged over it, and the `.env` beside them. Any other Compose file in the folder is a unit of its own,
with that `.env`: whether it is laid over the base, only the command line says.

Subjects are of type `service`, `network`, `volume`, `secret` and `config`; their config is what is written, after
interpolation, `extends` (of files in the unit) and merging. A service has besides (see the package for the others):

    ports_published  [{host_ip, published, target, protocol}] short and long syntax, as text; `host_ip` and `published`
                     are "" where left out (all addresses, any port); a range stays one: "8000-8010"
    mounts           [{type, source, target, read_only}]
    command_line     `entrypoint` and `command` as one text
    commands         of both and the health check; `section` says which. A name without a value stays in them: ${NAME}
    file             the name of the file it is written in

An interpolated name without a value in .env and without a default is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.model import Json, Unit
from scanner.text import Source, is_utf16

_NAME = re.compile(r"(?:docker-)?compose(?:[.\-_][^/]*)?\.ya?ml", re.IGNORECASE)
_ENDING = re.compile(r"\.ya?ml$", re.IGNORECASE)
_SERVICES = re.compile(r"""^["']?services["']?[ \t]*:[ \t]*(?:#.*)?\r?$""", re.MULTILINE)
_FLOW = re.compile(r"""^(?:\{|["']?services["']?[ \t]*:)""", re.MULTILINE)
_OTHERS = re.compile(
    r"""^["']?(?:apiVersion|kind|steps|jobs|pipeline|pipelines|stages|openapi|swagger|parameters|when|workspace|type|"""
    r"""definitions|handlers|phases|functions|provider|clone|language|databases)["']?[ \t]*:""",
    re.MULTILINE,
)
_IMAGE = re.compile(r"^[ \t]+(?:image|build)[ \t]*:", re.MULTILINE)
_HOLDS: dict[str, Json] = {"holds": ["app_settings"]}
_BASES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
_OVERRIDES = (
    "compose.override.yaml", "compose.override.yml", "docker-compose.override.yaml", "docker-compose.override.yml",
)  # fmt: skip


def claims(path: str) -> bool:
    """Any YAML file (its content decides, unless it is named as Compose files are), and .env beside them."""
    name = path.rpartition("/")[2]
    return name == ".env" or (bool(_ENDING.search(name)) and (not name.startswith(".") or bool(_NAME.fullmatch(name))))


def facts(source: Source) -> Json | None:
    """{"holds": …} for a Compose file, {"env": True} for a .env."""
    name = source.path.rpartition("/")[2]
    if name == ".env":
        return {"env": True}
    if b"services" not in source.data or is_utf16(source.data):
        return None
    text = source.text
    if _NAME.fullmatch(name):
        return dict(_HOLDS) if _SERVICES.search(text) or _FLOW.search(text) else None
    if not _SERVICES.search(text) or _OTHERS.search(text) or not _IMAGE.search(text):
        return None
    from scanner.inputs.delivery.compose.project import looks_like_compose

    return dict(_HOLDS) if looks_like_compose(source) else None


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """Root: the folder for the project found by default, the file's path for any other."""
    folders: dict[str, list[str]] = {}
    for path in sorted(facts):
        folder, _, name = path.rpartition("/")
        folders.setdefault(folder, []).append(name)
    groups: dict[str, tuple[str, ...]] = {}
    for folder, names in folders.items():
        prefix = f"{folder}/" if folder else ""
        env = [".env"] if ".env" in names else []
        base = next((name for name in _BASES if name in names), None)
        override = next((name for name in _OVERRIDES if name in names), None) if base else None
        own = [name for name in (base, override) if name]
        if own:
            groups[folder or "."] = tuple(sorted(prefix + name for name in own + env))
        for name in names:
            if name not in own and name != ".env":
                extended = [base] if base else []
                groups[prefix + name] = tuple(sorted({prefix + one for one in [name, *env, *extended]}))
    return groups


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """The subjects of one project."""
    from scanner.inputs.delivery.compose.project import project
    from scanner.inputs.delivery.held import settings

    names = {path.rpartition("/")[2]: path for path in sources}
    if root in sources:
        layers = [root]
    else:
        found = [next((names[name] for name in some if name in names), None) for some in (_BASES, _OVERRIDES)]
        layers = [path for path in found if path]
    subjects, problems = project(f"compose:{root}", layers, sources)
    return settings(Unit(f"compose:{root}", "compose", tuple(sorted(sources)), tuple(subjects), tuple(problems)))
