"""Lays Python out in another way, and says other things in its comments. The program stays the same."""

from __future__ import annotations

import ast
import keyword
import tokenize
from collections.abc import Iterator

from scanner.validation.edits.directives import is_directive
from scanner.validation.edits.names import Names
from scanner.validation.edits.python_text import (
    Positions,
    Token,
    docstring,
    parsed,
    statements,
    tokens,
    without_docstrings,
)
from scanner.validation.edits.text import Change, Edited, apply

_SPACES = 2
_QUIET = (tokenize.NL, tokenize.COMMENT)


def _same(text: str, changes: Iterator[Change]) -> Edited | None:
    """The edited text if it is the same program and another text."""
    before = parsed(text)
    if before is None:
        return None
    edited = apply(text, changes)
    after = parsed(edited.text)
    return edited if after and edited.text != text and ast.dump(after) == ast.dump(before) else None


def wrap(text: str, _: Names) -> Edited | None:
    """Every argument of a call on a line of its own, with a comma after the last one."""
    return _same(text, _wrapped(tokens(text)))


def _wrapped(found: list[Token]) -> Iterator[Change]:
    calls: list[tuple[int, str]] = []
    for at, token in enumerate(found):
        if token.kind != tokenize.OP:
            continue
        if token.text == "(" and _calls(found, at) and found[at + 1].text != ")":
            calls.append((token.depth, " " * (4 * token.depth)))
            if found[at + 1].kind not in _QUIET:
                yield Change(token.end, token.end, "\n" + calls[-1][1])
        elif calls and token.depth == calls[-1][0]:
            if token.text == "," and found[at + 1].kind not in _QUIET and found[at + 1].text != ")":
                yield Change(token.end, found[at + 1].start, "\n" + calls[-1][1])
            elif token.text == ")":
                indentation = calls.pop()[1][4:]
                last = found[at - 1]
                if last.kind not in _QUIET:
                    generator = _holds_for(found, at)
                    comma = "" if last.text in (",", "(") or generator else ","
                    yield Change(last.end, token.start, f"{comma}\n{indentation}")


def _calls(found: list[Token], at: int) -> bool:
    before = found[at - 1] if at else None
    if before is None or before.line != found[at].line:
        return False
    named = before.kind == tokenize.NAME and not keyword.iskeyword(before.text)
    return (named and not (at > 1 and found[at - 2].text in ("class", "def"))) or before.text in (")", "]")


def _holds_for(found: list[Token], close: int) -> bool:
    """Whether the brackets that end here hold a generator, after which no comma may stand."""
    depth = found[close].depth
    for token in reversed(found[:close]):
        if token.depth == depth and token.text == "(":
            return False
        if token.depth == depth and token.text == "for":
            return True
    return False


def join(text: str, _: Names) -> Edited | None:
    """What stands in brackets over several lines on one line, where no comment is in between."""
    return _same(text, _joined(tokens(text)))


def _joined(found: list[Token]) -> Iterator[Change]:
    for at, token in enumerate(found):
        if token.kind == tokenize.NL and token.depth and found[at - 1].kind != tokenize.COMMENT:
            following = next((later for later in found[at + 1 :] if later.kind != tokenize.NL), None)
            if following is None or following.kind == tokenize.COMMENT:
                continue
            tight = found[at - 1].text in "([{" or following.text in ")]}"
            yield Change(found[at - 1].end, following.start, "" if tight else " ")


def indent(text: str, _: Names) -> Edited | None:
    """Blocks that are indented by two spaces instead of four, and lines between brackets as they are."""
    return _same(text, _indented(tokens(text)))


def _indented(found: list[Token]) -> Iterator[Change]:
    level, fresh = 0, True
    for token in found:
        if token.kind == tokenize.INDENT:
            level += 1
        elif token.kind == tokenize.DEDENT:
            level -= 1
        elif token.kind == tokenize.NEWLINE:
            fresh = True
        elif fresh and token.kind not in (tokenize.NL, tokenize.COMMENT, tokenize.ENDMARKER):
            fresh = False
            if token.column != level * _SPACES:
                yield Change(token.start - token.column, token.start, " " * (level * _SPACES))


def quotes(text: str, _: Names) -> Edited | None:
    """The other kind of quotes around strings that hold none; f-strings of one piece too."""
    return _same(text, _quoted(tokens(text)))


def _quoted(found: list[Token]) -> Iterator[Change]:
    for token in found:
        if token.kind != tokenize.STRING:
            continue
        prefix = token.text[: len(token.text) - len(token.text.lstrip("rbfuRBFU"))]
        quote, body = token.text[len(prefix)], token.text[len(prefix) + 1 : -1]
        other = "'" if quote == '"' else '"'
        if not body.startswith(quote * 2) and not any(sign in body for sign in "'\"\\"):
            yield Change(token.start, token.end, f"{prefix}{other}{body}{other}")


def space(text: str, _: Names) -> Edited | None:
    """Blanks around the `=` of a keyword, inside brackets that hold something, and none around `+` and `%`."""
    return _same(text, _spaced(tokens(text)))


def _spaced(found: list[Token]) -> Iterator[Change]:
    for before, token, after in zip(found, found[1:], found[2:], strict=False):
        if token.kind != tokenize.OP or before.line != token.line or after.line != token.line:
            continue
        if token.text == "=" and token.depth:
            yield Change(before.end, after.start, " = ")
        elif token.text in ("+", "%") and before.end < token.start:
            yield Change(before.end, after.start, token.text)
        elif token.text == "(" and after.kind not in _QUIET and after.text != ")":
            yield Change(token.end, after.start, " ")
        elif token.text == ")" and before.kind not in _QUIET and before.text != "(":
            yield Change(before.end, token.start, " ")


def comment(text: str, _: Names) -> Edited | None:
    """Other words in comments, one more and a blank line before every statement, and other docstrings.

    What a tool reads in a comment stays, on the line above too: no comment comes between it and its statement.
    """
    tree = parsed(text)
    if tree is None:
        return None
    edited = apply(text, _commented(text, tree))
    after = parsed(edited.text)
    same = after is not None and without_docstrings(after) == without_docstrings(tree)
    return edited if same and edited.text != text else None


def _commented(text: str, tree: ast.Module) -> Iterator[Change]:
    lines, positions = text.split("\n"), Positions(text)
    for token in tokens(text):
        if token.kind == tokenize.COMMENT and not is_directive(token.text):
            yield Change(token.start, token.end, "# Looked at once more.")
    first = {id(docstring(node)) for node in ast.walk(tree)}
    for node, parent in statements(tree):
        start = positions.start(node)
        line = positions.line(node.lineno)
        above = lines[node.lineno - 2] if node.lineno > 1 else ""
        if text[line:start].strip() or getattr(node, "decorator_list", None) or above.endswith("\\"):
            continue
        if id(node) in first:
            yield from _said_otherwise(text, node, positions)
        elif not (above.lstrip().startswith("#") and is_directive(above)):
            yield Change(line, line, f"\n{text[line:start]}# So that the next step can be taken.\n")
        function = isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef)
        if function and node is getattr(parent, "body", [None])[0] and id(node) not in first:
            yield Change(line, line, f'{text[line:start]}"""Does what its name says."""\n')


def _said_otherwise(text: str, node: ast.stmt, positions: Positions) -> Iterator[Change]:
    start, end = positions.span(node)
    if not is_directive(text[start:end]) and text.startswith('"""', start):
        yield Change(start + 3, end - 3, "Does what its name says.")
