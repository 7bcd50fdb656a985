"""Where an internet address is, and whose: from MaxMind DB files on this machine; nobody is asked over the net."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Any

import maxminddb

from reference_impl.errors import ConfigurationError, UnavailableError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Network:
    """Of an address. `public`: it can be one of the public internet; `country`: ISO 3166-1 alpha-2, "": not known;
    `asn`: of the autonomous system it is routed by, 0: not known.
    """

    public: bool
    country: str = ""
    asn: int = 0


class Networks:
    """Two files, of cities or countries and of autonomous systems, by the names that GeoLite2 and DB-IP use.

    A file that is not set is not known: that is logged once, here. Raises ConfigurationError for one that cannot be
    read. They are read into memory, so that a look-up waits for no disk.
    """

    def __init__(self, cities: Path | None, systems: Path | None) -> None:
        self._cities, self._systems = _opened(cities), _opened(systems)
        if self._cities is None:
            _log.warning("no database of cities: countries of addresses are not known")
        if self._systems is None:
            _log.warning("no database of autonomous systems: hosting networks are not known")

    def look_up(self, address: str) -> Network | None:
        """None: that is no address, or nothing is known of it. Raises UnavailableError for a damaged file."""
        try:
            found = _plain(ip_address(address))
        except ValueError:
            return None
        if not found.is_global:
            return Network(public=False)
        place, system = _record(self._cities, found), _record(self._systems, found)
        country = _text(place.get("country"), "iso_code")
        asn = system.get("autonomous_system_number")
        if not country and not isinstance(asn, int):
            return None
        return Network(True, country, asn if isinstance(asn, int) else 0)

    def close(self) -> None:
        """Lets go of the files."""
        for reader in (self._cities, self._systems):
            if reader is not None:
                reader.close()


def _opened(path: Path | None) -> maxminddb.Reader | None:
    if path is None:
        return None
    try:
        return maxminddb.open_database(path, maxminddb.MODE_MEMORY)
    except OSError as error:
        raise ConfigurationError(f"{path.name}: cannot be read: {error.strerror}") from None
    except (maxminddb.InvalidDatabaseError, ValueError):
        raise ConfigurationError(f"{path.name}: is not a MaxMind DB") from None


def _record(reader: maxminddb.Reader | None, address: IPv4Address | IPv6Address) -> dict[str, Any]:
    if reader is None or (address.version == 6 and reader.metadata().ip_version == 4):
        return {}
    try:
        found = reader.get(address)
    except maxminddb.InvalidDatabaseError as error:
        raise UnavailableError("a database of addresses is damaged") from error
    return dict(found) if isinstance(found, dict) else {}


def _text(record: object, name: str) -> str:
    found = record.get(name) if isinstance(record, dict) else None
    return found if isinstance(found, str) else ""


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """IPv4 in the clothes of IPv6 (RFC 4291, 2.5.5.2) is IPv4."""
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
