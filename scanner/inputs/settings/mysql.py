"""MySQL and MariaDB option files: my.cnf, my.ini, *.cnf.

One subject per section: type `server` for those the server reads, `client` for those of client programs, config =
{option: value}. Options are written as the server knows them: with underscores, without `loose_`; `skip_x` and
`disable_x` stay as they are. An option without a value is true.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.inputs.settings import ini, values
from scanner.inputs.settings.entries import Entry, Text, by_folder, file_name, plain, unit_of
from scanner.model import Json, Subject, Unit
from scanner.text import Source

_SERVER = re.compile(r"(?:mysqld|server|mariadb|mariadbd|galera|mysqld_safe|embedded)(?:-[\d.]+)?")
_CLIENT = re.compile(
    r"(?:client|client-server|client-mariadb|mysql|mysqldump|mysqladmin|mysqlimport|mysqlcheck|mysqlbinlog|mysqlshow"
    r"|mariadb-client|mariadb-dump|xtrabackup)(?:-[\d.]+)?"
)
_HEADER = re.compile(r"(?m)^[ \t]*\[([^\]\n]+)\]")


def claims(path: str) -> bool:
    """my.cnf, my.ini, *.cnf and .my.cnf."""
    name = file_name(path)
    return name.endswith(".cnf") or name in ("my.ini", ".mylogin.ini", "mysql.ini", "mysqld.ini", "mariadb.ini")


def facts(source: Source) -> Json | None:
    """{} where a section is one that MySQL's programs read (OpenSSL's files end in .cnf, too)."""
    names = {match[1].strip().lower() for match in _HEADER.finditer(source.text)}
    return {} if any(_SERVER.fullmatch(name) or _CLIENT.fullmatch(name) for name in names) else None


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """The files of one folder."""
    return by_folder(facts)


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """Every section that MySQL's programs read."""
    subjects: list[Subject] = []
    for path, source in sorted(sources.items()):
        text = Text(source)
        headers: dict[str, ini.Section] = {}
        entries: dict[str, list[Entry]] = {}
        for item in ini.read(text):
            if isinstance(item, ini.Section):
                headers.setdefault(item.name, item)
            elif item.section in headers:
                entries.setdefault(item.section, []).append(_meant(item))
        for name, header in headers.items():
            kind = "server" if _SERVER.fullmatch(name) else "client" if _CLIENT.fullmatch(name) else ""
            if kind:
                config, places = plain(entries.get(name, ()), text)
                address = f"{path}:{name}"
                subjects.append(
                    Subject(f"mysql:{root}:{address}", kind, name, address, text.place(header.at), config, places)
                )
    return unit_of("mysql", root, sources, subjects, ())


def _meant(entry: Entry) -> Entry:
    key = entry.key.lower().replace("-", "_").removeprefix("loose_")
    value = True if entry.value is None else values.resolved(entry.value)
    return entry._replace(key=key, value=value)
