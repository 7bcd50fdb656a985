"""XML with lines, by expat. Document types are refused, and with them entities; nesting is bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from scanner.errors import ParseError
from scanner.text import Source

_DEEPEST = 100


@dataclass(slots=True)
class Element:
    """`name` without its namespace; `text` stripped; `line` from 1."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, *path: str) -> Iterator[Element]:
        """Every element that the names lead to, one level each."""
        for child in self.children:
            if child.name == path[0]:
                yield from child.all(*path[1:]) if path[1:] else (child,)

    def value(self, *path: str) -> str:
        """The text of the first such element, "" without one."""
        return next((element.text for element in self.all(*path)), "")


def parse(source: Source) -> Element:
    """The root element. ParseError: not XML, a document type, or nested too deeply."""
    parser = expat.ParserCreate()
    top = Element("", {}, 1)
    open_elements = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        element = Element(name.rpartition(":")[2], attributes, parser.CurrentLineNumber)
        if len(open_elements) > _DEEPEST:
            raise ParseError(source.path, "nested too deeply", element.line)
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def end(_: str) -> None:
        element = open_elements.pop()
        element.text = element.text.strip()

    def data(more: str) -> None:
        open_elements[-1].text += more

    def refuse(*_: object) -> None:
        raise ParseError(source.path, "XML with a document type is not read", parser.CurrentLineNumber)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    try:
        parser.Parse(source.data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ParseError(source.path, "not valid XML", getattr(error, "lineno", 0)) from None
    return top.children[0]
