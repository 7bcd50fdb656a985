"""Gives an argument of a Python call a name, and an expression a function of its own.

What is evaluated, and in which order, stays: a call is only taken out where no call stands before it.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

from scanner.validation.edits.names import Names
from scanner.validation.edits.python_text import Positions, parsed, statements
from scanner.validation.edits.text import Change, Edited, apply

_PLAIN = (ast.Attribute, ast.Subscript, ast.JoinedStr, ast.BinOp, ast.Call)
_NOT_HERE = (ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr, ast.Lambda, ast.GeneratorExp, ast.Starred)
_MADE_HERE = (ast.ListComp, ast.SetComp, ast.DictComp)
_IN_ORDER = (ast.Attribute, ast.Subscript, ast.Name, ast.Constant, ast.Load)


def variable(text: str, names: Names) -> Edited | None:
    """The first argument of each statement's call that is more than a name, in a variable before the statement."""
    tree = parsed(text)
    return _checked(text, _variables(text, tree, names)) if tree else None


def _checked(text: str, changes: Iterator[Change]) -> Edited | None:
    edited = apply(text, changes)
    return edited if edited.text != text and parsed(edited.text) else None


def _variables(text: str, tree: ast.Module, names: Names) -> Iterator[Change]:
    positions, taken = Positions(text), set(re.findall(r"[^\W\d]\w*", text))
    for node, parent in statements(tree):
        call = _call(node)
        if call is None or isinstance(parent, ast.ClassDef) or not _alone(text, node, positions):
            continue
        argument = _argument(call)
        if argument is None:
            continue
        start, end = positions.span(argument)
        value = text[start:end]
        name = names.for_value(value, taken, camel=False)
        if name and "\n" not in value:
            taken.add(name)
            line = positions.line(node.lineno)
            yield Change(line, line, f"{text[line : positions.start(node)]}{name} = {value}\n", start)
            yield Change(start, end, name)


def _call(node: ast.stmt) -> ast.Call | None:
    """The call a statement consists of, or whose value it takes."""
    value = getattr(node, "value", None) if isinstance(node, ast.Expr | ast.Assign | ast.Return) else None
    if isinstance(value, ast.Await):
        value = value.value
    return value if isinstance(value, ast.Call) else None


def _alone(text: str, node: ast.stmt, positions: Positions) -> bool:
    start, end = positions.span(node)
    line = positions.line(node.lineno)
    stop = text.find("\n", end)
    rest = text[end : stop if stop >= 0 else len(text)].strip()
    above = text[:line].rstrip("\n").endswith("\\")
    return not text[line:start].strip() and (not rest or rest.startswith("#")) and not above


def _argument(call: ast.Call) -> ast.expr | None:
    """The first argument that is more than a name, if what is evaluated before it has no effect."""
    if not _simple(call.func):
        return None
    for argument in (*call.args, *(keyword.value for keyword in call.keywords if keyword.arg)):
        inner = list(ast.walk(argument))
        if any(isinstance(node, _NOT_HERE + _MADE_HERE) for node in inner):
            return None
        if isinstance(argument, _PLAIN) or (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            return argument
        if not _simple(argument):
            return None
    return None


def _simple(node: ast.expr) -> bool:
    """Whether evaluating it does nothing that another evaluation could notice."""
    return all(isinstance(inner, _IN_ORDER) for inner in ast.walk(node))


def function(text: str, _: Names) -> Edited | None:
    """A statement that is a call in a function of its own, with what it needs as parameters of the same names.

    Neither a value that is used nor a name it is given: the engine for code claims to follow neither out of a function.
    """
    tree = parsed(text)
    return _checked(text, _functions(text, tree)) if tree else None


def _functions(text: str, tree: ast.Module) -> Iterator[Change]:
    positions = Positions(text)
    known = {name for node in tree.body for name in _bound(node)} | set(dir(builtins))
    number = 0
    for holder in tree.body:
        if not isinstance(holder, ast.FunctionDef) or holder.decorator_list or not holder.body:
            continue
        given = {argument.arg for argument in (*holder.args.posonlyargs, *holder.args.args, *holder.args.kwonlyargs)}
        assigned = {
            node.id for node in ast.walk(holder) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        for node in holder.body:
            call = _call(node) if isinstance(node, ast.Expr) else None
            used = {inner.id for inner in ast.walk(call) if isinstance(inner, ast.Name)} if call else set()
            if call is None or not used <= given | known or used & assigned or not _movable(call):
                continue
            number += 1
            start, end = positions.span(call)
            name, passed = f"_hearth_{number}", ", ".join(sorted(used & given))
            line = positions.line(holder.lineno)
            yield Change(start, end, f"{name}({passed})")
            yield Change(line, line, f"def {name}({passed}):\n    return {text[start:end]}\n\n\n", start)


def _movable(call: ast.Call) -> bool:
    inside = list(ast.walk(call))
    names = [node for node in inside if isinstance(node, ast.Name)]
    return not any(isinstance(node, _NOT_HERE + _MADE_HERE) for node in inside) and not any(
        name.id in ("self", "super", "locals", "vars") for name in names
    )


def _bound(node: ast.stmt) -> Iterator[str]:
    """What a statement of a module gives a name to."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield from ((alias.asname or alias.name).split(".")[0] for alias in node.names)
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (target.id for target in targets if isinstance(target, ast.Name))
