"""Which rules can say anything about which file: told by the expressions they need, before the core parses anything."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from scanner.engines.semgrep.compile import Condition, RuleSet
from scanner.engines.semgrep.expressions import Expressions
from scanner.engines.semgrep.needs import met
from scanner.engines.semgrep.prose import Prose
from scanner.engines.semgrep.prune import Pruner
from scanner.engines.semgrep.targets import Prepared, is_little
from scanner.model import Json
from scanner.vocabulary import Vocabulary

_WORD = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*")


@dataclass
class _Text:
    file: str
    data: bytes
    language: str

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word it holds, of strings and comments, too."""
        return frozenset(word.decode() for word in set(_WORD.findall(self.data)))

    @cached_property
    def prose(self) -> Prose | None:
        """Its comments and strings, in the one language that tells them easily."""
        return Prose(self.data) if self.language == "python" else None


class Trial:
    """Tries rules on texts; what it knows is about the files of the latest `pick`."""

    def __init__(self, rules: RuleSet, vocabulary: Vocabulary | None) -> None:
        self._rules, self._vocabulary = rules, vocabulary
        self._spell = vocabulary.expand if vocabulary else str
        self._expressions = Expressions(self._spell)
        self._texts: dict[str, dict[str, bytes]] = {}
        self._meeting: dict[Condition, list[_Text]] = {}
        self._pruners: dict[Condition | None, Pruner | None] = {}

    @property
    def met(self) -> Collection[Condition]:
        """The conditions some file meets."""
        return self._meeting.keys()

    def pick(self, waiting: deque[Prepared], files: int, size: int) -> list[Prepared]:
        """Takes targets until that many files or bytes are found that some rule can say something about.

        Each has the marks of those rules.
        """
        self._texts, self._meeting, self._pruners = {}, {}, {}
        self._expressions.forget()
        picked: list[Prepared] = []
        while waiting and len(picked) < files and size > 0:
            item = waiting.popleft()
            marks = self._marks(item)
            if marks is not None:
                picked.append(item._replace(marks=tuple(sorted(marks))))
                size -= item.size
        return picked

    def _marks(self, item: Prepared) -> set[str] | None:
        """The marks of all conditions it meets; None if it can be left out."""
        data = {file: _read(file) for _, file in item.reads}
        texts = {language: _Text(file, data[file], language) for language, file in item.reads}
        marks: set[str] = set()
        wanted = False
        for language, text in texts.items():
            for condition in self._rules.conditions(language):
                if self._meets(condition, item.mentions, text):
                    wanted = True
                    self._meeting.setdefault(condition, []).extend(texts.values())
                    marks.update([condition.mark] if condition.mark else [])
                    for written in self._rules.written(condition, language):
                        self._texts.setdefault(written, {})[text.file] = text.data
        return marks if wanted else None

    def _meets(self, condition: Condition, mentions: Sequence[str], text: _Text) -> bool:
        if condition.mentions and condition.mentions not in mentions:
            return False
        need = self._rules.need(condition)
        return need is None or met(need, text.words, lambda written, code: self._matches(written, text, code=code))

    def _matches(self, written: str, text: _Text, *, code: bool) -> bool:
        spans = self._expressions.found(written, text.file, text.data)
        if not spans or not code or text.prose is None:
            return spans != ()
        return not all(text.prose.holds(start, end) for start, end in spans)

    def literal(self, written: str) -> str:
        """The expression as plain text where it can be put so, else as it is written."""
        return self._expressions.literal(written, self._texts.get(written, {})) or written

    def pruned(self, rule: Json, condition: Condition) -> Json | None:
        """The rule without what cannot match, where the files it is for are few; None if it cannot match at all."""
        told = condition if condition.mark else None
        if told not in self._pruners:
            self._pruners[told] = self._made_pruner(told)
        pruner = self._pruners[told]
        return pruner.pruned(rule) if pruner else rule

    def _made_pruner(self, condition: Condition | None) -> Pruner | None:
        """For the files that meet a condition, None: for all."""
        meeting = self._meeting.values() if condition is None else [self._meeting[condition]]
        texts = {text.file: text for each in meeting for text in each}.values()
        if not is_little(len(text.data) for text in texts):
            return None
        return Pruner(frozenset().union(*(text.words for text in texts)), self._spell)

    def spelled(self, text: str) -> str:
        """A Json text with the vocabulary's placeholders replaced."""
        return self._vocabulary.expand_json(text) if self._vocabulary else text


def _read(file: str) -> bytes:
    """A prepared file's text; one that has gone meanwhile is the core's to complain about."""
    try:
        with open(file, "rb") as stream:
            return stream.read()
    except OSError:
        return b""
