"""${NAME} in Compose files, and the .env file it is looked up in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.inputs.delivery.tree import Tree
from scanner.model import Json, is_unknown, unknown
from scanner.text import Source

MAX_NESTING = 8
_COMMANDS = frozenset({"command", "entrypoint", "test"})
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LINE = re.compile(r"^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \t]*=[ \t]*(.*?)[ \t]*\r?$")
_TRAILING = re.compile(r"[ \t]+#.*$")


def dotenv(source: Source | None) -> dict[str, str]:
    """The names a .env file sets, with values of one line that hold no further names."""
    found: dict[str, str] = {}
    for number in range(1, source.line_count + 1) if source else ():
        match = _LINE.match(source.line(number)) if source else None
        if not match:
            continue
        name, value = match[1], match[2]
        quote = value[:1]
        if quote in ("'", '"') and value.find(quote, 1) > 0:
            value = value[1 : value.find(quote, 1)]
        else:
            value, quote = _TRAILING.sub("", value), ""
        if quote == "'" or "$" not in value:
            found[name] = value
        else:
            found.pop(name, None)
    return found


def interpolated(tree: Tree, env: Mapping[str, str], key: str = "") -> Tree:
    """The tree with every string's names replaced; keys stay. In a command a name without a value stays as it is
    written: the rest of its words is known all the same. Its depth is bounded by the parser."""
    if isinstance(tree.value, str):
        if "$" not in tree.value:
            return tree
        keep = key in _COMMANDS
        return tree.with_value(
            _expanded(tree.value, 0, "", env, 0, keep=True)[0] if keep else value_of(tree.value, env)
        )
    if tree.pairs:
        return tree.with_value({name: interpolated(item, env, name) for name, item in tree.pairs.items()})
    if tree.items:
        return tree.with_value([interpolated(item, env, key) for item in tree.items])
    return tree


def value_of(text: str, env: Mapping[str, str]) -> Json:
    """A string with values put in; unknown where one cannot be known."""
    return _expanded(text, 0, "", env, 0)[0]


def _expanded(
    text: str, at: int, closing: str, env: Mapping[str, str], depth: int, *, keep: bool = False
) -> tuple[Json, int]:
    parts: list[str] = []
    lost: Json = None
    while at < len(text):
        char = text[at]
        if closing and char == closing:
            break
        if char != "$":
            parts.append(char)
            at += 1
        elif text.startswith("$$", at):
            parts.append("$")
            at += 2
        else:
            begin = at
            value, at = _name(text, at, env, depth)
            if is_unknown(value) and keep:
                parts.append(text[begin:at])
            elif is_unknown(value):
                lost = lost or value
            else:
                parts.append(str(value))
    return (lost if lost is not None else "".join(parts)), at


def _name(text: str, at: int, env: Mapping[str, str], depth: int) -> tuple[Json, int]:
    braced = text.startswith("${", at)
    match = _NAME.match(text, at + (2 if braced else 1))
    if not match:
        return "$", at + 1
    name, end = match[0], match.end()
    found: Json = env[name] if name in env else unknown(f"`${name}` comes from the environment of the command")
    if not braced:
        return found, end
    operator = text[end : end + 2] if text[end : end + 1] == ":" else text[end : end + 1]
    if operator in (":-", "-", ":+", "+", ":?", "?") and depth < MAX_NESTING:
        word, end = _expanded(text, end + len(operator), "}", env, depth + 1)
        if operator.endswith("-") and (name not in env or (operator == ":-" and not env[name])):
            found = word
        elif operator.endswith("+") and name in env:
            found = word if env[name] or operator == "+" else ""
        return found, end + 1
    stop = text.find("}", end)
    return found, (len(text) if stop < 0 else stop) + 1
