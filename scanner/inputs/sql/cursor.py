"""A place in a statement's tokens, and the small questions every parser of statements asks there."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from scanner.inputs.sql.dialects import Dialect
from scanner.inputs.sql.lexer import NUMBER, QUOTED, STRING, WORD, Token
from scanner.inputs.sql.names import Name, Spot

_MAX_TEXT = 2_000  # characters kept of an expression
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
_OPENING = re.compile(r"(?P<dollar>\$\w*\$)|(?P<q>[nN]?[qQ]'.)|\w{0,2}['\"`\[]", re.DOTALL)
_CLOSED = frozenset({",", ")"})
_PAIRS = {"(": ")", "[": "]"}
_NOTHING = Token("", "", 0, 0)


def qualified(parts: Sequence[Name]) -> Name | None:
    """The name these parts make: the last one, in the schema before it."""
    if not parts:
        return None
    name, schema = parts[-1], parts[-2] if len(parts) > 1 else Name("", parts[-1].spot)
    return Name(name.text, name.spot, name.quoted, schema.text, schema.quoted)


def _closers(tokens: Sequence[Token]) -> dict[int, int]:
    """Index of each ( and [ to that of what closes it."""
    closers: dict[int, int] = {}
    opened: dict[str, list[int]] = {")": [], "]": []}
    for index, token in enumerate(tokens):
        if token.word in _PAIRS:
            opened[_PAIRS[token.word]].append(index)
        elif before := opened.get(token.word):
            closers[before.pop()] = index
    return closers


class Cursor:
    """Walks over the tokens of one statement. Behind the last token everything is "" and nothing moves."""

    def __init__(self, path: str, text: str, tokens: Sequence[Token], dialect: Dialect) -> None:
        self.path, self.text, self.tokens, self.dialect = path, text, tokens, dialect
        self.at, self._count = 0, len(tokens)
        self._closers: dict[int, int] | None = None
        self.troubles: list[tuple[str, int]] = []

    @property
    def done(self) -> bool:
        """Whether the last token was passed."""
        return self.at >= self._count

    def token(self, ahead: int = 0) -> Token:
        """The token there; one of no kind behind the last."""
        index = self.at + ahead
        return self.tokens[index] if index < self._count else _NOTHING

    def word(self, ahead: int = 0) -> str:
        """The upper-cased word or the operator there; "" for strings, numbers and quoted names."""
        index = self.at + ahead
        return self.tokens[index].word if index < self._count else ""

    def looking_at(self, first: str, *more: str) -> bool:
        """Whether these words are next."""
        return self.word() == first and all(self.word(ahead) == word for ahead, word in enumerate(more, 1))

    def accept(self, first: str, *more: str) -> bool:
        """Passes these words if they are next."""
        if self.word() != first or (more and not self.looking_at(first, *more)):
            return False
        self.at += 1 + len(more)
        return True

    def accept_any(self, words: Set[str]) -> str:
        """Passes one of these words and returns it, else ""."""
        word = self.word()
        if word in words:
            self.at += 1
            return word
        return ""

    def if_exists(self) -> bool:
        """Passes IF EXISTS or IF NOT EXISTS."""
        return self.accept("IF", "EXISTS") or self.accept("IF", "NOT", "EXISTS")

    def find(self, first: str, *more: str) -> bool:
        """Moves behind the next occurrence of these words outside parentheses; stays where it is without one."""
        start = self.at
        while not self.done:
            if self.accept(first, *more):
                return True
            self.step()
        self.at = start
        return False

    def step(self) -> None:
        """Passes one token, or a whole parenthesis or subscript."""
        if self.word() in {"(", "["}:
            self.skip_group()
        else:
            self.at += 1

    def pass_one(self) -> None:
        """Passes one token or parenthesis of this element, nothing at its end."""
        if self.word() not in _CLOSED:
            self.step()

    def skip_group(self) -> None:
        """At ( or [: to behind what closes it; to the end if nothing closes a parenthesis."""
        if self._closers is None:
            self._closers = _closers(self.tokens)
        self.at = self._closers.get(self.at, self.at if self.word() == "[" else self._count - 1) + 1

    def skip_element(self) -> None:
        """To the next comma or closing parenthesis of this level."""
        while not self.done and self.word() not in _CLOSED:
            self.step()

    def identifier(self, strings: bool = False) -> Name | None:
        """One name, without its qualification. `strings`: 'x' counts, as in names of users and aliases."""
        token = self.token()
        quoted = token.kind == QUOTED or (strings and token.kind == STRING)
        if not quoted and token.kind != WORD and not self._starts_with_digit(token):
            return None
        self.at += 1
        return self._name(token, quoted)

    def _starts_with_digit(self, token: Token) -> bool:
        text = self.text[token.start : token.end]  # MySQL: 2fa_secret is a name
        return token.kind == NUMBER and "." not in text and text[1:2] not in {"x", "X"} and not text.isdigit()

    def _name(self, token: Token, quoted: bool) -> Name:
        if not quoted:
            return Name(self.text[token.start : token.end], Spot(self.path, token.start, token.end))
        spot, close = self.inside(token), self.text[token.end - 1]
        return Name(self.text[spot.start : spot.end].replace(close * 2, close), spot, quoted=True)

    def parts(self, strings: bool = False) -> list[Name]:
        """A name with its qualification, part by part; the part left out in db..a has no text."""
        parts: list[Name] = []
        while part := self.identifier(strings and not parts):
            parts.append(part)
            while self.word() == "." and self.word(1) == ".":
                self.at += 1
                parts.append(Name("", part.spot))
            if self.word() != "." or self.token(1).kind not in {WORD, QUOTED}:
                break
            self.at += 1
        return parts

    def name(self, strings: bool = False) -> Name | None:
        """A name with its qualification: a, s.a, db.s.a, db..a. The spot is the last part's."""
        return qualified(self.parts(strings))

    def names(self) -> list[Name]:
        """At "(": the names in the list, sort orders and lengths left out. Else one name."""
        if not self.accept("("):
            name = self.identifier()
            return [name] if name else []
        names = []
        while not self.done:
            if name := self.identifier():
                names.append(name)
            self.skip_element()
            if not self.accept(","):
                break
        self.accept(")")
        return names

    def qualified_names(self) -> list[Name]:
        """Names with a comma between."""
        names = []
        while name := self.name():
            names.append(name)
            if self.word() == "(":  # of a function: its parameters
                self.skip_group()
            if not self.accept(","):
                break
        return names

    def string(self) -> str | None:
        """The value of the string here, passed; None if there is none. "x" counts: MySQL's strings."""
        token = self.token()
        if token.kind not in {STRING, QUOTED}:
            return None
        self.at += 1
        return self.value(token)

    def value(self, token: Token) -> str:
        """What a string says, without quotes and escapes, not longer than 2,000; the text of any other token."""
        if token.kind not in {STRING, QUOTED}:
            return self.text[token.start : token.end]
        spot, quote = self.inside(token), self.text[token.end - 1]
        value = self.text[spot.start : min(spot.end, spot.start + _MAX_TEXT)]
        if quote == "$":
            return value
        value = value.replace(quote * 2, quote)
        if self.dialect.backslash or self.text[token.start] in "Ee":
            return _ESCAPE.sub(lambda found: _ESCAPED.get(found.group(1), found.group(1)), value)
        return value

    def inside(self, token: Token) -> Spot:
        """The stretch between the quotes."""
        opening = _OPENING.match(self.text, token.start, token.end)
        if opening is None:
            return Spot(self.path, token.start, token.end)
        start = opening.end()
        closing = {"dollar": start - token.start, "q": 2}.get(opening.lastgroup or "", 1)
        return Spot(self.path, start, max(start, token.end - closing))

    def source(self, first: int, last: int) -> str:
        """The text from token `first` up to token `last` (excluded), white space collapsed, not longer than 2,000."""
        if first >= last or first >= len(self.tokens):
            return ""
        start, end = self.tokens[first].start, self.tokens[min(last, len(self.tokens)) - 1].end
        return " ".join(self.text[start : min(end, start + _MAX_TEXT)].split())

    def stretch(self, first: int, last: int) -> Spot:
        """From token `first` up to token `last` (excluded); there must be one."""
        return Spot(self.path, self.tokens[first].start, self.tokens[max(first, last - 1)].end)

    def trouble(self, what: str) -> None:
        """Notes that the statement was not understood from here on."""
        token = self.token() if not self.done else self.tokens[-1]
        self.troubles.append((what, token.start))
