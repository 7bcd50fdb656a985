"""Makes small MaxMind DB files (format 2.0, as MaxMind publishes its description), for tests.

A file is a binary tree over the bits of the address, 16 zero bytes, the records' data, a marker and metadata. A node is
two numbers, for bit 0 and bit 1: less than the number of nodes is another node, that number is "nothing here", more
is a place in the data, counted from the number of nodes plus 16.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

_MARKER = b"\xab\xcd\xefMaxMind.com"
_SEPARATOR = 16
_STRING, _DOUBLE, _UINT16, _UINT32, _MAP = 2, 3, 5, 6, 7
_UINT64, _ARRAY, _BOOLEAN = 9, 11, 14
_EXTENDED = 8
_SMALL, _BYTE, _TWO_BYTES = 29, 285, 65821
_IPV4_BITS = 96
"""IPv4 lies in ::/96 of a tree for IPv6."""


def encoded(value: Any) -> bytes:
    """A value in the data section. Pointers are not used."""
    if isinstance(value, bool):
        return _control(_BOOLEAN, int(value))
    if isinstance(value, str):
        text = value.encode()
        return _control(_STRING, len(text)) + text
    if isinstance(value, float):
        return _control(_DOUBLE, 8) + struct.pack(">d", value)
    if isinstance(value, int):
        kind = _UINT16 if value < 2**16 else _UINT32 if value < 2**32 else _UINT64
        number = value.to_bytes((value.bit_length() + 7) // 8, "big")
        return _control(kind, len(number)) + number
    if isinstance(value, Mapping):
        pairs = (encoded(name) + encoded(inner) for name, inner in value.items())
        return _control(_MAP, len(value)) + b"".join(pairs)
    return _control(_ARRAY, len(value)) + b"".join(map(encoded, value))


def _control(kind: int, size: int) -> bytes:
    if size < _SMALL:
        first, more = size, b""
    elif size < _BYTE:
        first, more = 29, bytes([size - _SMALL])
    elif size < _TWO_BYTES:
        first, more = 30, (size - _BYTE).to_bytes(2, "big")
    else:
        first, more = 31, (size - _TWO_BYTES).to_bytes(3, "big")
    if kind < _EXTENDED:
        return bytes([kind << 5 | first]) + more
    return bytes([first, kind - 7]) + more


class _Tree:
    """Nodes as pairs; a child is None, the number of a node, or ("data", place)."""

    def __init__(self) -> None:
        self.nodes: list[list[Any]] = [[None, None]]

    def put(self, bits: str, place: int) -> None:
        node = 0
        for bit in map(int, bits[:-1]):
            child = self.nodes[node][bit]
            if not isinstance(child, int):  # a larger network lies here: this is an exception to it
                self.nodes.append([child, child])
                child = self.nodes[node][bit] = len(self.nodes) - 1
            node = child
        self.nodes[node][int(bits[-1])] = ("data", place)

    def packed(self, record_bits: int) -> bytes:
        count = len(self.nodes)

        def number(child: Any) -> int:
            if child is None:
                return count
            return child if isinstance(child, int) else count + _SEPARATOR + int(child[1])

        return b"".join(_node(number(left), number(right), record_bits) for left, right in self.nodes)


def _node(left: int, right: int, bits: int) -> bytes:
    if bits == 28:  # the middle byte holds the highest four bits of both
        middle = (left >> 24) << 4 | right >> 24
        return (left & 0xFFFFFF).to_bytes(3, "big") + bytes([middle]) + (right & 0xFFFFFF).to_bytes(3, "big")
    return left.to_bytes(bits // 8, "big") + right.to_bytes(bits // 8, "big")


def _bits(network: IPv4Network | IPv6Network, version: int) -> str:
    size = 32 if network.version == 4 else 128
    bits = f"{int(network.network_address):0{size}b}"[: network.prefixlen]
    return "0" * _IPV4_BITS + bits if version == 6 and network.version == 4 else bits


def write(
    path: Path, networks: Mapping[str, Any], *, version: int = 6, record_bits: int = 28, kind: str = "Test"
) -> Path:
    """`networks`: as "192.0.2.0/24" to its record. `version`: 4 holds IPv4 only; `record_bits`: 24, 28 or 32."""
    tree, data = _Tree(), b""
    ordered = sorted(networks.items(), key=lambda item: ip_network(item[0]).prefixlen)
    ordered.sort(key=lambda item: len(_bits(ip_network(item[0]), version)))
    for text, record in ordered:
        tree.put(_bits(ip_network(text), version), len(data))
        data += encoded(record)
    metadata = {
        "node_count": len(tree.nodes),
        "record_size": record_bits,
        "ip_version": version,
        "database_type": kind,
        "languages": ["en"],
        "binary_format_major_version": 2,
        "binary_format_minor_version": 0,
        "build_epoch": 2**33,
        "description": {"en": "made by a test"},
    }
    path.write_bytes(tree.packed(record_bits) + bytes(_SEPARATOR) + data + _MARKER + encoded(metadata))
    return path
