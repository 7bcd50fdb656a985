"""Which modules a file calls."""

from __future__ import annotations

from scanner.errors import ParseError
from scanner.inputs.terraform import is_override
from scanner.inputs.terraform.reading import PARSED
from scanner.inputs.terraform.syntax import Block
from scanner.inputs.terraform.templates import static_text
from scanner.text import Source


def called(source: Source) -> dict[str, str]:
    """Name -> source of the local modules a file calls; in an override file also of the others, as "".

    A file that cannot be parsed calls nothing: what it would have called is looked at as a root of its own then.
    """
    try:
        _, body = PARSED.get(source)
    except ParseError:
        return {}
    found = {block.labels[0]: local_source(block) for block in body.blocks if block.type == "module" and block.labels}
    return {name: path or "" for name, path in found.items() if path or (path is None and is_override(source.path))}


def declared(source: Source) -> set[str]:
    """The addresses of the resources, data blocks and calls in a file; none where it cannot be parsed."""
    try:
        _, body = PARSED.get(source)
    except ParseError:
        return set()
    prefixes = {"resource": "", "data": "data.", "module": "module."}
    return {prefixes[block.type] + ".".join(block.labels) for block in body.blocks if block.type in prefixes}


def local_source(block: Block) -> str | None:
    """The path to the module on disk that a call names; "" where it names none, None where it comes from elsewhere."""
    attribute = block.body.attributes.get("source")
    if attribute is None:
        return ""
    path = static_text(attribute.expression)
    return path if path in (".", "..") or (path and path.startswith(("./", "../"))) else None
