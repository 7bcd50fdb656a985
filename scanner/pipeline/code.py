"""The engines that look at one file at a time: Semgrep in the background, card numbers meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from scanner import findings
from scanner.config import cores
from scanner.engines.semgrep import VERSION, rules_for
from scanner.masking import mask
from scanner.model import Json, Problem, Report, Rule
from scanner.pipeline.context import Context
from scanner.pipeline.examine import Reader, Sheet

if TYPE_CHECKING:
    from scanner.engines.pan import PanEngine
    from scanner.engines.semgrep import Semgrep
    from scanner.vocabulary import Vocabulary

_FEW_BYTES = 512 * 1024
_SEARCH_BYTES = 16 * 1024 * 1024


@contextmanager
def scan(context: Context, sheets: Sequence[Sheet]) -> Iterator[None]:
    """Scans code; the caller's own work runs while Semgrep does. Answers are kept in the sheets and noted."""
    semgrep = _Semgrep(context) if "semgrep" in context.config.engines else None
    if semgrep:
        semgrep.start(sheets)
    try:
        if "pan" in context.config.engines:
            _cards(context, sheets)
        yield
    except BaseException:
        if semgrep:
            semgrep.stop()
        raise
    if semgrep:
        semgrep.finish(sheets)


def _cards(context: Context, sheets: Sequence[Sheet]) -> None:
    catalog, reader, notes = context.catalog, context.reader, context.notes
    digest = catalog.rule_digest(*catalog.of_engine("pan")) + hash_of([catalog.cards, catalog.vocabulary])
    engine: PanEngine | None = None
    for sheet in sheets:
        answer = sheet.result("pan", digest)
        if answer is None:
            source = reader(sheet.path)
            if source is None:
                notes.problem("pan", Problem(sheet.path, "disappeared during the scan"))
                continue
            if engine is None:
                from scanner.engines.pan import PanEngine

                engine = PanEngine(catalog.cards)
            answer = report_json(engine.scan(source), reader, catalog.secret_rules)
            sheet.keep("pan", digest, answer)
        notes.answer("pan", sheet.path, answer)


def hash_of(value: Json) -> str:
    """Digest of a Json value."""
    import hashlib
    import json

    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def report_json(report: Report, reader: Reader, secret: frozenset[str]) -> Json:
    """An engine's report, masked, as the cache keeps it. `secret`: rules whose findings point at a secret."""
    return {
        "drafts": [findings.to_json(findings.draft(hit, reader, secret=hit.rule in secret)) for hit in report.hits],
        "problems": [
            [mask(problem.path), mask(problem.message), problem.fatal, problem.line] for problem in report.problems
        ],
        "checks": [[item.rule, mask(item.subject), item.status.value, mask(item.reason)] for item in report.checks],
    }


class _Semgrep:
    """Gives semgrep-core the files whose answer is not known yet."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._rules = context.catalog.of_engine("semgrep")
        self._any_text = bool(rules_for(self._rules, None))
        self._searches: dict[str | None, Any] = {}
        self._known: dict[str | None, tuple[list[str], str]] = {}
        self._digests: dict[tuple[str | None, tuple[str, ...]], str] = {}
        self._spoken: dict[str | None, list[Rule]] = {}
        self._engine: Semgrep | None = None

    def _mentions(self, sheet: Sheet) -> tuple[str, ...]:
        """Which patterns of rules for its language a file holds."""
        patterns, digest = self._patterns(sheet.analyzer)
        if not patterns:
            return ()
        known = sheet.result("mentions", digest)
        if known is None:
            source = self._context.reader(sheet.path)
            known = sorted(self._search(sheet.analyzer).Match(source.data if source else b"") or [])
            sheet.keep("mentions", digest, known)
        return tuple(patterns[index] for index in known)

    def _patterns(self, analyzer: str | None) -> tuple[list[str], str]:
        """The patterns of all rules for a language, and the digest of that list."""
        if analyzer not in self._known:
            patterns = sorted({rule.mentions for rule in self._rules_of(analyzer) if rule.mentions})
            self._known[analyzer] = patterns, hash_of(patterns)
        return self._known[analyzer]

    def _search(self, analyzer: str | None) -> Any:
        """All patterns for a language as one automaton."""
        if analyzer not in self._searches:
            import re2

            options = re2.Options()
            options.max_mem = _SEARCH_BYTES
            patterns, _ = self._patterns(analyzer)
            if all(map(str.isascii, patterns)):
                options.encoding = re2.Options.Encoding.LATIN1  # bytes as they are: a smaller automaton
            search = re2.Set.SearchSet(options)
            for pattern in patterns:
                search.Add(pattern.encode())
            search.Compile()
            self._searches[analyzer] = search
        return self._searches[analyzer]

    def _rules_of(self, analyzer: str | None) -> list[Rule]:
        if analyzer not in self._spoken:
            self._spoken[analyzer] = rules_for(self._rules, analyzer)
        return self._spoken[analyzer]

    def _digest(self, sheet: Sheet) -> str:
        """The digest of the rules for this file, "" if there are none."""
        if sheet.note or not (sheet.analyzer or self._any_text):
            return ""
        key = (sheet.analyzer, self._mentions(sheet))
        if key not in self._digests:
            rules = [rule for rule in self._rules_of(key[0]) if not rule.mentions or rule.mentions in key[1]]
            self._digests[key] = f"{VERSION}:{self._context.catalog.rule_digest(*rules)}" if rules else ""
        return self._digests[key]

    def start(self, sheets: Sequence[Sheet]) -> None:
        """Starts the core on what is new."""
        new = [sheet for sheet in sheets if (digest := self._digest(sheet)) and sheet.result("semgrep", digest) is None]
        if not new:
            return
        from scanner.engines.semgrep import Semgrep
        from scanner.engines.semgrep.targets import Target

        mentioned = {pattern for sheet in new for pattern in self._mentions(sheet)}
        spoken = {rule.id for name in {sheet.analyzer for sheet in new} for rule in self._rules_of(name)}
        needed = [
            rule for rule in self._rules if rule.id in spoken and (not rule.mentions or rule.mentions in mentioned)
        ]
        work = self._context.work / "semgrep"
        work.mkdir(mode=0o700)
        config = self._context.config
        self._engine = Semgrep(
            needed,
            jobs=config.jobs or cores(),
            timeout=config.timeout,
            work=work,
            vocabulary=self._vocabulary(new),
        )
        self._engine.start([Target(sheet.path, sheet.file.file, self._mentions(sheet)) for sheet in new])

    def _vocabulary(self, sheets: Sequence[Sheet]) -> Vocabulary:
        """The vocabulary of rules: for few files as much of it as can match there, which is quicker to read."""
        from scanner.vocabulary import Vocabulary

        vocabulary = Vocabulary.from_json(self._context.catalog.elements)
        if sum(sheet.file.size for sheet in sheets) > _FEW_BYTES:
            return vocabulary
        sources = (self._context.reader(sheet.path) for sheet in sheets)
        return vocabulary.narrowed("\n".join(source.text for source in sources if source))

    def stop(self) -> None:
        """Ends what runs."""
        if self._engine:
            self._engine.stop()

    def finish(self, sheets: Sequence[Sheet]) -> None:
        """Waits for the core and notes what it said, and what was known before."""
        reports = self._engine.finish() if self._engine else {}
        for sheet in sheets:
            digest = self._digest(sheet)
            if not digest:
                continue
            answer = sheet.result("semgrep", digest)
            if answer is None:
                report = reports[sheet.path]
                answer = report_json(report, self._context.reader, self._context.catalog.secret_rules)
                if not any(problem.fatal for problem in report.problems):
                    sheet.keep("semgrep", digest, answer)
            self._context.notes.answer("semgrep", sheet.path, answer)
