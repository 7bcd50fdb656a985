"""Endless cases for one input: mutated files under the names the input claims, alone or beside others."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

from tests.fuzz.mutate import mutated
from tests.fuzz.seeds import Seed, collect


def cases(name: str, seed: int | str) -> Iterator[dict[str, bytes]]:
    """Path -> content. The same for the same seed, however long one goes on."""
    seeds, random = collect(name), Random(f"{name}:{seed}")  # noqa: S311 - nothing secret
    while seeds:
        yield _case(seeds, random)


def _case(seeds: Sequence[Seed], random: Random) -> dict[str, bytes]:
    first = random.choice(seeds)
    files = {first.path: mutated(first.data, random.choice(seeds).data, random)}
    for number in range(random.choice((0, 0, 0, 1, 2))):
        other = random.choice(seeds)
        data = mutated(other.data, first.data, random) if random.random() < 0.5 else other.data
        files[_beside(first.path, other.path, number)] = data
    return files


def _beside(path: str, other: str, number: int) -> str:
    """The other file in the same folder, under a name of its own."""
    folder, name = posixpath.dirname(path), posixpath.basename(other)
    found = posixpath.join(folder, name)
    return found if found != path else posixpath.join(folder, f"other{number}{posixpath.splitext(name)[1]}")


def minimised(files: Mapping[str, bytes], fails: Callable[[Mapping[str, bytes]], bool]) -> dict[str, bytes]:
    """Fewer files and fewer bytes that still fail; `fails` is asked at most a few hundred times."""
    found, asked = dict(files), 0
    for path in list(found):
        fewer = {other: data for other, data in found.items() if other != path}
        if fewer and fails(fewer):
            found = fewer
    for path in list(found):
        for separator in (b"\n", b""):
            size = max(1, len(_parts(found[path], separator)) // 2)
            while size and asked < 400:
                parts, at = _parts(found[path], separator), 0
                while at < len(parts) and asked < 400:
                    shorter = parts[:at] + parts[at + size :]
                    asked += 1
                    if fails({**found, path: separator.join(shorter)}):
                        parts = shorter
                        found[path] = separator.join(parts)
                    else:
                        at += size
                size //= 2
    return found


def _parts(data: bytes, separator: bytes) -> list[bytes]:
    return data.split(separator) if separator else [data[at : at + 1] for at in range(len(data))]
