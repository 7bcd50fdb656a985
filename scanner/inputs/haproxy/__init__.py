"""HAProxy configuration: haproxy.cfg, or the *.cfg files of a folder that HAProxy reads as one.

Subjects: `global`, `defaults`, `frontend`, `backend`, `listen`, `userlist`; what their config holds says `subjects`. A
unit is the file with `global` and what lies beside it without one; where a folder has several such files, every file is
a unit of its own.

Files with `{{ }}`, `{% %}` or `<% %>` are read line by line all the same: a word with a placeholder is unknown, and so
is one with a variable of the environment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.model import Json, Unit
from scanner.text import Source, is_utf16

_NAME = re.compile(
    r"(?i)(?:\.cfg(?:\.(?:template|tmpl|tpl|j2|erb|in|ctmpl))?|^haproxy[^/]*\.(?:conf|cfg|j2|tmpl|ctmpl))$"
)
_GLOBAL = re.compile(rb"(?m)^[ \t]*global[ \t]*(?:#[^\n]*)?\r?$")
_SECTION = re.compile(
    rb"(?m)^[ \t]*(?:(?:frontend|backend|listen)[ \t]+[^\s={}:]+[^\n={}]*|(?:global|defaults)[ \t]*(?:#[^\n]*)?)\r?$"
)
_TOLD = re.compile(
    rb"""(?mx)^[ \t]+(?:
        bind[ \t]+[^\n]*\d | server[ \t]+\S+[ \t]+\S+ | mode[ \t]+(?:http|tcp|health)\b | balance[ \t]+[a-z]
      | option[ \t]+(?:httplog|tcplog|dontlognull|forwardfor|httpchk|http-[a-z-]+|redispatch|ssl-hello-chk)
      | timeout[ \t]+(?:connect|client|server|queue|check|http-request|tunnel)[ \t] | (?:default|use)_backend[ \t]
      | stats[ \t]+(?:enable|socket|uri|auth|timeout) | log[ \t]+(?:global|/dev/log|stdout|127\.) | chroot[ \t]+/
      | ssl-default-(?:bind|server)-(?:options|ciphers|ciphersuites) | tune\.ssl\. | acl[ \t]+\S+[ \t]
      | http-(?:request|response)[ \t] | maxconn[ \t]+\d | user[ \t]+\S+[ \t]+(?:insecure-)?password
    )"""
)


def claims(path: str) -> bool:
    """*.cfg and templates of it; haproxy.conf."""
    return bool(_NAME.search(path.rpartition("/")[2]))


def facts(source: Source) -> Json | None:
    """{"global": whether it has that section} for a file with HAProxy's sections and keywords."""
    data = source.data
    if is_utf16(data) or not _SECTION.search(data) or not _TOLD.search(data):
        return None
    return {"global": bool(_GLOBAL.search(data))}


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """The file with `global` and its neighbours, or every file by itself."""
    folders: dict[str, list[str]] = {}
    for path in sorted(facts):
        folders.setdefault(path.rpartition("/")[0], []).append(path)
    groups: dict[str, tuple[str, ...]] = {}
    for paths in folders.values():
        mains = [path for path in paths if facts[path]["global"]]
        if len(mains) == 1:
            groups[mains[0]] = tuple(paths)
        else:
            groups |= {path: (path,) for path in paths}
    return dict(sorted(groups.items()))


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """The sections of the configuration that begins with the file `root`."""
    from scanner.inputs.haproxy.subjects import unit

    return unit(root, sources)
