"""Data of mutants, read strictly: an unknown or doubled key is an error that names the file and the entry."""

from __future__ import annotations

import json
from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scanner.bundled import bundled
from scanner.errors import RuleError
from scanner.model import Json


class _Strict(yaml.SafeLoader):
    """Refuses a mapping with the same key twice: the first entry would be lost unseen."""


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[Hashable, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            raise yaml.MarkedYAMLError(problem=f"{key!r} stands there twice", problem_mark=node.start_mark)
    return loader.construct_mapping(node, deep=True)


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read(file: Path, name: str, kind: str) -> Json:
    """A file's content, checked against `$defs/<kind>` of mutants.schema.json; None for an empty file.

    Raises RuleError naming the file (as `name`) and the entry.
    """
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_Strict)  # noqa: S506 - a SafeLoader
    except OSError as error:
        raise RuleError(f"{name}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise RuleError(f"{name}: is not UTF-8") from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark else name
        raise RuleError(f"{where}: not valid YAML: {getattr(error, 'problem', None) or type(error).__name__}") from None
    for fault in sorted(_validator(kind).iter_errors(content), key=str):
        raise RuleError(f"{name}: {_where(content, list(fault.absolute_path))}: {fault.message}")
    return content


def _where(content: Json, keys: list[str | int]) -> str:
    """The entry a fault is in, by the name it has."""
    named, value = [], content
    for key in keys:
        value = value[key]
        name = value.get("name") if isinstance(value, dict) else None
        named.append(name if isinstance(name, str) and isinstance(key, int) else str(key))
    return ".".join(named) or "the file"


@cache
def _validator(kind: str) -> Any:
    from jsonschema import Draft202012Validator

    schema = json.loads((bundled("rules") / "mutants.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator({"$defs": schema["$defs"], "$ref": f"#/$defs/{kind}"})
