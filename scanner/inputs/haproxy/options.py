"""The options after the address of a `bind` or `server` line."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.directives import Word
from scanner.model import Json, Keys, Place

_WITH_VALUE = frozenset(
    {
        "addr", "agent-addr", "agent-check-port", "agent-inter", "agent-port", "agent-send", "alpn", "backlog",
        "ca-file", "ca-ignore-err", "ca-sign-file", "ca-sign-pass", "ca-verify-file", "check-alpn", "check-proto",
        "check-sni", "ciphers", "ciphersuites", "client-sigalgs", "cookie", "crl-file", "crt", "crt-ignore-err",
        "crt-list", "curves", "default-crt", "disabled-on-404", "downinter", "ecdhe", "error-limit", "expose-fd",
        "fall", "fastinter", "gid", "group", "guid", "guid-prefix", "hash-key", "id", "idle-ping", "init-addr",
        "init-state", "inter", "interface", "label", "level", "log-bufsize", "log-proto", "maxconn", "maxlen",
        "maxqueue", "max-reuse", "minconn", "mode", "mss", "name", "namespace", "nbconn", "nice", "npn", "observe",
        "ocsp-update", "on-error", "on-marked-down", "on-marked-up", "pool-low-conn", "pool-max-conn",
        "pool-purge-delay", "port", "process", "proto", "proxy-v2-options", "quic-cc-algo", "redir", "resolve-net",
        "resolve-opts", "resolve-prefer", "resolvers", "rise", "send-proxy-v2-tlv", "set-proxy-v2-tlv-fmt",
        "severity-output", "shard", "shards", "sigalgs", "slowstart", "sni", "socks4", "source", "ssl-max-ver",
        "ssl-min-ver", "tcp-ut", "thread", "tls-ticket-keys", "track", "uid", "usesrc", "user", "verify",
        "verifyhost", "weight", "ws",
    }
)  # fmt: skip
_UNDONE = {"no-ssl": "ssl", "no-check": "check", "no-verifyhost": "verifyhost"}


def options(words: Sequence[Word], below: Keys) -> tuple[dict[str, Json], dict[Keys, Place]]:
    """{"ssl": True, "verify": "none", ...} with the places of the values, or of the options that have none."""
    found: dict[str, Json] = {}
    places: dict[Keys, Place] = {}
    at = 0
    while at < len(words):
        name, keys = words[at].text, (*below, words[at].text)
        at += 1
        if name in _UNDONE:
            found.pop(_UNDONE[name], None)
            places.pop((*below, _UNDONE[name]), None)
        elif name in _WITH_VALUE and at < len(words):
            found[name], places[keys] = words[at].value, words[at].place
            at += 1
        elif name:
            found[name], places[keys] = True, words[at - 1].place
    return found, places
