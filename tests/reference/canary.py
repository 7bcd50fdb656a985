"""A card that turns up wherever a request has room for it, and every form it might be found in afterwards."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from tests.reference.described import Operation, Person, operations
from tests.reference.running import CODE, HOLDER, PAN

_NAMES = ("Idempotency-Key", "X-Request-ID", "X-Forwarded-For", "User-Agent", "Cookie", "Referer", "Stripe-Signature")
HEADERS = dict.fromkeys(_NAMES, PAN)
HEADERS |= {f"X-{PAN}": CODE, "traceparent": f"00-{PAN}{PAN}-{PAN}-01", "If-None-Match": PAN}
KINDS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/xml", PAN)


def forms(text: str) -> dict[str, bytes]:
    """What a secret looks like when nobody sealed it; of a number, in the ways that systems pack one."""
    plain = text.encode()
    found = {"plain": plain, "hex": plain.hex().encode(), "HEX": plain.hex().upper().encode()}
    found |= {"utf-16": text.encode("utf-16-le"), "reversed": plain[::-1]}
    for shift in range(3):  # base64 of it depends on where in a longer text it begins
        inner = base64.b64encode(bytes(shift) + plain)[4 if shift else 0 :]
        found[f"base64 {shift}"] = inner[: len(inner) - 4]
    if text.isdigit():
        packed = bytes.fromhex(text)
        swapped = bytes((byte & 15) << 4 | byte >> 4 for byte in packed)
        groups = [text[at : at + 4] for at in range(0, len(text), 4)]
        found |= {"packed": packed, "nibbles swapped": swapped, "hex of packed": swapped.hex().encode()}
        found |= {"spaced": " ".join(groups).encode(), "dashed": "-".join(groups).encode()}
        found |= {"number": int(text).to_bytes(8, "big"), "number, little": int(text).to_bytes(8, "little")}
    return found


FORMS = {
    f"{name} {form}": held for name, text in (("number", PAN), ("holder", HOLDER)) for form, held in forms(text).items()
}
_CODE = re.compile(rf"(?<![0-9A-Za-z.:-]){CODE}(?![0-9A-Za-z])")


def found_in(content: bytes) -> list[str]:
    """Which forms are in it."""
    return [name for name, form in FORMS.items() if form in content]


def code_in(text: str) -> bool:
    """Whether the verification code stands in it by itself; four digits are part of many things."""
    return _CODE.search(text) is not None


def files_with(*places: Path) -> list[str]:
    """Files below that hold any of it. Raises AssertionError when there is next to nothing to look at."""
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    assert sum(len(held_by(path)) for path in files) > 20_000
    return [f"{path.name}: {found}" for path in files if (found := found_in(held_by(path)))]


def held_by(file: Path) -> bytes:
    """Nothing, if a server that runs has taken it away meanwhile."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def requests(person: Person) -> Iterator[httpx.Request]:
    """The canary in every place of every operation, one place at a time, then in all."""
    for operation in operations(person.description):
        yield from _of(person, operation)
    for path in (f"/{PAN}", f"/{PAN}/{CODE}", f"/v1/tokens/{PAN}/", f"/v1/{PAN}"):
        yield person.client.build_request("GET", path, headers=HEADERS)


def _of(person: Person, operation: Operation) -> Iterator[httpx.Request]:
    filled = operation.at(**dict.fromkeys(operation.parameters("path"), PAN))
    queries: list[dict[str, str]] = [{}, {PAN: CODE, "number": PAN}]
    queries += [{name: PAN} for name in operation.parameters("query")]

    def build(**how: Any) -> httpx.Request:
        method = how.pop("method", operation.method)
        headers = {**HEADERS, **how.pop("headers", {})}
        return person.client.build_request(method, filled, headers=headers, **how)

    for query in queries:
        yield build(params=query)
    for method in ("PUT", "OPTIONS", "PATCH", f"X{CODE}"):
        yield build(method=method, json={"card": PAN})
    for identity in (
        f"Bearer {PAN}",
        f"Basic {base64.b64encode(PAN.encode()).decode()}",
        PAN,
        f"Bearer {PAN}.{PAN}.{PAN}",
    ):
        yield build(headers={"Authorization": identity})
    right = {"code": PAN} if operation.body == "Code" else person.body(operation) if operation.body else {"number": PAN}
    for body in (right, *broken(right), PAN, int(PAN), [PAN], {PAN: CODE}, {**right, PAN: CODE}):
        yield build(json=body)
    for kind in KINDS:
        yield build(content=f"number={PAN}&cvv={CODE}", headers={"Content-Type": kind})
    for content in (f'{{"card": {{"number": "{PAN}", ', f'{{"number": {PAN}x', f"\x00{PAN}", PAN * 5000, f'{{"{PAN}'):
        yield build(content=content.encode(), headers={"Content-Type": "application/json"})
    yield build(content=b"\xff" + PAN.encode(), headers={"Content-Type": "application/json"})


def broken(value: Any) -> Iterator[Any]:
    """The same with the canary instead of one of its leaves, of each type."""
    if not isinstance(value, dict):
        yield from (PAN, int(PAN), [PAN], {PAN: CODE}, f"{PAN}{PAN}{PAN}{PAN}{PAN}{PAN}")
        return
    for name, inner in value.items():
        for other in broken(inner):
            yield {**value, name: other}
    if "number" in value:
        yield {**value, "verification_code": CODE}
        yield {**value, "number": f"{PAN[:4]} {PAN[4:8]}-{PAN[8:]}", "verification_code": CODE}
