"""One scan from settings to result.

discover files -> examine each once -> start Semgrep -> card numbers -> units through Rego -> rules for conftest
-> collect Semgrep -> complete, suppress, decide
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from scanner import cache as caching
from scanner.catalog import check_settings, load, select
from scanner.config import Config
from scanner.files import discover
from scanner.model import Problem, ScanResult
from scanner.pipeline import code, documents, examine, outcome, staged, units
from scanner.pipeline.context import Context, Notes

if TYPE_CHECKING:
    from scanner.engines.semgrep.ahead import Ahead


def run(config: Config, meanwhile: Callable[[], None] = lambda: None, today: date | None = None) -> ScanResult:
    """Scans. `meanwhile`: called once while Semgrep works in the background. `today`: on which ignores and waivers have
    or have not run out; None: in UTC, now.

    Raises PaylintError for what makes a scan impossible; all else is in the result, never silently.
    """
    place = _cache_folder() if config.cache else None
    with _workspace(place) as work:
        change = staged.read(config, work) if config.staged else None
        with code.ahead(config, change.tree.files if change else (), work) as waiting:
            catalog = load(config.rules, compiled=place, inventory=config.inventory)
            if config.rules:
                from scanner.rule_words import masked

                catalog = masked(catalog)
            settings = check_settings(config.settings, catalog.settings)
            shown = select(catalog, config.policies)
            with closing(caching.Cache(place, config.root)) as cache:
                context = Context(config, catalog, shown, settings, cache, work, examine.Reader(), Notes())
                with _interruptible(context.notes):
                    _scan(context, change, waiting, meanwhile)
                cache.save(whole=not config.staged and config.paths == (config.root,))
                return outcome.decide(context, today or datetime.now(timezone.utc).date())


def _scan(context: Context, change: staged.Change | None, waiting: Ahead | None, meanwhile: Callable[[], None]) -> None:
    config = context.config
    tree = change.tree if change else discover(config)
    context.notes.tree(tree)
    found = examine.examine(tree.files, context.cache, context.reader, config.max_file_size)
    context.notes.examined(found)
    sheets = [sheet for sheet in found.sheets.values() if change is None or sheet.path in change.paths]
    context.notes.scanned = {sheet.path for sheet in sheets}
    try:
        with code.scan(context, sheets, waiting):
            units.scan(context, found, change)
            documents.scan(context, sheets)
            meanwhile()
    finally:
        examine.save(found.sheets.values(), context.cache)


@contextmanager
def _interruptible(notes: Notes) -> Iterator[None]:
    """Ctrl-C ends the scan, not the report: what was found is shown, and that it is not all."""
    try:
        yield
    except KeyboardInterrupt:
        notes.problem("paylint", Problem("", "interrupted: what was not yet analysed is missing here"))


def _cache_folder() -> Path | None:
    try:
        return caching.folder()
    except OSError:
        return None


@contextmanager
def _workspace(place: Path | None) -> Iterator[Path]:
    """A private folder for staged copies and compiled rules; swept at the end, and at the next start after a crash."""
    if place is not None:
        base = place / "work"
        try:
            base.mkdir(mode=0o700, exist_ok=True)
            _sweep(base)
        except OSError:
            place = None
    work = _made(place and place / "work")
    try:
        yield work
    finally:
        _remove(work)


def _made(base: Path | None) -> Path:
    if base is not None:
        work = base / f"{os.getpid()}-{os.urandom(6).hex()}"
        with suppress(OSError):
            work.mkdir(mode=0o700)
            return work
    import tempfile

    return Path(tempfile.mkdtemp(prefix="paylint-"))


def _remove(work: Path) -> None:
    """Nobody else may write into it, so that this is safe; `shutil` takes longer to import."""
    for folder, folders, files in os.walk(work, topdown=False):
        for name in (*files, *folders):
            path = os.path.join(folder, name)
            with suppress(OSError):
                (os.rmdir if name in folders and not os.path.islink(path) else os.unlink)(path)
    with suppress(OSError):
        work.rmdir()


def _sweep(base: Path) -> None:
    """Removes what scans left behind that are no longer running."""
    for left in base.iterdir():
        owner = left.name.split("-", 1)[0]
        if owner.isdigit() and not _alive(int(owner)):
            _remove(left)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
