"""From directives to levels: http, server, location, with includes put in and settings inherited."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scanner.directives import Budget, Directive, Settings
from scanner.directives.includes import Files, Splicer

INHERITED = frozenset(
    {
        "ssl_protocols", "ssl_ciphers", "ssl_certificate", "ssl_certificate_key", "ssl_conf_command",
        "ssl_verify_client", "ssl", "proxy_ssl_verify", "proxy_ssl_protocols", "proxy_ssl_ciphers",
        "proxy_ssl_trusted_certificate", "proxy_ssl_name", "grpc_ssl_verify", "grpc_ssl_protocols",
        "grpc_ssl_ciphers", "uwsgi_ssl_verify", "uwsgi_ssl_protocols", "uwsgi_ssl_ciphers", "proxy_ssl",
        "proxy_set_header", "grpc_set_header", "fastcgi_param", "uwsgi_param", "access_log", "error_log", "root",
        "auth_basic", "auth_request", "allow", "deny", "satisfy",
    }
)  # fmt: skip
"""What a level takes over from those around it, where a rule may ask for it. A level's own replace them all."""

_HARMLESS = frozenset(
    {
        "mime.types",
        "fastcgi_params",
        "fastcgi.conf",
        "uwsgi_params",
        "scgi_params",
        "proxy_params",
        "koi-utf",
        "win-utf",
    }
)
_CONDITIONAL = frozenset({"if", "limit_except"})
_TOP = frozenset({"http", "stream", "mail"})
_MAIN = _TOP | {"events"}
_LEVELS = frozenset({"server", "location", "upstream"})


@dataclass
class Level:
    """A server, location or upstream, or what lies around them, with what is in effect in it.

    `directive`: None for the top of a file that has no `http`.
    `missing`: files that are included and not here, in it or around it. `chain`: the
    files it lies in, which are not included in it again. `parts`: the conditions (`if`) in it.
    """

    directive: Directive | None
    context: str
    settings: Settings
    missing: tuple[str, ...] = ()
    chain: frozenset[str] = frozenset()
    whole: bool = False
    parts: list[Directive] = field(default_factory=list)
    server: Level | None = None


@dataclass
class Reader:
    """Walks the configuration that begins with `root`. `parsed`: file -> its directives."""

    root: str
    parsed: Mapping[str, list[Directive]]
    files: Files
    budget: Budget

    def levels(self) -> Iterator[Level]:
        """Every level that has settings of its own, outer ones first. TooMuchError where includes multiply."""
        top = self.parsed.get(self.root, [])
        whole = any(directive.name in _MAIN for directive in top)
        directives, missing = self._splicer.splice(top, frozenset({self.root}))
        plain = [one for one in directives if one.block is None]
        context = "top" if whole else _fragment_context(directives)
        chain = frozenset({self.root})
        first = Level(None, context, Settings().below(plain, ()), missing, chain, whole)
        if plain and not whole:
            yield first
        waiting = deque([(directives, first)])
        while waiting:
            block, outer = waiting.popleft()
            for one in block:
                if one.block is None or not (one.name in _LEVELS or (one.name in _TOP and outer.context == "top")):
                    continue
                inner, level = self._entered(one, outer)
                yield level
                waiting.append((inner, level))

    def _entered(self, one: Directive, outer: Level) -> tuple[list[Directive], Level]:
        chain = outer.chain | {one.head.path}
        inner, missing = self._splicer.splice(one.block or [], chain)
        plain = [directive for directive in inner if directive.block is None]
        parts = [directive for directive in inner if directive.name in _CONDITIONAL and directive.block is not None]
        if one.name == "location":
            # What an `if` in a location does, the location does under that condition.
            plain += [found for part in parts for found in part.block or () if found.block is None]
        settings = outer.settings.below(plain, INHERITED)
        context = one.name if one.name in _TOP else outer.context
        level = Level(one, context, settings, outer.missing + missing, chain, outer.whole, parts, outer.server)
        if one.name == "server":
            level.server = level
        return inner, level

    @cached_property
    def _splicer(self) -> Splicer:
        return Splicer(
            self.root,
            self.parsed,
            self.files,
            self.budget,
            named_by=("include",),
            is_harmless=_is_harmless,
            unnamed="a file that a template names",
        )


def _fragment_context(directives: list[Directive]) -> str:
    """Where a file without `http` is meant to be included: a server that passes on by itself speaks no HTTP."""
    servers = [one for one in directives if one.name == "server"]
    inside = [inner for one in servers for inner in one.block or ()]
    return "stream" if any(inner.name == "proxy_pass" and inner.block is None for inner in inside) else "http"


def _is_harmless(pattern: str) -> bool:
    return pattern.rpartition("/")[2] in _HARMLESS or "modules" in pattern
