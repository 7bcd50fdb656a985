"""Renames the local variables of Python functions, and parameters where every caller is in the file.

What is renamed is a local variable wherever the file has that name: never a global, an attribute, a keyword of a call
or a parameter that a decorator may read. The edited file has to be the same program but for those names.
"""

from __future__ import annotations

import ast
import builtins
import keyword
import re
import symtable
from collections.abc import Iterator, Mapping

from scanner.validation.edits.names import Names
from scanner.validation.edits.python_text import Positions, parsed
from scanner.validation.edits.text import Change, Edited, apply

_READS_NAMES = frozenset(("locals", "vars", "eval", "exec", "globals", "dir"))
_FIXED = frozenset((*dir(builtins), *keyword.kwlist, "self", "cls", "_"))


def rename(text: str, names: Names) -> Edited | None:
    """Every local variable and every parameter that may have another name has it."""
    return _renamed(text, names, parameters=True)


def rename_locals(text: str, names: Names) -> Edited | None:
    """The same without parameters of public functions, which somebody may call by their names."""
    return _renamed(text, names, parameters=False)


def _renamed(text: str, names: Names, parameters: bool) -> Edited | None:
    tree = parsed(text)
    if tree is None or any(isinstance(node, ast.Name) and node.id in _READS_NAMES for node in ast.walk(tree)):
        return None
    taken = set(re.findall(r"[^\W\d]\w*", text))
    chosen: dict[str, str] = {}
    for name in sorted(_local(text) - _bound_otherwise(tree, parameters) - _FIXED):
        if new := names.another(name, taken, snake=True):
            taken.add(new)
            chosen[name] = new
    while chosen:
        edited = apply(text, _changes(text, tree, chosen))
        lost = _lost(tree, edited.text, chosen)
        if not lost:
            return edited
        for name in lost:
            del chosen[name]
    return None


def _local(text: str) -> set[str]:
    """Names that are local variables or parameters of functions wherever the file uses them."""
    local: set[str] = set()
    other: set[str] = set()
    waiting = [symtable.symtable(text, "edited.py", "exec")]
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        inside = table.get_type() == "function"
        for symbol in table.get_symbols():
            bound = symbol.is_parameter() or symbol.is_local() or symbol.is_free()
            own = inside and bound and not symbol.is_imported() and not symbol.is_namespace()
            (local if own else other).add(symbol.get_name())
    return local - other


def _bound_otherwise(tree: ast.Module, parameters: bool) -> set[str]:
    """Names that something else than a variable's place holds: what a caller or a decorator may read, and patterns."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword):
            found.add(node.arg or "")
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar):
            found.add(node.name or "")
        elif isinstance(node, ast.MatchMapping):
            found.add(node.rest or "")
        elif isinstance(node, ast.Global | ast.Nonlocal):
            found.update(node.names)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _private(node, parameters):
            found.update(argument.arg for argument in _arguments(node.args))
    return found


def _private(node: ast.FunctionDef | ast.AsyncFunctionDef, parameters: bool) -> bool:
    special = node.name.startswith("__")
    return not node.decorator_list and not special and (parameters or node.name.startswith("_"))


def _arguments(given: ast.arguments) -> Iterator[ast.arg]:
    yield from (*given.posonlyargs, *given.args, *given.kwonlyargs)
    yield from (extra for extra in (given.vararg, given.kwarg) if extra)


def _changes(text: str, tree: ast.Module, chosen: Mapping[str, str]) -> Iterator[Change]:
    positions = Positions(text)
    inside = re.compile(rf"(?<![\w.\"'])(?:{'|'.join(map(re.escape, chosen))})(?![\w\"'])")
    formatted = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    spans = [positions.span(node) for node in formatted]
    for start, end in spans:
        for braces in re.finditer(r"\{[^{}]*\}", text[start:end]):
            for match in inside.finditer(braces[0]):
                at = start + braces.start() + match.start()
                yield Change(at, at + len(match[0]), chosen[match[0]])
    for node in ast.walk(tree):
        name = node.id if isinstance(node, ast.Name) else node.arg if isinstance(node, ast.arg) else ""
        if name in chosen and isinstance(node, ast.Name | ast.arg):
            at = positions.start(node)
            if text.startswith(name, at) and not any(start <= at < end for start, end in spans):
                yield Change(at, at + len(name), chosen[name])


class _Back(ast.NodeTransformer):
    """The names as they were."""

    def __init__(self, former: Mapping[str, str]) -> None:
        self._former = former

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self._former.get(node.id, node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.arg = self._former.get(node.arg, node.arg)
        self.generic_visit(node)
        return node


def _lost(tree: ast.Module, text: str, chosen: Mapping[str, str]) -> list[str]:
    """The names for which the edited text is not the same program: those still in it, or all if that is not it."""
    edited = parsed(text)
    if edited is None:
        return list(chosen)
    left = {node.id for node in ast.walk(edited) if isinstance(node, ast.Name)} & chosen.keys()
    if left:
        return sorted(left)
    same = ast.dump(_Back({new: old for old, new in chosen.items()}).visit(edited)) == ast.dump(tree)
    return [] if same else list(chosen)
