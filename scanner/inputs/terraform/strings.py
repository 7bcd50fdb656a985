"""Templates -> strings. A template with something unknown in it keeps its known parts as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.inputs.terraform import embedded
from scanner.inputs.terraform.syntax import Choice, Interpolation, Loop, Part, Template, Text
from scanner.inputs.terraform.values import (
    MAX_TEXT,
    NO_REFS,
    Pieces,
    Unknown,
    Val,
    deep_refs,
    scalar_text,
    to_bool,
)

if TYPE_CHECKING:
    from scanner.inputs.terraform.expressions import Evaluator, Scope

_Piece = tuple[int, int, "str | Val"]


def render(evaluator: Evaluator, node: Template, scope: Scope) -> Val:
    """The value of a template. One that is nothing but an interpolation is what the interpolated expression is."""
    at = (scope.file, node.start, node.end)
    parts = node.parts
    if len(parts) == 1 and isinstance(parts[0], Interpolation):
        return evaluator.value(parts[0].expression, scope).standing(at)
    pieces: list[_Piece] = []
    _render(evaluator, parts, scope, pieces)
    refs = NO_REFS
    for _, _, piece in pieces:
        if isinstance(piece, Val):
            refs |= deep_refs(piece)
    value = Val(_joined(evaluator, pieces, scope, node), at, refs)
    if embedded.looks_like_json(pieces):
        value.pieces = Pieces(scope.file, tuple(pieces), node.heredoc)
    else:
        value.json = _meaning(evaluator, pieces)
    return value


def _meaning(evaluator: Evaluator, pieces: list[_Piece]) -> Val | None:
    """What the text means where it is one interpolation that has a meaning, and blanks around it."""
    content = [piece for _, _, piece in pieces if not isinstance(piece, str) or piece.strip()]
    if len(content) == 1 and isinstance(content[0], Val):
        return embedded.meaning(content[0], evaluator.budget)
    return None


def _render(evaluator: Evaluator, parts: tuple[Part, ...], scope: Scope, pieces: list[_Piece]) -> None:
    evaluator.budget.frames += 2
    for part in parts:
        if isinstance(part, Text):
            pieces.append((part.start, part.end, part.value))
        elif isinstance(part, Interpolation):
            pieces.append((part.start, part.end, _as_text(evaluator.value(part.expression, scope))))
        elif isinstance(part, Choice):
            _render_choice(evaluator, part, scope, pieces)
        else:
            _render_loop(evaluator, part, scope, pieces)
    evaluator.budget.frames -= 2


def _render_choice(evaluator: Evaluator, part: Choice, scope: Scope, pieces: list[_Piece]) -> None:
    condition = evaluator.value(part.condition, scope)
    wanted = to_bool(condition.data)
    if wanted is None:
        pieces.append((part.start, part.end, _undecided(condition, "the condition of an '%{ if }'")))
        return
    _render(evaluator, part.yes if wanted else part.no, scope, pieces)


def _render_loop(evaluator: Evaluator, part: Loop, scope: Scope, pieces: list[_Piece]) -> None:
    items = evaluator.value(part.items, scope)
    pairs = evaluator.pairs(items)
    if pairs is None:
        pieces.append((part.start, part.end, _undecided(items, "what a '%{ for }' runs over")))
        return
    for key, value in pairs:
        if not evaluator.budget.spend(1):
            return
        _render(evaluator, part.body, scope.with_names({part.key: key, part.value: value}), pieces)


def _as_text(value: Val) -> Val:
    """What can stand in a string: not null, no list, no object."""
    if isinstance(value.data, Unknown) or scalar_text(value.data) is not None:
        return value
    return Val(Unknown("null, a list or an object stands in a string", failed=True), value.at, deep_refs(value))


def _undecided(value: Val, what: str) -> Val:
    data = value.data
    known = not isinstance(data, Unknown)
    reason = f"{what} is {'of the wrong kind' if known else 'not known'}"
    return Val(Unknown(reason, failed=known or (isinstance(data, Unknown) and data.failed)), value.at, deep_refs(value))


def _joined(evaluator: Evaluator, pieces: list[_Piece], scope: Scope, node: Template) -> str | Unknown:
    texts: list[str] = []
    missing: Unknown | None = None
    length = 0
    for start, end, piece in pieces:
        text = piece if isinstance(piece, str) else scalar_text(piece.data) or ""
        if isinstance(piece, Val) and isinstance(piece.data, Unknown):
            unknown = piece.data
            text = unknown.text or scope.file.text[start:end]
            missing = missing if missing and (missing.failed or not unknown.failed) else unknown
        texts.append(text)
        length += len(text)
        if length > MAX_TEXT:
            reason = f"a string longer than {MAX_TEXT:,} characters"
            evaluator.budget.report((scope.file, node.start, node.end), f"{reason}: not evaluated")
            return Unknown(reason)
    evaluator.budget.steps -= len(pieces) + (length >> 4)
    if missing:
        return Unknown(missing.reason, text="".join(texts), failed=missing.failed)
    return "".join(texts)
