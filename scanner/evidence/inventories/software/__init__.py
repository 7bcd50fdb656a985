"""The software inventory of 6.3.2, from manifests and lock files alone: nothing is executed, nothing fetched.

A version is stated only where something fixes it; else `constraint` says what is asked for, unless a lock file of the
same folder or of one above it tells the version. What cannot be read is a limit with the file's name, never silent.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from packageurl import PackageURL

from scanner.cards import luhn_valid
from scanner.errors import ParseError
from scanner.evidence.inventories.software import dotnet, go, images, java, javascript, php_ruby, python, terraform
from scanner.evidence.inventories.software.rows import Reading, Row
from scanner.evidence.model import SoftwareItem
from scanner.files import EXCLUDED, LINK, VENDORED
from scanner.masking import mask
from scanner.model import Problem, ScanResult
from scanner.text import Source

MAX_SIZE = 20 << 20
"""Bytes of a manifest or lock file where nobody says otherwise."""

Reader = Callable[[Reading], Iterable[Row]]
READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (
            r"(?:.*requirements[^/]*|requirements/[^/]+|.*/requirements/[^/]+|.*constraints[^/]*)\.txt",
            python.requirements,
        ),
        (r"(?:.*/)?(?:poetry|uv)\.lock", python.lock),
        (r"(?:.*/)?Pipfile\.lock", python.pipfile_lock),
        (r"(?:.*/)?pyproject\.toml", python.pyproject),
        (r"(?:.*/)?(?:package-lock|npm-shrinkwrap)\.json", javascript.npm_lock),
        (r"(?:.*/)?yarn\.lock", javascript.yarn_lock),
        (r"(?:.*/)?pnpm-lock\.yaml", javascript.pnpm_lock),
        (r"(?:.*/)?package\.json", javascript.package),
        (r"(?:.*/)?pom\.xml", java.pom),
        (r"(?:.*/)?gradle\.lockfile", java.gradle_lock),
        (r"(?:.*/)?[^/]*\.versions\.toml", java.catalog),
        (r"(?:.*/)?build\.gradle(?:\.kts)?", java.gradle),
        (r"(?:.*/)?go\.mod", go.module),
        (r"(?:.*/)?packages\.lock\.json", dotnet.lock),
        (r".*\.(?:cs|fs|vb)proj", dotnet.project),
        (r"(?:.*/)?composer\.lock", php_ruby.composer_lock),
        (r"(?:.*/)?composer\.json", php_ruby.composer),
        (r"(?:.*/)?Gemfile\.lock", php_ruby.gemfile_lock),
        (r"(?:.*/)?\.terraform\.lock\.hcl", terraform.lock),
        (r".*\.tf", terraform.modules),
        (r"(?:.*/)?\.github/workflows/[^/]+\.ya?ml", images.workflow),
        (r".*\.ya?ml", images.manifests),
        (
            r"(?:.*/)?(?:(?:Docker|Container)file(?:[.\-_][^/]*)?|[^/]+\.(?:[Dd]ocker|[Cc]ontainer)file)",
            images.dockerfile,
        ),
    )
)
_SUPPORT = re.compile(r"(?:.*/)?Directory\.(?:Packages|Build)\.props")
_UNREAD = re.compile(
    r"(?:.*/)?(?:bun\.lockb?|pdm\.lock|Cargo\.(?:lock|toml)|mix\.lock|Gemfile|Pipfile|setup\.(?:py|cfg))"
)
_LOCK = re.compile(
    r"(?:.*/)?(?:[^/]*\.lock(?:\.json|\.hcl)?|[^/]*-lock\.(?:json|yaml)|npm-shrinkwrap\.json|gradle\.lockfile)"
)
_PSEUDO = re.compile(
    r"(.*[-.])((?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d)(-[0-9a-f]{12}.*)"
)
_DATED = re.compile(r"(?:\d{1,4}\.){1,3}20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_DIGEST = re.compile(r"(?:sha256:)?[0-9a-f]{32,128}")


class Inventory(NamedTuple):
    """Sorted and masked. `limits`: what it does not hold, and which file that is about; none is fatal."""

    items: tuple[SoftwareItem, ...]
    limits: tuple[Problem, ...]


def items(root: Path, paths: Iterable[str]) -> tuple[SoftwareItem, ...]:
    """Only the components of `inventory`."""
    return inventory(root, paths).items


def paths_of(result: ScanResult) -> tuple[str, ...]:
    """Files of a scan that may be manifests: lock files no rule looks at as well, never vendored or excluded ones."""
    left_out = (VENDORED, EXCLUDED, LINK)
    skipped = (file.path for file in result.skipped if not file.reason.startswith(left_out))
    return tuple(sorted({*(file.path for file in result.analysed), *skipped}))


def inventory(root: Path, paths: Iterable[str], max_size: int = MAX_SIZE) -> Inventory:
    """The components that the manifests among the paths (relative to `root`) name."""
    sources: dict[str, Source] = {}
    limits: list[Problem] = []
    for path in sorted(set(paths)):
        if _reader(path) or _SUPPORT.fullmatch(path):
            read = _read(root, path, max_size)
            if isinstance(read, Problem):
                limits.append(read)
            else:
                sources[path] = read
        elif _UNREAD.fullmatch(path):
            limits.append(Problem(path, "manifests of this kind are not read for the software inventory", fatal=False))
    found: list[SoftwareItem] = []
    for path, source in sources.items():
        reader = _reader(path)
        if reader is not None:
            reading = Reading(source, sources)
            found += _merged(_rows(reader, reading))
            limits += reading.limits
    kept = _without_locked(found)
    return Inventory(
        tuple(sorted(map(_masked, kept), key=_order)),
        tuple(sorted({limit._replace(path=mask(limit.path), message=mask(limit.message)) for limit in limits})),
    )


def _order(item: SoftwareItem) -> tuple[object, ...]:
    return (item.purl, item.name, item.version, item.place, item.constraint)


def _reader(path: str) -> Reader | None:
    return next((reader for pattern, reader in READERS if pattern.fullmatch(path)), None)


def _read(root: Path, path: str, max_size: int) -> Source | Problem:
    base = os.path.realpath(root)
    file = os.path.join(base, path)
    try:
        if os.path.realpath(file) != os.path.normpath(file) or not file.startswith(base):
            return Problem(path, "link, not followed: not in the software inventory", fatal=False)
        status = os.lstat(file)
        if not stat.S_ISREG(status.st_mode):
            return Problem(path, "no regular file: not in the software inventory", fatal=False)
        with open(file, "rb") as stream:
            data = stream.read(max_size + 1)
    except OSError as error:
        return Problem(path, f"cannot be read ({error.strerror}): not in the software inventory", fatal=False)
    if len(data) > max_size:
        return Problem(path, f"larger than {max_size} bytes: not in the software inventory", fatal=False)
    return Source(path, data)


def _rows(reader: Reader, reading: Reading) -> list[Row]:
    try:
        return list(reader(reading))
    except ParseError as error:
        reading.limit(f"{error.message}: its components are not in the software inventory", error.line)
    except ValueError:  # of packageurl: a name that none can have
        reading.limit("names a package as none can be named: its components are not in the software inventory")
    return []


def _merged(rows: list[Row]) -> Iterable[SoftwareItem]:
    """One item for a package and version of one file; what is required anywhere is required."""
    purls = {row.key: row.item.purl for row in rows}
    merged: dict[tuple[str, str], SoftwareItem] = {}
    for row in rows:
        depends = {purls[key] for key in row.needs if key in purls}
        identity = (row.item.purl, row.item.constraint)
        earlier = merged.get(identity)
        scope = "required" if earlier and earlier.scope == "required" else row.item.scope
        depends.update(earlier.depends if earlier else ())
        merged[identity] = (earlier or row.item)._replace(
            scope=scope,
            depends=tuple(sorted(depends - {row.item.purl})),
            licence=row.item.licence or (earlier.licence if earlier else ""),
        )
    return merged.values()


def _without_locked(found: list[SoftwareItem]) -> list[SoftwareItem]:
    """Without the ranges of manifests whose version a lock file of that folder, or of one above it, tells."""
    locked = {
        (os.path.dirname(item.place.path), _unversioned(item))
        for item in found
        if item.version and _LOCK.fullmatch(item.place.path)
    }
    return [item for item in found if item.version or item.bespoke or not _is_locked(item, locked)]


def _is_locked(item: SoftwareItem, locked: set[tuple[str, str]]) -> bool:
    folder, name = os.path.dirname(item.place.path), _unversioned(item)
    while (folder, name) not in locked:
        if not folder:
            return False
        folder = os.path.dirname(folder)
    return True


def _unversioned(item: SoftwareItem) -> str:
    parsed = PackageURL.from_string(item.purl)
    return f"{parsed.type}/{parsed.namespace or ''}/{parsed.name}"


def _masked(item: SoftwareItem) -> SoftwareItem:
    return item._replace(
        name=mask(item.name),
        version=shown(item.version),
        purl=_shown_purl(item.purl),
        place=item.place._replace(path=mask(item.place.path)),
        licence=mask(item.licence),
        constraint=shown(item.constraint),
        hashes={algorithm: digest for algorithm, digest in sorted(item.hashes.items()) if shown(digest) == digest},
        depends=tuple(map(_shown_purl, item.depends)),
    )


def _shown_purl(purl: str) -> str:
    front, at, version = purl.rpartition("@")
    if not at:
        return mask(purl)
    version, mark, more = version.partition("?")
    return f"{mask(front)}@{shown(version.replace('%3A', ':')).replace(':', '%3A')}{mark}{mask(more)}"


def shown(version: str) -> str:
    """A version, masked. A date at its end, the time in a Go pseudo-version and a digest only look like card numbers.

    A digest that happens to hold what passes for one is masked, too (`_masked` leaves such a hash out).
    """
    pseudo = _PSEUDO.fullmatch(version)
    if pseudo:
        return f"{mask(pseudo[1])}{pseudo[2]}{mask(pseudo[3])}"
    if _DATED.fullmatch(version) and not _holds_card(version.replace(".", "")):
        return version
    if _DIGEST.fullmatch(version) and not _holds_card(version):
        return version
    return mask(version)


def _holds_card(digest: str) -> bool:
    runs = re.findall(r"[0-9]{12,}", digest)
    return any(
        luhn_valid(run[start : start + length])
        for run in runs
        for length in range(13, 20)
        for start in range(len(run) - length + 1)
        if run[start] in "3456"
    )
