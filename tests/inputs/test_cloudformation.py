"""CloudFormation and SAM templates as units and subjects."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.inputs.cloudformation import build, claims, facts, group
from scanner.model import Json, Subject, Unit, is_unknown
from scanner.text import Source

RULES = Path(__file__).resolve().parents[2] / "rules" / "rego"
FIXTURES = sorted(path for path in RULES.glob("*/cloudformation*") if path.suffix in (".yaml", ".json", ".template"))


def source(text: str | bytes, path: str = "stack.yaml") -> Source:
    return Source(path, text if isinstance(text, bytes) else text.encode())


def unit(text: str | bytes, path: str = "stack.yaml") -> Unit:
    return build(path, {path: source(text, path)})


def one(properties: str, more: str = "") -> Subject:
    """The only resource of a template with these properties (YAML, flow style)."""
    thing = f"  R:\n    Type: AWS::Test::Thing\n    Properties: {properties}\n"
    text = f"{more}\nResources:\n{thing}  Other:\n    Type: AWS::S3::Bucket\n"
    return unit(text).subjects[0]


def value(written: str, more: str = "") -> Json:
    return one(f"{{P: {written}}}", more).config.get("P", "removed")


def test_nothing_heavy_is_imported_for_a_name() -> None:
    code = "import sys, scanner.inputs.cloudformation as c; c.claims('a.yaml'); assert 'yaml' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("path", ["a.yaml", "x/b.yml", "x/C.TEMPLATE", "d.json", "cdk.out/App.template.json"])
def test_claimed(path: str) -> None:
    assert claims(path)


@pytest.mark.parametrize("path", ["a.tf", "package.json", "x/package-lock.json", "template.txt"])
def test_not_claimed(path: str) -> None:
    assert not claims(path)


@pytest.mark.parametrize(
    "text",
    [
        "Resources:\n  B:\n    Type: AWS::S3::Bucket\n",
        "Resources: # all\n  B:\n    Type: 'Custom::Thing'\n",
        '{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}',
        '{\n  "Resources": {\n    "B": {\n      "Type": "AWS::S3::Bucket"\n    }\n  }\n}',
        "\ufeffResources:\r\n  B:\r\n    Type: AWS::S3::Bucket\r\n",
        "Resources: {B: {Type: AWS::S3::Bucket}}\n",
    ],
)
def test_templates(text: str) -> None:
    assert facts(source(text)) == {}
    assert len(unit(text).subjects) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Resources:\n  - AWS::S3::Bucket\n",
        "Resources: # those\n\n  - name: x\n    Type: AWS::S3::Bucket\n",
        "service: x\nresources:\n  Resources:\n    B:\n      Type: AWS::S3::Bucket\n",
        "Resources: see AWS::S3::Bucket\n",
        "Parameters:\n  A: {Type: AWS::EC2::VPC::Id}\n",
        '{"Resources": [{"Type": "AWS::S3::Bucket"}]}',
        "apiVersion: v1\nkind: ConfigMap\ndata:\n  t: |\n    Resources:\n      B:\n        Type: AWS::S3::Bucket\n",
        "not: [closed\nResources AWS:: Type: AWS::S3\n",
    ],
)
def test_other_files(text: str) -> None:
    assert facts(source(text)) is None


def test_short_and_long_forms_mean_the_same() -> None:
    for short, long in (
        ("!Ref Other", "{Ref: Other}"),
        ("!GetAtt Other.Arn", "{'Fn::GetAtt': [Other, Arn]}"),
        ("!Sub 'a-${Other}'", "{'Fn::Sub': 'a-${Other}'}"),
        ("!Join ['-', [a, b]]", "{'Fn::Join': ['-', [a, b]]}"),
        ("!Select [1, [a, b]]", "{'Fn::Select': ['1', [a, b]]}"),
        ("!Split [',', 'a,b']", "{'Fn::Split': [',', 'a,b']}"),
        ("!Base64 x", "{'Fn::Base64': x}"),
        ("!ImportValue x", "{'Fn::ImportValue': x}"),
        ("!Cidr [a, 1, 2]", "{'Fn::Cidr': [a, 1, 2]}"),
    ):
        assert value(short) == value(long), short


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("!Ref Env", "dev"),
        ("!Ref Nets", ["10.0.0.0/8", "0.0.0.0/0"]),
        ("!Ref Count", 3),
        ("!Sub '${Env}-x-${!Kept}'", "dev-x-${Kept}"),
        ("!Sub ['${A}${Env}', {A: !Ref Count}]", "3dev"),
        ("!Select [0, !Ref Nets]", "10.0.0.0/8"),
        ("!Join [',', !Ref Nets]", "10.0.0.0/8,0.0.0.0/0"),
        ("!FindInMap [M, !Ref Env, size]", "small"),
        ("!FindInMap [M, dev, list]", ["a", "b"]),
        ("!FindInMap [M, none, size, {DefaultValue: big}]", "big"),
        ("!If [IsDev, yes-it-is, no]", "yes-it-is"),
        ("!If [IsProd, x, !Ref AWS::NoValue]", "removed"),
        ("!If [HasKey, same, same]", "same"),
        ("!If [Neither, x, y]", "x"),
        ("[a, !Ref AWS::NoValue, b]", ["a", "b"]),
        ("{'Fn::Base64': !Sub '${Env}'}", "dev"),
        ("{'Fn::ToJsonString': {a: !Ref Env}}", {"a": "dev"}),
        ("{Condition: {StringEquals: {a: b}}}", {"Condition": {"StringEquals": {"a": "b"}}}),
        ("{__unknown__: no}", {"__unknown__ ": False}),
    ],
)
def test_known_values(written: str, expected: Json) -> None:
    assert value(written, HEAD) == expected


HEAD = """\
Parameters:
  Env: {Type: String, Default: dev}
  Count: {Type: Number, Default: 3}
  Nets: {Type: CommaDelimitedList, Default: "10.0.0.0/8, 0.0.0.0/0"}
  Key: {Type: String}
  Image: {Type: "AWS::SSM::Parameter::Value<String>", Default: /a/b}
Mappings:
  M: {dev: {size: small, list: [a, b]}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsDev: {"Fn::Equals": [{Ref: Env}, dev]}
  HasKey: !Not [!Equals [!Ref Key, ""]]
  Neither: !Or [!Condition IsDev, !Condition HasKey]
  Both: !And [!Condition IsProd, Condition: HasKey]
  Circle: !Not [!Condition Circle]
"""


@pytest.mark.parametrize(
    "written",
    [
        "!Ref Key",
        "!Ref Image",
        "!Ref AWS::Region",
        "!Ref Nowhere",
        "!Sub '${Key}-x'",
        "!If [HasKey, a, b]",
        "!If [Circle, a, b]",
        "!If [Nowhere, a, b]",
        "!FindInMap [M, !Ref AWS::Region, size]",
        "!FindInMap [M, prod, size]",
        "!Select [!Ref Key, [a]]",
        "!Select [7, [a]]",
        "!Split [',', !Ref Key]",
        "!Transform {Name: AWS::Include}",
        "{a: b, 'Fn::Transform': {Name: X}}",
        "!Nonsense x",
        "'{{resolve:ssm:/a/b}}'",
        "!Sub '{{resolve:secretsmanager:${Key}}}'",
        "!GetAZs ''",
    ],
)
def test_unknown_values(written: str) -> None:
    assert is_unknown(value(written, HEAD))


def test_a_text_with_an_unknown_part_keeps_the_rest() -> None:
    found = value("!Sub 'arn:aws:s3:${AWS::Region}::${Env}/*'", HEAD)
    assert is_unknown(found) and found["text"] == "arn:aws:s3:${AWS::Region}::dev/*"


def test_the_partition_of_an_arn_does_not_matter() -> None:
    assert value("!Sub 'arn:${AWS::Partition}:s3:::${Env}'", HEAD) == "arn:aws:s3:::dev"
    assert value("!Join [':', [arn, !Ref AWS::Partition, 's3:::x']]", HEAD) == "arn:aws:s3:::x"
    assert is_unknown(value("!Ref AWS::Partition", HEAD))


def test_references() -> None:
    found = one("{A: !Ref Other, B: [{C: !GetAtt Other.Arn}], D: !Sub 'x/${Other.Arn}/${AWS::Region}'}")
    assert found.config["A"]["ref"] == "Other"
    assert found.config["B"][0]["C"]["attr"] == "Arn"
    assert found.refs["A"] == found.refs["B.0.C"] == found.refs["D"] == ("Other",)


def test_a_parameter_is_reported_where_it_is_used_and_its_default_is_in_the_trace() -> None:
    text = """\
Parameters:
  Pw: {Type: String, NoEcho: true, Default: open-sesame}
Resources:
  D:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: !Ref Pw
"""
    (found,) = unit(text).subjects
    assert found.config["MasterUserPassword"] == "open-sesame"
    assert source(text).slice(found.places["MasterUserPassword",].span) == "!Ref Pw"
    (step,) = found.definitions["MasterUserPassword",]
    assert source(text).slice(step.place.span) == "open-sesame"


def test_conditions_decide_which_resources_there_are() -> None:
    text = (
        HEAD
        + "Resources:\n"
        + "".join(
            f"  {name}: {{Type: AWS::S3::Bucket, Condition: {name}}}\n"
            for name in ("IsDev", "IsProd", "HasKey", "Both")
        )
    )
    assert [subject.name for subject in unit(text).subjects] == ["IsDev", "HasKey"]


def test_attributes() -> None:
    found = unit(
        "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    DeletionPolicy: Retain\n    DependsOn: A\n"
    ).subjects[0]
    assert found.config == {"__attributes__": {"DeletionPolicy": "Retain"}}
    assert found.id == "cloudformation:stack.yaml:B"


def test_globals_of_sam() -> None:
    text = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Timeout: 3, Environment: {Variables: {A: global, B: global}}, Layers: [l1]}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {Timeout: 9, Environment: {Variables: {B: own}}, Layers: [l2]}
  T: {Type: AWS::Serverless::SimpleTable}
"""
    first, second = unit(text).subjects
    assert first.config == {
        "Timeout": 9,
        "Environment": {"Variables": {"A": "global", "B": "own"}},
        "Layers": ["l1", "l2"],
    }
    assert second.config == {}


@pytest.mark.parametrize("header", ["|", "!Sub |", ">-", "!Sub >-"])
def test_a_policy_that_is_written_as_text(header: str) -> None:
    policy = '        {"Statement": [\n          {"Effect": "Allow", "Action": "*"}]}\n'
    text = f"Resources:\n  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument: {header}\n{policy}"
    (found,) = unit(text).subjects
    assert found.config["PolicyDocument"] == {"Statement": [{"Effect": "Allow", "Action": "*"}]}
    if header.endswith("|"):
        place = found.places["PolicyDocument", "Statement", 0, "Action"]
        assert source(text).slice(place.span) == '"*"'


def test_a_policy_in_quotes_has_places() -> None:
    policy = """'{"Statement": {"Action": "a:b"}}'"""
    text = f"Resources: {{P: {{Type: AWS::IAM::Policy, Properties: {{PolicyDocument: {policy}}}}}}}\n"
    (found,) = unit(text).subjects
    assert source(text).slice(found.places["PolicyDocument", "Statement", "Action"].span) == '"a:b"'


def test_a_policy_with_substitutions_in_json() -> None:
    policy = json.dumps({"Statement": [{"Resource": "${Other.Arn}/*", "Action": "${A}"}]})
    text = json.dumps(
        {
            "Resources": {
                "Other": {"Type": "AWS::S3::Bucket"},
                "P": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": {"Fn::Sub": policy}}},
            }
        }
    )
    found = unit(text, "a.json").subjects[1]
    assert found.config["PolicyDocument"]["Statement"][0]["Resource"]["text"] == "${Other.Arn}/*"
    assert found.refs["PolicyDocument"] == ("Other",)


def test_what_does_not_parse_is_a_problem() -> None:
    (problem,) = unit("Resources:\n  B:\n    Type: AWS::S3::Bucket\n    x: [1\n").problems
    assert problem.fatal and problem.line
    (problem,) = unit("Resources:\n{% if x %}\n  B:\n    Type: AWS::S3::Bucket\n").problems
    assert not problem.fatal


def test_keys_given_twice_are_noted() -> None:
    (problem,) = unit("Resources:\n  B: {Type: AWS::S3::Bucket, Type: AWS::SQS::Queue}\n").problems
    assert "given again" in problem.message and not problem.fatal


def test_nested_templates() -> None:
    text = (
        "Resources:\n  N:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./net/vpc.yaml\n"
    )
    child = "Resources:\n  B:\n    Type: AWS::S3::Bucket\n"
    files = {"a/main.yaml": source(text, "a/main.yaml"), "a/net/vpc.yaml": source(child, "a/net/vpc.yaml")}
    known = {path: facts(one) for path, one in files.items()}
    groups = group(known)
    assert groups == {"a/main.yaml": ("a/main.yaml", "a/net/vpc.yaml"), "a/net/vpc.yaml": ("a/net/vpc.yaml",)}
    assert not build("a/main.yaml", files).problems
    (problem,) = build("a/main.yaml", {"a/main.yaml": files["a/main.yaml"]}).problems
    assert problem.line == 5 and not problem.fatal


def test_loops_of_resources_are_noted() -> None:
    loop = "  Fn::ForEach::Bs: [N, [a], {'B${N}': {Type: AWS::S3::Bucket}}]\n"
    text = f"Transform: AWS::LanguageExtensions\nResources:\n{loop}  B:\n    Type: AWS::S3::Bucket\n"
    found = unit(text)
    assert [subject.name for subject in found.subjects] == ["B"]
    assert [problem.fatal for problem in found.problems] == [False]


def test_deep_nesting_is_survived() -> None:
    deep = "{Fn::If: [A, x, " * 45 + "y" + "]}" * 45
    chain = "".join(f"  C{n}: !Not [!Condition C{n + 1}]\n" for n in range(2000))
    bucket = f"  B:\n    Type: AWS::S3::Bucket\n    Condition: C0\n    Properties:\n      A: {deep}\n"
    text = f"Conditions:\n{chain}Resources:\n{bucket}"
    assert unit(text).subjects[0].name == "B"
    assert unit(text.replace("[A, x", "[[[[[[[[[[[[").replace("]}", "]]")).problems


def test_repeating_a_long_default_ends() -> None:
    names = "".join(f"      P{n}: !Ref Long\n" for n in range(3000))
    head = f"Parameters:\n  Long: {{Type: String, Default: {'x' * 200_000}}}\n"
    text = f"{head}Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties:\n{names}"
    found = unit(text)
    assert [problem.fatal for problem in found.problems] == [True]


SCALARS = st.one_of(
    st.booleans(),
    st.integers(-1000, 1000),
    st.text("abc xyz:-#{}'\"", max_size=12),
)


@given(
    st.dictionaries(
        st.text("ABCdef", min_size=1, max_size=6), st.one_of(SCALARS, st.lists(SCALARS, max_size=3)), max_size=5
    )
)
def test_the_text_at_a_span_is_the_value_as_written(properties: dict[str, Json]) -> None:
    text = json.dumps({"Resources": {"R": {"Type": "AWS::Test::Thing", "Properties": properties}}}, indent=1)
    (found,) = unit(text, "a.json").subjects
    assert found.config == properties
    for keys, place in found.places.items():
        written: Json = found.config
        for key in keys:
            written = written[key]
        if not isinstance(written, dict | list):
            assert json.loads(source(text).slice(place.span)) == written


@settings(max_examples=60)
@given(st.data())
def test_broken_templates_never_raise(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([*(path.read_bytes() for path in FIXTURES), HEAD.encode()]))
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    at = data.draw(st.integers(0, len(cut)))
    broken = cut[:at] + data.draw(st.binary(max_size=6)) + cut[at + data.draw(st.integers(0, 6)) :]
    path = data.draw(st.sampled_from(["a.yaml", "a.json", "a.template"]))
    facts(source(broken, path))
    found = unit(broken, path)
    json.dumps([subject.config for subject in found.subjects])
    for subject in found.subjects:
        assert all(place.path == path for place in subject.places.values())
