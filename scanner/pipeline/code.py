"""The engines that look at one file at a time: Semgrep in the background, card numbers meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from scanner import findings
from scanner.catalog import hash_of
from scanner.config import Config, cores
from scanner.engines.semgrep import OURS, RULE_SECONDS, VERSION, Tools, analyzer, rules_for
from scanner.files import File
from scanner.masking import mask, mask_path
from scanner.model import Json, Problem, Report
from scanner.passwords import in_message
from scanner.pipeline.context import Context
from scanner.pipeline.examine import Reader, Sheet
from scanner.pipeline.mentions import Mentions, vocabulary_for

if TYPE_CHECKING:
    from scanner.engines.pan import PanEngine
    from scanner.engines.semgrep.ahead import Ahead
    from scanner.engines.semgrep.engine import Semgrep


@contextmanager
def ahead(config: Config, files: Iterable[File], work: Path) -> Iterator[Ahead | None]:
    """semgrep-core under way for these files, if they hold a little code, before anything else is known of them."""
    started = None
    sizes = []
    if "semgrep" in config.engines:
        spoken = [(file.size, name) for file in files if (name := analyzer(file.path))]
        sizes = [size for size, name in spoken if config.rules or name in OURS]
    if sizes:
        from scanner.engines.semgrep.ahead import Ahead
        from scanner.engines.semgrep.targets import is_little

        if is_little(sizes) and (core := Tools.find().core):
            with suppress(OSError):
                started = Ahead(core, work / "ahead", seconds=RULE_SECONDS, timeout=config.timeout)
    try:
        yield started
    finally:
        if started:
            started.stop()


@contextmanager
def scan(context: Context, sheets: Sequence[Sheet], waiting: Ahead | None = None) -> Iterator[None]:
    """Scans code; the caller's own work runs while Semgrep does. Answers are kept in the sheets and noted.

    `waiting`: see `ahead`.
    """
    semgrep = _Semgrep(context, waiting) if "semgrep" in context.config.engines else None
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


def report_json(report: Report, reader: Reader, secret: frozenset[str]) -> Json:
    """An engine's report, masked, as the cache keeps it. `secret`: rules whose findings point at a secret."""
    known = findings.secrets_of((hit for hit in report.hits if hit.rule in secret), reader)
    drafts = [findings.draft(hit, reader, secret=hit.rule in secret, known=known) for hit in report.hits]

    def told(text: str) -> str:
        return mask(in_message(text, known))

    return {
        "drafts": list(map(findings.to_json, drafts)),
        "problems": [
            [mask_path(problem.path), told(problem.message), problem.fatal, problem.line] for problem in report.problems
        ],
        "checks": [[item.rule, mask(item.subject), item.status.value, told(item.reason)] for item in report.checks],
    }


class _Semgrep:
    """Gives semgrep-core the files whose answer is not known yet."""

    def __init__(self, context: Context, waiting: Ahead | None) -> None:
        self._context, self._waiting = context, waiting
        self._rules = context.wanted("semgrep")
        self._any_text = bool(rules_for(self._rules, None))
        self._mentions = Mentions(context, self._rules)
        self._digests: dict[tuple[str | None, tuple[str, ...]], str] = {}
        self._engine: Semgrep | None = None

    def _concerns(self, sheet: Sheet) -> bool:
        """Whether there may be a rule for this file."""
        return not sheet.note and bool(sheet.analyzer or self._any_text)

    def _digest(self, sheet: Sheet) -> str:
        """The digest of the rules for this file, "" if there are none."""
        if not self._concerns(sheet):
            return ""
        key = (sheet.analyzer, self._mentions.of(sheet))
        if key not in self._digests:
            rules = [rule for rule in self._mentions.rules_of(key[0]) if not rule.mentions or rule.mentions in key[1]]
            self._digests[key] = f"{VERSION}:{self._context.catalog.rule_digest(*rules)}" if rules else ""
        return self._digests[key]

    def start(self, sheets: Sequence[Sheet]) -> None:
        """Starts the core on what is new."""
        self._mentions.look(filter(self._concerns, sheets))
        new = [sheet for sheet in sheets if (digest := self._digest(sheet)) and sheet.result("semgrep", digest) is None]
        if not new:
            return
        from scanner.engines.semgrep.engine import Semgrep
        from scanner.engines.semgrep.targets import Target

        mentioned = {pattern for sheet in new for pattern in self._mentions.of(sheet)}
        spoken = {rule.id for name in {sheet.analyzer for sheet in new} for rule in self._mentions.rules_of(name)}
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
            vocabulary=vocabulary_for(self._context, new),
            ahead=self._waiting,
        )
        self._engine.start([Target(sheet.path, sheet.file.file, self._mentions.of(sheet)) for sheet in new])

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
