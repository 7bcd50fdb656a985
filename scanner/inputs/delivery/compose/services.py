"""What a Compose service says in several ways, in one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.inputs.delivery.commands import commands_of, exec_commands
from scanner.inputs.delivery.compose.merge import as_mapping
from scanner.inputs.delivery.images import image
from scanner.inputs.delivery.script import of_scalar
from scanner.inputs.delivery.tree import Tree, listed, record
from scanner.model import Json, is_unknown
from scanner.text import Source

_PORT = re.compile(
    r"(?:(?P<ip>\[[0-9A-Fa-f:.]+\]|[0-9]+(?:\.[0-9]+){3}|[A-Za-z][A-Za-z0-9.\-]*):)?(?:(?P<published>[0-9]*(?:-[0-9]+)?):)?"
    r"(?P<target>[0-9]+(?:-[0-9]+)?)(?:/(?P<protocol>[a-z]+))?"
)
_WINDOWS = re.compile(r"^[A-Za-z]:[\\/]")


def service(tree: Tree, sources: Mapping[str, Source]) -> Tree:
    """A service with what is derived from it; anything but a mapping as it is."""
    if not tree.pairs:
        return record(tree.place, variables=[], images=[], commands=[], ports_published=[], mounts=[], command_line="")
    made: dict[str, Tree] = dict(tree.pairs)
    made["variables"] = _variables(tree)
    name = tree.get("image")
    made["images"] = listed([image(name.value, name.place, scope="service")] if name else [], tree.place)
    made["commands"] = _commands(tree, sources)
    made["ports_published"] = _ports(tree, sources)
    made["mounts"] = _mounts(tree)
    made["command_line"] = _command_line(tree)
    made["file"] = Tree(tree.place.path.rpartition("/")[2], tree.place)
    return tree.with_value(made)


def _variables(tree: Tree) -> Tree:
    found = []
    build = tree.get("build")
    for scope, given in (("environment", tree.get("environment")), ("build", build.get("args") if build else None)):
        for name, value in as_mapping(given).pairs.items() if given else ():
            found.append(record(value.place, name=name, value=value, scope=scope))
    return listed(found, tree.place)


def _ports(tree: Tree, sources: Mapping[str, Source]) -> Tree:
    found = []
    given = tree.get("ports")
    for item in given.items if given else ():
        if item.pairs:
            found.append(_long_port(item))
        elif is_unknown(item.value):
            found.append(record(item.place, host_ip=item, published=item, target=item, protocol="tcp", unknown=item))
        elif match := _PORT.fullmatch(_written(item, sources)):
            found.append(
                record(
                    item.place,
                    host_ip=(match["ip"] or "").strip("[]"),
                    published=match["published"] or "",
                    target=match["target"],
                    protocol=match["protocol"] or "tcp",
                )
            )
    return listed(found, tree.place)


def _written(item: Tree, sources: Mapping[str, Source]) -> str:
    """A port as text: YAML 1.1 takes 22:22 for a number to the base of sixty."""
    if isinstance(item.value, int) and item.place.path in sources:
        return sources[item.place.path].slice(item.place.span)
    return item.scalar or ""


def _long_port(item: Tree) -> Tree:
    def part(key: str, default: str) -> Tree:
        found = item.get(key)
        if found is None:
            return Tree(default, item.place)
        return found if is_unknown(found.value) else found.with_value(found.scalar or default)

    return record(
        item.place,
        host_ip=part("host_ip", ""),
        published=part("published", ""),
        target=part("target", ""),
        protocol=part("protocol", "tcp"),
    )


def _mounts(tree: Tree) -> Tree:
    found = []
    given = tree.get("volumes")
    for item in given.items if given else ():
        if item.pairs:
            fields = {key: item.pairs.get(key, Tree(None, item.place)) for key in ("type", "source", "target")}
            only = item.get("read_only")
            found.append(record(item.place, **fields, read_only=bool(only and only.value is True)))
        elif is_unknown(item.value):
            found.append(record(item.place, type=item, source=item, target=item, read_only=False))
        elif text := item.text:
            head = text[:2] if _WINDOWS.match(text) else ""
            parts = text[len(head) :].split(":")
            source: Json = head + parts[0] if len(parts) > 1 else None
            kind = "bind" if source and source.startswith((".", "/", "~", "\\", head or "/")) else "volume"
            options = parts[2].split(",") if len(parts) > 2 else []
            found.append(
                record(
                    item.place,
                    type=kind,
                    source=source,
                    target=parts[1] if len(parts) > 1 else parts[0],
                    read_only="ro" in options,
                )
            )
    return listed(found, tree.place)


def _commands(tree: Tree, sources: Mapping[str, Source]) -> Tree:
    found: list[Tree] = []
    for key in ("entrypoint", "command", "healthcheck"):
        given = tree.get(key)
        given = given.get("test") if given and key == "healthcheck" else given
        if given is None or is_unknown(given.value):
            continue
        words = [item.with_value(item.scalar) for item in given.items if item.scalar]
        if words and words[0].text in ("CMD", "CMD-SHELL", "NONE"):
            is_script = words[0].text == "CMD-SHELL"
            words = words[1:]
            given = words[0] if is_script and words else given
        if given.text and given.place.path in sources:
            found += commands_of(of_scalar(given, sources[given.place.path]), section=key)
        elif words:
            found += exec_commands(words, given.place, section=key)
    return listed(found, tree.place)


def _command_line(tree: Tree) -> Tree:
    parts: list[str] = []
    place = tree.place
    for key in ("entrypoint", "command"):
        given = tree.get(key)
        if given is None:
            continue
        place = given.place
        if is_unknown(given.value):
            return Tree(given.value, place)
        for item in given.items or (given,):
            if is_unknown(item.value):
                return Tree(item.value, place)
            parts.append(item.scalar or "")
    return Tree(" ".join(parts), place)
