"""What rules see of a unit, and what they must not see."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from rego_samples import place, rule, subject, unit

from scanner.engines.rego import RegoEngine
from scanner.engines.rego.unit_input import input_json
from scanner.model import Json, Status, unknown


def card(prefix: str = "400000", fill: str = "7", length: int = 16) -> str:
    """A number that passes the Luhn check, made here so that none is written in a file."""
    body = prefix + fill * (length - len(prefix) - 1)
    digits = [int(digit) for digit in reversed(body)]
    total = sum(digit if at % 2 else sum(divmod(digit * 2, 10)) for at, digit in enumerate(digits))
    return body + str(-total % 10)


def test_the_form() -> None:
    scanned = unit(subject("thing.a", {"acl": unknown("v")})._replace(refs={"acl": ("thing.b",)}), subject("x.b", {}))
    assert json.loads(input_json(scanned).text) == {
        "unit": {"id": "terraform:.", "kind": "terraform", "alone": True},
        "terraform": {
            "thing": [
                {
                    "id": "terraform:. thing.a",
                    "name": "a",
                    "address": "thing.a",
                    "type": "thing",
                    "path": "main.tf",
                    "config": {"acl": {"__unknown__": "v"}},
                    "refs": {"acl": ["thing.b"]},
                }
            ],
            "x": [
                {
                    "id": "terraform:. x.b",
                    "name": "b",
                    "address": "x.b",
                    "type": "x",
                    "path": "main.tf",
                    "config": {},
                    "refs": {},
                }
            ],
        },
    }


@pytest.mark.parametrize(
    "config",
    [
        {"text": f"pan {card()} here"},
        {"text": f"pan \"{card()}\" and\n'{card('510000')}'"},
        {"deep": [{"list": ["x", card()]}]},
        {card(): "key"},
        {"grouped": " ".join([card()[:4], card()[4:8], card()[8:12], card()[12:]])},
        {"number": int(card())},
        {"number": float(card())},
        {"escaped": f'\\"{card()}\\"'},
    ],
)
def test_card_numbers_are_masked(config: Json) -> None:
    text = input_json(unit(subject("thing.a", config))).text
    digits = "".join(char for char in text if char.isdigit())
    assert card()[:6] in digits
    assert card()[6:12] not in digits
    json.loads(text)


def test_ids_and_addresses_are_masked_and_stay_distinct() -> None:
    one, two = card(fill="1"), card(fill="1")[:6] + "22222" + card(fill="1")[11:]
    shown = input_json(unit(subject(f"thing.{one}", {}), subject(f"thing.{two}", {})))
    ids = [item["id"] for item in json.loads(shown.text)["terraform"]["thing"]]
    assert len(set(ids)) == 2
    assert [shown.subjects[seen].name for seen in ids] == [one, two]
    assert one not in shown.text
    assert two not in shown.text


def test_what_json_or_an_engine_cannot_carry() -> None:
    config = {
        "surrogate": "a\udc80b",
        "k\udc80": 1,
        "nan": float("nan"),
        "inf": -float("inf"),
        "wide": 10**21,
        "ok": 1.5,
    }
    seen = json.loads(input_json(unit(subject("thing.a", config))).text)["terraform"]["thing"][0]["config"]
    assert isinstance(seen.pop("wide"), str)
    assert seen == {"surrogate": "a?b", "k?": 1, "nan": "nan", "inf": "-inf", "ok": 1.5}


def test_what_is_no_card_number_stays() -> None:
    config = {
        "port": 65535,
        "range": "10.0.0.0/8",
        "time": 1700000000,
        "fine": 0.1234567890123,
        "flag": True,
        "n": None,
    }
    seen = json.loads(input_json(unit(subject("thing.a", config))).text)["terraform"]["thing"][0]["config"]
    assert seen == config


def test_a_masked_path_leads_back(start: Callable[..., RegoEngine], library: dict[str, str], backend_name: str) -> None:
    body = """
applies contains t.id if some t in input.terraform.thing
deny contains {"subject": t.id, "path": ["tags", key], "msg": sprintf("%v", [t.config.tags[key]])} if {
    some t in input.terraform.thing
    t.config.tags[key]
}
"""
    keys = [card(), card("510000")]
    tagged = subject(
        f"thing.{card()}", {"tags": {key: key for key in keys}}, {("tags", key): at for at, key in enumerate(keys, 4)}
    )
    tags = rule("tags", body)
    report = start(backend_name, {**library, tags.source: tags.body}).check(unit(tagged), [tags])
    assert [hit.place for hit in report.hits] == [place(4), place(5)]
    assert [(item.subject, item.status) for item in report.checks] == [(tagged.id, Status.FAIL)]
    assert all(key not in hit.message for hit in report.hits for key in keys)


def test_settings_are_masked_alike(
    start: Callable[..., RegoEngine], library: dict[str, str], backend_name: str
) -> None:
    body = """
applies contains t.id if { some t in input.terraform.thing; t.config.account in data.settings.accounts }
deny contains 1 if false
"""
    account = "1234" * 3
    trusting = rule("trust", body)
    engine = start(backend_name, {**library, trusting.source: trusting.body}, {"settings": {"accounts": [account]}})
    scanned = unit(subject("thing.a", {"account": account}), subject("thing.b", {"account": "4321" * 3}))
    assert [item.subject for item in engine.check(scanned, [trusting]).checks] == ["terraform:. thing.a"]
