"""YAML and JSON text -> plain data, with the place of every value.

Why not `yaml.load`: it forgets where values stand, recurses in Python, and expands aliases without a bound. Here
libyaml yields events one by one (iteratively: no nesting overflows a stack) and an explicit stack builds data and
places at once.

What the data is: exactly what `yaml.safe_load` gives (YAML 1.1: `yes` is true, `010` is 8, `1e3` is a string), made
Json: timestamps, binaries, `.inf`, `.nan`, floats out of range and numbers longer than 256 characters stay strings;
keys become strings as in JSON (`true:` -> "true", `1:` -> "1"). Where `yaml.safe_load` refuses, this is tolerant: an
unknown tag leaves its value and is noted, a key given twice is noted and the last one counts, an anchor may be defined
again. In *.json files numbers are JSON's (`1e3` is 1000.0) and an escaped pair of surrogates is one character.

Where a value stands: a scalar, its own text, with quotes, tag and anchor (a block scalar ends with its last line that
is not blank; a value left empty has its key's place). A mapping or a sequence: its key; as an item of a sequence, or as
the document itself: its first line, from where it starts. An alias: itself, while the values inside keep the places
where they are written, at the anchor. The same holds for values that come in through `<<`. Lines end at "\n" only, as
in `scanner.text`, though YAML knows other line breaks. The byte order mark has no column.

Values that came through an alias are one object in the data, not copies: treat it as read-only.
"""

from __future__ import annotations

from scanner.text import Source
from scanner.yaml_tree.build import MAX_ALIASED, MAX_DEPTH, MAX_NODES, Builder
from scanner.yaml_tree.places import Document, Places
from scanner.yaml_tree.scalars import MAX_NUMBER

__all__ = ["MAX_ALIASED", "MAX_DEPTH", "MAX_NODES", "MAX_NUMBER", "Document", "Places", "parse"]


def parse(source: Source) -> tuple[Document, ...]:
    """The documents of a YAML or JSON file, empty ones included (their data is None).

    ParseError, with its line, when the text is not YAML, not decodable, or beyond one of the limits.
    """
    return tuple(Builder(source).documents())
