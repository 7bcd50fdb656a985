"""Redis, and what grew out of it (Valkey, KeyDB): redis.conf, sentinel.conf, users.acl.

Types: `server`, one per file, config = {directive: its arguments as text}, a list of texts for those that may be given
again and again; `user`, one per ACL user (`user` directive), config = {name, rules: [...]}.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.inputs.settings import values, words
from scanner.inputs.settings.entries import Text, by_folder, file_name, unit_of
from scanner.model import Json, Keys, Place, Subject, Unit
from scanner.text import Source

_REPEATED = frozenset(
    {"include", "loadmodule", "rename-command", "save", "client-output-buffer-limit", "sentinel", "server_cpulist"}
)
_NAME = re.compile(r"(?:.*[-_.])?(?:redis|valkey|keydb|sentinel)(?:[-_.].*)?\.conf(?:\.\w+)?|users?\.acl")
_KNOWN = re.compile(
    r"(?mi)^[ \t]*(?:bind|port|tls-port|protected-mode|requirepass|masterauth|masteruser|appendonly|appendfsync"
    r"|maxmemory|maxmemory-policy|dbfilename|daemonize|unixsocket|databases|tcp-backlog|tcp-keepalive|replicaof|slaveof|aclfile"
    r"|cluster-enabled|cluster-config-file|tls-cert-file|tls-key-file|tls-protocols|tls-ciphers|tls-auth-clients"
    r"|tls-replication|tls-cluster|rename-command|supervised|loglevel|save|sentinel|user)[ \t]+\S"
)
_FOREIGN = re.compile(r"(?m)^[^#\n$]*(?<![{}])[{};][ \t\r]*$|^[ \t]*\[|^[ \t]*[\w.-]+[ \t]*=")


def claims(path: str) -> bool:
    """redis*.conf and its like, *.conf in a folder of Redis, users.acl."""
    name = file_name(path)
    if name.endswith((".conf", ".acl")):
        return bool(_NAME.fullmatch(name)) or bool(re.search(r"(?i)redis|valkey|keydb", path.rpartition("/")[0]))
    return False


def facts(source: Source) -> Json | None:
    """{} where the lines are directives of Redis."""
    return {} if _KNOWN.search(source.text) and not _FOREIGN.search(source.text) else None


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """The files of one folder."""
    return by_folder(facts)


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """A subject per file, and one per ACL user."""
    subjects: list[Subject] = []
    for path, source in sorted(sources.items()):
        text = Text(source)
        config: dict[str, Json] = {}
        places: dict[Keys, Place] = {}
        users: list[Subject] = []
        for line in words.read(text):
            if line.name == "user":
                users.append(_user(root, path, text, line))
            elif line.name in _REPEATED:
                config.setdefault(line.name, []).append(values.resolved(line.value))
                places.setdefault((line.name,), text.place(line.name_at))
                places[line.name, len(config[line.name]) - 1] = text.place(line.at)
            else:
                config[line.name] = values.resolved(line.value)
                places[line.name,] = text.place(line.at)
        if not path.lower().endswith(".acl"):
            subjects.append(
                Subject(f"redis:{root}:{path}", "server", file_name(path), path, text.first_line(), config, places)
            )
        subjects += users
    return unit_of("redis", root, sources, subjects, ())


def _user(root: str, path: str, text: Text, line: words.Words) -> Subject:
    name = line.arguments[0][0] if line.arguments else ""
    rules = line.arguments[1:]
    places: dict[Keys, Place] = {("name",): text.place(line.arguments[0][1] if line.arguments else line.name_at)}
    for number, (_, at) in enumerate(rules):
        places["rules", number] = text.place(at)
    address = f"{path}:{text.line(line.name_at[0])}"
    config = {"name": name, "rules": [values.resolved(word) for word, _ in rules]}
    return Subject(
        f"redis:{root}:{address}", "user", name, address, text.place((line.name_at[0], line.at[1])), config, places
    )
