"""From the files to scan to what Semgrep reads: for each file and language one path.

Mostly that is the file itself. Semgrep is silent about text it cannot decode (regular expressions just do not match),
so a file that is no valid UTF-8 is read from a copy in which every odd byte is a `?`, one of UTF-16 from a copy in
UTF-8. Of .vue and .svelte files a copy keeps only the scripts. But for UTF-16, offsets are the same in the copies.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from scanner.engines.semgrep.languages import ANY_TEXT, EMBEDDED, SCRIPTS, analyzers
from scanner.model import Problem
from scanner.text import is_utf16

_HEAD = 256
_LITTLE = 200 * 1024
_TYPESCRIPT = re.compile(rb"""\blang\s*=\s*["']?ts(x?)\b|\btype\s*=\s*["']?(?:text/)?typescript\b""")
_BLANK = bytes(byte if byte in b"\r\n" else 0x20 for byte in range(256))


class Target(NamedTuple):
    """A file to scan: `path` is what is reported, `file` where it is read (a staged copy may lie elsewhere).

    `mentions`: the patterns of rules (`Rule.mentions`) that it is known to hold.
    """

    path: str
    file: str
    mentions: tuple[str, ...] = ()


class Prepared(NamedTuple):
    """A target as Semgrep gets it: the languages and the file read for each; `source` is the one offsets belong to.

    `marks`: those of the conditions (`compile.Condition`) that it meets.
    """

    path: str
    source: str
    reads: tuple[tuple[str, str], ...]
    size: int
    mentions: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


def prepare(
    targets: Sequence[Target], spoken: Collection[str], folder: Path
) -> tuple[list[Prepared], dict[str, Problem]]:
    """The targets some rule is about, and what is wrong with those that cannot be read.

    `spoken`: the languages there are rules for. Copies go into `folder`, which is made if there is any.
    """
    workshop = _Workshop(frozenset(spoken), folder)
    done = [workshop.take(target) for target in targets]
    problems = {item.path: item for item in done if isinstance(item, Problem)}
    return [item for item in done if isinstance(item, Prepared)], problems


def is_little(sizes: Iterable[int]) -> bool:
    """Whether for targets of so many bytes a second thread costs more than it saves."""
    return sum(sizes) < _LITTLE


class _Workshop:
    def __init__(self, spoken: frozenset[str], folder: Path) -> None:
        self._spoken, self._folder, self._copies = spoken, folder, 0

    def take(self, target: Target) -> Prepared | Problem | None:
        """The target made ready, why it cannot be, or None if no rule is about it."""
        try:
            return self._prepare(target)
        except OSError as error:
            return Problem(target.path, f"cannot be read: {error.strerror or type(error).__name__}")

    def _prepare(self, target: Target) -> Prepared | None:
        ending = os.path.splitext(target.path)[1]
        languages = analyzers(target.path, b"" if ending else _read(target.file, _HEAD))
        embedded = any(language in EMBEDDED for language in languages)
        wanted = [name for name in (*(SCRIPTS if embedded else ()), *languages, *ANY_TEXT) if name in self._spoken]
        if not wanted:
            return None
        data = _read(target.file)
        text, file = _valid(data), os.path.abspath(target.file)
        if text is not data or not _encodable(file):
            file = self._copy(ending, text)
        reads = [(name, file) for name in wanted if not embedded or name not in SCRIPTS]
        if embedded:
            language, ending, scripts = _scripts(text)
            if language in wanted:
                reads.append((language, self._copy(ending, scripts)))
        source = file if is_utf16(data) else target.file
        return Prepared(target.path, source, tuple(reads), len(data), target.mentions) if reads else None

    def _copy(self, ending: str, text: bytes) -> str:
        """A private copy. Its ending tells Semgrep .tsx from .ts."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        copy = self._folder / f"{self._copies}{ending if ending.isascii() else ''}"
        self._copies += 1
        copy.write_bytes(text)
        return os.path.abspath(copy)


def _read(file: str, size: int = -1) -> bytes:
    """A file's bytes. OSError for what is no file: a FIFO would hang the reader, Semgrep skips a folder in silence."""
    with open(file, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(0, "not a regular file")
        return stream.read(size)


def _valid(data: bytes) -> bytes:
    """The same text as valid UTF-8: the same object if it is, else of the same length unless it is UTF-16."""
    if data.isascii():
        return data
    if is_utf16(data):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape").encode("utf-8", "replace")
    return data


def _encodable(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _scripts(text: bytes) -> tuple[str, str, bytes]:
    """The language of a component's scripts, the ending for it, and the text with everything else blanked out."""
    lower, at = text.lower(), 0
    language, ending = "javascript", ".js"
    kept = bytearray(text.translate(_BLANK))
    while (tag := lower.find(b"<script", at)) >= 0 and (start := lower.find(b">", tag)) >= 0:
        end = lower.find(b"</script", start)
        end = len(text) if end < 0 else end
        if typed := _TYPESCRIPT.search(lower, tag, start):
            language, ending = "typescript", ".tsx" if typed[1] else ".ts"
        kept[start + 1 : end] = text[start + 1 : end]
        at = end
    return language, ending, bytes(kept)
