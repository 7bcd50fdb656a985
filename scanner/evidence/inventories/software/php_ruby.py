"""PHP: composer.lock and composer.json. Ruby: Gemfile.lock."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.evidence.inventories.software.rows import (
    Reading,
    Row,
    exact,
    hexadecimal,
    listed,
    mapping,
    mappings,
    purl,
    text,
)
from scanner.evidence.model import SoftwareItem

_SPEC = re.compile(r"( {4}| {6})([A-Za-z0-9_.\-]+)(?: \((.*)\))?!?")
_CHECKSUM = re.compile(r" {2}(\S+) \(([^)]+)\) sha256=([0-9a-f]{64})")
_PLATFORM = re.compile(r"-(?:x86|x64|arm|aarch64|java|universal|mingw|mswin)[\w.\-]*$")


def composer_lock(reading: Reading) -> Iterator[Row]:
    """`packages` and `packages-dev`."""
    data = reading.json()
    for group, scope in (("packages", "required"), ("packages-dev", "development")):
        for package in mappings(data.get(group)):
            name, version = text(package.get("name")), text(package.get("version"))
            if not name:
                reading.limit("a package without a name")
                continue
            licences = [text(one) for one in listed(package.get("license"))]
            hashes = hexadecimal("sha1", text(mapping(package.get("dist")).get("shasum")))
            item = SoftwareItem(
                name,
                version,
                purl("composer", name, version),
                reading.place(f'"name": "{name}"'),
                scope,
                licence=licences[0] if len(licences) == 1 else f"({' OR '.join(licences)})" if licences else "",
                hashes=hashes,
                digests=len(hashes),
            )
            yield Row(name, item, tuple(mapping(package.get("require"))))


def composer(reading: Reading) -> Iterator[Row]:
    """The project itself and what it asks for; extensions and PHP are the machine's."""
    data = reading.json()
    name, version = text(data.get("name")), text(data.get("version"))
    if name:
        item = SoftwareItem(name, version, purl("composer", name, version), reading.place(f'"{name}"'), bespoke=True)
        yield Row("", item)
    for group, scope in (("require", "required"), ("require-dev", "development")):
        for need, asked in mapping(data.get(group)).items():
            if "/" in need:
                fixed, constraint = exact(text(asked))
                item = SoftwareItem(
                    need, fixed, purl("composer", need, fixed), reading.place(f'"{need}"'), scope, constraint=constraint
                )
                yield Row(need, item)


def gemfile_lock(reading: Reading) -> Iterator[Row]:
    """Specs of every source; what lies at a PATH is the project's own. Groups are not in the lock: all is required."""
    section, rows = "", []
    needs: dict[str, list[str]] = {}
    checksums: dict[tuple[str, str], str] = {}
    for number, line in enumerate(reading.source.text.splitlines(), 1):
        if line and not line.startswith(" "):
            section = line.strip()
            continue
        checksum = _CHECKSUM.fullmatch(line) if section == "CHECKSUMS" else None
        if checksum:
            checksums[checksum[1], checksum[2]] = checksum[3]
        spec = _SPEC.fullmatch(line) if section in ("GEM", "GIT", "PATH") else None
        if spec and len(spec[1]) == 4:
            rows.append((number, spec[2], spec[3] or "", section == "PATH"))
        elif spec and rows:
            needs.setdefault(rows[-1][1], []).append(spec[2])
    if not rows and reading.source.text.strip():
        reading.limit("no gems could be read in it")
    for number, name, locked, own in rows:
        version = _PLATFORM.sub("", locked)
        hashes = hexadecimal("sha256", checksums.get((name, locked), ""))
        item = SoftwareItem(
            name,
            version,
            purl("gem", name, version),
            reading.line(number),
            bespoke=own,
            hashes=hashes,
            digests=len(hashes),
        )
        yield Row(name, item, tuple(needs.get(name, ())))
