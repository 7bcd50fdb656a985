"""Terraform: locked providers, and modules from registries and repositories."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.evidence.inventories.software.rows import Reading, Row, exact, purl
from scanner.evidence.model import SoftwareItem

_BLOCK = re.compile(r'^[ \t]*(provider|module)[ \t]+"([^"\n]+)"[ \t]*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}', re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?:#|//).*$", re.MULTILINE)
_SETTING = re.compile(r'^[ \t]*(\w+)[ \t]*=[ \t]*"([^"\n]*)"', re.MULTILINE)
_HASH = re.compile(r'"(?:h1|zh):[^"]+"')


def lock(reading: Reading) -> Iterator[Row]:
    """.terraform.lock.hcl: every provider with its version."""
    blocks = [match for match in _BLOCK.finditer(reading.source.text) if match[1] == "provider"]
    if len(blocks) != len(re.findall(r"^provider\b", reading.source.text, re.MULTILINE)):
        reading.limit("a provider that cannot be read")
    for match in blocks:
        version = dict(_SETTING.findall(match[3])).get("version", "")
        name = match[2].removeprefix("registry.terraform.io/")
        item = SoftwareItem(
            match[2],
            version,
            purl("terraform", name, version),
            reading.at(match.start(2), match.end(2)),
            constraint="" if version else "no version in the lock file",
            digests=len(_HASH.findall(match[3])),
        )
        yield Row(name, item)


def modules(reading: Reading) -> Iterator[Row]:
    """Calls of modules that are not folders of the project."""
    for match in _BLOCK.finditer(reading.source.text):
        settings = dict(_SETTING.findall(_COMMENT.sub("", match[3]))) if match[1] == "module" else {}
        source = settings.get("source", "")
        if not source or source.startswith(("./", "../", "/")):
            continue
        address, _, query = source.partition("?")
        reference = re.search(r"(?:^|&)ref=([^&]+)", query)
        version, constraint = exact(settings.get("version", "")) if settings.get("version") else ("", "any version")
        if reference:
            version, constraint = reference[1], ""
        start = match.start(3) + match[3].index(source)
        name = re.sub(r"^(?:git::)?(?:\w+://)?(?:[^/@]+@)?", "", address).replace(":", "/").strip("/")
        item = SoftwareItem(
            name,
            version,
            purl("terraform", name, version),
            reading.at(start, start + len(source)),
            constraint=constraint,
        )
        yield Row(name, item)
