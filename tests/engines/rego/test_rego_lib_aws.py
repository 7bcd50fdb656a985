"""The helpers about AWS, in the embedded engine and in OPA."""

from __future__ import annotations

import json
from collections.abc import Callable

from scanner.engines.rego import RegoEngine
from scanner.model import Json

Start = Callable[..., RegoEngine]
UNKNOWN = {"__unknown__": "a variable"}


def resource(kind: str, name: str, config: Json, **refs: list[str]) -> Json:
    return {
        "id": f"terraform:.:{kind}.{name}",
        "name": name.split("[", maxsplit=1)[0],
        "address": f"{kind}.{name}",
        "type": kind,
        "config": config,
        "refs": refs,
    }


def ask(start: Start, library: dict[str, str], backend: str, document: Json, expressions: list[str]) -> dict[str, Json]:
    """The value of each expression; "undefined" where it has none."""
    imports = [f"import data.paylint.{name}" for name in ("aws", "aws_keys", "aws_network")]
    rules = [
        f'deny contains {{"at": {at}, "value": value}} if {{ value := {text} }}' for at, text in enumerate(expressions)
    ]
    module = "\n".join(["package paylint.rules.ask.it", *imports, *rules])
    settings = {"admin_ports": [22], "database_ports": [5432]}
    engine = start(backend, {**library, "ask.rego": module}, {"settings": settings, "vocabulary": {}})
    engine.backend.set_input(json.dumps(document))
    found = {item["at"]: item["value"] for item in engine.backend.evaluate("paylint.rules.ask.it", "deny")}
    return {text: found.get(at, "undefined") for at, text in enumerate(expressions)}


def test_among(start: Start, library: dict[str, str], backend_name: str) -> None:
    """By address, with or without the index of an instance, and by name; never by a neighbour's."""
    blocks = [
        resource("block", "one", {"bucket": UNKNOWN}, bucket=["bucket.one"]),
        resource("block", 'each["a"]', {"bucket": UNKNOWN}, bucket=['bucket.each["a"]']),
        resource("block", "all", {"bucket": UNKNOWN}, bucket=["bucket.counted"]),
        resource("block", "inner", {"bucket": UNKNOWN}, bucket=["bucket.whole[0]"]),
        resource("block", "name", {"bucket": "by-name"}),
    ]
    buckets = {
        "one": resource("bucket", "one", {}),
        "a": resource("bucket", 'each["a"]', {}),
        "b": resource("bucket", 'each["b"]', {}),
        "counted": resource("bucket", "counted[1]", {}),
        "whole": resource("bucket", "whole", {}),
        "name": resource("bucket", "x", {"bucket": "by-name"}),
        "one_more": resource("bucket", "one_more", {"bucket": "by-name-2"}),
    }
    document = {"terraform": {"block": blocks}, **buckets}
    named = 'aws.pointed("block", ["bucket"])'
    answers = ask(start, library, backend_name, document, [f"aws.among({named}, input.{name})" for name in buckets])
    among = [name for name, answer in zip(buckets, answers.values(), strict=True) if answer is True]
    assert among == ["one", "a", "counted", "whole", "name"]


def test_a_key_of_ones_own(start: Start, library: dict[str, str], backend_name: str) -> None:
    sources = {
        "data.aws_kms_alias": [
            resource("data.aws_kms_alias", "theirs", {"name": "alias/aws/s3"}),
            resource("data.aws_kms_alias", "ours", {"name": "alias/cards"}),
        ]
    }
    own: list[tuple[Json, list[str], Json]] = [
        ("arn:aws:kms:eu-central-1:1:key/1", [], True),
        ("alias/cards", [], True),
        ("alias/aws/s3", [], "undefined"),
        ("arn:aws:kms:eu-central-1:1:alias/aws/s3", [], "undefined"),
        ("AWS_OWNED_KMS_KEY", [], "undefined"),
        ("", [], "undefined"),
        (None, [], "undefined"),
        (UNKNOWN, [], "undefined"),
        (UNKNOWN, ["aws_kms_key.cards"], True),
        (UNKNOWN, ["data.aws_kms_alias.ours"], True),
        (UNKNOWN, ["data.aws_kms_alias.theirs"], "undefined"),
    ]
    stores = [resource("store", str(at), {"key": key}, key=refs) for at, (key, refs, _) in enumerate(own)]
    expressions = [
        f'aws_keys.own_key(input.stores[{at}], ["key"], input.stores[{at}].config.key)' for at in range(len(own))
    ]
    document = {"terraform": sources, "stores": stores}
    answers = ask(start, library, backend_name, document, expressions)
    assert list(answers.values()) == [expected for _, _, expected in own]


def test_where_a_setting_means_something(start: Start, library: dict[str, str], backend_name: str) -> None:
    setting = '{"at": ["disk", "*", "key"], "if": [[["on"], {"true"}], [["copy"], {""}]]}'
    configs: list[Json] = [
        {"on": True},
        {"on": "true", "disk": [{}, {"key": "k"}]},
        {"on": False},
        {"on": True, "copy": "other"},
        {"on": UNKNOWN},
        {"on": UNKNOWN, "copy": "other"},
    ]
    stores = [resource("store", str(at), config) for at, config in enumerate(configs)]
    document = {"terraform": {}, "stores": stores}
    each = range(len(configs))
    speaks = ask(
        start, library, backend_name, document, [f"aws_keys.speaks(input.stores[{at}], {setting})" for at in each]
    )
    assert [answer is True for answer in speaks.values()] == [True, True, False, False, False, False]
    may = ask(
        start, library, backend_name, document, [f"aws_keys.may_speak(input.stores[{at}], {setting})" for at in each]
    )
    assert [answer is True for answer in may.values()] == [False, False, False, False, True, False]
    missing = ask(
        start, library, backend_name, document, [f"aws_keys.missing(input.stores[{at}], {setting})" for at in (0, 1)]
    )
    assert list(missing.values()) == [[["disk", "key"]], [["disk", 0, "key"]]]


def test_ports_that_are_reached(start: Start, library: dict[str, str], backend_name: str) -> None:
    """Asked after the ways: an engine that forgets what a library knows would say nothing."""
    rules: list[tuple[Json, Json]] = [
        ({"protocol": "-1", "from_port": 0, "to_port": 0}, "every port"),
        ({"protocol": "tcp", "from_port": 0, "to_port": 65535}, "every port"),
        ({"protocol": "tcp", "from_port": 20, "to_port": 30}, "port 22"),
        ({"protocol": "icmp", "from_port": 22, "to_port": 22}, None),
        ({"protocol": "tcp", "from_port": 443, "to_port": 443}, None),
    ]
    groups = [resource("aws_security_group", str(at), {"ingress": [rule]}) for at, (rule, _) in enumerate(rules)]
    document = {"terraform": {"aws_security_group": groups}}
    expression = "{way.name: what | some way in aws_network.ways; what := aws_network.reached(way.rule)}"
    answers = ask(start, library, backend_name, document, [expression])
    assert answers[expression] == {str(at): what for at, (_, what) in enumerate(rules) if what}
