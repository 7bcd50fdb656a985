"""Bytes -> broken bytes. Everything is drawn from one `random.Random`, so that a seed tells the whole run."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_TOKEN = re.compile(rb"[A-Za-z_][\w.-]*|\d+|\"[^\"\n]*\"|[^\sA-Za-z0-9_]")
_BRACKETS = b"()[]{}<>"
_ODD = [
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    "\ufeff".encode(),
    "\u2028".encode(),
    "\u0085".encode(),
    "\U0001f4b3".encode(),
    "e\u0301".encode(),
    "\u202e".encode(),
    b"\r",
    b"\r\n",
    b"\t",
    b"\x1b[0m",
    b"\\",
    b'"',
    b"'",
    b"`",
    b"#",
    b"--",
    b"/*",
    b"<!--",
    b"${",
    b"{{",
    b"%{",
    b"<<EOT\n",
    b"---\n",
    b"&a ",
    b"*a ",
    b"<<: ",
    b"!!binary ",
    b"null",
    b"true",
    b"-1",
    b"1e999",
    b"0x7fffffffffffffff",
    b"9" * 400,
    b"__unknown__",
    b"__proto__",
]
_NESTED = [
    (b"[", b"]"),
    (b"{", b"}"),
    (b"(", b")"),
    (b'{"a":', b"}"),
    (b"${", b"}"),
    (b"a {\n", b"}\n"),
    (b"<a>", b"</a>"),
    (b"- ", b""),
    (b"  ", b""),
    (b"!", b""),
    (b"/*", b"*/"),
]
_LONGEST = 200_000


def mutated(data: bytes, other: bytes, random: Random) -> bytes:
    """One to five mutations on top of each other; `other`: a file to splice with."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5))):
        data = random.choice(_MUTATIONS)(data, other, random)[:_LONGEST]
    return data


def _at(data: bytes, random: Random) -> int:
    return random.randint(0, len(data))


def _truncate(data: bytes, _other: bytes, random: Random) -> bytes:
    return data[: _at(data, random)]


def _behead(data: bytes, _other: bytes, random: Random) -> bytes:
    return data[_at(data, random) :]


def _flip(data: bytes, _other: bytes, random: Random) -> bytes:
    if not data:
        return b"\x80"
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << random.randrange(8))]) + data[at + 1 :]


def _insert(data: bytes, _other: bytes, random: Random) -> bytes:
    at = _at(data, random)
    return data[:at] + random.choice(_ODD) * random.choice((1, 1, 2, 50)) + data[at:]


def _run(data: bytes, _other: bytes, random: Random) -> bytes:
    """A long run of one character."""
    at = _at(data, random)
    return (
        data[:at]
        + bytes([random.choice(b" \n\t,;:.-_'\"([{<*&!#$%aA0\\")]) * random.choice((300, 5_000, 50_000))
        + data[at:]
    )


def _nest(data: bytes, _other: bytes, random: Random) -> bytes:
    opening, closing = random.choice(_NESTED)
    depth, at = random.choice((10, 120, 1_500, 20_000)), _at(data, random)
    middle = data[at : at + random.choice((0, 1, 30))]
    return (
        data[:at] + opening * depth + middle + closing * random.choice((depth, depth - 1, 0)) + data[at + len(middle) :]
    )


def _drop_line(data: bytes, _other: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    del lines[random.randrange(len(lines))]
    return b"\n".join(lines)


def _repeat_lines(data: bytes, _other: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    start = random.randrange(len(lines))
    end = min(len(lines), start + random.choice((1, 1, 3, 10)))
    return b"\n".join(lines[:end] + lines[start:end] * random.choice((1, 1, 2, 200)) + lines[end:])


def _move_lines(data: bytes, _other: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    start = random.randrange(len(lines))
    taken = lines[start : start + random.choice((1, 3, 10))]
    rest = lines[:start] + lines[start + len(taken) :]
    at = random.randint(0, len(rest))
    return b"\n".join(rest[:at] + taken + rest[at:])


def _indent(data: bytes, _other: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    lines[at] = random.choice((b" ", b"  ", b"\t", b"")) + lines[at].lstrip(random.choice((b"", b" ")))
    return b"\n".join(lines)


def _splice(data: bytes, other: bytes, random: Random) -> bytes:
    return data[: _at(data, random)] + other[_at(other, random) :]


def _swap_bracket(data: bytes, _other: bytes, random: Random) -> bytes:
    places = [at for at, byte in enumerate(data[:20_000]) if byte in _BRACKETS]
    if not places:
        return data + b"["
    at = random.choice(places)
    return data[:at] + bytes([random.choice(_BRACKETS)]) + data[at + 1 :]


def _token(data: bytes, other: bytes, random: Random) -> bytes:
    """A token is doubled, taken out, or replaced by one of the same file, another file, or an odd one."""
    own = [match.span() for match in _TOKEN.finditer(data[:50_000])]
    if not own:
        return data
    start, end = random.choice(own)
    first, last = random.choice(own)
    foreign = _TOKEN.findall(other[:50_000]) or [b"x"]
    put = random.choice((b"", data[start:end] * 2, data[first:last], random.choice(foreign), random.choice(_ODD)))
    return data[:start] + put + data[end:]


def _line_ends(data: bytes, _other: bytes, random: Random) -> bytes:
    return data.replace(b"\n", random.choice((b"\r\n", b"\r", b"", b"\n\n", b" \n")))


def _recode(data: bytes, _other: bytes, random: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(random.choice(("utf-16", "utf-16-le", "utf-8-sig", "utf-32", "cp500")), "replace")


def _double(data: bytes, _other: bytes, random: Random) -> bytes:
    return data + random.choice((b"", b"\n", b"\n---\n", b",")) + data


_MUTATIONS: list[Callable[[bytes, bytes, Random], bytes]] = [
    _truncate,
    _behead,
    _flip,
    _flip,
    _insert,
    _insert,
    _run,
    _nest,
    _drop_line,
    _repeat_lines,
    _move_lines,
    _indent,
    _splice,
    _swap_bracket,
    _swap_bracket,
    _token,
    _token,
    _token,
    _line_ends,
    _recode,
    _double,
]
