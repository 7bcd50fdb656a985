"""`paylint evidence diff` and `paylint evidence log`: bundles over time."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.evidence.log import Read
    from scanner.evidence.signing.keys import TrustedKey

_INTERVAL = re.compile(r"([1-9][0-9]{0,4})([hdw])")
_HOURS = {"h": 1, "d": 24, "w": 168}
_KEYS = click.option(
    "--key",
    "files",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A public key (PEM) you trust; a bundle it did not sign is refused.",
)


@click.command("diff")
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@click.option("--format", "fmt", type=click.Choice(("text", "markdown", "json")), default="text", show_default=True)
@_KEYS
def diff(old: Path, new: Path, fmt: str, files: tuple[Path, ...]) -> None:
    """Say what moved from the bundle OLD to the bundle NEW, and what made it move: code, coverage or rules.

    Exit codes: 0 nothing got worse, 1 something did, 2 wrong usage or a bundle that is not what was written.
    """
    from scanner.evidence.diff import difference
    from scanner.evidence.diff_render import FORMATS
    from scanner.evidence.kept import kept

    keys = _trusted(files)
    made = difference(kept(old, keys), kept(new, keys))
    click.echo(FORMATS[fmt](made), nl=False)
    sys.exit(1 if made.worse else 0)


@click.command("log")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("folders", metavar="[DIR]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Append nothing; say where the chain or a bundle is broken.")
@click.option("--every", metavar="TIME", help="With --check: how far apart bundles may be: 12h, 7d, 2w.")
@click.option("--head", metavar="DIGEST", help="With --check: a digest printed earlier; it must still be there.")
@_KEYS
def log(  # noqa: PLR0917 - click passes parameters by name
    file: Path, folders: tuple[Path, ...], check: bool, every: str | None, head: str | None, files: tuple[Path, ...]
) -> None:
    """Append the bundles DIR to the chained log FILE, or check it.

    Keep the digest that is printed somewhere else: it shows later that nothing was cut off or written anew.

    Exit codes: 0 whole, 1 something is broken, missing, replaced or late (it is named), 2 wrong usage.
    """
    from scanner.evidence import kept
    from scanner.evidence import log as kept_log

    keys = _trusted(files)
    if check:
        _check(file, folders, _interval(every), head, keys)
        return
    if every or head is not None:
        raise UsageError("--every and --head belong to --check")
    if not folders:
        raise UsageError("name the bundles to append, or --check")
    _say(kept_log.append(file, [kept.head(folder, keys) for folder in folders]))


def _check(
    file: Path, folders: Sequence[Path], every: timedelta | None, head: str | None, keys: Sequence[TrustedKey]
) -> None:
    from scanner.evidence import log as kept_log
    from scanner.evidence.collect import now
    from scanner.masking import mask
    from scanner.printable import printable

    chain = kept_log.read(file)
    problems = [chain.broken] if chain.broken else []
    if head is not None and head not in {entry.digest for entry in chain.entries}:
        problems.append("the digest given with --head is not in it: entries were cut off or written anew")
    problems += kept_log.bundles(file, chain.entries, _digests(file, chain, folders, keys))
    if every is not None:
        problems += kept_log.gaps(chain.entries, every, now(os.environ))
        problems += [] if chain.entries else ["it has no entry"]
    for problem in problems:
        click.echo(f"{printable(mask(f'{file}: {problem}'))}")
    _say(chain)
    if problems:
        sys.exit(1)


def _digests(file: Path, chain: Read, folders: Sequence[Path], keys: Sequence[TrustedKey]) -> dict[Path, str]:
    """Folder -> digest of its manifest, "" where it is not what was written; no folder that is not there."""
    from scanner.evidence import kept
    from scanner.evidence.log import place

    found = {}
    for folder in dict.fromkeys((*(place(file, entry) for entry in chain.entries), *folders)):
        if folder in folders and not folder.is_dir():
            raise UsageError(f"{folder}: is no folder; name one that holds a bundle")
        if folder.is_dir():
            try:
                found[folder] = kept.head(folder, keys).digest
            except UsageError:
                found[folder] = ""
    return found


def _say(chain: Read) -> None:
    click.echo(f"{len(chain.entries)} entries; the last one's digest: {chain.head or 'none'}")


def _interval(value: str | None) -> timedelta | None:
    if value is None:
        return None
    match = _INTERVAL.fullmatch(value)
    if match is None:
        raise UsageError(f"--every {value}: expected hours, days or weeks, as in 12h, 7d or 2w")
    return timedelta(hours=int(match[1]) * _HOURS[match[2]])


def _trusted(files: Sequence[Path]) -> list[TrustedKey]:
    if not files:
        return []
    from scanner.evidence.signing.keys import trusted

    return [trusted(file) for file in files]
