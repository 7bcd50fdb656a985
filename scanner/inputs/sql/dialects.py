"""Which SQL a text is written in, and what its characters mean there.

Dialects disagree about a handful of characters only: whether a backslash escapes inside '…', whether # opens a comment,
whether [x] is a name, whether $$ quotes, whether comments nest. Where nothing tells, the reading that fits most of
them is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the characters mean. `name` is "" when nothing in the text says which dialect it is."""

    name: str
    backslash: bool = False
    hashes: bool = False
    brackets: bool = False
    dollars: bool = False
    nested: bool = False
    q_quotes: bool = False

    def other_strings(self) -> Dialect:
        """The same with the other meaning of a backslash: guesses err, and servers can be set to either."""
        return replace(self, backslash=not self.backslash)


# [x] is a name in SQL Server and SQLite, nothing at all in MySQL and Oracle, and an index into an array in PostgreSQL.
DIALECTS = {
    "mysql": Dialect("mysql", backslash=True, hashes=True, brackets=True),
    "postgres": Dialect("postgres", dollars=True, nested=True),
    "mssql": Dialect("mssql", brackets=True, nested=True),
    "oracle": Dialect("oracle", brackets=True, q_quotes=True),
    "sqlite": Dialect("sqlite", brackets=True),
    "": Dialect("", brackets=True, dollars=True, nested=True, q_quotes=True),
}

_HEAD = 65_536  # characters that are looked at
_WORDS = re.compile(
    r"""\b(?:
    (?P<mysql>ENGINE\s?=|AUTO_INCREMENT\b|UNSIGNED\b|MEDIUM(?:INT|TEXT|BLOB)\b|LONG(?:TEXT|BLOB)\b|TINYINT\s?\(|CHARSET\b
        |SET[ ]GLOBAL\b|DELIMITER[ ]\S)
    |(?P<postgres>(?:BIG|SMALL)?SERIAL\b|JSONB\b|TIMESTAMPTZ\b|PLPGSQL\b|CHARACTER[ ]VARYING\b|NEXTVAL\(|BYTEA\b
        |EXTENSION\b|OWNER[ ]TO\b|FROM[ ]STDIN\b|SEARCH_PATH\b|WITHOUT[ ]TIME[ ]ZONE\b)
    |(?P<mssql>DBO\.|NVARCHAR\s?\(|IDENTITY\s?\(|UNIQUEIDENTIFIER\b|N'|DATETIME2\b|(?:NON)?CLUSTERED\b|SP_[A-Z]|OBJECT_ID\(
        |VARCHAR\s?\(MAX\)|CREATE[ ]LOGIN\b)
    |(?P<oracle>N?VARCHAR2\b|NUMBER\s?\(|SYSDATE\b|DBMS_[A-Z]|EXECUTE[ ]IMMEDIATE\b|TABLESPACE\b)
    |(?P<sqlite>AUTOINCREMENT\b|PRAGMA\b|WITHOUT[ ]ROWID\b|SQLITE_)
    )""",
    re.VERBOSE,
)
_MARKS = re.compile(
    r"(?P<mysql>`|/\*!|'@'|-- (?:MYSQL|MARIADB) DUMP)|(?P<postgres>\$\w*\$|::)"
    r"|(?P<mssql>\nGO[ \t\r]*\n|\[DBO\])|(?P<oracle>\n/[ \t\r]*\n)"
)


_ESCAPED_QUOTE = re.compile(r"\\'\w")  # 'it\'s': what could follow a quote that closes is no letter


def dialect(name: str, text: str) -> Dialect:
    """The dialect of that name; without a name, the one that fits the text's strings."""
    found = DIALECTS[name]
    return found if name or not _ESCAPED_QUOTE.search(text) else found.other_strings()


def guess(text: str) -> str:
    """The dialect whose signs are most frequent at the beginning of a text; "" without any."""
    head = text[:_HEAD].upper()
    counts = Counter(found.lastgroup or "" for signs in (_WORDS, _MARKS) for found in signs.finditer(head))
    return max(sorted(counts), key=lambda name: counts[name], default="")
