"""A text as a sequence of statements, of which only those that may change the schema are read token by token.

What ends a statement: `;` or the client's DELIMITER, a line GO, a line /, a psql command, and a line that opens the
next one (T-SQL needs no semicolon; elsewhere it is how reading goes on behind a missing one). Bodies of procedures,
functions and triggers are kept whole; anonymous blocks, IF … THEN and DO $$…$$ are not: what they hold is read as if it
stood alone, since a migration that is guarded by IF NOT EXISTS is still a migration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scanner.inputs.sql.dialects import DIALECTS, Dialect
from scanner.inputs.sql.lexer import STRING, WORD, Lexer, Token, UnterminatedError, words

_MAX_TOKENS = 200_000  # of one statement; the widest tables have a few thousand columns
_MAX_BODY = 400  # tokens kept of a procedure: its header
_MAX_FAILURES = 20  # things nothing closes; each may cost a look at the rest of the file
_MAX_ENDLESS = 3  # procedures without an end; each makes the lexer read the rest of the file twice
_MAX_BLOCKS = 3  # DO blocks within each other; each costs a look at its inside

_HEADS = words("CREATE ALTER DROP GRANT REVOKE COMMENT RENAME EXEC EXECUTE SET USE SP_RENAME SP_CONFIGURE SP_ADDLOGIN")
_TRANSPARENT = words("BEGIN END ELSE THEN LOOP EXCEPTION TRY CATCH")
_CONDITIONS = words("IF ELSIF ELSEIF WHILE FOR WHEN")
_GUARDED = words("THEN LOOP BEGIN DO") | _HEADS
_ROUTINES = words("FUNCTION PROCEDURE PROC TRIGGER PACKAGE EVENT BODY")
_KINDS = _ROUTINES | words("TABLE VIEW INDEX TYPE DATABASE SCHEMA USER ROLE LOGIN SEQUENCE EXTENSION RULE DEFAULT")
_BREAKERS = words("GO CREATE ALTER DROP GRANT REVOKE INSERT UPDATE DELETE EXEC EXECUTE IF PRINT DECLARE COMMIT / \\")

_OPENS = re.compile(
    r"CREATE\s+[A-Z]|(?:ALTER|DROP)\s+(?:TABLE|VIEW|PROC|FUNCTION|DATABASE|USER|ROLE|LOGIN|SCHEMA|TRIGGER|TYPE|SYSTEM)"
    r"|(?:GRANT|REVOKE)[ \t]+(?!OPTION)\w|INSERT\s+INTO\b|UPDATE[ \t]+\S+[ \t]+SET\b|DELETE\s+FROM\b"
    r"|EXEC(?:UTE)?[ \t]+[\w\[]"
    r"|IF[ \t]+(?:(?:NOT[ \t]+)?EXISTS[ \t]*\(|OBJECT_ID|COL_LENGTH)|PRINT[ \t]+N?'|DECLARE[ \t]+@|COMMIT\b",
    re.IGNORECASE,
)
_BATCH_END = re.compile(
    r"(?:GO(?:[ \t]+\d{1,9})?[ \t\r]*(?:;[ \t\r]*)?(?:--.*)?|/[ \t\r]*)$", re.IGNORECASE | re.MULTILINE
)
_CLIENT_LINE = re.compile(
    r"(?:PROMPT|REM|REMARK|SPOOL|WHENEVER|ACCEPT|TTITLE|BTITLE)\b|[.:@\\]|SET[ \t]+(?:DEFINE|ECHO|FEEDBACK|SERVEROUTPUT"
    r"|SQLBLANKLINES|TIMING|VERIFY|HEADING|PAGESIZE|LINESIZE|TERMOUT|TRIMSPOOL|SCAN|ESCAPE|LONG)\b",
    re.IGNORECASE,
)
_DELIMITER = re.compile(r"DELIMITER[ \t]+(\S{1,20})", re.IGNORECASE)
_STDIN = re.compile(r"\bFROM\s+STDIN\b", re.IGNORECASE)
_RESUME = re.compile(
    r"^[ \t]*(?:CREATE|ALTER|DROP|GRANT|REVOKE|COMMENT|INSERT|UPDATE|DELETE|SELECT|SET|COPY|USE|EXEC|BEGIN|COMMIT)\b",
    re.IGNORECASE | re.MULTILINE,
)


class _Body:
    """Where the body of a procedure ends: BEGIN and CASE open, END closes.

    `declares`: what follows IS or AS up to BEGIN has semicolons of its own (Oracle).
    """

    def __init__(self, declares: bool) -> None:
        self.depth, self._declares, self._waits, self._last = 0, declares, False, ""

    @property
    def open(self) -> bool:
        return self.depth > 0 or self._waits

    def step(self, token: Token) -> None:
        word, last = token.word, self._last
        if last in {"IS", "AS"} and self._declares and token.kind != STRING:
            self._waits = True
        if word == "BEGIN" or (word == "CASE" and last != "END"):
            self.depth += 1
        elif word == "END":
            self.depth = max(0, self.depth - 1)
            self._waits = self._waits and self.depth > 0
        elif (last == "END" and word in {"IF", "LOOP", "WHILE", "REPEAT", "FOR"}) or (
            last == "DECLARE" and self.depth == 0
        ):
            self._undo(last)
        elif last == "BEGIN" and word in {"TRAN", "TRANSACTION", "WORK"}:
            self.depth -= 1
        self._last = word

    def _undo(self, last: str) -> None:
        if last == "END":
            self.depth += 1
        else:
            self._waits = True


class Reader:
    """Iterates over the statements of interest in the given regions of a text, each as its tokens without the end mark.

    `troubles`: what was not understood, as (what, offset).
    """

    def __init__(self, text: str, dialect: Dialect, regions: Iterable[tuple[int, int]]) -> None:
        self.troubles: list[tuple[str, int]] = []
        self.unclosed_strings = 0
        self._lexer = Lexer(text, dialect)
        self._regions = regions
        self._text = text
        self._failures = self._endless = 0
        self._pos = self._end = 0
        self._delimiter = ";"
        self._outer: list[tuple[int, int]] = []
        self._tokens: list[Token] = []

    @property
    def dialect(self) -> Dialect:
        """What the text turned out to be written in."""
        return self._lexer.dialect

    def __iter__(self) -> Iterator[list[Token]]:
        for start, end in self._regions:
            self._pos, self._end = start, end
            while (tokens := self._guarded()) is not None:
                if tokens:
                    yield tokens

    def _guarded(self) -> list[Token] | None:
        try:
            return self._next()
        except UnterminatedError as error:
            self._fail(f"unterminated {error.what}", error.offset)
            self.unclosed_strings += error.what == "string"
            self._resume(error.offset + 1)
            return self._tokens

    def _resume(self, pos: int) -> None:
        if self._failures <= _MAX_FAILURES:
            found = _RESUME.search(self._text, pos, self._end)
            self._pos = found.start() if found else self._end
        else:
            self.troubles.append(("too much that nothing closes: the rest was not read", pos))
            self._pos = self._end
            self._outer.clear()

    def _fail(self, what: str, offset: int) -> None:
        self.troubles.append((what, offset))
        self._failures += 1

    def _next(self) -> list[Token] | None:
        """The next statement's tokens, [] for one that does not concern us, None behind the last."""
        self._tokens = []
        token = next(self._lexer.tokens(self._pos, self._end), None)
        if token is None:
            if not self._outer:
                return None
            self._pos, self._end = self._outer.pop()
        elif not self._by_line(token) and not self._by_word(token):
            self._pos = token.start
            return self._read()
        return self._tokens

    def _by_line(self, token: Token) -> bool:
        """Passes what is no SQL: end marks and the lines of psql, sqlcmd, SQL*Plus, sqlite3 and mysql."""
        text, start = self._text, token.start
        if text.startswith(self._delimiter, start):
            self._pos = start + len(self._delimiter)
        elif token.word == "DELIMITER" and (found := _DELIMITER.match(text, start, self._end)):
            self._delimiter, self._pos = found.group(1), found.end()
            if self._lexer.dialect.name != "mysql":
                self._lexer.dialect = DIALECTS["mysql"]
        elif (token.word in {"GO", "/"} and _BATCH_END.match(text, start, self._end)) or _CLIENT_LINE.match(
            text, start, self._end
        ):
            self._pos = self._line_end(start)
        else:
            return False
        return True

    def _by_word(self, token: Token) -> bool:
        """Passes a statement, or its beginning, that does not concern us."""
        word = token.word
        self._pos = token.end
        if word == "COPY":
            self._copy(token)
        elif word == "DO":
            self._enter_block()
        elif word in _CONDITIONS:
            self._condition()
        elif word not in _TRANSPARENT:
            if word in _HEADS and token.kind == WORD:
                return False
            self._pass(token.start)
        return True

    def _pass(self, start: int) -> None:
        at = self._lexer.skip(start, self._end, self._delimiter)
        self._pos = at + len(self._delimiter) if self._text.startswith(self._delimiter, at) else at

    def _line_end(self, start: int) -> int:
        at = self._text.find("\n", start, self._end)
        return at if at >= 0 else self._end

    def _copy(self, token: Token) -> None:
        """COPY … FROM stdin: the data follows up to a line \\. and holds anything."""
        self._pass(token.start)
        if not _STDIN.search(self._text, token.start, self._pos):
            return
        at = self._line_end(self._pos)
        while (at := self._text.find("\n\\.", at, self._end)) >= 0:
            line_end = self._line_end(at + 1)
            if self._text[at + 3 : line_end].strip() == "":
                self._pos = line_end
                return
            at = line_end
        self._fail("COPY data without its end", token.start)
        self._pos = self._end

    def _enter_block(self) -> None:
        """DO $$…$$: continue inside the quotation."""
        for token in self._lexer.tokens(self._pos, self._end):
            if token.kind == STRING and self._text[token.start] == "$" and len(self._outer) < _MAX_BLOCKS:
                tag = self._text.index("$", token.start + 1) + 1 - token.start
                self._outer.append((token.end, self._end))
                self._pos, self._end = token.start + tag, token.end - tag
                return
            if token.word not in {"LANGUAGE", "PLPGSQL"}:
                self._pos = token.start
                return

    def _condition(self) -> None:
        """IF …: continue behind its THEN or BEGIN, or at the statement it guards (T-SQL has no THEN)."""
        depth = 0
        for token in self._lexer.tokens(self._pos, self._end):
            word = token.word
            depth += (word == "(") - (word == ")")
            at_line = word in {"GO", "/"} and _BATCH_END.match(self._text, token.start, self._end)
            if at_line or self._text.startswith(self._delimiter, token.start):
                self._pos = token.start
                return
            if depth <= 0 and token.kind == WORD and word in _GUARDED:
                self._pos = token.start if word in _HEADS else token.end
                return
        self._pos = self._end

    def _read(self) -> list[Token]:
        """The tokens of one statement, up to what ends it."""
        tokens, kind, body, limit, first_end = self._tokens, "", None, _MAX_TOKENS, 0
        for token in self._lexer.tokens(self._pos, self._end):
            word = token.word
            if (end := self._delimiter_in(token)) >= 0:
                first_end = first_end or end
                if body is None or self._delimiter != ";" or not body.open:
                    self._pos = end + len(self._delimiter)
                    break
            elif word in _BREAKERS and self._breaks(token, tokens, body is not None):
                self._pos = token.start
                break
            if body is not None:
                body.step(token)
            elif word in _KINDS and not kind and tokens and tokens[0].word in {"CREATE", "ALTER"}:
                kind = "BODY" if word == "TYPE" and self._type_body(token) else word
                if kind in _ROUTINES and self._endless < _MAX_ENDLESS:
                    body, limit = self._body(kind), _MAX_BODY
            if len(tokens) < limit:
                tokens.append(token)
        else:
            self._pos = self._end
            if body is not None and body.open and first_end:
                self._reopen(body, first_end)
        if len(tokens) == _MAX_TOKENS:
            self._fail("a statement that is too long", tokens[0].start)
        return tokens

    def _delimiter_in(self, token: Token) -> int:
        """Where the delimiter starts in this token, else -1. With $$ for it, END$$ is one word to the lexer."""
        if self._delimiter == ";":
            return token.start if token.word == ";" else -1
        if token.kind == WORD:
            return self._text.find(self._delimiter, token.start, token.end)
        return token.start if self._text.startswith(self._delimiter, token.start) else -1

    def _type_body(self, token: Token) -> bool:
        following = next(self._lexer.tokens(token.end, self._end), None)
        return following is not None and following.word == "BODY"

    def _body(self, word: str) -> _Body:
        if self._lexer.dialect.name == "mssql":
            body = _Body(declares=False)
            body.depth = 1 << 30  # the rest of the batch
            return body
        return _Body(declares=word != "TRIGGER" and self._lexer.dialect.name in {"", "oracle"})

    def _reopen(self, body: _Body, first_end: int) -> None:
        """Nothing ended the procedure: rather read its inside than pass over what may follow it."""
        if self._lexer.dialect.name != "mssql":
            self._pos = first_end
            self._endless += 1
            if body.depth:
                self.troubles.append(("a procedure without an end", self._tokens[0].start))

    def _breaks(self, token: Token, tokens: list[Token], in_body: bool) -> bool:
        """Whether this token ends the statement before it without being part of it."""
        text, start, word = self._text, token.start, token.word
        if word == "\\" or not tokens or "\n" not in text[tokens[-1].end : start]:
            return word == "\\"
        if word in {"GO", "/"}:
            return _BATCH_END.match(text, start, self._end) is not None
        if in_body or (word in {"GRANT", "REVOKE"} and tokens[1:2] and tokens[1].word == "DEFAULT"):
            return False
        return _OPENS.match(text, start, self._end) is not None
