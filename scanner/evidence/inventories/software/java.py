"""Java and Kotlin: pom.xml with its parents in the tree, Gradle lock files, catalogs and literals."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping

from scanner.errors import ParseError
from scanner.evidence.inventories.software.rows import Reading, Row, exact, mapping, purl, text
from scanner.evidence.inventories.software.xml_tree import Element, parse
from scanner.evidence.model import SoftwareItem
from scanner.model import Json, Place

_PROPERTY = re.compile(r"\$\{([^{}]+)\}")
_PARENTS = 20
_GRADLE = re.compile(
    r"""^[ \t]*(\w*(?:[iI]mplementation|[aA]pi|"""
    r"""[cC]ompileOnly|[rR]untimeOnly|[kK]apt|ksp|annotationProcessor|classpath))"""
    r"""[ \t(]+(?:(?:enforcedP|p)latform[ \t]*\()?[ \t]*["']([^"':\s]+):([^"':\s]+)(?::([^"'@:\s]+))?[^"'\n]*["']""",
    re.MULTILINE,
)


def _item(group: str, name: str, asked: str, place: Place, scope: str = "required") -> Row:
    version, constraint = exact(asked) if asked else ("", "given elsewhere")
    if version.endswith("+"):
        version, constraint = "", version
    key = f"{group}:{name}"
    return Row(
        key, SoftwareItem(key, version, purl("maven", f"{group}/{name}", version), place, scope, constraint=constraint)
    )


class _Project:
    """A pom.xml and its parents that are in the tree, nearest first."""

    def __init__(self, reading: Reading) -> None:
        self.own = parse(reading.source)
        self.chain = [self.own]
        path = reading.path
        while len(self.chain) < _PARENTS:
            path = self._parent(path)
            if path not in reading.others:
                break
            self.chain.append(parse(reading.others[path]))
        self.properties: dict[str, str] = {}
        for pom in reversed(self.chain):
            self.properties.update({one.name: one.text for group in pom.all("properties") for one in group.children})
        for name in ("groupId", "artifactId", "version"):
            value = self.given(name)
            self.properties.update({f"project.{name}": value, f"pom.{name}": value})
            self.properties[f"project.parent.{name}"] = self.own.value("parent", name)
        self.managed = {
            (self.filled(one.value("groupId")), self.filled(one.value("artifactId"))): one
            for pom in reversed(self.chain)
            for one in pom.all("dependencyManagement", "dependencies", "dependency")
        }

    def _parent(self, path: str) -> str:
        parent = next(self.chain[-1].all("parent"), None)
        if parent is None:
            return ""
        relative = parent.value("relativePath") or "../pom.xml"
        found = os.path.normpath(os.path.join(os.path.dirname(path), relative))
        return found if found.endswith(".xml") else f"{found}/pom.xml"

    def given(self, name: str) -> str:
        """The project's own, or the one its parent hands down."""
        return self.own.value(name) or self.own.value("parent", name)

    def filled(self, value: str) -> str:
        """With the properties put in that are known; what is not stays as it is written."""
        for _ in range(10):
            more = _PROPERTY.sub(lambda match: self.properties.get(match[1], match[0]), value)
            if more == value or len(more) > 1000:
                break
            value = more
        return value


def pom(reading: Reading) -> Iterator[Row]:
    """The project itself and its dependencies, with versions its parents in the tree manage."""
    project = _Project(reading)
    if project.own.name != "project":
        raise ParseError(reading.path, "not a Maven project", project.own.line)
    group, name = project.filled(project.given("groupId")), project.own.value("artifactId")
    version = project.filled(project.given("version"))
    if name:
        item = SoftwareItem(
            f"{group}:{name}",
            version,
            purl("maven", f"{group}/{name}", version),
            reading.line(project.own.line),
            bespoke=True,
            licence=project.own.value("licenses", "license", "name"),
        )
        yield Row("", item)
    for dependency in [*project.own.all("dependencies", "dependency"), *_plugins(project.own)]:
        yield _dependency(reading, project, dependency)
    if next(project.chain[-1].all("parent"), None):
        parent = next(project.chain[-1].all("parent"))
        yield _item(
            project.filled(parent.value("groupId")),
            parent.value("artifactId"),
            project.filled(parent.value("version")),
            Place(reading.path, reading.line(parent.line if len(project.chain) == 1 else 1).span),
            "required",
        )
    for imported in project.own.all("dependencyManagement", "dependencies", "dependency"):
        if imported.value("scope") == "import":
            reading.limit("versions that an imported bill of materials manages are not known", imported.line)


def _plugins(own: Element) -> Iterator[Element]:
    for plugin in own.all("build", "plugins", "plugin"):
        if plugin.value("groupId"):
            plugin.children.append(Element("scope", {}, plugin.line, "test"))
            yield plugin


def _dependency(reading: Reading, project: _Project, dependency: Element) -> Row:
    group, name = (project.filled(dependency.value(part)) for part in ("groupId", "artifactId"))
    managed = project.managed.get((group, name))
    version = dependency.value("version") or (managed.value("version") if managed else "")
    scope = dependency.value("scope") or (managed.value("scope") if managed else "")
    return _item(
        group,
        name,
        project.filled(version),
        reading.line(dependency.line),
        "development" if scope == "test" else "required",
    )


def gradle_lock(reading: Reading) -> Iterator[Row]:
    """Lines of group:name:version=configuration,configuration."""
    for number, line in enumerate(reading.source.text.splitlines(), 1):
        if not line.strip() or line.startswith(("#", "empty=")):
            continue
        module, sign, configurations = line.strip().partition("=")
        parts = module.split(":")
        if not sign or len(parts) != 3:
            reading.limit("a line that cannot be read", number)
            continue
        tests = all("test" in one.lower() for one in configurations.split(","))
        yield _item(parts[0], parts[1], parts[2], reading.line(number), "development" if tests else "required")


def catalog(reading: Reading) -> Iterator[Row]:
    """A version catalog: [versions], and [libraries] that refer to them."""
    data = reading.toml()
    versions = mapping(data.get("versions"))
    for alias, library in mapping(data.get("libraries")).items():
        if isinstance(library, str):
            parts = [*library.split(":"), "", ""][:3]
        else:
            module = text(mapping(library).get("module"))
            group, _, name = module.partition(":")
            parts = [group or text(mapping(library).get("group")), name or text(mapping(library).get("name"))]
            parts.append(_catalog_version(mapping(library).get("version"), versions))
        if parts[0] and parts[1]:
            yield _item(parts[0], parts[1], parts[2], reading.place(alias))
        else:
            reading.limit("a library without group or name")


def _catalog_version(given: Json, versions: Mapping[str, Json]) -> str:
    if isinstance(given, dict) and "ref" in given:
        given = versions.get(text(given["ref"]))
    if isinstance(given, dict):
        given = given.get("strictly") or given.get("require") or given.get("prefer")
    return text(given)


def gradle(reading: Reading) -> Iterator[Row]:
    """What build scripts write out as "group:name:version"; a version made by code stays as it is written."""
    for match in _GRADLE.finditer(reading.source.text):
        scope = "development" if match[1].lower().startswith(("test", "androidtest")) else "required"
        yield _item(match[2], match[3], match[4] or "", reading.at(match.start(2), match.end()), scope)
    if reading.source.text.strip():
        reading.limit("a build script is not run: only dependencies written out in it are known")
