"""Where Python's nodes and tokens stand in a text, as offsets."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from scanner.validation.edits.text import line_starts


def parsed(text: str) -> ast.Module | None:
    """The program, or None: Python of another age, or no Python at all."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError):
        return None


class Positions:
    """Offsets of nodes, whose columns count bytes."""

    def __init__(self, text: str) -> None:
        self._starts, self._lines = line_starts(text), text.split("\n")

    def start(self, node: ast.stmt | ast.expr | ast.arg) -> int:
        """Where a node starts."""
        return self._at(node.lineno, node.col_offset)

    def span(self, node: ast.stmt | ast.expr) -> tuple[int, int]:
        """Where a node starts and ends."""
        return self.start(node), self._at(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def line(self, number: int) -> int:
        """Where a line starts."""
        return self._starts[number - 1]

    def _at(self, line: int, column: int) -> int:
        text = self._lines[line - 1]
        shift = column if text.isascii() else len(text.encode()[:column].decode())
        return self._starts[line - 1] + shift


class Token(NamedTuple):
    """One token. `depth`: how many brackets it stands in; opening and closing ones stand in their own."""

    kind: int
    text: str
    start: int
    end: int
    line: int
    column: int
    depth: int


def tokens(text: str) -> list[Token]:
    """All tokens of a program that `parsed` takes; none where the tokenizer cannot read it."""
    starts = line_starts(text)
    found: list[Token] = []
    depth = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(text, newline="").readline):
            depth += token.type == tokenize.OP and token.string in "([{"
            start, end = (starts[min(line, len(starts)) - 1] + column for line, column in (token.start, token.end))
            found.append(Token(token.type, token.string, start, end, *token.start, depth))
            depth -= token.type == tokenize.OP and token.string in ")]}"
    except (tokenize.TokenError, IndentationError):
        return []
    return found


def statements(tree: ast.Module) -> Iterator[tuple[ast.stmt, ast.AST]]:
    """Every statement of a block with what holds it."""
    for parent in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(parent, field, None)
            if isinstance(block, list):
                yield from ((node, parent) for node in block if isinstance(node, ast.stmt))


def without_docstrings(tree: ast.Module) -> str:
    """The program as text for comparison, its docstrings aside."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module) and docstring(node):
            node.body = node.body[1:]
    return ast.dump(tree)


def docstring(node: ast.AST) -> ast.Expr | None:
    """The statement that is a docstring."""
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first
    return None
