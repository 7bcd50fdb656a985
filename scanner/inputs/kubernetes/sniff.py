"""What a YAML or JSON file is, by a look at its bytes; only what the look cannot tell is parsed."""

from __future__ import annotations

import re

from scanner.errors import ParseError
from scanner.inputs.kubernetes.manifests import manifests, parsed
from scanner.text import Source, is_utf16

_BETWEEN = re.compile(rb"^---", re.MULTILINE)
_AT_START = tuple(re.compile(rb"""^["']?%s["']?[ \t]*:""" % key, re.MULTILINE) for key in (b"apiVersion", b"kind"))
_ANYWHERE = tuple(
    re.compile(rb"""(?:^|[{,])[ \t-]*["']?%s["']?[ \t]*:""" % key, re.MULTILINE) for key in (b"apiVersion", b"kind")
)
_JSON_TOKEN = re.compile(rb'("[^"\\]*(?:\\.[^"\\]*)*"?)(\s*:)?|[{}\[\]]', re.DOTALL)
_PART_AT_START = tuple(re.compile(rb"""^["']?%s["']?[ \t]*:""" % key, re.MULTILINE) for key in (b"kind", b"metadata"))
_OPERATION = re.compile(rb"""(?:^|[\s{,\[-])["']?op["']?[ \t]*:""")


def is_manifest(source: Source) -> bool:
    """Whether `apiVersion` and `kind` are keys at the top of some document."""
    data = source.data.removeprefix(b"\xef\xbb\xbf")
    if is_utf16(data):
        data = source.text.encode("utf-8", "replace")
    if b"apiVersion" not in data or b"kind" not in data:
        return False
    if any(all(key.search(document) for key in _AT_START) for document in _BETWEEN.split(data)):
        return True
    if source.path.lower().endswith(".json"):
        return _json_has_both(data)
    try:
        return any(True for document in parsed(source) for _ in manifests(document.data, document.places))
    except ParseError:
        return all(key.search(data) for key in _ANYWHERE)


def _json_has_both(data: bytes) -> bool:
    """Whether an outermost object has both keys; for broken JSON, as far as can be told."""
    depth, missing = 0, {b'"apiVersion"', b'"kind"'}
    for token in _JSON_TOKEN.finditer(data):
        if not token[1]:
            depth += 1 if token[0] in b"{[" else -1
        elif token[2] and depth == 1:
            missing.discard(token[1])
            if not missing:
                return True
    return False


def is_patch(source: Source) -> bool:
    """Whether this may be a list of JSON 6902 operations, or a strategic merge that leaves its `apiVersion` out."""
    data = source.data
    if all(key.search(data) for key in _PART_AT_START):
        return True
    return b"op" in data and b"path" in data and _OPERATION.search(data) is not None
