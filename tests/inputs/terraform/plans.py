"""Plans as `terraform show -json` prints them, written by hand: no provider is at hand to make real ones."""

from __future__ import annotations

import json
import re

from scanner.model import Json

_RESOURCE = re.compile(
    r"(?P<module>(?:module\.\w+(?:\[[^]]+\])?\.)*)(?P<type>\w+)\.(?P<name>\w+)(?:\[(?P<index>[^]]+)\])?$"
)


class Planned:
    """A plan that grows: `add` resources, then `text`."""

    def __init__(self, **variables: Json) -> None:
        self.variables = variables
        self.modules: dict[str, list[Json]] = {"": []}
        self.changes: list[Json] = []
        self.configuration: dict[str, Json] = {"root_module": {"variables": {name: {} for name in variables}}}
        self.more: dict[str, Json] = {}

    def add(
        self,
        address: str,
        values: Json,
        expressions: Json,
        *,
        unknown: Json = None,
        sensitive: Json = None,
        block: Json = None,
    ) -> Planned:
        """A resource instance; `expressions`: of its block in the configuration; `block`: what else that has."""
        match = _RESOURCE.match(address)
        assert match
        module = match["module"].rstrip(".")
        item = {"address": address, "mode": "managed", "type": match["type"], "name": match["name"]}
        if match["index"]:
            item["index"] = json.loads(match["index"])
        item["provider_name"] = "registry.terraform.io/hashicorp/aws"
        self.modules.setdefault(module, []).append(
            {**item, "schema_version": 0, "values": values, "sensitive_values": sensitive or {}}
        )
        change = {"actions": ["create"], "before": None, "after": values, "after_unknown": unknown or {}}
        self.changes.append({**item, "change": {**change, "after_sensitive": sensitive or {}}})
        place = self.call(module)
        own = f"{match['type']}.{match['name']}"
        rows = place.setdefault("resources", [])
        if all(row["address"] != own for row in rows):
            head = {"address": own, "mode": "managed", "type": match["type"], "name": match["name"]}
            rows.append({**head, "expressions": expressions, **(block or {})})
        return self

    def call(self, module: str, **block: Json) -> dict[str, Json]:
        """The configuration of a module by its address; `block`: what its call has (`expressions`, `source`, …)."""
        place = self.configuration["root_module"]
        for name in re.findall(r"module\.(\w+)", module):
            made = place.setdefault("module_calls", {}).setdefault(name, {"source": f"./{name}", "module": {}})
            place = made["module"]
        if block:
            made.update(block)
        return place  # type: ignore[no-any-return]

    def data(self) -> dict[str, Json]:
        """All of it."""
        root: dict[str, Json] = {"resources": self.modules[""]}
        children = [{"address": name, "resources": rows} for name, rows in self.modules.items() if name]
        return {
            "format_version": "1.2",
            "terraform_version": "1.11.4",
            "variables": {name: {"value": value} for name, value in self.variables.items()},
            "planned_values": {"root_module": {**root, **({"child_modules": children} if children else {})}},
            "resource_changes": self.changes,
            "configuration": self.configuration,
            "complete": True,
            "errored": False,
            **self.more,
        }

    def text(self, indent: int | None = None) -> str:
        """On one line as Terraform prints it, or indented as `jq` does."""
        return json.dumps(self.data(), indent=indent)


def reference(*names: str) -> Json:
    """The expression of an argument that refers to something."""
    return {"references": list(names)}


def constant(value: Json) -> Json:
    """The expression of an argument that is written as it is."""
    return {"constant_value": value}


BUCKET = 'variable "acl" {\n  default = "public-read"\n}\nresource "aws_s3_bucket" "b" {\n  acl = var.acl\n}\n'
"""Code that `bucket` is a plan of."""


def bucket(**values: Json) -> Planned:
    """A plan of BUCKET with these values as well."""
    return Planned(acl="private").add("aws_s3_bucket.b", {"acl": "private", **values}, {"acl": reference("var.acl")})
