"""From directives to levels: the main server, virtual hosts, sections in them, with includes put in."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from scanner.directives import Budget, Directive, Settings
from scanner.directives.includes import Files, Splicer

INHERITED = frozenset(
    {
        "sslengine", "sslprotocol", "sslciphersuite", "sslopensslconfcmd", "sslproxyengine", "sslproxyprotocol",
        "sslproxyciphersuite", "sslproxyverify", "sslproxycheckpeername", "sslproxycheckpeercn",
        "sslproxycheckpeerexpire", "sslproxycacertificatefile", "sslproxycacertificatepath", "customlog", "globallog",
        "transferlog", "requestheader", "ldaptrustedmode",
    }
)  # fmt: skip
"""What a virtual host takes over from the main server, and a section from what it stands in."""

_TRANSPARENT = frozenset(
    {
        "ifmodule", "ifdefine", "ifversion", "iffile", "ifdirective", "ifsection", "if", "elseif", "else", "macro",
    }
)  # fmt: skip
"""Sections whose content is taken as if it always held."""
_ELSEWHERE = frozenset({"mime.types", "magic"})


@dataclass
class Level:
    """A server or section with what is in effect in it.

    `directive`: None for the server around all. `missing`: files that are included and not here, in it or around it.
    `chain`: the files it lies in, which are not included in it again.
    """

    directive: Directive | None
    settings: Settings
    missing: tuple[str, ...] = ()
    chain: frozenset[str] = frozenset()
    server: Level | None = None


@dataclass
class Reader:
    """Walks the configuration that begins with `root`. `parsed`: file -> its directives."""

    root: str
    parsed: Mapping[str, list[Directive]]
    files: Files
    budget: Budget

    def levels(self) -> Iterator[Level]:
        """The main server, then everything in it, outer levels first. TooMuchError where includes multiply."""
        chain = frozenset({self.root})
        directives, missing = self._splicer.splice(self.parsed.get(self.root, []), chain)
        main = Level(None, Settings().below(_plain(directives), ()), missing, chain)
        main.server = main
        yield main
        waiting = deque([(directives, main)])
        while waiting:
            block, outer = waiting.popleft()
            for one in block:
                if one.block is None:
                    continue
                chain = outer.chain | {one.head.path}
                inner, more = self._splicer.splice(one.block, chain)
                settings = outer.settings.below(_plain(inner), INHERITED)
                level = Level(one, settings, outer.missing + more, chain, outer.server)
                if one.name == "virtualhost":
                    level.server = level
                yield level
                waiting.append((inner, level))

    @cached_property
    def _splicer(self) -> Splicer:
        return Splicer(
            self.root,
            self.parsed,
            self.files,
            self.budget,
            named_by=("include", "includeoptional"),
            is_harmless=_is_harmless,
            unnamed="a file that a variable names",
            transparent=_TRANSPARENT,
        )


def _plain(block: list[Directive]) -> list[Directive]:
    return [one for one in block if one.block is None]


def _is_harmless(pattern: str) -> bool:
    name = pattern.rpartition("/")[2]
    return name in _ELSEWHERE or "mods-" in pattern or "conf.modules.d" in pattern or pattern.endswith("ports.conf")
