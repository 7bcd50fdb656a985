"""Files -> blocks and attributes, whichever syntax they are in."""

from __future__ import annotations

from scanner.inputs.terraform.parse import parse_body
from scanner.inputs.terraform.syntax import Body, File
from scanner.text import Source

VARIABLES = (".tfvars", ".tfvars.json")


class Parsed:
    """What was parsed last. Many root modules call the same local modules, and parsing is half of what building costs.

    Holds up to LIMIT characters of source, which take about 12 times as many bytes.
    """

    LIMIT = 4_000_000

    def __init__(self) -> None:
        self._kept: dict[tuple[str, bytes], tuple[File, Body]] = {}
        self._size = 0

    def get(self, source: Source) -> tuple[File, Body]:
        """A file's text and content. ParseError where it has none."""
        key = (source.path, source.data)
        if key not in self._kept:
            file, body = _parse(source)
            self._kept[key] = (file, body)
            self._size += len(source.data)
            while self._size > self.LIMIT:
                oldest = next(iter(self._kept))
                del self._kept[oldest]
                self._size -= len(oldest[1])
            return file, body
        return self._kept[key]


PARSED = Parsed()


def _parse(source: Source) -> tuple[File, Body]:
    file = File.of(source)
    if source.path.endswith(".json"):
        from scanner.inputs.terraform.jsonfile import parse_json_body, parse_json_values

        parse = parse_json_values if source.path.endswith(VARIABLES) else parse_json_body
        return file, parse(file)
    return file, parse_body(file)
