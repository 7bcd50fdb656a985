""".NET: packages.lock.json, PackageReference in projects, Directory.Packages.props."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from scanner.evidence.inventories.software.rows import Reading, Row, hexadecimal, mapping, purl, text
from scanner.evidence.inventories.software.xml_tree import Element, parse
from scanner.evidence.model import SoftwareItem

_FIXED = re.compile(r"\[\s*([^,\]\s]+)\s*\]")


def lock(reading: Reading) -> Iterator[Row]:
    """Every framework's packages; projects of the solution have manifests of their own."""
    for framework, packages in mapping(reading.json().get("dependencies")).items():
        for name, entry in mapping(packages).items():
            entry = mapping(entry)  # noqa: PLW2901 - only what is a mapping
            version = text(entry.get("resolved"))
            if entry.get("type") == "Project" or not version:
                continue
            hashes = hexadecimal("sha512", text(entry.get("contentHash")))
            item = SoftwareItem(
                name,
                version,
                purl("nuget", name, version),
                reading.place(f'"{name}"'),
                hashes=hashes,
                digests=len(hashes),
            )
            needs = tuple(f"{framework}:{need}" for need in mapping(entry.get("dependencies")))
            yield Row(f"{framework}:{name}", item, needs)


def project(reading: Reading) -> Iterator[Row]:
    """The project itself and its PackageReferences. A plain version is a lower bound to NuGet: stated as one."""
    own = parse(reading.source)
    name = next(own.all("PropertyGroup", "AssemblyName"), None)
    title = name.text if name and "$(" not in name.text else os.path.splitext(os.path.basename(reading.path))[0]
    version = own.value("PropertyGroup", "Version")
    version = "" if "$(" in version else version
    yield Row("", SoftwareItem(title, version, purl("nuget", title, version), reading.line(own.line), bespoke=True))
    central = _central(reading)
    for reference in own.all("ItemGroup", "PackageReference"):
        name_of = reference.attributes.get("Include", "")
        if not name_of:
            continue
        asked = _version(reference) or central.get(name_of.lower(), "")
        fixed = _FIXED.fullmatch(asked)
        constraint = "given elsewhere" if not asked else asked if asked[0] in "[($" or "*" in asked else f">={asked}"
        private = (reference.attributes.get("PrivateAssets") or reference.value("PrivateAssets")).lower() == "all"
        item = SoftwareItem(
            name_of,
            fixed[1] if fixed else "",
            purl("nuget", name_of, fixed[1] if fixed else ""),
            reading.line(reference.line),
            "development" if private else "required",
            constraint="" if fixed else constraint,
        )
        yield Row(name_of, item)


def _version(element: Element) -> str:
    keys = ("VersionOverride", "Version")
    return next(filter(None, (element.attributes.get(key) or element.value(key) for key in keys)), "").strip()


def _central(reading: Reading) -> dict[str, str]:
    folder = os.path.dirname(reading.path)
    while True:
        path = os.path.join(folder, "Directory.Packages.props")
        if path in reading.others:
            return {
                one.attributes.get("Include", "").lower(): _version(one)
                for one in parse(reading.others[path]).all("ItemGroup", "PackageVersion")
            }
        if not folder:
            return {}
        folder = os.path.dirname(folder)
