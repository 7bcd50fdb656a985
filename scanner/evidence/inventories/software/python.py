"""Python: requirements files, poetry.lock, uv.lock, Pipfile.lock, pyproject.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

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
from scanner.model import Json, Place

_HASH = re.compile(r"--hash[= ](\w+):([0-9a-fA-F]+)")
_OPTION = re.compile(r"\s--?[a-z][\w-]*(?:[= ].*)?$")
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_DEVELOPMENT = re.compile(r"(?:^|[/_.-])(?:dev|develop|development|test|tests|testing|lint|docs?|typing)(?:[/_.-]|$)")
_FIXED = re.compile(r"={2,3}\s*([^\s,*]+)")


def requirements(reading: Reading) -> Iterator[Row]:
    """A requirements file of pip, hashes included. Files it names are read where the scan has them."""
    scope = "development" if _DEVELOPMENT.search(reading.path.removesuffix(".txt")) else "required"
    for number, line in _logical_lines(reading):
        digests = _HASH.findall(line)
        written = _OPTION.sub("", _COMMENT.sub("", _HASH.sub("", line))).strip()
        if not written or written.startswith(("-r", "-c", "--")):
            continue
        if written.startswith(("-e", ".", "/")):
            continue  # somebody's folder: its own manifest names it
        row = _required(written, reading.line(number), scope, digests)
        if row:
            yield row
        else:
            reading.limit("a requirement that cannot be read", number)


def _logical_lines(reading: Reading) -> Iterator[tuple[int, str]]:
    start, held = 0, ""
    for number, line in enumerate(reading.source.text.splitlines(), 1):
        start = start or number
        if line.lstrip().startswith("#"):
            line = ""  # noqa: PLW2901 - pip ends no continuation at a comment
        if line.endswith("\\"):
            held += line[:-1] + " "
            continue
        yield start, held + line
        start, held = 0, ""
    if held:
        yield start, held


def _required(written: str, place: Place, scope: str, digests: list[tuple[str, str]] | None = None) -> Row | None:
    try:
        requirement = Requirement(written)
    except InvalidRequirement:
        return None
    name, asked = str(canonicalize_name(requirement.name)), str(requirement.specifier)
    fixed = _FIXED.fullmatch(asked)
    version = fixed[1] if fixed else ""
    asked = "" if fixed else requirement.url or asked or "any version"
    hashes = hexadecimal(*digests[0]) if digests and len(digests) == 1 else {}
    item = SoftwareItem(
        requirement.name,
        version,
        purl("pypi", name, version),
        place,
        scope,
        hashes=hashes,
        constraint=asked,
        digests=len(digests or ()),
    )
    return Row(name, item)


def pyproject(reading: Reading) -> Iterator[Row]:
    """The project itself, and what it asks for: PEP 621, PEP 735, Poetry."""
    data = reading.toml()
    project = mapping(data.get("project"))
    poetry = mapping(mapping(data.get("tool")).get("poetry"))
    name = text(project.get("name")) or text(poetry.get("name"))
    if name:
        version = text(project.get("version")) or text(poetry.get("version"))
        licence = project.get("license", poetry.get("license"))
        yield Row(
            "",
            SoftwareItem(
                name,
                version,
                purl("pypi", str(canonicalize_name(name)), version),
                reading.place(name),
                bespoke=True,
                licence=text(licence) or text(mapping(licence).get("text")),
            ),
        )
    groups = [("required", project.get("dependencies"))]
    groups += [("required", group) for group in mapping(project.get("optional-dependencies")).values()]
    groups += [("development", group) for group in mapping(data.get("dependency-groups")).values()]
    for scope, group in groups:
        for written in filter(None, map(text, listed(group))):
            row = _required(written, reading.place(written), scope)
            if row:
                yield row
            else:
                reading.limit("a dependency that cannot be read")
    yield from _poetry(reading, poetry)


def _poetry(reading: Reading, poetry: Mapping[str, Json]) -> Iterator[Row]:
    groups = [("required", poetry.get("dependencies")), ("development", poetry.get("dev-dependencies"))]
    for title, group in mapping(poetry.get("group")).items():
        groups.append(("development" if _DEVELOPMENT.search(title) else "required", mapping(group).get("dependencies")))
    for scope, group in groups:
        for name, asked in mapping(group).items():
            if name != "python":
                wanted = text(asked) or text(mapping(asked).get("version")) or "any version"
                version, constraint = exact(wanted)
                key = str(canonicalize_name(name))
                item = SoftwareItem(
                    name, version, purl("pypi", key, version), reading.place(name), scope, constraint=constraint
                )
                yield Row(key, item)


def lock(reading: Reading) -> Iterator[Row]:
    """poetry.lock and uv.lock: both list [[package]]."""
    for package in mappings(reading.toml().get("package")):
        name, version = text(package.get("name")), text(package.get("version"))
        if not name:
            reading.limit("a package without a name")
            continue
        key = str(canonicalize_name(name))
        origin = mapping(package.get("source"))
        files = [*mappings(package.get("files")), *mappings(package.get("wheels")), mapping(package.get("sdist"))]
        digests = [text(file.get("hash")) for file in files if file.get("hash")]
        needs = package.get("dependencies")
        names: Iterable[str] = (
            needs if isinstance(needs, dict) else (text(need.get("name")) for need in mappings(needs))
        )
        groups = [text(package.get("category")), *map(text, listed(package.get("groups")))]
        required = not any(groups) or any(group in ("main", "default") for group in groups)
        item = SoftwareItem(
            name,
            version,
            purl("pypi", key, version),
            reading.place("[[package]]", f'name = "{name}"'),
            "required" if required else "development",
            bespoke=any(origin.get(kind) is not None for kind in ("virtual", "editable")),
            hashes=hexadecimal(*digests[0].partition(":")[::2]) if len(digests) == 1 else {},
            digests=len(digests),
        )
        yield Row(key, item, tuple(str(canonicalize_name(need)) for need in names))


def pipfile_lock(reading: Reading) -> Iterator[Row]:
    """Pipfile.lock: `default` and `develop`."""
    data = reading.json()
    for group, scope in (("default", "required"), ("develop", "development")):
        for name, entry in mapping(data.get(group)).items():
            fixed = _FIXED.fullmatch(text(mapping(entry).get("version")))
            version = fixed[1] if fixed else ""
            digests = [text(digest) for digest in listed(mapping(entry).get("hashes"))]
            key = str(canonicalize_name(name))
            item = SoftwareItem(
                name,
                version,
                purl("pypi", key, version),
                reading.place(f'"{name}"'),
                scope,
                hashes=hexadecimal(*digests[0].partition(":")[::2]) if len(digests) == 1 else {},
                constraint="" if version else "no version in the lock file",
                digests=len(digests),
            )
            yield Row(key, item)
