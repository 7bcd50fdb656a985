"""The address a request came from, when proxies stand before the service."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from functools import lru_cache

from reference_impl.errors import ConfigurationError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
UNKNOWN = "unknown"


class TrustedProxies:
    """Networks of proxies that put the address they saw at the end of X-Forwarded-For.

    What stands further left was sent by whoever stands before the last trusted proxy: anybody can write it.
    """

    def __init__(self, networks: Iterable[str] = ()) -> None:
        """Raises ConfigurationError for text that is no network."""
        try:
            self._networks = [ipaddress.ip_network(network) for network in networks]
        except ValueError:
            raise ConfigurationError("trusted_proxies: networks such as 10.0.0.0/8") from None

    def origin(self, peer: str | None, forwarded: Sequence[str]) -> str:
        """`peer`: the other end of the connection; `forwarded`: values of X-Forwarded-For, in the order of the headers.

        The right-most address that is not a trusted proxy; the last trusted one where what it forwards is no address.
        """
        current = _address(peer or "")
        if current is None:
            return UNKNOWN
        hops = [hop for value in forwarded for hop in value.split(",")]
        while hops and self._trusts(current):
            before = _address(hops.pop())
            if before is None:
                break
            current = before
        return str(current)

    def _trusts(self, address: Address) -> bool:
        return any(address in network for network in self._networks)


@lru_cache(4096)
def source(origin: str) -> str:
    """What limits and lock-outs count by: of an IPv6 address the /64, all of which one client can use."""
    address = _address(origin)
    if address is None or address.version == 4:
        return origin
    return str(ipaddress.ip_network((address, 64), strict=False))


@lru_cache(4096)
def _address(text: str) -> Address | None:
    """IPv4 written as IPv6 is IPv4; zones mean nothing elsewhere."""
    try:
        address = ipaddress.ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
