"""Whether a JSON file is a plan or a state that `terraform show -json` printed. By its first bytes, mostly."""

from __future__ import annotations

import json
import re

from scanner.errors import ParseError
from scanner.model import Json
from scanner.text import Source, is_utf16

_START = re.compile(r'\ufeff?\s*\{\s*"format_version"\s*:\s*"[^"]{0,20}"\s*,\s*"terraform_version"\s*:')
_HEAD = 1024
_SIGNS = (b'"format_version"', b'"terraform_version"', b'"planned_values"')
_MAX_NAMES = 2_000


def facts(source: Source) -> Json | None:
    """{"plan": [names]}: what the root module declares, as `declared_names` gives it for code; None for another file.

    Other things Terraform prints as JSON (schemas, the result of `validate`) are no plan.
    """
    head = source.text[:_HEAD] if is_utf16(source.data) else source.data[:_HEAD].decode("utf-8", "replace")
    if _START.match(head):
        return {"plan": _names(source)}
    if all(sign in source.data for sign in _SIGNS) and _has_signs(source):
        return {"plan": _names(source)}
    return None


def _has_signs(source: Source) -> bool:
    """Whether a file whose keys were sorted by another program is one."""
    try:
        data = json.loads(source.data)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and all(sign.decode().strip('"') in data for sign in _SIGNS)


def _names(source: Source) -> list[str]:
    """The names of a plan that can be read; none of any other, which `build` has a problem for."""
    from scanner.inputs.terraform.plan.document import read

    try:
        plan = read(source)
    except ParseError:
        return []
    root = plan.configuration.get("root_module")
    if not isinstance(root, dict):
        return sorted(plan.names)[:_MAX_NAMES]
    resources, calls = root.get("resources"), root.get("module_calls")
    names = {str(item.get("address")) for item in _objects(resources)}
    names |= {f"module.{name}" for name in calls} if isinstance(calls, dict) else set()
    return sorted(names)[:_MAX_NAMES]


def _objects(value: Json) -> list[dict[str, Json]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
