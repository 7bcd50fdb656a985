"""SQL text to tokens, for every dialect at once.

Strings, comments and the bodies of statements that do not concern us are crossed by compiled expressions, none of
which can look back over more than a bounded stretch: everything is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from scanner.inputs.sql.dialects import Dialect

WORD, NUMBER, STRING, QUOTED, OP = "word", "number", "string", "quoted", "op"


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set to look tokens up in."""
    return frozenset(text.split())


class Token(NamedTuple):
    """`kind`: word | number | string | quoted | op. `word`: upper-cased for words, itself for operators, else "".

    A quoted name keeps its quotes inside [start, end), a string its prefix and quotes.
    """

    kind: str
    word: str
    start: int
    end: int


class UnterminatedError(Exception):
    """A string, comment or quoted name that nothing closes. `offset`: where it opens."""

    def __init__(self, what: str, offset: int) -> None:
        super().__init__(what)
        self.what, self.offset = what, offset


# A name may hold pieces that a template engine replaces: ${prefix}users, {{ schema }}.users, $(db), {table}, :schema.
_TEMPLATE = r"\$\{[^{}\n]{0,200}\}|\$\([^()\n]{0,200}\)|\{\{[^{}\n]{0,200}\}\}|\{\w{1,60}\}"
_LETTER = r"[^\W\d]|\ufffd"  # bytes that are no UTF-8 are somebody's umlauts
_LETTERS = r"[\w\#\ufffd]*"
_PIECES = rf"(?:(?:\$(?![({{])|{_TEMPLATE}){_LETTERS}){{0,100}}"
_NAME = rf"(?:{_LETTER}|@{{1,2}}(?=\w)|:(?=[^\W\d])|{_TEMPLATE}){_LETTERS}{_PIECES}"
_BLANKS = r"\*/|\{%[^\n%]{0,300}%\}|<%[^\n%]{0,300}%>"  # the end of a /*! comment, and template statements

# What may follow the opening quote before the closing one. Bounded, so that a match needs little memory; _close loops.
_BODY = {
    ("'", False): re.compile(r"[^']*(?:''[^']*){0,300}"),
    ("'", True): re.compile(r"[^'\\]*(?:(?:\\.|'')[^'\\]*){0,300}", re.DOTALL),
    ('"', False): re.compile(r'[^"]*(?:""[^"]*){0,300}'),
    ('"', True): re.compile(r'[^"\\]*(?:(?:\\.|"")[^"\\]*){0,300}', re.DOTALL),
    ("`", False): re.compile(r"[^`]*(?:``[^`]*){0,300}"),
    ("`", True): re.compile(r"[^`]*(?:``[^`]*){0,300}"),
}
_CLOSERS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_COMMENT = re.compile(r"/\*|\*/")
_VERSIONED = re.compile(r"/\*M?!\d*")
_DOLLAR = re.compile(r"\$(?:[^\W\d]\w*)?\$")
_BRACKETED = r"\[[^\[\]\n]{1,128}(?:\]\][^\]\n]{0,128}){0,8}\]"
_BRACKET = re.compile(_BRACKETED)

# A line that opens a statement although nothing closed the one before: T-SQL needs no semicolon, and people forget it.
NEW_STATEMENT = re.compile(
    r"[ \t]*(?:(?:CREATE|ALTER|DROP)[ \t]+[A-Z]|(?:GRANT|REVOKE)[ \t]+[\w\[\"`]|EXEC(?:UTE)?[ \t]+[\w\[\"`]"
    r"|COMMENT[ \t]+ON[ \t]|GO[ \t\r]*$|GO[ \t]+\d|/[ \t\r]*$)",
    re.IGNORECASE | re.MULTILINE,
)


def _line_comments(dialect: Dialect) -> str:
    dashes = r"--(?=[\s-]|\Z)" if dialect.name == "mysql" else "--"  # MySQL wants a blank after it: 5--3 is 8
    hashes = r"\#" if dialect.hashes else r"\#(?!\w)" if not dialect.name else r"(?:(?<=\n)|\A)\#(?!\w)"
    return rf"{dashes}[^\n]*|{hashes}[^\n]*"


@lru_cache(maxsize=32)
def _master(dialect: Dialect) -> re.Pattern[str]:
    """One token, or what opens one, after optional white space."""
    quoted, opening, word = r'"[^"\\]*"(?!")|`[^`]*`(?!`)', r"[NnXxBbEe]?'|[\"`]", _NAME
    if dialect.brackets:
        quoted += "|" + (_BRACKETED if dialect.name else r"\[[^\W\d][^\[\]\n]{0,127}\]")
    if dialect.q_quotes:
        opening += r"|[nN]?[qQ]'(?=[^\s'])"
    if dialect.name in {"", "mssql"}:
        word += r"|\#{1,2}\w+"
    dollar = r"\$(?:[^\W\d]\w*)?\$" if dialect.dollars else "(?!)"
    return re.compile(
        rf"""\s*(?:
          (?P<string>[NnXxBb]?'[^'\\]*'(?!'))
        | (?P<quoted>{quoted})
        | (?P<open>{opening})
        | (?P<word>{word})
        | (?P<number>\d\w*(?:\.\w+)?)
        | (?P<dollar>{dollar})
        | (?P<line>{_line_comments(dialect)}|{_BLANKS})
        | (?P<block>/\*)
        | (?P<op>::|.)
        )""",
        re.DOTALL | re.VERBOSE,
    )


@lru_cache(maxsize=32)
def _bulk(dialect: Dialect, semicolons: bool) -> re.Pattern[str]:
    """What can be crossed without a closer look: plain characters, simple quotations, lines that open no statement.

    `semicolons`: they end statements.
    """
    special = "'\"`\n\\-/" + (";" if semicolons else "") + ("#" if dialect.hashes or not dialect.name else "")
    special += ("$" if dialect.dollars else "") + ("[" if dialect.name == "mssql" else "")
    parts = [
        f"[^{re.escape(special)}]+",
        ("" if dialect.name == "mysql" else "(?<![eEqQ])") + r"'[^'\\]*'",
        rf"\n(?!\#(?!\w)|{NEW_STATEMENT.pattern})",
        r'"[^"\\\n]*"',
        r"`[^`\n]*`",
        r"-(?!-)",
        r"/(?!\*)",
    ]
    parts += [_BRACKETED] if "[" in special else []
    parts += [r";(?=\s{0,9}INSERT\s)"] if semicolons else []  # dumps: one more of the same
    return re.compile(f"(?:{'|'.join(parts)}){{0,500}}", re.IGNORECASE | re.MULTILINE)


class Lexer:
    """Reads one text. `dialect` may be changed on the way (a DELIMITER line says MySQL)."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text, self.dialect = text, dialect
        self._nested = dialect.nested

    def tokens(self, pos: int, end: int) -> Iterator[Token]:
        """Tokens in [pos, end), comments and white space left out. Raises UnterminatedError."""
        match = _master(self.dialect).match
        text = self.text
        while (found := match(text, pos, end)) is not None:
            kind = found.lastgroup or ""
            start, pos = found.span(kind)
            if kind in {WORD, OP}:
                yield Token(kind, text[start:pos].upper(), start, pos)
            elif kind in {STRING, QUOTED, NUMBER}:
                yield Token(kind, "", start, pos)
            elif kind == "block":
                pos = self._after_comment(start, end)
            elif kind != "line":
                pos = self._after_quote(start, pos, end)
                yield Token(QUOTED if text[start] in '"`' else STRING, "", start, pos)

    def skip(self, pos: int, end: int, delimiter: str) -> int:
        """Where the statement at `pos` ends: at the delimiter, before a line that opens a new one, or at `end`."""
        text, match = self.text, _bulk(self.dialect, delimiter == ";").match
        while True:
            found = match(text, pos, end)
            start, pos = pos, found.end() if found else pos
            if delimiter != ";" and (at := text.find(delimiter, start, min(pos + len(delimiter), end))) >= 0:
                return at
            if pos >= end or text.startswith(delimiter, pos):
                return pos
            if text[pos] == "\n" and NEW_STATEMENT.match(text, pos + 1, end):
                return pos
            pos = self._cross(pos, end)

    def _cross(self, pos: int, end: int) -> int:
        """The offset behind what opens at `pos`; one character if nothing does."""
        text, char = self.text, self.text[pos]
        if char in "\"`'":
            return self._after_quote(self._prefix(pos) if char == "'" else pos, pos + 1, end)
        if text.startswith("/*", pos):
            return self._after_comment(pos, end)
        if char == "$" and (found := _DOLLAR.match(text, pos, end)) and not _part_of_name(text[pos - 1 : pos]):
            return self._after_quote(pos, found.end(), end)
        if char == "[" and (found := _BRACKET.match(text, pos, end)):
            return found.end()
        if self._is_line(pos, end):
            newline = text.find("\n", pos + 1, end)
            return newline if newline >= 0 else end
        return pos + 1

    def _is_line(self, pos: int, end: int) -> bool:
        """Whether a comment or a psql command takes the rest of the line; at the end of a line, the next one."""
        char, dialect = self.text[pos], self.dialect
        after = self.text[pos + 1 : min(pos + 3, end)]
        if char == "-":
            return after[:1] == "-" and (dialect.name != "mysql" or after[1:] in {"", "-"} or after[1:].isspace())
        if char == "#":
            return dialect.hashes or (not dialect.name and not _part_of_name(after[:1]))
        if char == "\n":  # a column of # comments is one in every dialect: nothing else can stand there
            return after[:1] == "#" and not _part_of_name(after[1:])
        return char == "\\" and not dialect.backslash

    def _prefix(self, pos: int) -> int:
        """Where the E or q before the quote at `pos` starts; `pos` without one."""
        text, start = self.text, pos
        letter = text[pos - 1 : pos].lower()
        if letter == "e" or (letter == "q" and self.dialect.q_quotes):
            start -= 1
            start -= letter == "q" and text[start - 1 : start].lower() == "n"
        return pos if _part_of_name(text[start - 1 : start]) else start

    def _after_quote(self, start: int, pos: int, end: int) -> int:
        """The offset behind the quotation that opens in [start, pos): ' with its prefix, ", `, or $tag$."""
        text, quote = self.text, self.text[pos - 1]
        prefix = text[start : pos - 1].lower()
        if quote == "$":
            what, tag = "dollar quotation", text[start:pos]
            at = text.find(tag, pos, end)
            close = at + len(tag)
        elif prefix in {"q", "nq"}:
            what, tag = "string", _CLOSERS.get(text[pos : pos + 1], text[pos : pos + 1]) + "'"
            at = text.find(tag, pos + 1, end)
            close = at + len(tag)
        else:
            what = "string" if quote == "'" else "quoted name"
            at = close = self._close(pos, end, quote, self.dialect.backslash or prefix == "e")
        if at < 0:
            raise UnterminatedError(what, start)
        return close

    def _close(self, pos: int, end: int, quote: str, backslash: bool) -> int:
        text, body = self.text, _BODY[quote, backslash]
        while True:
            found = body.match(text, pos, end)
            at = found.end() if found else pos
            if at >= end:
                return -1
            if text[at] == quote and (at + 1 >= end or text[at + 1] != quote):
                return at + 1
            if at == pos:
                return -1
            pos = at

    def _after_comment(self, start: int, end: int) -> int:
        """The offset behind the comment that opens at `start`; of MySQL's /*!40101 … */ only the opening is passed."""
        text = self.text
        if self.dialect.name in {"", "mysql"} and (found := _VERSIONED.match(text, start, end)):
            return found.end()
        if self._nested:
            depth = 0
            for mark in _COMMENT.finditer(text, start, end):
                depth += 1 if mark.group() == "/*" else -1
                if not depth:
                    return mark.end()
            self._nested = False  # as in "/* see a/*.sql */": read on as the dialects do where comments do not nest
        close = text.find("*/", start + 2, end)
        if close < 0:
            raise UnterminatedError("comment", start)
        return close + 2


def _part_of_name(char: str) -> bool:
    return char.isalnum() or char in {"_", "$"}
