"""Waivers in a scan: nothing is imported, and git is not asked, where there is no file of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from scanner import findings
from scanner.config import WAIVERS, upwards
from scanner.errors import ConfigError
from scanner.masking import mask_path
from scanner.model import Finding, Hit, Waiver
from scanner.pipeline.context import Context
from scanner.text import Source

if TYPE_CHECKING:
    from scanner.waivers import Scope


def waived(context: Context, reported: list[Finding], today: date) -> tuple[list[Finding], tuple[Waiver, ...]]:
    """The findings with their waivers, and with what is wrong about these; and the waivers. Raises ConfigError.

    A file of waivers is about what lies below its folder; one in a folder above the root holds here too.
    """
    folders = list(_folders(context, reported))
    if not folders:
        return reported, ()
    from scanner import waivers

    catalog = context.catalog
    hits: list[Hit] = []
    entries: list[Waiver] = []
    for folder in folders:
        scope, source = _scope(context, folder, today), _read(folder / WAIVERS, _inside(context, folder))
        read = waivers.read(context.reader.keep(source))
        reported, judged, wrong = waivers.apply(reported, *read, scope)
        entries += judged
        hits += wrong
    drafts = [findings.draft(hit, context.reader) for hit in hits if waivers.POLICY in context.shown]
    return findings.in_order([*reported, *findings.complete(drafts, catalog.rules, catalog.policies)]), tuple(entries)


def _folders(context: Context, reported: list[Finding]) -> Iterator[Path]:
    """Those with a file of waivers that may be about this scan, the innermost first."""
    root = context.config.root
    named = [PurePosixPath(path) for path in context.notes.scanned if path.endswith(WAIVERS)]
    inside = {path.parent for path in named if path.name == WAIVERS}
    inside |= {folder for found in reported for folder in PurePosixPath(found.place.path).parents}
    inside.discard(PurePosixPath("."))
    below = [root / folder for folder in sorted(inside, key=lambda folder: (-len(folder.parts), folder))]
    for folder in (*below, *upwards(root)):
        if (folder / WAIVERS).exists() or (folder / WAIVERS).is_symlink():
            yield folder


def _inside(context: Context, folder: Path) -> str:
    """The file's path as it is reported; that of one above the root is never."""
    root = context.config.root
    return (folder / WAIVERS).relative_to(root).as_posix() if folder.is_relative_to(root) else f"../{WAIVERS}"


def _scope(context: Context, folder: Path, today: date) -> Scope:
    from scanner import waivers
    from scanner.waivers.authors import authors

    config, catalog, notes = context.config, context.catalog, context.notes
    root = config.root
    return waivers.Scope(
        today=today,
        known={*catalog.policies, *catalog.rules},
        resolve=catalog.resolve,
        files=[mask_path(path) for path, engines in notes.engines.items() if engines],
        asked=context.shown,
        whole=not config.staged and not notes.problems and any(folder.is_relative_to(path) for path in config.paths),
        authors=lambda: authors(folder, WAIVERS),
        added=_way(folder, root),
        removed=_way(root, folder),
        scanned=_inside(context, folder) in notes.scanned,
    )


def _way(above: Path, below: Path) -> str:
    """What leads from one folder to another, with a slash at its end; "" where it does not."""
    if above == below or not below.is_relative_to(above):
        return ""
    return mask_path(below.relative_to(above).as_posix()) + "/"


def _read(file: Path, path: str) -> Source:
    if file.is_symlink():
        raise ConfigError(f"{path}: is a link, which is not followed; put the waivers into the file itself")
    try:
        return Source(path, file.read_bytes())
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
