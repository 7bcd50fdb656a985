"""Which OPA servers may be asked: those on this machine, unless the user says otherwise."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from scanner.errors import UsageError

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """Where to connect. `host` is an IP address where that is what was checked, in brackets if it is IPv6."""

    host: str
    port: int
    tls: bool
    loopback: bool


def parse(url: str, allow_remote: bool) -> Address:
    """The address an `--opa-url` names. Raises UsageError for anything but a plain or allowed one.

    Over http the address that was checked is the one connected to: a name could answer differently the next time. Over
    https the name is kept, since the certificate is for it, and proves who answers.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise UsageError("--opa-url: is no URL; expected http://127.0.0.1:8181") from None
    host = parts.hostname or ""
    if not port or not host or parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise UsageError("--opa-url: expected scheme, host and port only, http://127.0.0.1:8181")
    addresses = _resolved(host, port)
    loopback = all(address.is_loopback for address in addresses)
    if not loopback and not allow_remote:
        raise UsageError(
            f"--opa-url: {host} is not this machine; with --opa-allow-remote the scanned configuration is sent there"
        )
    tls = parts.scheme == "https"
    chosen = host if tls or not loopback else str(addresses[0])
    return Address(f"[{chosen}]" if ":" in chosen else chosen, port, tls, loopback)


def _resolved(host: str, port: int) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UsageError(f"--opa-url: the host {host} cannot be found") from None
    addresses = [ipaddress.ip_address(str(sockaddr[0]).split("%", 1)[0]) for *_, sockaddr in found]
    return [
        address.ipv4_mapped or address if isinstance(address, ipaddress.IPv6Address) else address
        for address in addresses
    ]
