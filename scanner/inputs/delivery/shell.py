"""Shell scripts to commands: words, redirections and what follows, with offsets. Nothing is expanded or carried out.

One pass over the text: every character is looked at once, whatever is nested ($(…), backticks, <(…) and what is handed
to `sh -c` are scripts of their own, whose commands count as well), to a depth of `MAX_DEPTH`. It reads what POSIX
shells and bash read, and never fails: what is no shell script becomes odd words.
"""

from __future__ import annotations

from typing import NamedTuple

MAX_DEPTH = 12
SHELLS = frozenset({"sh", "bash", "dash", "ash", "zsh", "ksh"})

_BLANK = " \t\r"
_META = " \t\r\n;&|()<>"


class Word(NamedTuple):
    """`text` without quotes, `$X` as it is; [start, end) is the word as it is written. `literal`: nothing to expand."""

    text: str
    start: int
    end: int
    literal: bool


class Redirect(NamedTuple):
    """`operator`: ">", ">>", "<", "<<", …"""

    operator: str
    target: Word


class Command(NamedTuple):
    """`after`: the operator behind it: "|", "&&", ";", a line end, "" at the end. `into`: where the next one of a
    pipeline starts, -1 if there is none. `bodies`: [start, end) of its here-documents that are no scripts."""

    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...]
    after: str
    into: int = -1
    bodies: tuple[tuple[int, int], ...] = ()

    @property
    def start(self) -> int:
        """Offset of the first word."""
        return min([word.start for word in self.words[:1]] + [item.target.start for item in self.redirects[:1]])

    @property
    def end(self) -> int:
        """Offset behind the last word."""
        return max([word.end for word in self.words[-1:]] + [item.target.end for item in self.redirects[-1:]])


def commands(text: str) -> list[Command]:
    """Every command of a script, in the order they start."""
    found = _Reader(text, 0, len(text), 0).read()
    return sorted(found, key=lambda command: command.start)


class _Body(NamedTuple):
    """A here-document that is still to come. `owner`: which of the found commands it belongs to, -1: the next one."""

    delimiter: str
    is_indented: bool
    is_script: bool
    owner: int = -1


class _Reader:
    """Reads text[at:end]."""

    def __init__(self, text: str, at: int, end: int, depth: int) -> None:
        self._text, self._at, self._end, self._depth = text, at, end, depth
        self._words: list[Word] = []
        self._redirects: list[Redirect] = []
        self._found: list[Command] = []
        self._bodies: list[_Body] = []
        self._piped = -1
        """Which of the found commands waits for the one it is piped into."""

    def read(self) -> list[Command]:
        self._script("")
        return self._found

    def _peek(self, width: int = 1) -> str:
        return self._text[self._at : min(self._at + width, self._end)]

    def _script(self, closing: str) -> None:
        """Commands up to `closing`, which is taken, or the end. Keeps what the caller has begun."""
        words, redirects, piped = self._words, self._redirects, self._piped
        self._words, self._redirects, self._piped = [], [], -1
        parens = 0
        while self._at < self._end:
            char = self._text[self._at]
            if char in _BLANK:
                self._at += 1
            elif char == "\\" and self._peek(2) == "\\\n":
                self._at += 2
            elif char == "\n":
                self._finish("\n")
                self._at += 1
                self._skip_bodies()
            elif char == "#":
                self._at = self._line_end(self._at)
            elif char == closing and (char != ")" or parens == 0):
                break
            elif char in "()":
                parens = max(parens + (1 if char == "(" else -1), 0)
                self._finish(char)
                self._at += 1
            elif char in "<>" or self._peek(2) == "&>":
                self._redirect(closing)
            elif char in ";&|":
                operator = next((op for op in ("&&", "||", ";;", "|&") if self._peek(2) == op), char)
                self._finish("|" if operator == "|&" else operator)
                self._at += len(operator)
            else:
                self._word_or_descriptor(closing)
        self._finish("")
        self._at = min(self._at + 1, self._end)
        self._words, self._redirects, self._piped = words, redirects, piped

    def _finish(self, after: str) -> None:
        if self._words or self._redirects:
            command = Command(tuple(self._words), tuple(self._redirects), after)
            if self._piped >= 0:
                self._found[self._piped] = self._found[self._piped]._replace(into=command.start)
            self._piped = len(self._found) if after == "|" else -1
            self._bodies = [body._replace(owner=len(self._found)) if body.owner < 0 else body for body in self._bodies]
            self._found.append(command)
            self._inner_script(self._words)
        self._words, self._redirects = [], []

    def _inner_script(self, words: list[Word]) -> None:
        """What `sh -c '…'` carries out, wherever in a command that stands (docker run image sh -c …)."""
        if self._depth >= MAX_DEPTH:
            return
        for shell, flag, script in zip(words, words[1:], words[2:], strict=False):
            is_flag = flag.text.startswith("-") and flag.text[1:].isalpha() and flag.text.endswith("c")
            if is_flag and shell.text.rpartition("/")[2] in SHELLS:
                start, end = script.start, script.end
                if self._text[start] in "'\"" and end - start >= 2:
                    start, end = start + 1, end - 1
                    self._found += _Reader(self._text, start, end, self._depth + 1).read()
                return

    def _line_end(self, at: int) -> int:
        end = self._text.find("\n", at, self._end)
        return end if end >= 0 else self._end

    def _skip_bodies(self) -> None:
        """The texts of here-documents whose operators stood on the line before; those of a shell are scripts."""
        for delimiter, is_indented, is_script, owner in self._bodies:
            start = self._at
            end = self._end
            while self._at < self._end:
                begin = self._at
                stop = self._line_end(begin)
                line = self._text[begin:stop].rstrip("\r")
                self._at = min(stop + 1, self._end)
                if (line.lstrip("\t") if is_indented else line) == delimiter:
                    end = begin
                    break
            if is_script and self._depth < MAX_DEPTH:
                self._found += _Reader(self._text, start, end, self._depth + 1).read()
            elif not is_script and owner >= 0:
                command = self._found[owner]
                self._found[owner] = command._replace(bodies=(*command.bodies, (start, end)))
        self._bodies = []

    def _redirect(self, closing: str) -> None:
        operator = next(
            op
            for op in ("<<<", "<<-", "&>>", "<<", ">>", ">&", "<&", "&>", ">|", "<>", "<(", ">(", "<", ">")
            if self._peek(3).startswith(op)
        )
        if operator in ("<(", ">("):
            self._word_or_descriptor(closing)
            return
        self._at += len(operator)
        while self._at < self._end and self._text[self._at] in _BLANK:
            self._at += 1
        if self._at >= self._end or (self._text[self._at] in _META and self._peek(2) not in ("<(", ">(")):
            return
        target = self._word(closing)
        if target.end == target.start:
            self._at += 1
            return
        if operator in ("<<", "<<-"):
            runs = bool(self._words) and any(word.text.rpartition("/")[2] in SHELLS for word in self._words)
            self._bodies.append(_Body(target.text, operator == "<<-", runs))
        self._redirects.append(Redirect(operator, target))

    def _word_or_descriptor(self, closing: str) -> None:
        word = self._word(closing)
        if word.end == word.start:  # a stray closing character
            self._at += 1
        elif not (word.text.isdecimal() and self._peek() in ("<", ">")):
            self._words.append(word)

    def _word(self, closing: str) -> Word:
        start, parts, literal = self._at, [], True
        while self._at < self._end:
            char, two = self._text[self._at], self._peek(2)
            begin = self._at
            if two in ("<(", ">("):
                literal = False
                self._substitution(2, ")")
                parts.append(self._text[begin : self._at])
            elif char in _META or char == closing:
                break
            elif char == "\\":
                parts.append(two[1:] if two != "\\\n" else "")
                self._at = min(self._at + 2, self._end)
            elif char == "'":
                parts.append(self._until("'"))
            elif char == '"':
                text, plain = self._double_quoted()
                parts.append(text)
                literal = literal and plain
            elif char in "$`":
                literal = not self._expansion() and literal
                parts.append(self._text[begin : self._at])
            else:
                parts.append(char)
                self._at += 1
        return Word("".join(parts), start, self._at, literal)

    def _until(self, quote: str) -> str:
        begin = self._at + 1
        end = self._text.find(quote, begin, self._end)
        end = self._end if end < 0 else end
        self._at = min(end + 1, self._end)
        return self._text[begin:end]

    def _double_quoted(self) -> tuple[str, bool]:
        self._at += 1
        parts, literal = [], True
        while self._at < self._end:
            char, begin = self._text[self._at], self._at
            if char == '"':
                self._at += 1
                break
            if char == "\\":
                two = self._peek(2)
                parts.append("" if two == "\\\n" else two[1:] if two[1:] in ('"', "\\", "$", "`") else two)
                self._at = min(self._at + 2, self._end)
            elif char in "$`":
                literal = not self._expansion() and literal
                parts.append(self._text[begin : self._at])
            else:
                parts.append(char)
                self._at += 1
        return "".join(parts), literal

    def _expansion(self) -> bool:
        """Skips what begins with $ or a backtick. Whether anything is expanded there."""
        three = self._peek(3)
        if three == "${{":
            end = self._text.find("}}", self._at, self._end)
            self._at = self._end if end < 0 else end + 2
        elif three.startswith("${"):
            self._braces()
        elif three == "$((":
            self._at += 1
            self._balanced()
        elif three.startswith("$("):
            self._substitution(2, ")")
        elif three.startswith("`"):
            self._substitution(1, "`")
        else:
            self._at += 1
            return three[1:2].isalnum() or three[1:2] in ("_", "@", "*", "#", "?", "!", "$")
        return True

    def _braces(self) -> None:
        depth = 0
        while self._at < self._end:
            char = self._text[self._at]
            self._at += 1
            depth += {"{": 1, "}": -1}.get(char, 0)
            if depth == 0 and char == "}":
                return
            if char == "\n":
                return

    def _balanced(self) -> None:
        depth = 0
        while self._at < self._end:
            char = self._text[self._at]
            if char == "\n":
                return
            self._at += 1
            depth += {"(": 1, ")": -1}.get(char, 0)
            if depth == 0:
                return

    def _substitution(self, opening: int, closing: str) -> None:
        self._at = min(self._at + opening, self._end)
        if self._depth >= MAX_DEPTH:
            return
        self._depth += 1
        bodies, self._bodies = self._bodies, []
        self._script(closing)
        self._bodies = bodies
        self._depth -= 1
