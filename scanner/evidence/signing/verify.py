"""Whether a bundle is still what was written, and who signed it. Works offline, and reads nothing outside of it.

Trusted is only what a key given by the caller signed: a bundle cannot vouch for itself.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scanner.errors import UsageError
from scanner.evidence.signing import dsse, manifest, timestamp
from scanner.evidence.signing.statement import PREDICATE, REVISION, STATEMENT
from scanner.evidence.signing.strict_json import loads
from scanner.model import Json

if TYPE_CHECKING:
    from scanner.evidence.signing.keys import TrustedKey

_BESIDE = frozenset({manifest.NAME, dsse.NAME, timestamp.NAME})
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LARGEST = 16 * 1024 * 1024
_LARGEST_LISTED = 4 * 1024**3
_MANY_FILES = 1_000


class Verdict(NamedTuple):
    """`problems`: what is wrong, each naming its file. `signed_by`: the trusted key's id, "" without one.

    `files`: how many were compared. `said`: what else is to be known.
    """

    problems: tuple[str, ...]
    signed_by: str
    files: int
    said: tuple[str, ...]


def verify(
    folder: Path,
    keys: Sequence[TrustedKey] = (),
    authorities: Sequence[Path] = (),
    *,
    require_signature: bool = False,
) -> Verdict:
    """Compares every file. UsageError: there is no such folder, or a certificate cannot be read."""
    if folder.is_symlink() or not folder.is_dir():
        raise UsageError(f"{folder}: is no folder; name the one that holds {manifest.NAME}")
    problems: list[str] = []
    said: list[str] = []
    listed = _listed(folder, problems)
    actual = _actual(folder, listed, problems)
    problems += _compared(listed, actual)
    signed_by = _signature(folder, actual, keys, problems, said)
    _stamp(folder, actual, authorities, problems, said)
    if require_signature and not signed_by and not problems:
        problems.append("it is unsigned: no trusted key (--key) signed it")
    return Verdict(tuple(problems), signed_by, len(listed), tuple(said))


def _listed(folder: Path, problems: list[str]) -> dict[str, tuple[int, str]]:
    """File -> size and digest, as the manifest has it."""
    try:
        value = loads(_read(folder / manifest.NAME))
        if value["schema"] != manifest.SCHEMA:
            raise ValueError("is no manifest this version reads")
        listed = [(one["name"], one["size"], one["sha256"]) for one in value["files"]]
    except (KeyError, TypeError):
        problems.append(f"{manifest.NAME}: is no manifest")
        return {}
    except (OSError, ValueError) as error:
        why = "is missing or cannot be read" if isinstance(error, OSError) else str(error)
        problems.append(f"{manifest.NAME}: {why}")
        return {}
    return {name: (size, digest) for name, size, digest in _sound(listed, problems)}


def _sound(listed: Sequence[tuple[Json, Json, Json]], problems: list[str]) -> Iterator[tuple[str, int, str]]:
    seen: set[str] = set()
    for name, size, digest in listed[:_MANY_FILES]:
        plain = isinstance(name, str) and _PLAIN.fullmatch(name) and name not in _BESIDE and type(size) is int
        if not plain or not isinstance(digest, str) or not _DIGEST.fullmatch(digest) or name in seen:
            problems.append(f"{manifest.NAME}: lists something that is no file of a bundle, or one twice")
            continue
        seen.add(name)
        yield name, size, digest
    if len(listed) > _MANY_FILES:
        problems.append(f"{manifest.NAME}: lists more than {_MANY_FILES} files")


def _actual(folder: Path, listed: Mapping[str, tuple[int, str]], problems: list[str]) -> dict[str, tuple[int, str]]:
    """File -> size and digest, as they are; "" for a file whose size says already that it is another one.

    Links are not followed. A sparse file of terabytes costs nothing.
    """
    found = {}
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if not entry.is_file(follow_symlinks=False):
            problems.append(f"{entry.name}: is no plain file")
            continue
        try:
            size = entry.stat(follow_symlinks=False).st_size
            told = entry.name in _BESIDE or listed.get(entry.name, (-1, ""))[0] == size
            read = told and size <= (_LARGEST if entry.name in _BESIDE else _LARGEST_LISTED)
            found[entry.name] = (size, manifest.digest_of(Path(entry.path)) if read else "")
        except OSError as error:
            problems.append(f"{entry.name}: cannot be read: {error.strerror}")
            found[entry.name] = (-1, "")
    return found


def _compared(listed: Mapping[str, tuple[int, str]], actual: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    for name, (size, digest) in listed.items():
        if name not in actual:
            yield f"{name}: is missing"
        elif actual[name][0] >= 0 and actual[name] != (size, digest):
            yield f"{name}: was changed (its digest is not the one in the manifest)"
    for name in sorted(actual.keys() - listed.keys() - _BESIDE):
        yield f"{name}: was added (it is not in the manifest)"


def _signature(
    folder: Path,
    actual: Mapping[str, tuple[int, str]],
    keys: Sequence[TrustedKey],
    problems: list[str],
    said: list[str],
) -> str:
    """The id of the key that signed it, "" without."""
    if dsse.NAME not in actual:
        if keys:
            problems.append(f"{dsse.NAME}: is missing: a key was given, and nothing is signed")
        return ""
    try:
        envelope = dsse.opened(_read(folder / dsse.NAME))
        problems += _subjects(envelope.payload, actual)
    except (OSError, ValueError) as error:
        problems.append(f"{dsse.NAME}: {error}")
        return ""
    if not keys:
        said.append("a signature is there, but without --key nobody can say whose it is: the bundle counts as unsigned")
        return ""
    key = dsse.signed_by(envelope, keys)
    if key is None:
        problems.append(f"{dsse.NAME}: was not signed by the given key, or was changed afterwards")
        return ""
    return key.key_id


def _subjects(payload: bytes, actual: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    """What is signed is what is there. Raises ValueError."""
    try:
        value = loads(payload)
        if value["_type"] != STATEMENT or value["predicateType"] != PREDICATE:
            raise ValueError("is no statement about a bundle")
        subjects = {one["name"]: one["digest"].get("sha256", "") for one in value["subject"]}
        if len(subjects) != len(value["subject"]):
            raise ValueError("names a subject twice")
    except (KeyError, TypeError, AttributeError):
        raise ValueError("is no statement about a bundle") from None
    subjects.pop(REVISION, None)
    if not all(isinstance(name, str) for name in subjects):
        raise ValueError("names a subject that is no file")
    for name in sorted(subjects.keys() | (actual.keys() - {dsse.NAME, timestamp.NAME})):
        if subjects.get(name) != actual.get(name, (0, ""))[1]:
            yield f"{name}: is not what was signed"


def _stamp(
    folder: Path,
    actual: Mapping[str, tuple[int, str]],
    authorities: Sequence[Path],
    problems: list[str],
    said: list[str],
) -> None:
    if timestamp.NAME not in actual:
        if authorities:
            problems.append(f"{timestamp.NAME}: is missing: an authority was given, and nothing is time-stamped")
        return
    if not authorities:
        said.append("a time-stamp is there; --tsa-certificate says whether it is of an authority you trust")
        return
    try:
        at = timestamp.stamped(_read(folder / timestamp.NAME), _read(folder / dsse.NAME), list(authorities))
        said.append(f"time-stamped at {at.isoformat()}")
    except (OSError, ValueError) as error:
        problems.append(f"{timestamp.NAME}: {error}")


def _read(file: Path) -> bytes:
    """Raises OSError, ValueError for one that is larger than any of ours, or no plain file: a pipe would hold us up."""
    with open(os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise ValueError("is no plain file")
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError("is too large to be ours")
    return content
