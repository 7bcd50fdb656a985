"""Calls of Terraform's functions: which there are, and what becomes of unknown arguments.

Three kinds. Functions on text and numbers see plain data: all of it must be known. Functions on collections see values,
so that an item keeps its place and may be unknown by itself. `try`, `can` and the encoders look at more than the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scanner.inputs.terraform import (
    embedded,
    functions_collection,
    functions_encoding,
    functions_number,
    functions_text,
)
from scanner.inputs.terraform.arguments import RefusedError, TooLargeError, bounded
from scanner.inputs.terraform.functions_encoding import json_text
from scanner.inputs.terraform.syntax import Call, Spot
from scanner.inputs.terraform.values import (
    NO_REFS,
    Unknown,
    Val,
    deep_refs,
    first_unknown,
    from_plain,
    plain,
    walk,
    weight,
)

if TYPE_CHECKING:
    from scanner.inputs.terraform.expressions import Evaluator, Scope

_PLAIN: dict[str, tuple[Callable[..., Any], int, int]] = {
    **functions_text.FUNCTIONS,
    **functions_number.FUNCTIONS,
    **functions_encoding.FUNCTIONS,
}
_WHEN_RUN = re.compile(
    r"file(\w+)?|templatefile|abspath|pathexpand|timestamp|plantimestamp|uuid|bcrypt|rsadecrypt"
).fullmatch
"""Functions whose result depends on other files, or on when Terraform runs."""


def call(evaluator: Evaluator, node: Call, scope: Scope) -> Val:
    """The value of a function call."""
    at = (scope.file, node.start, node.end)
    name = node.name.removeprefix("core::")
    if name in ("try", "can"):
        return _attempt(evaluator, node, scope, at, name == "can")
    args = [evaluator.value(argument, scope) for argument in node.arguments]
    if node.expand and args:
        last = args.pop()
        if isinstance(last.data, Unknown) or not isinstance(last.data, list):
            return Val(_unusable(name, last), at, deep_refs(last))
        args += last.items()
    evaluator.budget.steps -= sum(map(weight, args))
    try:
        return evaluator.checked(_answer(evaluator, name, args, at))
    except TooLargeError as error:
        evaluator.budget.report(at, f"{error}: {name}() is not evaluated")
        return Val(Unknown(str(error)), at, _refs(args))
    except (ValueError, ArithmeticError) as error:
        reason = str(error) if isinstance(error, RefusedError) else "an argument is of the wrong kind"
        return Val(Unknown(f"{name}(): {reason}", failed=True), at, _refs(args))


def _answer(evaluator: Evaluator, name: str, args: list[Val], at: Spot) -> Val:
    if name in functions_collection.FUNCTIONS:
        return _collection(name, args, at)
    meaning = embedded.meaning(args[0], evaluator.budget) if name == "jsondecode" and len(args) == 1 else None
    if meaning:
        return meaning.standing(at)
    if name in _PLAIN:
        return _plain(name, args, at)
    if name in ("jsonencode", "yamlencode") and len(args) == 1:
        return _encoded(name, args[0], at)
    reason = "is known only when Terraform runs" if _WHEN_RUN(name) else "is not evaluated by paylint"
    return Val(Unknown(f"{name}() {reason}"), at, _refs(args))


def _collection(name: str, args: list[Val], at: Spot) -> Val:
    function, least, most = functions_collection.FUNCTIONS[name]
    _count(args, least, most)
    if name not in functions_collection.LENIENT:
        for arg in args:
            if isinstance(arg.data, Unknown):
                return Val(_unusable(name, arg), at, _refs(args))
    result = function(at, args)
    return result.standing(at, NO_REFS.union(*(arg.refs for arg in args)))


def _plain(name: str, args: list[Val], at: Spot) -> Val:
    function, least, most = _PLAIN[name]
    _count(args, least, most)
    refs = _refs(args)
    for arg in args:
        unknown = first_unknown(arg)
        if unknown:
            return Val(_same_reason(unknown), at, refs)
    result = from_plain(function(*map(plain, args)), at, refs)
    if name in ("chomp", "trimspace", "tostring"):
        result.json, result.pieces, result.hops = args[0].json, args[0].pieces, args[0].hops
    return result


def _encoded(name: str, value: Val, at: Spot) -> Val:
    """The text, and beside it what it means: a rule looks at that."""
    refs = deep_refs(value)
    meaning = value if isinstance(value.data, list | dict) else None
    unknown = first_unknown(value)
    if unknown:
        return Val(_same_reason(unknown), at, refs, json=meaning)
    if name == "yamlencode":
        return Val(Unknown("yamlencode() is not evaluated by paylint"), at, refs, json=meaning)
    text = json_text(plain(value))
    bounded(len(text))
    return Val(text, at, refs, json=meaning)


def _attempt(evaluator: Evaluator, node: Call, scope: Scope, at: Spot, only_whether: bool) -> Val:
    """`try`: the first argument Terraform can evaluate. `can`: whether it can."""
    for argument in node.arguments:
        value = evaluator.value(argument, scope)
        evaluator.budget.steps -= value.size
        failed = any(isinstance(inner.data, Unknown) and inner.data.failed for inner in walk(value))
        if only_whether:
            unknown = None if failed else first_unknown(value)
            return Val(_same_reason(unknown) if unknown else not failed, at, deep_refs(value))
        if not failed:
            return value.standing(at)
    return Val(Unknown("try(): none of its arguments can be evaluated", failed=True), at)


def _count(args: list[Val], least: int, most: int) -> None:
    if not least <= len(args) <= most:
        raise RefusedError("it is given the wrong number of arguments")


def _refs(args: list[Val]) -> frozenset[str]:
    return NO_REFS.union(*map(deep_refs, args))


def _unusable(name: str, value: Val) -> Unknown:
    if isinstance(value.data, Unknown):
        return _same_reason(value.data)
    return Unknown(f"{name}(): '...' follows something that is no list", failed=True)


def _same_reason(unknown: Unknown) -> Unknown:
    return Unknown(unknown.reason, failed=unknown.failed)
