"""HCL text -> blocks, attributes and expressions. Accepts what Terraform accepts; ParseError at what it does not.

Recursive descent, at 3 to 4 MB/s: most lines are `name = simple value`, and one pattern takes those whole.
"""

from __future__ import annotations

import re

from scanner.inputs.terraform import templates
from scanner.inputs.terraform.syntax import (
    Access,
    Attribute,
    Binary,
    Block,
    Body,
    Call,
    Conditional,
    File,
    For,
    Link,
    Literal,
    Node,
    ObjectNode,
    Reference,
    Splat,
    TupleNode,
    Unary,
)
from scanner.inputs.terraform.tokens import END, HEREDOC, NAME, NUMBER, QUOTE, STRING, Cursor
from scanner.inputs.terraform.values import MAX_DIGITS, parse_number

_SIMPLE = re.compile(
    r"""
    ([^\W\d][\w-]*) [\ \t]* = [\ \t]*
    (?: "([^"\\$%\n]*)" | ([0-9]{1,300}) | ([^\W\d][\w-]* (?: \.[^\W\d][\w-]* )*) )
    [\ \t\r]* (?: \#[^\n]* | //[^\n]* )? \n
    """,
    re.VERBOSE,
).match
_NOT_BLANK = re.compile(r"[^ \t\r\n]").search
_STRENGTH = {
    "||": 1, "&&": 2, "==": 3, "!=": 3, ">": 4, ">=": 4, "<": 4, "<=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6,
}  # fmt: skip
_CONSTANTS = {"true": True, "false": False, "null": None}


def _after_blanks(text: str, at: int) -> int:
    match = _NOT_BLANK(text, at)
    return match.start() if match else len(text)


def parse_body(file: File) -> Body:
    """A whole file's blocks and attributes."""
    parser = Parser(file)
    return parser.body(0)


def parse_expression(file: File) -> Node:
    """A text that holds one expression and nothing else."""
    parser = Parser(file)
    parser.by_line(False)
    parser.advance()
    node = parser.expression()
    if parser.kind != END:
        raise parser.unexpected("the end of the expression")
    return node


def parse_template(file: File, start: int = 0, stop: int | None = None, depth: int = 0) -> Node:
    """The text between two offsets as a template without quotes around it."""
    return templates.bare(Parser(file, start, stop, depth))


class Parser(Cursor):
    """Reads one file, or a stretch of it."""

    __slots__ = ()

    def body(self, opened: int) -> Body:
        """Attributes and blocks up to the closing brace, or to the end of the file where nothing was `opened`."""
        body = Body({}, [])
        nested = self.depth > 0
        while True:
            self.end = _after_blanks(self.text, self.end)
            match = _SIMPLE(self.text, self.end)
            if match:
                self._simple(match, body.attributes)
                continue
            self.advance()
            if self.kind == NAME:
                self._item(body, nested)
            elif self.word == "}" and nested:
                return body
            elif self.kind == END:
                if nested:
                    self.fail("the block that starts here is never closed: add the missing '}'", opened)
                return body
            elif self.word != "\n":
                raise self.unexpected("an argument or a block")

    def _simple(self, match: re.Match[str], attributes: dict[str, Attribute]) -> None:
        self.end = match.end()
        kind = match.lastindex or 0
        start, end = match.span(kind)
        text = match.group(kind)
        node: Node
        if kind == 2:
            node = Literal(start - 1, end + 1, text)
        elif kind == 3:
            node = Literal(start, end, int(text))
        elif text in _CONSTANTS:
            node = Literal(start, end, _CONSTANTS[text])
        else:
            name, *links = text.split(".")
            node = Reference(start, end, name, tuple(links))
        self._add(attributes, match.group(1), match.start(1), node)

    def _add(self, attributes: dict[str, Attribute], name: str, start: int, node: Node) -> None:
        if name in attributes:
            self.fail(f"the argument '{name}' is given twice in one block: keep one of them", start)
        attributes[name] = Attribute(self.file, start, name, node)

    def _item(self, body: Body, nested: bool) -> None:
        name, start, end = self.word, self.start, self.end
        self.advance()
        if self.word == "=":
            self.advance()
            self._add(body.attributes, name, start, self.expression())
        else:
            labels = self._labels()
            end = self.last if labels else end
            self.deeper(start)
            inner = self.body(start)
            self.depth -= 1
            self.advance()
            body.blocks.append(Block(self.file, start, end, name, labels, inner))
        if self.word == "}" and nested:
            self.end = self.start
        elif self.word != "\n" and self.kind != END:
            raise self.unexpected("the end of the line")

    def _labels(self) -> tuple[str, ...]:
        """What stands between a block's type and its opening brace, which stays the current token."""
        labels = []
        while self.word != "{":
            if self.kind == NAME:
                labels.append(self.word)
                self.advance()
            elif self.kind in (STRING, QUOTE):
                node = self.expression()
                text = templates.static_text(node)
                if text is None:
                    self.fail("a block's label cannot hold an expression: write a plain string", node.start)
                labels.append(text)
            else:
                raise self.unexpected("'=' and a value, or '{' on the same line")
        return tuple(labels)

    def expression(self) -> Node:
        """The expression that starts at the current token; the current token is what follows it then."""
        start = self.start
        self.deeper(start)
        node = self._term()
        if self.word in _STRENGTH:
            node = self._operation(node, start)
        if self.word == "?":
            self.advance()
            yes = self.expression()
            self.expect(":", "between the two results of a condition")
            no = self.expression()
            node = Conditional(start, self.last, node, yes, no)
        self.depth -= 1
        return node

    def _operation(self, first: Node, start: int) -> Node:
        operands, starts, ends, operators = [first], [start], [self.last], [""]
        strengths = [0]
        while True:
            strength = _STRENGTH.get(self.word, 0)
            while strengths[-1] >= strength and len(operands) > 1:
                right, end = operands.pop(), ends.pop()
                starts.pop()
                strengths.pop()
                operands[-1] = Binary(starts[-1], end, operators.pop(), operands[-1], right)
                ends[-1] = end
            if not strength:
                return operands[0]
            operators.append(self.word)
            strengths.append(strength)
            self.advance()
            starts.append(self.start)
            operands.append(self._term())
            ends.append(self.last)

    def _term(self) -> Node:
        signs = []
        while self.word in ("-", "!"):
            signs.append((self.start, self.word))
            self.advance()
        node = self._primary()
        if self.word in (".", "["):
            links = self._links()
            node = Access(node.start, self.last, node, links)
        for start, sign in reversed(signs):
            if sign == "-" and isinstance(node, Literal) and type(node.value) in (int, float):
                node = Literal(start, node.end, -node.value)  # type: ignore[operator]
            else:
                node = Unary(start, self.last, sign, node)
        return node

    def _primary(self) -> Node:
        kind, word, start, end = self.kind, self.word, self.start, self.end
        if kind == NAME:
            self.advance()
            if self.word in ("(", "::"):
                return self._call(word, start)
            if word in _CONSTANTS:
                return Literal(start, end, _CONSTANTS[word])
            links = self._links() if self.word in (".", "[") else ()
            return Reference(start, self.last, word, links)
        if kind == STRING:
            self.advance()
            return Literal(start, end, word[1:-1])
        if kind == NUMBER:
            self.advance()
            return Literal(start, end, self._number(word, start))
        if kind == QUOTE:
            return templates.quoted(self)
        if kind == HEREDOC:
            return templates.heredoc(self)
        if word == "[":
            return self._tuple()
        if word == "{":
            return self._object()
        if word == "(":
            return self._parentheses()
        raise self.unexpected("a value")

    def _number(self, word: str, start: int) -> int | float:
        number = parse_number(word)
        if number is None:
            self.fail("this number is too large", start)
        return number

    def _parentheses(self) -> Node:
        before = self.by_line(False)
        self.advance()
        node = self.expression()
        self._close(")", before)
        return node

    def _close(self, sign: str, by_line: bool) -> None:
        """Steps over a closing bracket, behind which line ends count again as they did before it was opened."""
        if self.word != sign:
            raise self.unexpected(f"'{sign}'")
        self.by_line(by_line)
        self.advance()

    def _call(self, name: str, start: int) -> Node:
        while self.word == "::":
            self.advance()
            if self.kind != NAME:
                raise self.unexpected("a function's name")
            name += f"::{self.word}"
            self.advance()
        if self.word != "(":
            raise self.unexpected("'(' after a function's name")
        before = self.by_line(False)
        self.advance()
        arguments: list[Node] = []
        expand = False
        while self.word != ")":
            arguments.append(self.expression())
            if self.word == "...":
                expand = True
                self.advance()
                break
            if self.word != ")":
                self.expect(",", "or ')' after a function's argument")
        self._close(")", before)
        return Call(start, self.last, name, tuple(arguments), expand)

    def _links(self) -> tuple[Link, ...]:
        links: list[Link] = []
        while True:
            if self.word == ".":
                self.advance()
                links += self._after_dot()
            elif self.word == "[":
                before = self.by_line(False)
                self.advance()
                if self.word == "*":
                    self.advance()
                    self._close("]", before)
                    self.deeper(self.start)
                    links.append(Splat(self._links()))
                    self.depth -= 1
                    return tuple(links)
                links.append(self.expression())
                self._close("]", before)
            else:
                return tuple(links)

    def _after_dot(self) -> list[Link]:
        if self.word != "*":
            return self._attribute()
        self.advance()
        each: list[Link] = []
        while self.word == ".":
            self.advance()
            each += self._attribute()
        return [Splat(tuple(each))]

    def _attribute(self) -> list[Link]:
        """A name, or the old way to write an index: `list.0`."""
        word, start = self.word, self.start
        links: list[Link]
        if self.kind == NAME:
            links = [word]
        elif self.kind == NUMBER and word.replace(".", "").isdecimal() and len(word) < MAX_DIGITS:
            links = [Literal(start, self.end, int(digits)) for digits in word.split(".")]
        else:
            raise self.unexpected("an attribute's name after '.'")
        self.advance()
        return links

    def _tuple(self) -> Node:
        start = self.start
        before = self.by_line(False)
        self.advance()
        if self.word == "for":
            return self._for(start, "]", before)
        items = []
        while self.word != "]":
            items.append(self.expression())
            if self.word != "]":
                self.expect(",", "or ']' after a list's item")
        self._close("]", before)
        return TupleNode(start, self.last, tuple(items))

    def _object(self) -> Node:
        start = self.start
        before = self.by_line(False)
        self.advance()
        if self.word == "for":
            return self._for(start, "}", before)
        self.by_line(True)
        items = []
        while self.word != "}":
            if self.word == "\n":
                self.advance()
                continue
            items.append((self._key(), self.expression()))
            if self.word == ",":
                self.advance()
            elif self.word not in ("\n", "}"):
                raise self.unexpected("',', '}' or the end of the line after an object's value")
        self._close("}", before)
        return ObjectNode(start, self.last, tuple(items))

    def _key(self) -> Node:
        is_expression = self.word == "("
        written = self.word
        key = self.expression()
        if not is_expression and (
            (isinstance(key, Reference) and not key.links) or (isinstance(key, Literal) and written in _CONSTANTS)
        ):
            key = Literal(key.start, key.end, written)
        if self.word not in ("=", ":"):
            raise self.unexpected("'=' after an object's key")
        self.advance()
        return key

    def _for(self, start: int, closing: str, before: bool) -> Node:
        self.advance()
        key, value = self.loop_names()
        items = self.expression()
        self.expect(":", "after what a 'for' runs over")
        result = self.expression()
        result_key = None
        if closing == "}":
            self.expect("=>", "between key and value")
            result_key, result = result, self.expression()
        grouped = closing == "}" and self.word == "..."
        if grouped:
            self.advance()
        condition = None
        if self.word == "if":
            self.advance()
            condition = self.expression()
        self._close(closing, before)
        return For(start, self.last, key, value, items, result_key, result, condition, grouped)

    def loop_names(self) -> tuple[str, str]:
        """`key, value in` or `value in`: the names, the key's "" if it has none."""
        names = []
        while True:
            if self.kind != NAME:
                raise self.unexpected("a name after 'for'")
            names.append(self.word)
            self.advance()
            if self.word != "," or len(names) == 2:
                break
            self.advance()
        if self.word != "in":
            raise self.unexpected("'in' after the names of a 'for'")
        self.advance()
        return ("", *names)[-2:]  # type: ignore[return-value]
