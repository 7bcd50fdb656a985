"""Functions that encode, decode and hash. Arguments are plain data; a ValueError means that Terraform refuses them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from scanner.inputs.terraform.arguments import RefusedError, text
from scanner.inputs.terraform.jsontext import JsonNode, NotJsonError, parse_json

_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def json_text(data: Any) -> str:
    """JSON as `jsonencode` writes it: compact, keys sorted, `<`, `>` and `&` escaped."""
    result = json.dumps(data, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    for character, escape in _ESCAPED.items():
        result = result.replace(character, escape)
    return result


def _jsondecode(value: Any) -> Any:
    try:
        return _plain(parse_json(text(value)))
    except NotJsonError:
        raise RefusedError("this is no JSON") from None


def _plain(node: JsonNode) -> Any:
    if isinstance(node.value, list):
        return [_plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: _plain(item) for key, (_, item) in node.value.items()}
    return node.value


def _base64decode(value: Any) -> str:
    return base64.b64decode(text(value), validate=True).decode("utf-8")


def _digest(name: str, encode: Callable[[bytes], str]) -> Callable[[Any], str]:
    def digest(value: Any) -> str:
        return encode(hashlib.new(name, text(value).encode("utf-8"), usedforsecurity=False).digest())

    return digest


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


FUNCTIONS: dict[str, tuple[Callable[..., Any], int, int]] = {
    "base64decode": (_base64decode, 1, 1),
    "base64encode": (lambda value: _base64(text(value).encode("utf-8")), 1, 1),
    "base64sha256": (_digest("sha256", _base64), 1, 1),
    "base64sha512": (_digest("sha512", _base64), 1, 1),
    "jsondecode": (_jsondecode, 1, 1),
    "md5": (_digest("md5", bytes.hex), 1, 1),
    "sha1": (_digest("sha1", bytes.hex), 1, 1),
    "sha256": (_digest("sha256", bytes.hex), 1, 1),
    "sha512": (_digest("sha512", bytes.hex), 1, 1),
    "urldecode": (lambda value: unquote_plus(text(value), errors="strict"), 1, 1),
    "urlencode": (lambda value: quote_plus(text(value), safe=""), 1, 1),
}
"""Name -> function, fewest arguments, most arguments."""
