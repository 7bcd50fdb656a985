"""Every helper of the library, in the embedded engine and in OPA."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from scanner.engines.rego import RegoEngine
from scanner.model import Json

SETTINGS = {"cde_labels": {"pci-scope": "true", "zone": "*"}, "minimum_tls_version": "TLSv1.2"}
VOCABULARY = {
    "pan": {"include": "(?i)(?:^|_)(?:pan|card_number)(?:_|$)", "exclude": "(?i)masked"},
    "cvv": {"include": "(?i)cvv", "exclude": ""},
}
UNKNOWN = {"__unknown__": "a variable"}


class Ask:
    """Evaluates expressions: many in one module, as OPA compiles anew for each module."""

    def __init__(self, begin: Callable[..., RegoEngine], library: dict[str, str], name: str, data: Json) -> None:
        self._begin, self._library, self._name, self._data = begin, library, name, data

    def __call__(self, expressions: list[str], document: Json | None = None) -> dict[str, Json]:
        """The value of each expression; "undefined" where it has none."""
        rules = [
            f'deny contains {{"at": {at}, "value": value}} if {{ value := {text} }}'
            for at, text in enumerate(expressions)
        ]
        module = "\n".join(
            ["package paylint.rules.ask.it", "import data.paylint.blocks", "import data.paylint.lib", *rules]
        )
        backend = self._begin(self._name, {**self._library, "ask.rego": module}, self._data)._backend
        backend.set_input(json.dumps(document or {}))
        found = {item["at"]: item["value"] for item in backend.evaluate("paylint.rules.ask.it", "deny")}
        return {text: found.get(at, "undefined") for at, text in enumerate(expressions)}


@pytest.fixture
def ask(start: Callable[..., RegoEngine], library: dict[str, str], backend_name: str) -> Iterator[Ask]:
    yield Ask(start, library, backend_name, {"settings": SETTINGS, "vocabulary": VOCABULARY})


@pytest.fixture
def ask_bare(start: Callable[..., RegoEngine], library: dict[str, str], backend_name: str) -> Iterator[Ask]:
    """The same without settings."""
    yield Ask(start, library, backend_name, {})


def expect(ask: Ask, cases: dict[str, Json], document: Json | None = None) -> None:
    assert ask(list(cases), document) == cases


def holds(ask: Ask, function: str, yes: list[str], no: list[str], document: Json | None = None) -> None:
    cases: dict[str, Json] = {function.replace("_1_", case): True for case in yes}
    expect(ask, {**cases, **{function.replace("_1_", case): "undefined" for case in no}}, document)


def test_values(ask: Ask) -> None:
    unknown = json.dumps(UNKNOWN)
    expect(
        ask,
        {
            f"lib.is_unknown({unknown})": True,
            'lib.is_unknown({"a": 1})': "undefined",
            "lib.is_unknown(null)": "undefined",
            'lib.known("x")': True,
            "lib.known(null)": True,
            f"lib.known({unknown})": "undefined",
            "lib.known(input.nope)": "undefined",
            f'lib.has_unknown({{"a": [1, {{"b": {unknown}}}]}})': True,
            f"lib.has_unknown({unknown})": True,
            'lib.has_unknown({"a": [1, "x", null]})': "undefined",
            'lib.text("x")': "x",
            "lib.text(1)": "undefined",
            f"lib.text({unknown})": "undefined",
            "lib.number(8080)": 8080,
            'lib.number("8080")': 8080,
            'lib.number("-1.5")': -1.5,
            'lib.number(" 1")': "undefined",
            'lib.number("1e3")': "undefined",
            'lib.number("007")': "undefined",
            "lib.number([1])": "undefined",
        },
    )


def test_booleans_and_presence(ask: Ask) -> None:
    holds(ask, "lib.truthy(_1_)", ["true", '"true"', '"TRUE"'], ["false", '"false"', '"yes"', "1", "null", "[]", "{}"])
    holds(ask, "lib.falsy(_1_)", ["false", '"false"', '"False"'], ["true", "null", "0", '""', '"no"', "input.nope"])
    holds(
        ask,
        'lib.present(_1_, "a")',
        ['{"a": 1}', '{"a": false}', '{"a": ""}', '{"a": []}', '{"a": {"__unknown__": "r"}}'],
        ['{"a": null}', '{"b": 1}', "{}", "null", '"a"', "input.nope"],
    )


def test_as_array(ask: Ask) -> None:
    expect(
        ask,
        {
            "lib.as_array([1, 2])": [1, 2],
            "lib.as_array([])": [],
            "lib.as_array({2, 1})": [1, 2],
            "lib.as_array(null)": [],
            'lib.as_array("x")': ["x"],
            "lib.as_array(false)": [False],
            'lib.as_array({"a": 1})': [{"a": 1}],
            "lib.as_array(input.nope)": "undefined",
        },
    )


REFERENCES = {
    "unit": {"kind": "terraform"},
    "versioning": {
        "refs": {"bucket": ["aws_s3_bucket.logs"], "rule.0.bucket": ["aws_s3_bucket.other"]},
        "config": {"bucket": UNKNOWN, "rule": [{"target": "acme-logs"}], "key": "logs"},
    },
    "logs": {"id": "u aws_s3_bucket.logs", "address": "aws_s3_bucket.logs", "name": "logs", "config": {}},
    "named": {"id": "u b.n", "address": "b.n", "name": "n", "config": {"bucket": "acme-logs", "arn": UNKNOWN}},
    "first": {"id": "u b.l[0]", "address": "aws_s3_bucket.logs[0]", "name": "logs", "config": {}},
    "other": {"id": "u b.other", "address": "aws_s3_bucket.other", "name": "other", "config": {}},
}


def test_references(ask: Ask) -> None:
    holds(
        ask,
        "lib.refers(input.versioning, _1_)",
        [
            '"bucket", input.logs',
            '["bucket"], input.logs',
            '"bucket", input.first',
            '"rule.0.bucket", input.other',
            '["rule", 0, "bucket"], input.other',
            '"rule.0.target", input.named',
            '["rule", 0, "target"], input.named',
        ],
        ['"bucket", input.other', '"nope", input.logs', '"key", input.logs', '"rule.0.target", input.logs'],
        REFERENCES,
    )
    literal = {**REFERENCES, "unit": {"kind": "kubernetes"}}
    expect(ask, {'lib.refers(input.versioning, "key", input.logs)': True}, literal)


def manifest(kind: str, spec: Json, name: str = "x", **metadata: Json) -> Json:
    config = {"kind": kind, "metadata": {"name": name, **metadata}, "spec": spec}
    return {"id": f"k {kind}/{name}", "name": name, "address": f"{kind}/{name}", "type": kind, "config": config}


TEMPLATE = {"metadata": {"labels": {"app": "pay"}}, "spec": {"containers": [{"name": "c"}]}}
MANIFESTS = {
    "kubernetes": {
        "Pod": [
            manifest("Pod", {"containers": [{"name": "c"}], "initContainers": [{"name": "i"}]}, labels={"app": "pay"}),
            manifest("Pod", {"containers": None}, name="empty"),
            manifest("Pod", None, name="bare"),
        ],
        **{
            kind: [manifest(kind, {"template": TEMPLATE}, namespace="shop")]
            for kind in ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "ReplicationController")
        },
        "CronJob": [manifest("CronJob", {"jobTemplate": {"spec": {"template": TEMPLATE}}})],
        "Service": [manifest("Service", {"selector": {"app": "pay"}})],
    }
}


def test_pods(ask: Ask) -> None:
    text = "[[pod.id, pod.labels, pod.namespace, pod.path] | some pod in lib.pods]"
    pods = sorted(ask([text], MANIFESTS)[text])
    assert [pod[0] for pod in pods] == [
        *("k CronJob/x", "k DaemonSet/x", "k Deployment/x", "k Job/x", "k Pod/empty", "k Pod/x"),
        *("k ReplicaSet/x", "k ReplicationController/x", "k StatefulSet/x"),
    ]
    assert pods[0][1:] == [{"app": "pay"}, "default", ["spec", "jobTemplate", "spec", "template", "spec"]]
    assert pods[2][1:] == [{"app": "pay"}, "shop", ["spec", "template", "spec"]]
    assert pods[4][1:] == [{}, "default", ["spec"]]
    assert pods[5][1:] == [{"app": "pay"}, "default", ["spec"]]


def test_containers(ask: Ask) -> None:
    found = 'some pod in lib.pods; pod.id == "k Pod/{}"; some c in lib.containers(pod)]'
    text, empty = "[[c.container.name, c.list, c.path] | " + found.format("x"), "[c | " + found.format("empty")
    cases = {
        text: [["c", "containers", ["spec", "containers", 0]], ["i", "initContainers", ["spec", "initContainers", 0]]],
        empty: [],
    }
    expect(ask, cases, MANIFESTS)


def test_selectors(ask: Ask) -> None:
    labels = {"app": "pay", "tier": "api", "n": None}

    def expression(key: str, operator: str, *values: str) -> Json:
        return {"matchExpressions": [{"key": key, "operator": operator, "values": list(values)}]}

    yes: list[Json] = [
        {},
        {"matchLabels": {"app": "pay"}},
        {"matchLabels": {}},
        {"matchLabels": None},
        {"matchExpressions": None},
        expression("tier", "In", "api", "web"),
        expression("tier", "NotIn", "web"),
        expression("nope", "NotIn", "web"),
        {"matchExpressions": [{"key": "app", "operator": "Exists"}]},
        {"matchExpressions": [{"key": "nope", "operator": "DoesNotExist"}]},
    ]
    no: list[Json] = [
        None,
        UNKNOWN,
        "app",
        {"matchLabels": {"app": "shop"}},
        {"matchLabels": {"app": "pay", "zone": "x"}},
        {"matchLabels": UNKNOWN},
        expression("tier", "In", "web"),
        expression("nope", "In", "web"),
        expression("tier", "NotIn", "api"),
        expression("tier", "Like", "api"),
        {"matchExpressions": [{"key": "nope", "operator": "Exists"}]},
        {"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]},
        {**expression("tier", "In", "api"), "matchLabels": {"app": "shop"}},
    ]
    holds(ask, f"lib.selects(_1_, {json.dumps(labels)})", [json.dumps(s) for s in yes], [json.dumps(s) for s in no])
    holds(ask, 'lib.matches_labels(_1_, {"a": "1"})', ['{"a": "1"}', "{}", "null"], ['{"a": "2"}', '"a"', '{"b": "1"}'])


def test_scope(ask: Ask, ask_bare: Ask) -> None:
    yes = ['{"pci-scope": "true"}', '{"pci-scope": true, "b": 1}', '{"pci-scope": "True"}']
    holds(
        ask, "lib.in_scope(_1_)", [*yes, '{"zone": "any"}'], ['{"pci-scope": "false"}', "{}", "null", '{"zone": null}']
    )
    holds(ask_bare, "lib.in_scope(_1_)", yes, ['{"zone": "any"}', "{}", '{"pci-scope": {"__unknown__": "r"}}'])


def test_ranges(ask: Ask) -> None:
    yes = ["0.0.0.0/0", "::/0", "0:0::0/00", "10.1.2.3/0", " 0.0.0.0/0 ", "0.0.0.0/1", "128.0.0.0/1", "*", "Internet"]
    no = ['"10.0.0.0/8"', '"0.0.0.0"', '"0.0.0.0/10"', "null", "0", "[]", json.dumps(UNKNOWN), '""']
    holds(ask, "lib.cidr_is_open(_1_)", [json.dumps(cidr) for cidr in yes], no)
    holds(ask, "lib.is_cidr(_1_)", ['"10.0.0.0/8"', '"::1/128"'], ["1", "null", "input.nope"])
    expect(ask, {'lib.is_cidr("10.0.0.0/33")': "undefined", 'lib.is_cidr("sg-1")': "undefined"})


def test_ports(ask: Ask) -> None:
    holds(
        ask,
        "lib.port_in_range(_1_)",
        ["22, 20, 25", '22, "0", "65535"', '"22", 22, 22'],
        ["22, 23, 25", "22, 0, 21", "22, null, 65535", '22, "a", 30', f"22, {json.dumps(UNKNOWN)}, 30"],
    )
    holds(
        ask,
        "lib.port_in_text(22, _1_)",
        ['"22"', "22", '"20-25"', '"*"', '"80, 20 - 25"', '["80", "22"]'],
        ['"23"', '"30-40"', '"ssh"', "null", "[]", '"1-2-30"', '""'],
    )


def test_names(ask: Ask, ask_bare: Ask) -> None:
    holds(ask, 'lib.name_is("pan", _1_)', ['"card_number"', '"PAN"'], ['"masked_pan"', '"company"', "1", "null"])
    holds(ask, 'lib.name_is(_1_, "user_cvv")', ['"cvv"'], ['"pan"', '"nope"'])
    expect(ask_bare, {'lib.name_is("pan", "pan")': "undefined"})


TLS_SPELLINGS: dict[int, list[Json]] = {
    0: ["SSLv2", "ssl2"],
    1: ["SSLv3", "SSLV3", "SSL_3", "SSLv3 TLSv1.2"],
    2: [
        *(1, 1.0, "1", "1.0", "TLSv1", "TLS1", "TLS_1_0", "TLS1_0", "TLSv1.0", "TLS10", "VersionTLS10", "TLSv1_2016"),
        *("TLSv1 TLSv1.1 TLSv1.2", "ELBSecurityPolicy-TLS13-1-0-2021-06", "Policy-Min-TLS-1-0-2019-07", "TLS 1.0"),
    ],
    3: [
        *(1.1, "1.1", "TLSv1.1", "TLS1_1", "TLS_1_1", "VersionTLS11", "TLSv1.1_2016"),
        "ELBSecurityPolicy-TLS-1-1-2017-01",
    ],
    4: [
        *(1.2, "1.2", "TLSv1.2", "TLS1_2", "TLS_1_2", "TLSV1_2", "VersionTLS12", "TLSv1.2_2021", "TLSV1_2_2021"),
        *("tls 1.2", "tls-1.2", "TLSv1.2,TLSv1.3", "ELBSecurityPolicy-TLS13-1-2-2021-06"),
        *("ELBSecurityPolicy-FS-1-2-Res-2020-10", "ELBSecurityPolicy-TLS-1-2-2017-01"),
        *("Policy-Min-TLS-1-2-PFS-2023-10", "ELBSecurityPolicy-TLS-1-2-Ext-2018-06"),
    ],
    5: [1.3, "1.3", "TLSv1.3", "TLS1_3", "TLS_1_3", "VersionTLS13", "ELBSecurityPolicy-TLS13-1-3-2021-06"],
}
NO_VERSION: list[Json] = [
    "ELBSecurityPolicy-2016-08",
    "TLS_AUTO",
    "",
    "MODERN",
    None,
    UNKNOWN,
    True,
    "2021-06",
    "11.2",
    2,
]


def test_tls_versions(ask: Ask, ask_bare: Ask) -> None:
    ranks = {f"lib.tls_version_rank({json.dumps(v)})": rank for rank, vs in TLS_SPELLINGS.items() for v in vs}
    expect(ask, {**ranks, **{f"lib.tls_version_rank({json.dumps(v)})": "undefined" for v in NO_VERSION}})
    old = [json.dumps(v) for rank, vs in TLS_SPELLINGS.items() for v in vs if rank < 4]
    new = [json.dumps(v) for rank, vs in TLS_SPELLINGS.items() for v in vs if rank >= 4]
    holds(ask, "lib.tls_too_old(_1_)", old, new + [json.dumps(v) for v in NO_VERSION])
    holds(ask_bare, "lib.tls_too_old(_1_)", ['"TLSv1.1"'], ['"TLSv1.2"'])


def test_minimum_tls_version_is_a_setting(
    start: Callable[..., RegoEngine], library: dict[str, str], backend_name: str
) -> None:
    ask = Ask(start, library, backend_name, {"settings": {"minimum_tls_version": "1.3"}})
    holds(ask, "lib.tls_too_old(_1_)", ['"TLSv1.2"'], ['"TLSv1.3"'])


POLICIES = {
    "json": {
        "Statement": [
            {"Effect": "Allow", "Action": "s3:*", "Resource": ["*"], "Principal": {"AWS": ["*"], "Service": "x"}},
            {"Effect": "Deny", "NotAction": ["a:b"], "Principal": "*", "Condition": {"Bool": {"a": "b"}}},
            UNKNOWN,
        ]
    },
    "single": {"Statement": {"Effect": "Allow", "Action": ["iam:PassRole"], "Resource": "*"}},
    "blocks": {
        "statement": [
            {
                "actions": ["kms:*"],
                "resources": ["*"],
                "principals": [{"type": "AWS", "identifiers": ["*"]}, {"type": "Service", "identifiers": ["x"]}],
                "condition": [{"test": "Bool", "variable": "a", "values": ["b"]}],
            }
        ]
    },
    "none": {"Version": "2012-10-17"},
    "odd": {"Statement": "x"},
}


def statement(effect: str, path: list[str | int], conditional: bool = False, **more: list[str]) -> Json:
    lists = ("actions", "not_actions", "resources", "not_resources", "principals", "not_principals")
    return {**{name: more.get(name, []) for name in lists}, "effect": effect, "path": path, "conditional": conditional}


def test_iam_statements(ask: Ask) -> None:
    expect(
        ask,
        {
            "lib.statements(input.json)": [
                statement("Allow", ["Statement", 0], actions=["s3:*"], resources=["*"], principals=["*", "x"]),
                statement("Deny", ["Statement", 1], conditional=True, not_actions=["a:b"], principals=["*"]),
            ],
            "lib.statements(input.single)": [
                statement("Allow", ["Statement"], actions=["iam:PassRole"], resources=["*"])
            ],
            "lib.statements(input.blocks)": [
                statement("Allow", ["statement", 0], True, actions=["kms:*"], resources=["*"], principals=["*", "x"])
            ],
            "lib.statements(input.none)": [],
            "lib.statements(input.odd)": [],
            "lib.statements(null)": [],
        },
        POLICIES,
    )


def test_iam_tests(ask: Ask) -> None:
    holds(
        ask,
        "lib.action_matches(_1_)",
        [
            '"*", "s3:GetObject"',
            '"s3:*", "s3:GetObject"',
            '"S3:get*", "s3:GetObject"',
            '"s3:Get?bject", "s3:GetObject"',
        ],
        ['"s3:Put*", "s3:GetObject"', '"ec2:*", "s3:GetObject"', 'null, "s3:GetObject"', '{"__unknown__": "r"}, "a:b"'],
    )
    holds(ask, "lib.action_is_everything(_1_)", ['"*"', '"*:*"'], ['"s3:*"', "1", "null"])
    holds(ask, "lib.action_is_service_wide(_1_)", ['"s3:*"', '"*"'], ['"s3:Get*"', "1"])
    holds(
        ask,
        'lib.allows_action(_1_, "s3:GetObject")',
        ["lib.statements(input.json)[0]"],
        ["lib.statements(input.json)[1]", "lib.statements(input.single)[0]"],
        POLICIES,
    )
    holds(
        ask,
        "lib.principal_is_everyone(_1_)",
        ['"*"', '{"AWS": "*"}', '{"AWS": ["x", "*"]}', '["*"]', '"arn:aws:iam::*:root"', '["arn:aws-cn:iam::*:root"]'],
        ['"arn:aws:iam::1:root"', '{"Service": "x"}', "[]", "null", '{"__unknown__": "*"}'],
    )


def test_settings_in_nested_blocks(ask: Ask) -> None:
    config = {
        "mode": "ON",
        "listener": [{"tls": [{"mode": "strict"}, {}]}, {"port": 1}, {"tls": UNKNOWN}],
        "later": UNKNOWN,
        "policy": {"a": {"on": False}},
    }
    shape = '["listener", "*", "tls", "*", "mode"]'
    expect(
        ask,
        {
            'blocks.settings(input.c, ["mode"])': [{"path": ["mode"], "value": "ON"}],
            'blocks.settings(input.c, ["none"])': [{"path": ["none"], "value": None}],
            'blocks.settings(input.c, ["nowhere", "*", "mode"])': [],
            'blocks.settings(input.c, ["later", "*", "mode"])': [{"path": ["later"], "value": UNKNOWN}],
            'blocks.settings(input.c, ["policy", "a", "on"])': [{"path": ["policy", "a", "on"], "value": False}],
            f"blocks.settings(input.c, {shape})": [
                {"path": ["listener", 0, "tls", 0, "mode"], "value": "strict"},
                {"path": ["listener", 0, "tls", 1, "mode"], "value": None},
                {"path": ["listener", 2, "tls"], "value": UNKNOWN},
            ],
            f'blocks.bad(input.c, {shape}, {{"", "off"}})': [
                {"path": ["listener", 0, "tls", 1, "mode"], "value": None},
                {"path": ["listener", 2, "tls"], "value": UNKNOWN},
            ],
            'blocks.bad(input.c, ["mode"], {"on"})': [{"path": ["mode"], "value": "ON"}],
            'blocks.bad(input.c, ["policy", "a", "on"], {"true"})': [],
            "blocks.spelled(null)": "",
            "blocks.spelled(true)": "true",
            "blocks.spelled([1])": "undefined",
        },
        {"c": config},
    )
