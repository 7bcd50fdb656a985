"""Whether a file is a CloudFormation or SAM template."""

from __future__ import annotations

import re
from typing import Any

from scanner.errors import ParseError
from scanner.model import Json
from scanner.text import Source, is_utf16
from scanner.yaml_tree import Document

_TYPE = re.compile(r"(?:AWS|Custom)::[\w@:.-]+\Z")
_RESOURCES_LINE = re.compile(
    rb"""^["']?Resources["']?[ \t]*:[ \t]*\{?[ \t]*(?:\#.*)?\r?\n"""
    rb"""(?:[ \t]*(?:\#.*)?\r?\n)*[ \t]+["']?[\w:]+["']?[ \t]*:""",
    re.MULTILINE,
)
_TYPE_LINE = re.compile(rb"^[ \t]+(?:\"Type\"|'Type'|Type)[ \t]*:[ \t]*[\"']?(?:AWS|Custom)::\w", re.MULTILINE)
_VERSION = re.compile(rb"[\"']?AWSTemplateFormatVersion[\"']?[ \t]*:")
_TYPE_ANYWHERE = re.compile(rb"[\"']?\bType[\"']?[ \t]*:[ \t]*[\"']?(?:AWS|Custom)::\w")
_ACTION = re.compile(r"\{%|\{\{(?![ \t]*resolve:)")
_NESTED = re.compile(
    r"""["']?(?:TemplateURL|Location)["']?[ \t]*:[ \t]*["']?([\w./ -]+)["']?[ \t]*(?:[,}#]|\r?$)""", re.MULTILINE
)


def looks_like_template(source: Source) -> bool:
    """Nearly always a look at the bytes; a file whose keys do not stand where lines start is parsed."""
    data = source.data
    if is_utf16(data):
        data = source.text.encode("utf-8", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"Resources" not in data or not (b"AWS::" in data or b"Custom::" in data):
        return False
    if _RESOURCES_LINE.search(data) and _TYPE_LINE.search(data):
        return True
    if not _TYPE_ANYWHERE.search(data):
        return False
    from scanner.yaml_tree import parse  # libyaml takes longer to import than a run with nothing to do

    try:
        return find(parse(source)) is not None
    except ParseError:
        return _VERSION.search(data) is not None


def find(documents: tuple[Document, ...]) -> Document | None:
    """The document that is a template: some member of its `Resources` has a type of CloudFormation's."""
    return next((document for document in documents if is_template(document.data)), None)


def is_template(data: Json) -> bool:
    """Whether a document is a template."""
    resources: Any = data.get("Resources") if isinstance(data, dict) else None
    return isinstance(resources, dict) and any(resource_type(resource) for resource in resources.values())


def resource_type(resource: Json) -> str:
    """The type of a member of `Resources`; "" where it is no resource."""
    kind = resource.get("Type") if isinstance(resource, dict) else None
    return kind if isinstance(kind, str) and _TYPE.match(kind) else ""


def is_macro_language(source: Source) -> bool:
    """Whether a text that does not parse is a template of a template: Jinja's, Helm's or Go's."""
    return _ACTION.search(source.text) is not None


def nested_stacks(source: Source) -> list[str]:
    """What may be paths to other templates in a text, as they are written."""
    return sorted({match[1].strip() for match in _NESTED.finditer(source.text) if "." in match[1]})
