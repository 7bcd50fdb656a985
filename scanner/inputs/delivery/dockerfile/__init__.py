"""Dockerfiles (and Containerfiles): one unit a file, one subject of type `stage` for every FROM.

A stage's config, besides `commands`, `variables` and `images` (see the package; those that COPY takes files from too):

    index, final      its number from 0; whether it is the last, which is what is built unless one asks for another
    stage             its name after AS, or null
    from              {image, name, tag, digest, kind}; kind: "image", "stage" (an earlier one) or "scratch"
    base              the same of the image below it, through earlier stages
    platform          the value of --platform, or null
    instructions      [{keyword, flags, arguments, lines, ...}] all of them, keyword in capitals; `arguments` without
                      flags, continuations and comments; `lines`: those of here-documents that are no scripts; ADD and
                      COPY have `sources` and `target` too. What ONBUILD keeps stands before it as well
    variables         also those of LABEL; `refers`: the value comes from another variable of the file
    env, args         what is set at its end: name -> value, with what an earlier stage hands down
    user              the last USER, inherited from an earlier stage; null where the base image decides
    starts            whether it, or an earlier stage below it, has a CMD or ENTRYPOINT
    exposed           [port, ...] as text, with their protocol ("5432/tcp")

Variables are put in as the builder would: ARG with its default, ENV. A name that nothing in the file sets may come from
the base image or the command line: unknown. Words that only the shell of a RUN expands are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.model import Json, Unit
from scanner.text import Source, is_utf16

_NAME = re.compile(r"(?:Dockerfile|Containerfile)(?:[.\-_][^/]*)?|[^/]+\.(?:[Dd]ockerfile|[Cc]ontainerfile)")
_OTHER = re.compile(
    r"\.(?:dockerignore|containerignore|md|txt|rst|json|ya?ml|py|sh|ts|js|go|rb|html?|orig|rej|bak)$", re.IGNORECASE
)
_TEMPLATE = re.compile(r"\.(?:j2|jinja2?|tmpl|tpl|template|erb|in|mustache|m4|cue)$", re.IGNORECASE)
_FIRST = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*(?:FROM[ \t]+|ARG[ \t]+[A-Za-z_])", re.IGNORECASE
)
_FROM = re.compile(rb"^[ \t]*FROM[ \t]+\S", re.IGNORECASE | re.MULTILINE)
_MARKS = ("{{", "{%", "<%", "define(")
TEMPLATE = "template of a Dockerfile: not rendered, not analysed"


def claims(path: str) -> bool:
    """Dockerfile, Dockerfile.*, *.dockerfile and the same of Containerfiles."""
    name = path.rpartition("/")[2]
    return _NAME.fullmatch(name) is not None and not _OTHER.search(name)


def facts(source: Source) -> Json | None:
    """{"holds": …} for a file whose first instruction is FROM or ARG; {"template": True} for what becomes one."""
    if is_utf16(source.data):
        return None
    name = source.path.rpartition("/")[2]
    if _TEMPLATE.search(name) and _FROM.search(source.data) and any(mark in source.text for mark in _MARKS):
        return {"template": True}
    return {"holds": ["app_settings"]} if _FIRST.match(source.data) and _FROM.search(source.data) else None


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """One unit a file."""
    return {path: (path,) for path in sorted(facts)}


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """The stages of one file."""
    from scanner.inputs.delivery.dockerfile.stages import stages
    from scanner.inputs.delivery.held import settings
    from scanner.model import Problem

    source = sources[root]
    if facts(source) == {"template": True}:
        return Unit(f"dockerfile:{root}", "dockerfile", (root,), (), (Problem(root, TEMPLATE, fatal=False),))
    subjects, problems = stages(source)
    return settings(Unit(f"dockerfile:{root}", "dockerfile", (root,), tuple(subjects), tuple(problems)))
