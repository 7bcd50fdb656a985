"""What a scalar of a YAML or JSON file means: text -> a Json value, as `yaml.SafeLoader` has it.

The part that knows about values, not about structure and places.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

import yaml

from scanner.model import Json

MAX_NUMBER = 256
"""How many characters a number may have: turning digits into numbers takes more than linear time."""
MERGE = object()
"""What the key `<<` becomes."""

CORE = "tag:yaml.org,2002:"
_CONSTRUCT = {
    CORE + "null": yaml.constructor.SafeConstructor.construct_yaml_null,
    CORE + "bool": yaml.constructor.SafeConstructor.construct_yaml_bool,
    CORE + "int": yaml.constructor.SafeConstructor.construct_yaml_int,
    CORE + "float": yaml.constructor.SafeConstructor.construct_yaml_float,
}
TYPES = frozenset(_CONSTRUCT) | {"!", CORE + "str", CORE + "map", CORE + "seq"}
"""The tags that only name the type a value has anyway."""
_JSON_FLOAT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+")
_JSON_PAIR = re.compile(r"(\\\\)|\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


class Plain(dict[str, Json]):
    """Text -> value of scalars without quotes and tag. Remembers them: most occur again and again in a file."""

    def __init__(self, is_json: bool) -> None:
        super().__init__()
        self._is_json = is_json

    def __missing__(self, text: str) -> Json:
        value = self[text] = self._resolve(text)
        return value

    def _resolve(self, text: str) -> Json:
        if self._is_json and len(text) <= MAX_NUMBER and _JSON_FLOAT.fullmatch(text):
            return tagged(CORE + "float", text)
        for tag, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], ()):
            if pattern.match(text):
                return tagged(tag, text)
        return text


class PlainKeys(dict[str, Any]):
    """The same for keys: text -> the key it becomes, or MERGE."""

    def __init__(self, plain: Plain) -> None:
        super().__init__({"<<": MERGE})
        self._plain = plain

    def __missing__(self, text: str) -> str:
        key = self[text] = key_text(self._plain[text])
        return key


def key_text(value: Json) -> str:
    """A scalar as the key of a Json object."""
    return value if isinstance(value, str) else json.dumps(value)


def tagged(tag: str, text: str) -> Json:
    """The value of a scalar with a tag; the text itself where the tag is unknown or does not fit."""
    construct = _CONSTRUCT.get(tag)
    if construct is None or len(text) > MAX_NUMBER:
        return text
    try:
        value = construct(yaml.constructor.SafeConstructor(), yaml.ScalarNode(tag, text))
    except (ValueError, KeyError, IndexError):
        return text
    return text if isinstance(value, float) and not math.isfinite(value) else value


def readable_json(text: str) -> tuple[str, str]:
    """JSON as libyaml takes it, of the same length, so that no place moves; and the character that fills it up.

    Tabs become spaces: JSON has them between tokens only, libyaml takes them there within brackets only. A pair of
    escaped surrogates becomes the character it stands for and fillers, to be taken out of the values.
    """
    text = text.replace("\t", " ")
    if not _JSON_PAIR.search(text):
        return text, ""
    used = set(text)
    filler = next((char for char in map(chr, range(0xF0000, 0xFFFFE)) if char not in used), "")

    def join(match: re.Match[str]) -> str:
        if match[1] or not filler:
            return match[0]
        code = 0x10000 + ((int(match[2], 16) - 0xD800) << 10) + int(match[3], 16) - 0xDC00
        return chr(code) + filler * (len(match[0]) - 1)

    return _JSON_PAIR.sub(join, text), filler
