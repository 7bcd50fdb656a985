"""Events: what fits their schemas, what never does, and that published schemas stay as they are."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.cards.model import luhn_valid
from reference_impl.errors import IntegrityError, InvalidInputError
from reference_impl.events.model import SCHEMAS, Event, EventType, OrderCreated, decode, encode, holds_card_number
from reference_impl.events.sealing import Sealer
from tests.reference.event_logs import DerivedKeys, order
from tests.reference.event_schemas import breaks, examples, published

NUMBERS = ("4111111111111111", "5555555555554444", "378282246310005", "6011000990139424", "30569309025904")
"""Published test numbers."""


@st.composite
def card_numbers(draw: st.DrawFn) -> str:
    digits = draw(st.sampled_from(NUMBERS)) if draw(st.booleans()) else draw(st.from_regex(r"\A[3-6][0-9]{11,17}\Z"))
    if not luhn_valid(digits) or not 13 <= len(digits) <= 19:
        digits = next(f"{digits}{last}" for last in range(10) if luhn_valid(f"{digits}{last}"))
    between = draw(st.sampled_from(("", "", "-", "_", ".", " ")))
    return between.join(digits[at : at + 4] for at in range(0, len(digits), 4))


@given(card_numbers(), st.text("abcXYZ_-.", max_size=8), st.text("abcXYZ_-.", max_size=8))
def test_a_card_number_is_found_wherever_it_is(number: str, before: str, after: str) -> None:
    assert holds_card_number(before + number + after)


@given(st.text("0123456789", max_size=12), st.text("abcdef", min_size=1, max_size=5))
def test_shorter_numbers_are_none(digits: str, letters: str) -> None:
    assert not holds_card_number(f"{digits}{letters}{digits}")


@settings(max_examples=200, deadline=None)
@given(st.data(), card_numbers())
def test_no_field_of_any_event_takes_a_card_number(data: st.DataObject, number: str) -> None:
    example = data.draw(st.sampled_from(examples()))
    fields = json.loads(encode(example))
    name = data.draw(st.sampled_from(sorted(type(example).model_fields)))
    kept = str(fields[name])
    digits = "".join(filter(str.isdigit, number))
    tries: list[Any] = [number, digits, int(digits), [number], {"x": number}, float(digits) / 10 ** len(digits)]
    tries += [kept[:4] + number + kept[4 + len(number) :], kept + number, number + kept]
    for value in tries:
        with pytest.raises(InvalidInputError) as caught:
            decode(example.type.value, example.version, json.dumps(fields | {name: value}).encode())
        assert digits not in repr(caught.value) + str(caught.value.__cause__)
    with pytest.raises(InvalidInputError):
        decode(example.type.value, example.version, json.dumps(fields | {"note": number}).encode())


def test_there_is_no_free_text() -> None:
    for schema in SCHEMAS.values():
        hints = get_type_hints(schema, include_extras=True)
        for name in schema.model_fields:
            parts = {hints[name], *get_args(hints[name])} if type(hints[name]) is UnionType else {hints[name]}
            assert not parts & {str, bytes, float, Any, object}, name


def test_the_producer_refuses_what_was_made_past_the_checks() -> None:
    good = order()
    for bad in (
        OrderCreated.model_construct(**dict(good) | {"customer": NUMBERS[0]}),
        good.model_copy(update={"card": NUMBERS[1]}),
        good.model_copy(update={"amount": 4111_1111_1111_1111}),
        good.model_copy(update={"at": None}),
    ):
        with pytest.raises(InvalidInputError) as caught:
            asyncio.run(Sealer(DerivedKeys()).seal(bad))
        assert not any(number in str(caught.value) for number in NUMBERS)


@pytest.mark.parametrize(
    "changed",
    [
        {"amount": 0},
        {"amount": 12.5},
        {"amount": "1250"},
        {"amount": 100_000_001},
        {"currency": "EURO"},
        {"currency": "XXX"},
        {"at": "2026-01-01T00:00:00"},
        {"card": "tok_short"},
        {"source": "nowhere"},
        {"source": 4111111111111111},
        {"source": "fe80::1%4111111111111111"},
        {"more": 1},
        {"tenant": "a/b"},
    ],
)
def test_what_does_not_fit(changed: dict[str, object]) -> None:
    data = json.loads(encode(order())) | changed
    with pytest.raises(InvalidInputError):
        decode("order.created", 1, json.dumps(data).encode())


def test_every_event_comes_back_as_it_was() -> None:
    assert {(each.type, each.version) for each in examples()} == set(SCHEMAS)
    for each in examples():
        assert decode(each.type.value, each.version, encode(each)) == each
    for type_, version in (("order.created", 2), ("order.deleted", 1), ("", 0)):
        with pytest.raises(InvalidInputError):
            decode(type_, version, b"{}")


def test_published_schemas_stay_as_they_are() -> None:
    """`event_schemas.json` is only ever added to: what was written under a version is read under it for years."""
    recorded = json.loads((Path(__file__).parent / "event_schemas.json").read_text())
    assert published() == recorded


def test_a_later_version_breaks_no_consumer_of_the_one_before() -> None:
    schemas = published()
    for type_ in EventType:
        versions = sorted(version for known, version in SCHEMAS if known is type_)
        assert versions == list(range(1, len(versions) + 1))
        for old, new in pairwise(versions):
            assert breaks(schemas[f"{type_.value}/{old}"], schemas[f"{type_.value}/{new}"]) == []


def test_what_breaks_a_consumer_is_told() -> None:
    old = {"properties": {"a": {"type": "string"}, "b": {"type": "integer"}}, "required": ["a", "b"]}
    optional = {"properties": old["properties"] | {"c": {"type": "string"}}, "required": ["a", "b"]}  # type: ignore[operator]
    assert breaks(old, optional) == []
    assert breaks(old, optional | {"required": ["a"]}) == ["b: may be missing"]
    assert breaks(old, {"properties": {"a": {"type": "integer"}}, "required": ["a"]}) == ["a: changed", "b: gone"]


def test_messages_are_sealed_and_bound_to_where_they_belong() -> None:
    async def run() -> None:
        sealer, event = Sealer(DerivedKeys()), order()
        message = await sealer.seal(event)
        assert await sealer.open(message) == event
        assert message.headers.keys() == {"event", "tenant", "type", "schema", "key-version"}
        readable = repr((message.key, dict(message.headers)))
        for hidden in (event.customer, event.merchant, event.card, str(event.amount)):
            assert hidden not in readable
            assert hidden.encode() not in message.value
        assert message.value != (await sealer.seal(event)).value
        other = await sealer.seal(order("other"))
        bad = [replace(message, headers={**message.headers, name: other.headers[name]}) for name in ("event", "tenant")]
        bad += [
            replace(message, headers={**message.headers, "type": "payment.failed"}),
            replace(message, headers={**message.headers, "schema": "2"}),
            replace(message, value=other.value),
            replace(message, value=message.value[:-1]),
            replace(message, value=b""),
            replace(message, value=bytes([message.value[0]]) + (9).to_bytes(4, "big") + message.value[5:]),
            replace(message, key=other.key),
        ]
        for each in bad:
            with pytest.raises(IntegrityError):
                await sealer.open(each)
        for headers in ({}, {**message.headers, "schema": "x"}):
            with pytest.raises(InvalidInputError):
                await sealer.open(replace(message, headers=headers))
        with pytest.raises(IntegrityError):
            await Sealer(DerivedKeys(b"another")).open(message)

    asyncio.run(run())


def test_an_older_key_opens_what_it_sealed() -> None:
    async def run() -> None:
        event: Event = order()
        message = await Sealer(DerivedKeys()).seal(event)
        assert await Sealer(DerivedKeys(version=2)).open(message) == event
        assert (await Sealer(DerivedKeys(version=2)).seal(event)).headers["key-version"] == "2"

    asyncio.run(run())
