"""Plans: values of the plan, places of the code; and plans alone."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.inputs import terraform as terraform_input
from scanner.text import Source
from tests.inputs.terraform.conftest import build_unit
from tests.inputs.terraform.plans import BUCKET, Planned, bucket, constant, reference

if TYPE_CHECKING:
    from tests.inputs.terraform.conftest import Build

# Which files are plans


@pytest.mark.parametrize(
    ("text", "is_plan"),
    [
        (Planned().text(), True),
        (Planned().text(indent=2), True),
        ("\ufeff" + Planned().text(), True),
        (json.dumps(Planned().data(), sort_keys=True), True),
        ('{"format_version":"1.0","terraform_version":"1.5.0","values":{"root_module":{}}}', True),
        ('{"format_version":"1.2","terraform_version":"1.5.0","planned_values":{"root_mod', True),
        ('{"format_version":"1.0","provider_schemas":{}}', False),
        ('{"format_version":"1.0","valid":true}', False),
        ('{"version":4,"terraform_version":"1.5.0","resources":[]}', False),
        ('{"name":"x","version":"1"}', False),
        ('{"a": "\\"format_version\\" \\"terraform_version\\" \\"planned_values\\""}', False),
        ('["format_version", "terraform_version", "planned_values"]', False),
        ("", False),
        ("[" * 100_000, False),
    ],
)
def test_a_plan_is_known_by_its_content(text: str, is_plan: bool) -> None:
    found = terraform_input.facts(Source("x.json", text.encode()))
    assert (found is not None and "plan" in found) is is_plan


def test_a_plan_names_what_its_root_module_declares() -> None:
    plan = bucket().add("module.m[0].aws_s3_bucket.c", {}, {})
    assert terraform_input.facts(Source("p.json", plan.text().encode())) == {"plan": ["aws_s3_bucket.b", "module.m"]}


# Which code a plan belongs to


def _grouped(files: dict[str, str]) -> dict[str, tuple[str, ...]]:
    sources = [Source(path, text.encode()) for path, text in files.items()]
    facts = {source.path: fact for source in sources if (fact := terraform_input.facts(source)) is not None}
    return terraform_input.group(facts)


@pytest.mark.parametrize("path", ["plan.json", "infra/plan.json", "infra/out/plan.json", "other/plan.json"])
def test_a_plan_joins_the_root_module_that_declares_the_same(path: str) -> None:
    files = {"infra/main.tf": BUCKET, "other/main.tf": 'resource "x" "y" {\n}\n', path: bucket().text()}
    assert _grouped(files)["infra"] == tuple(sorted(["infra/main.tf", path]))


@pytest.mark.parametrize(("path", "root"), [("live/prod/p.json", "live/prod"), ("plans/tf-prod.json", "live/prod")])
def test_of_like_root_modules_the_nearest_or_the_one_named_alike(path: str, root: str) -> None:
    files = {f"live/{name}/main.tf": BUCKET for name in ("dev", "prod", "test")}
    groups = _grouped({**files, path: bucket().text()})
    assert groups[root] == tuple(sorted([f"{root}/main.tf", path]))
    assert sum(path in paths for paths in groups.values()) == 1


def test_a_plan_of_no_or_any_code_stands_alone() -> None:
    files = {f"live/{name}/main.tf": BUCKET for name in ("dev", "prod")}
    assert _grouped({**files, "plan.json": bucket().text()})["plan.json"] == ("plan.json",)
    assert _grouped({"main.tf": 'resource "x" "y" {\n}\n', "p.json": bucket().text()})["p.json"] == ("p.json",)


def test_a_second_plan_makes_a_unit_of_its_own_from_the_same_code(terraform: Build) -> None:
    public = Planned(acl="public-read").add("aws_s3_bucket.b", {"acl": "public-read"}, {"acl": reference("var.acl")})
    files: dict[str, str | bytes] = {"main.tf": BUCKET, "dev.json": public.text(), "prod.json": bucket().text()}
    first, second = terraform(files, "."), terraform(files, "prod.json")
    assert first.config("aws_s3_bucket.b") == {"acl": "public-read"}
    assert second.config("aws_s3_bucket.b") == {"acl": "private"}
    assert [built.at("aws_s3_bucket.b", "acl") for built in (first, second)] == ["var.acl", "var.acl"]
    assert second.subject("aws_s3_bucket.b").id == "terraform:prod.json:aws_s3_bucket.b"


# Values of the plan at the places of the code


def test_the_plan_knows_the_value_and_the_code_the_place(terraform: Build) -> None:
    built = terraform({"main.tf": BUCKET, "plan.json": bucket(force_destroy=False, website=[], region="x").text()})
    assert not built.messages
    assert built.config("aws_s3_bucket.b") == {"acl": "private"}
    assert built.at("aws_s3_bucket.b", "acl") == "var.acl"
    assert built.text(built.subject("aws_s3_bucket.b").header) == 'resource "aws_s3_bucket" "b"'
    assert [step[:3] for step in built.steps("aws_s3_bucket.b", "acl")] == [
        ("variable acl, in plan.json", "plan.json", 1)
    ]


def test_a_value_that_a_file_gives_as_well_leads_to_that_file(terraform: Build) -> None:
    files: dict[str, str | bytes] = {"main.tf": BUCKET, "prod.tfvars": 'acl = "private"\n', "p.json": bucket().text()}
    assert terraform(files).steps("aws_s3_bucket.b", "acl") == [
        ("variable acl, set in prod.tfvars", "prod.tfvars", 1, '"private"')
    ]


def test_every_instance_has_the_places_of_its_block(terraform: Build) -> None:
    code = """
data "http" "names" {}
resource "aws_ebs_volume" "v" {
  for_each  = toset(jsondecode(data.http.names.body))
  encrypted = each.key == "a"
}
"""
    plan = Planned()
    for key, encrypted in (("a", True), ("b", False)):
        plan.add(
            f'aws_ebs_volume.v["{key}"]',
            {"encrypted": encrypted, "iops": None},
            {"encrypted": reference("each.key")},
            unknown={"id": True},
            block={"for_each_expression": reference("data.http.names.body")},
        )
    built = terraform({"main.tf": code, "plan.json": plan.text()})
    assert built.addresses == ['aws_ebs_volume.v["a"]', 'aws_ebs_volume.v["b"]', "data.http.names"]
    for key, encrypted in (("a", True), ("b", False)):
        address = f'aws_ebs_volume.v["{key}"]'
        config = built.config(address)
        assert config == {"encrypted": encrypted, "id": {"__unknown__": "known only at apply"}}
        assert built.at(address, "encrypted") == 'each.key == "a"'


def test_code_that_the_plan_has_no_instance_of_is_not_judged(terraform: Build) -> None:
    code = 'data "x" "y" {}\nresource "a" "b" {\n  count = data.x.y.n\n}\nresource "a" "c" {\n}\n'
    plan = Planned().add("a.c", {}, {}).add("a.b[0]", {}, {}, block={"count_expression": reference("data.x.y.n")})
    plan.modules[""].pop()
    assert terraform({"main.tf": code, "p.json": plan.text()}).addresses == ["a.c", "data.x.y"]


def test_code_that_is_newer_than_the_plan_is_judged(terraform: Build) -> None:
    built = terraform({"main.tf": BUCKET + 'resource "a" "new" {\n  v = 1\n}\n', "p.json": bucket().text()})
    assert built.addresses == ["aws_s3_bucket.b", "a.new"]
    assert built.config("a.new") == {"v": 1}


def test_a_resource_the_code_no_longer_has_stands_in_the_plan(terraform: Build) -> None:
    plan = bucket().add("aws_s3_bucket.gone", {"acl": "private"}, {"acl": constant("private")})
    built = terraform({"main.tf": BUCKET, "p.json": plan.text()})
    assert built.subject("aws_s3_bucket.gone").header.path == "p.json"


def test_through_modules(terraform: Build) -> None:
    files: dict[str, str | bytes] = {
        "main.tf": 'module "m" {\n  source   = "./m"\n  for_each = toset(["x"])\n  size     = 7\n}\n',
        "m/main.tf": 'variable "size" {}\nresource "a" "b" {\n  count = 2\n  v = var.size\n}\n',
    }
    plan = Planned()
    plan.call("module.m", expressions={"size": constant(7)}, for_each_expression=reference("local.x"))
    for index in (0, 1):
        block = {"count_expression": constant(2)}
        plan.add(f'module.m["x"].a.b[{index}]', {"v": 8}, {"v": reference("var.size")}, block=block)
    built = terraform({**files, "p.json": plan.text()})
    for index in (0, 1):
        address = f'module.m["x"].a.b[{index}]'
        assert built.config(address) == {"v": 8}
        assert built.subject(address).places["v",].path == "m/main.tf"


def test_a_module_that_is_not_on_disk_is_reported_at_its_call(terraform: Build) -> None:
    files: dict[str, str | bytes] = {"main.tf": 'module "m" {\n  source = "acme/x/aws"\n}\n'}
    plan = Planned().add("module.m.module.n[0].a.b", {"v": 8}, {"v": constant(8)})
    built = terraform({**files, "p.json": plan.text()})
    subject = built.subject("module.m.module.n[0].a.b")
    assert subject.config == {"v": 8}
    assert built.text(subject.header) == 'module "m"'
    assert not built.messages


def test_blocks_of_a_set_find_their_own_places(terraform: Build) -> None:
    code = """
resource "aws_security_group" "g" {
  ingress {
    from_port   = 443
    cidr_blocks = ["10.0.0.0/8"]
  }
  ingress {
    from_port   = 22
    cidr_blocks = [var.open]
  }
}
variable "open" {}
"""
    rows = [
        {"from_port": 22, "cidr_blocks": ["0.0.0.0/0"], "self": False, "description": ""},
        {"from_port": 443, "cidr_blocks": ["10.0.0.0/8"], "self": False, "description": ""},
    ]
    plan = Planned(open="0.0.0.0/0").add("aws_security_group.g", {"ingress": rows}, {"ingress": [{}, {}]})
    built = terraform({"main.tf": code, "p.json": plan.text()})
    assert built.config("aws_security_group.g")["ingress"] == [
        {"from_port": 22, "cidr_blocks": ["0.0.0.0/0"]},
        {"from_port": 443, "cidr_blocks": ["10.0.0.0/8"]},
    ]
    assert built.at("aws_security_group.g", "ingress", 0, "from_port") == "22"
    assert built.at("aws_security_group.g", "ingress", 0, "cidr_blocks", 0) == "var.open"
    assert built.at("aws_security_group.g", "ingress", 1, "from_port") == "443"


def test_a_policy_is_parsed_and_keeps_its_places(terraform: Build) -> None:
    code = 'resource "p" "q" {\n  policy = jsonencode({ Statement = [{ Action = var.a, Effect = "Allow" }] })\n}\n'
    policy = json.dumps({"Statement": [{"Action": "s3:*", "Effect": "Allow"}]})
    plan = Planned(a="s3:*").add("p.q", {"policy": policy}, {"policy": reference("var.a")})
    built = terraform({"main.tf": code + 'variable "a" {}\n', "p.json": plan.text()})
    assert built.config("p.q")["policy"] == {"Statement": [{"Action": "s3:*", "Effect": "Allow"}]}
    assert built.at("p.q", "policy", "Statement", 0, "Action") == "var.a"


def test_of_what_apply_decides_the_code_may_know_a_part(terraform: Build) -> None:
    code = (
        'resource "p" "q" {\n  policy = jsonencode({ Action = "s3:*", Resource = a.b.arn })\n}\nresource "a" "b" {\n}\n'
    )
    plan = Planned().add("p.q", {}, {"policy": reference("a.b.arn", "a.b")}, unknown={"policy": True})
    built = terraform({"main.tf": code, "p.json": plan.add("a.b", {}, {}).text()})
    policy = built.config("p.q")["policy"]
    assert policy["Action"] == "s3:*"
    assert policy["Resource"]["ref"] == "a.b"
    assert built.subject("p.q").refs["policy"] == ("a.b",)


# Secrets


@pytest.mark.parametrize("declared", ['variable "pw" {\n  sensitive = true\n}\n', 'variable "pw" {\n}\n'])
def test_a_secret_from_outside_is_none_of_the_code(terraform: Build, declared: str) -> None:
    code = declared + 'resource "aws_db_instance" "d" {\n  password = var.pw\n}\n'
    plan = Planned(pw="correct horse").add(
        "aws_db_instance.d",
        {"password": "correct horse"},
        {"password": reference("var.pw")},
        sensitive={"password": True},
    )
    plan.configuration["root_module"]["variables"]["pw"]["sensitive"] = "sensitive" in declared
    for files in ({"main.tf": code, "p.json": plan.text()}, {"p.json": plan.text()}):
        built = build_unit(dict(files))
        assert set(built.config("aws_db_instance.d")["password"]) >= {"__unknown__"}
        assert "horse" not in str([subject.config for subject in built.unit.subjects])


def test_a_secret_in_the_code_is_one(terraform: Build) -> None:
    code = 'resource "aws_db_instance" "d" {\n  password = "battery staple"\n}\n'
    plan = Planned().add(
        "aws_db_instance.d",
        {"password": "battery staple"},
        {"password": constant("battery staple")},
        sensitive={"password": True},
    )
    built = terraform({"main.tf": code, "p.json": plan.text()})
    assert built.config("aws_db_instance.d") == {"password": "battery staple"}


def test_a_default_that_was_overridden_is_no_secret_in_the_code(terraform: Build) -> None:
    code = 'variable "pw" {\n  default = "changeme1"\n}\nresource "a" "d" {\n  password = var.pw\n}\n'
    for sensitive in (None, {"password": True}):
        plan = Planned(pw="x1234567").add(
            "a.d", {"password": "x1234567"}, {"password": reference("var.pw")}, sensitive=sensitive
        )
        built = terraform({"main.tf": code, "p.json": plan.text()})
        assert built.config("a.d") == {"password": {"__unknown__": "it is given from outside of the code"}}


# Plans without code


def test_a_plan_alone_points_into_itself(terraform: Build) -> None:
    values = {"acl": "private", "logging": [{"target_bucket": "x"}], "tags": {"a": "b"}, "arn": None, "website": []}
    written = {
        "acl": constant("private"),
        "tags": constant({"a": "b"}),
        "logging": [{"target_bucket": reference("local.x")}],
    }
    for indent in (None, 2):
        built = terraform({"p.json": Planned().add("aws_s3_bucket.b", values, written).text(indent)})
        assert built.config("aws_s3_bucket.b") == {
            "acl": "private",
            "logging": [{"target_bucket": "x"}],
            "tags": {"a": "b"},
        }
        assert built.at("aws_s3_bucket.b", "acl") == '"private"'
        assert built.at("aws_s3_bucket.b", "logging", 0, "target_bucket") == '"x"'
        assert built.at("aws_s3_bucket.b", "tags") == '"tags"'
        assert built.text(built.subject("aws_s3_bucket.b").header) == '"aws_s3_bucket.b"'


def test_references_go_through_variables_outputs_and_indexes(terraform: Build) -> None:
    plan = Planned()
    plan.call(
        "module.m", expressions={"bucket": reference("aws_s3_bucket.b[0].id", "aws_s3_bucket.b[0]", "aws_s3_bucket.b")}
    )
    plan.call("module.o")["outputs"] = {"id": {"expression": reference("aws_s3_bucket.c.id", "aws_s3_bucket.c")}}
    count = {"count_expression": constant(2)}
    plan.add("aws_s3_bucket.b[0]", {}, {}, block=count).add("aws_s3_bucket.b[1]", {}, {}, block=count)
    plan.add("module.o.aws_s3_bucket.c", {}, {})
    plan.add("module.m.block.x", {}, {"bucket": reference("var.bucket")}, unknown={"bucket": True})
    plan.add(
        "block.y",
        {},
        {"rule": [{"bucket": reference("module.o.id", "module.o")}]},
        unknown={"rule": [{"bucket": True}]},
    )
    for index in (0, 1):
        written = {"bucket": reference("aws_s3_bucket.b", "count.index")}
        plan.add(f"block.z[{index}]", {}, written, unknown={"bucket": True}, block=count)
    built = terraform({"p.json": plan.text()})
    assert built.subject("module.m.block.x").refs == {"bucket": ("aws_s3_bucket.b[0]",)}
    assert built.config("module.m.block.x")["bucket"] == {
        "__unknown__": "known only at apply",
        "ref": "aws_s3_bucket.b[0]",
        "attr": "id",
    }
    for path in ("rule", "rule.0", "rule.0.bucket"):
        assert built.subject("block.y").refs[path] == ("module.o.aws_s3_bucket.c",)
    for index in (0, 1):
        assert built.subject(f"block.z[{index}]").refs == {"bucket": (f"aws_s3_bucket.b[{index}]",)}


def test_a_state_is_read_alike(terraform: Build) -> None:
    data = bucket(arn="arn:x").data()
    state = {key: data[key] for key in ("format_version", "terraform_version")} | {"values": data["planned_values"]}
    built = terraform({"s.json": json.dumps(state)})
    assert built.config("aws_s3_bucket.b") == {"acl": "private", "arn": "arn:x"}


# What cannot be read


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (Planned().text()[:-1], "this plan is no complete JSON: expected ',' or '}'"),
        (Planned().text() + "x", "this plan is no complete JSON: something follows the plan"),
        (Planned().text().replace('"1.2"', '"2.0"', 1), "this plan is in format 2, paylint reads 0 and 1"),
        (Planned().text().replace('"1.2"', '"x"', 1), "the format_version of this plan cannot be read"),
        (Planned().text().replace("true", "NaN"), "this plan holds a number that is no JSON"),
        (Planned().text().replace("[]", "[" * 99_000, 1), "this plan nests too deeply"),
        (Planned().text().replace('"resources"', '"child_modules":[{' * 99 + '"x"', 1), "this plan nests too deeply"),
        (Planned().text().encode("utf-16"), "a plan in UTF-16"),
        (Planned().text().replace("1.11", "\udcff").encode("utf-8", "surrogateescape"), "not valid UTF-8"),
    ],
    ids=range(9),
)
def test_a_plan_that_cannot_be_read_says_so(terraform: Build, text: str | bytes, message: str) -> None:
    built = terraform({"main.tf": BUCKET, "p.json": text}, "p.json")
    ((path, line, said, fatal),) = built.problems
    assert (path, line, fatal) == ("p.json", 1, True)
    assert said.startswith(message)


def test_a_plan_made_in_spite_of_an_error_is_said_to_be(terraform: Build) -> None:
    plan = bucket()
    plan.more["errored"] = True
    assert "was not made to its end" in terraform({"p.json": plan.text()}).messages[0]


# What Terraform itself writes


def test_a_plan_that_terraform_made(tmp_path: Path) -> None:
    code = """
variable "names" {
  type    = list(string)
  default = ["x"]
}
variable "secret" {
  sensitive = true
}
resource "terraform_data" "a" {
  for_each = toset(var.names)
  input    = { name = each.key, secret = var.secret }
}
module "m" {
  source = "./m"
  given  = terraform_data.a["x"].id
}
"""
    module = 'variable "given" {}\nresource "terraform_data" "b" {\n  triggers_replace = [var.given, "fixed"]\n}\n'
    terraform = shutil.which("terraform")
    if terraform is None:
        pytest.skip("terraform is not on PATH; make services installs it")
    (tmp_path / "m").mkdir()
    (tmp_path / "main.tf").write_text(code)
    (tmp_path / "m" / "main.tf").write_text(module)

    def run(*arguments: str) -> bytes:
        environment = {"HOME": str(tmp_path), "TF_CLI_CONFIG_FILE": "/dev/null", "CHECKPOINT_DISABLE": "1"}
        command = [terraform, *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=120
        ).stdout

    run("init", "-backend=false")
    run("plan", "-out=saved", "-var=secret=hush", '-var=names=["x","y"]')
    built = build_unit({"main.tf": code, "m/main.tf": module, "plan.json": run("show", "-json", "saved")})
    assert not built.messages
    for key in ("x", "y"):
        config = built.config(f'terraform_data.a["{key}"]')
        assert config["input"]["name"] == key
        assert "__unknown__" in config["input"]["secret"]
    inner = built.subject("module.m.terraform_data.b")
    assert inner.config["triggers_replace"][1] == "fixed"
    assert inner.refs["triggers_replace.0"] == ('terraform_data.a["x"]',)
    assert built.at("module.m.terraform_data.b", "triggers_replace", 1) == '"fixed"'
    assert (tmp_path / "saved").read_bytes()[30:36] == b"tfplan"
