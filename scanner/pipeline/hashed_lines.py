"""The line fingerprints of findings, in copies of this process where there is much to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing

from scanner import forked
from scanner.line_hash import hashes_of_lines
from scanner.masking import mask
from scanner.model import Finding, Json
from scanner.passwords import hidden
from scanner.pipeline.examine import Reader
from scanner.pipeline.shared_out import answers

_MUCH = 1024 * 1024
"""Bytes of text from which on copies are worth it: about half a second's work."""


def hashed_lines(reported: Iterable[Finding], reader: Reader, jobs: int) -> dict[tuple[str, int], str]:
    """(path, line) -> the CodeQL-style hash of every line with a finding, over the masked file."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for found in reported:
        wanted[found.place.path].add(found.place.span.line)
    sizes = {path: len(source.text) for path in sorted(wanted) if (source := reader(path))}

    def hashed(path: Json) -> Json:
        source = reader(path)
        hashes = hashes_of_lines(mask(hidden(source.text, path)), wanted[path]) if source else {}
        return list(hashes.items())

    found_there: dict[str, Json] = {}
    if jobs > 1 and forked.POSSIBLE and sum(sizes.values()) >= _MUCH:
        largest_first = sorted(sizes, key=lambda path: -sizes[path])
        with closing(answers(hashed, largest_first, jobs)) as given:
            found_there = {path: answer for path, answer, ended in given if not ended}
    return {
        (path, line): value
        for path in sizes
        for line, value in (found_there[path] if path in found_there else hashed(path))
    }
