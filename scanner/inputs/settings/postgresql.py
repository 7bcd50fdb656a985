"""PostgreSQL: postgresql.conf with what lies in conf.d beside it, and pg_hba.conf.

Types: `server`, one per file of settings, config = {name: value as text}, names in lower case; `access`, one per line
of pg_hba.conf, config = {type, database, user, address, mask, method, options: {name: value}}. A unit is a folder, with
the conf.d below it. A missing setting is no default here: another included file may give it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from scanner.inputs.settings import values
from scanner.inputs.settings.entries import Entry, Range, Text, file_name, plain, unit_of
from scanner.model import Json, Keys, Place, Problem, Subject, Unit
from scanner.text import Source

_KNOWN = re.compile(
    r"(?m)^[ \t]*(?:shared_buffers|listen_addresses|max_connections|wal_level|work_mem|maintenance_work_mem"
    r"|effective_cache_size|checkpoint_timeout|max_wal_size|max_wal_senders|ssl|ssl_cert_file|ssl_key_file|ssl_ca_file"
    r"|ssl_ciphers|ssl_min_protocol_version|ssl_max_protocol_version|password_encryption|log_statement|log_connections|log_disconnections"
    r"|log_line_prefix|log_timezone|hba_file|ident_file|data_directory|shared_preload_libraries|archive_mode"
    r"|archive_command|hot_standby|dynamic_shared_memory_type|unix_socket_directories|primary_conninfo"
    r"|pgaudit\.log\w*|default_text_search_config|logging_collector|synchronous_commit|autovacuum)[ \t]*(?:=|[ \t])",
    re.IGNORECASE,
)
_BLOCKS = re.compile(r"(?m)^[^#\n$]*(?<![{}])[{};][ \t\r]*$|^[ \t]*\[")
_SETTING = re.compile(r"[ \t]*([A-Za-z_][\w.]*)[ \t]*(?:=[ \t]*)?")
_QUOTED = re.compile(r"'((?:[^'\\]|''|\\.)*)'")
_BARE = re.compile(r"[^ \t#']+")
_HBA_LINE = re.compile(r"(?m)^[ \t]*(?:local|host|hostssl|hostnossl|hostgssenc|hostnogssenc)[ \t]+\S+[ \t]+\S")
_HBA_METHOD = re.compile(
    r"(?m)^[ \t]*(?:local|host\w*)[ \t].*[ \t](?:trust|reject|scram-sha-256|md5|password|gss|sspi|ident|peer|ldap"
    r"|radius|cert|pam|bsd)[ \t\r]*(?:$|[ \t])"
)
_HBA_OTHER = re.compile(
    r"(?m)^[ \t]*(?!(?:local|host|hostssl|hostnossl|hostgssenc|hostnogssenc|include\w*)[ \t])[^#\s]"
)
_WORD = re.compile(r'"[^"]*"(?:,(?:"[^"]*"|[^\s#",]+))*|[^\s#]+')
_SETTINGS, _ACCESS = "settings", "access"


def claims(path: str) -> bool:
    """Any *.conf file, as these are included under many names."""
    return file_name(path).endswith(".conf")


def facts(source: Source) -> Json | None:
    """{"kind": "access"} or {"kind": "settings"}, by what the lines are."""
    text, name = source.text, file_name(source.path)
    if name.startswith("pg_hba"):
        return {"kind": _ACCESS} if _HBA_LINE.search(text) else None
    if _HBA_LINE.search(text) and _HBA_METHOD.search(text) and not _HBA_OTHER.search(text):
        return {"kind": _ACCESS}
    if _BLOCKS.search(text):
        return None
    known = {match[0].strip(" \t=").lower() for match in _KNOWN.finditer(text)}
    needed = 1 if name.startswith(("postgresql", "postgres")) or re.search(r"(?i)postgres|pgsql", source.path) else 2
    return {"kind": _SETTINGS} if len(known) >= needed else None


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """The files of a folder, those in its conf.d included."""
    groups: dict[str, list[str]] = {}
    for path in sorted(facts):
        folders = path.split("/")[:-1]
        if folders and folders[-1] in ("conf.d", "postgresql.conf.d"):
            folders.pop()
        groups.setdefault("/".join(folders) or ".", []).append(path)
    return {root: tuple(paths) for root, paths in sorted(groups.items())}


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """The files' settings, and every line of pg_hba.conf."""
    unit = f"postgresql:{root}"
    subjects: list[Subject] = []
    problems: list[Problem] = []
    for path, source in sorted(sources.items()):
        known = facts(source)
        if known is None:
            continue
        text = Text(source)
        if known["kind"] == _ACCESS:
            for number, at, config, ranges in _access(text, problems):
                places: dict[Keys, Place] = {keys: text.place(value) for keys, value in ranges.items()}
                address = f"{path}:{number}"
                subjects.append(Subject(f"{unit}:{address}", _ACCESS, address, address, text.place(at), config, places))
        else:
            config, places = plain(_settings(text), text)
            subjects.append(
                Subject(f"{unit}:{path}", "server", file_name(path), path, text.first_line(), config, places)
            )
    return unit_of("postgresql", root, sources, subjects, problems)


def _settings(text: Text) -> Iterator[Entry]:
    for start, end in text.lines():
        name = _SETTING.match(text.text, start, end)
        if not name:
            continue
        quoted = _QUOTED.match(text.text, name.end(), end)
        if quoted:
            value, at = re.sub(r"''|\\(.)", lambda found: found[1] or "'", quoted[1]), quoted.span()
        else:
            bare = _BARE.match(text.text, name.end(), end)
            value, at = (bare[0], bare.span()) if bare else ("", name.span(1))
        yield Entry(name[1].lower(), values.resolved(value), name.span(1), at)


_Record = tuple[int, Range, dict[str, Json], dict[Keys, Range]]


def _access(text: Text, problems: list[Problem]) -> Iterator[_Record]:
    """(line, where it stands, config, where its fields stand) of every record."""
    for number, (start, end) in enumerate(text.lines(), 1):
        comment = text.text.find("#", start, end)
        words = list(_WORD.finditer(text.text, start, comment if comment >= 0 else end))
        if not words or words[0][0].startswith(("include", "@")):
            continue
        fields = _fields(words)
        if fields is None:
            problems.append(Problem(text.path, "not a line of pg_hba.conf", fatal=False, line=number))
            continue
        config: dict[str, Json] = {name: _value(match[0]) for name, match in fields.items()}
        ranges: dict[Keys, Range] = {(name,): match.span() for name, match in fields.items()}
        options: dict[str, Json] = {}
        for match in words[len(fields) :]:
            name, _, value = match[0].replace('"', "").partition("=")
            options[name.lower()] = _value(value)
            ranges["options", name.lower()] = match.span()
        config["options"] = options
        yield number, (words[0].start(), words[-1].end()), config, ranges


def _fields(words: list[re.Match[str]]) -> dict[str, re.Match[str]] | None:
    names = ["type", "database", "user"]
    if words[0][0] != "local":
        names.append("address")
        if len(words) > 4 and re.fullmatch(r"[0-9a-fA-F.:]+", words[4][0]) and re.search(r"[.:]", words[4][0]):
            names.append("mask")
    names.append("method")
    return dict(zip(names, words, strict=False)) if len(words) >= len(names) else None


def _value(text: str) -> Json:
    return values.resolved(text.replace('"', ""))
