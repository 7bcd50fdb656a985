"""Whose an address is, and where: MaxMind DB files that the test makes."""

from __future__ import annotations

import asyncio
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import maxminddb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.errors import ConfigurationError
from reference_impl.fraud.engines.network import NetworkEngine
from reference_impl.fraud.model import RiskSignal
from reference_impl.fraud.network import Network, Networks
from tests.reference import mmdb
from tests.reference.fraud_parts import LISBON, POLICY, facts

PLACES = {
    "8.8.0.0/16": {"country": {"iso_code": "DE"}, "location": {"latitude": 52.5, "longitude": 13.4}},
    "8.8.4.0/24": {"country": {"iso_code": "PT"}},
    "2a02::/16": {"country": {"iso_code": "DE"}},
    "9.9.9.9/32": {"country": "not as expected"},
}
SYSTEMS = {
    "8.8.8.0/24": {"autonomous_system_number": 16509, "autonomous_system_organization": "Hosting"},
    "2a02:8100::/32": {"autonomous_system_number": 4_200_000_001},
    "9.9.0.0/16": {"autonomous_system_number": 99},
}


def networks(folder: Path) -> Networks:
    return Networks(mmdb.write(folder / "city.mmdb", PLACES), mmdb.write(folder / "asn.mmdb", SYSTEMS))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", Network(True, "DE", 16509)),
        ("::ffff:8.8.8.8", Network(True, "DE", 16509)),
        ("8.8.4.4", Network(True, "PT")),
        ("2a02:8100::1", Network(True, "DE", 4_200_000_001)),
        ("2a02:8200::1", Network(True, "DE")),
        ("9.9.9.9", Network(True, "", 99)),
        ("1.1.1.1", None),
        ("127.0.0.1", Network(False)),
        ("10.1.2.3", Network(False)),
        ("192.168.0.1", Network(False)),
        ("100.64.0.1", Network(False)),
        ("169.254.169.254", Network(False)),
        ("192.0.2.1", Network(False)),
        ("::1", Network(False)),
        ("fe80::1", Network(False)),
        ("fd00::1", Network(False)),
        ("::ffff:10.0.0.1", Network(False)),
        ("", None),
        ("8.8.8.8.8", None),
        ("example.com", None),
    ],
)
def test_addresses(address: str, expected: Network | None, tmp_path: Path) -> None:
    assert networks(tmp_path).look_up(address) == expected


def test_a_file_for_ipv4_only(tmp_path: Path) -> None:
    only = {name: record for name, record in PLACES.items() if ":" not in name}
    known = Networks(mmdb.write(tmp_path / "city.mmdb", only, version=4), None)
    assert known.look_up("8.8.8.8") == Network(True, "DE")
    assert known.look_up("2a02::1") is None


NETWORKS = st.one_of(
    st.builds(lambda n, p: ip_network((n, p), strict=False), st.integers(0, 2**32 - 1), st.integers(1, 32)),
    st.builds(lambda n, p: ip_network((n, p), strict=False), st.integers(2**100, 2**128 - 1), st.integers(1, 128)),
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(NETWORKS, st.integers(1, 2**32 - 1), max_size=12), st.sampled_from([24, 28, 32]), st.data())
def test_the_generator_makes_what_the_library_reads(
    tmp_path_factory: pytest.TempPathFactory, known: dict[Any, int], bits: int, data: st.DataObject
) -> None:
    """The most special network wins, as in a routing table."""
    known = {network: number for network, number in known.items() if network.version == 4 or network.prefixlen > 28}
    file = mmdb.write(
        tmp_path_factory.mktemp("mmdb") / "x.mmdb",
        {str(name): {"n": number} for name, number in known.items()},
        record_bits=bits,
    )
    with maxminddb.open_database(file, maxminddb.MODE_MEMORY) as reader:
        inside = [network.network_address + network.num_addresses // 2 for network in known]
        more = data.draw(st.lists(st.integers(0, 2**32 - 1).map(ip_address), max_size=5))
        for address in [*inside, *more]:
            holding = [network for network in known if network.version == address.version and address in network]
            expected = {"n": known[max(holding, key=lambda network: network.prefixlen)]} if holding else None
            assert reader.get(address) == expected


@pytest.mark.parametrize("content", [b"", b"no database", b"\xab\xcd\xefMaxMind.com", None])
def test_a_file_that_is_none_stops_the_start(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "city.mmdb"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"city\.mmdb"):
        Networks(file, None)


def test_without_files_nothing_is_said_of_addresses_and_that_once(caplog: pytest.LogCaptureFixture) -> None:
    nothing = Networks(None, None)
    assert [nothing.look_up(address) for address in ("8.8.8.8", "2a02::1")] == [None, None]
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert nothing.look_up("10.0.0.1") == Network(False)


def assessed(known: Networks, **changed: Any) -> RiskSignal | None:
    return asyncio.run(NetworkEngine(known, POLICY).assess(facts(**changed)))


def test_the_engine(tmp_path: Path) -> None:
    known = networks(tmp_path)
    hosted = assessed(known, source="8.8.8.8")
    assert hosted and (hosted.score, [*hosted.reasons]) == (0.6, ["hosting_network"])
    both = assessed(known, source="8.8.8.8", place=LISBON)
    assert both and (both.score, [*both.reasons]) == (1.0, ["hosting_network", "country_differs"])
    quiet = assessed(known, source="8.8.4.4", place=LISBON)
    assert quiet and (quiet.score, [*quiet.reasons]) == (0.0, [])
    nowhere = assessed(known, source="8.8.4.4", place=None)
    assert nowhere and nowhere.score == 0
    inner = assessed(known, source="10.0.0.1")
    assert inner and [*inner.reasons] == ["source_not_public"]
    assert assessed(known, source="1.1.1.1") is None and assessed(known, source="") is None
