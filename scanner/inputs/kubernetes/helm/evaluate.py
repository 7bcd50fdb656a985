"""Carries templates out, with what they print in pieces (see `output`). Bounded in steps, output and depth.

What is not known spreads: a function of it is not known, a condition on it leaves its block out and says so in the
text. In text it is a mark (`Marks`), which `documents` finds again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from scanner.inputs.kubernetes.helm import functions
from scanner.inputs.kubernetes.helm.data import Map, Unknown, size_of
from scanner.inputs.kubernetes.helm.execution import (
    Defined,
    Jumped,
    LimitError,
    Limits,
    Marks,
    Run,
    source_of,
    within_line,
)
from scanner.inputs.kubernetes.helm.goprint import text as printed
from scanner.inputs.kubernetes.helm.objects import Special
from scanner.inputs.kubernetes.helm.output import Frame, Piece, Spot, Traced
from scanner.inputs.kubernetes.helm.parse import parse
from scanner.inputs.kubernetes.helm.syntax import (
    Action,
    Block,
    Call,
    Chain,
    Literal,
    Name,
    Node,
    Pipe,
    TemplateError,
    Text,
)

_CHECKSUMS = frozenset({"sha1sum", "sha256sum", "sha512sum", "adler32sum"})
_INDENT = re.compile(r"\s*\n([ \t]*)\S")


class Evaluator:
    """Carries out the templates of one chart. `defines`: the named ones."""

    def __init__(self, defines: Mapping[str, Defined], marks: Marks) -> None:
        self.defines, self.marks = defines, marks
        self.notes: dict[tuple[str, str], int] = {}
        self._limits = Limits()
        self._parsed: dict[str, tuple[list[Node], dict[str, list[Node]]]] = {}
        self._run: Run | None = None

    def render(self, defined: Defined, dot: Any) -> Traced:
        """What a template prints. LimitError beyond the limits."""
        try:
            return self._execute(defined, dot, Frame(defined.template))
        except RecursionError:
            raise LimitError("nested too deep") from None

    # What functions may ask for

    @property
    def spot(self) -> Spot:
        """The action under way."""
        assert self._run is not None  # noqa: S101 - functions are called by actions only
        return self._run.spot

    def note(self, message: str) -> None:
        """Something of a template that was not understood."""
        spot = self.spot
        while spot.frame.opaque and spot.frame.caller:
            spot = spot.frame.caller
        self.notes.setdefault((spot.frame.template.path, message), spot.place.span.line)

    def include(self, name: Any, dot: Any) -> Any:
        """What a named template prints."""
        defined = self.defines.get(name) if isinstance(name, str) else None
        if defined is None:
            self.note(f"includes the template {name!s}, which is not in the chart")
            return Unknown(f"the template {name!s} is not in the chart")
        before = self._limits.deeper(8)
        try:
            return self._execute(defined, dot, Frame(defined.template, self.spot))
        finally:
            self._limits.depth = before

    def tpl(self, text: str, dot: Any) -> Any:
        """What a string prints as a template."""
        if "{{" not in text:
            return text
        if text not in self._parsed:
            self.spend(functions.COST * len(text))
            try:
                parsed = parse(str(text))
            except TemplateError as error:
                self.note(f"tpl: {error.message}")
                return Unknown("a template in a value that cannot be read")
            self._parsed[text] = (parsed.body, parsed.defines)
        body, defines = self._parsed[text]
        spot, before, outer = self.spot, self._limits.deeper(8), self.defines
        if defines:
            self.defines = {**outer, **{name: Defined(nodes, spot.frame.template) for name, nodes in defines.items()}}
        try:
            return self._execute(Defined(body, spot.frame.template), dot, Frame(spot.frame.template, spot, opaque=True))
        finally:
            self._limits.depth, self.defines = before, outer

    def text(self, value: Any) -> str:
        """A value as an action prints it."""
        if not isinstance(value, (dict, list)):
            return printed(value, self.marks)
        try:
            self.spend(functions.COST * size_of(value, functions.MAX_VALUES))
            return printed(value, self.marks)
        except ValueError:
            return self.marks(Unknown("a value that is too large"))

    def truth(self, value: Any) -> bool | None:
        """Whether Go takes a value for true; None if that is not known."""
        if isinstance(value, Unknown):
            return True if value.is_set else None
        if isinstance(value, str) and self.marks.char in value:
            if self.marks.pattern.sub("", value).strip() or any(one.is_set for one in self.marks.of(value)):
                return True
            return None
        return bool(value)

    def spend(self, characters: int) -> None:
        """Counts text that is made."""
        self._limits.spend(characters)

    # Execution

    def _execute(self, defined: Defined, dot: Any, frame: Frame) -> Traced:
        outer, run = self._run, Run(frame, dot)
        self._run = run
        try:
            self._nodes(defined.nodes, dot, run)
        except Jumped:
            pass
        finally:
            self._run = outer
        return Traced.of(run.out)

    def _nodes(self, nodes: Iterable[Node], dot: Any, run: Run) -> None:
        for node in nodes:
            self._limits.step()
            if isinstance(node, Text):
                self.spend(len(node.text))
                run.out.append(self._literal(node, run.frame))
            elif isinstance(node, Action):
                self._action(node, dot, run)
            elif isinstance(node, Block):
                before, count = self._limits.deeper(2), len(run.declared)
                try:
                    self._block(node, dot, run)
                finally:
                    self._limits.depth = before
                    run.forget(count)
            elif isinstance(node, Call):
                self._enter(node, run)
                value = self._pipe(node.pipe, dot, run) if node.pipe else None
                self._print(self.include(node.name, value), run)
            else:
                raise Jumped(node.kind)

    @staticmethod
    def _literal(node: Text, frame: Frame) -> Piece:
        if frame.opaque and frame.caller:
            return Piece(node.text, frame.caller)
        return Piece(node.text, Spot(frame, node.start, node.start + len(node.text)), exact=True)

    def _enter(self, node: Action | Call | Block, run: Run) -> None:
        opaque = run.frame.opaque and run.frame.caller
        run.spot = opaque or Spot(run.frame, node.start, node.end)
        run.touched = []

    def _action(self, node: Action, dot: Any, run: Run) -> None:
        self._enter(node, run)
        value = self._pipe(node.pipe, dot, run)
        if not node.pipe.variables:
            self._print(value, run)

    def _print(self, value: Any, run: Run) -> None:
        if isinstance(value, Traced):
            self.spend(len(value))
            run.out.extend(value.pieces)
            return
        if value is None:
            value = Unknown("not set in values.yaml") if within_line(run.out) else ""
        text = self.text(value)
        self.spend(len(text))
        if text:
            run.out.append(Piece(text, run.spot, source=source_of(value, run.touched)))

    def _block(self, node: Block, dot: Any, run: Run) -> None:
        if node.kind == "range":
            self._range(node, dot, run)
            return
        for pipe, body in node.arms:
            if pipe is None:
                self._nodes(body, dot, run)
                return
            self._enter(node, run)
            value = self._pipe(pipe, dot, run)
            truth = self.truth(value)
            if truth is None:
                self._leave_out(node, value, run)
                return
            if truth:
                self._nodes(body, value if node.kind == "with" else dot, run)
                return

    def _leave_out(self, node: Block, value: Any, run: Run) -> None:
        """Something may stand here."""
        known = value if isinstance(value, Unknown) else self.marks.of(value)[0]
        mark = self.marks(Unknown(known.reason))
        first = node.arms[0][1][0] if node.arms[0][1] else None
        indent = _INDENT.match(first.text) if isinstance(first, Text) else None
        run.out.append(Piece(f"\n{indent[1]}{mark}" if indent else mark, run.spot))

    def _range(self, node: Block, dot: Any, run: Run) -> None:
        pipe, body = node.arms[0]
        assert pipe is not None  # noqa: S101 - only an else has none
        self._enter(node, run)
        value = self._pipe(pipe._replace(variables=()), dot, run)
        if isinstance(value, Unknown) or (isinstance(value, str) and self.marks.of(value)):
            self._leave_out(node, value, run)
            return
        count = 0
        self.spend(len(value) if isinstance(value, (dict, list)) else 1)
        for key, item in _items(value):
            count += 1
            self._limits.step()
            kept = len(run.declared)
            given = (item,) if len(pipe.variables) == 1 else (key, item)
            for name, one in zip(pipe.variables, given, strict=False):
                self._assign(name, one, run, declare=pipe.declares)
            try:
                self._nodes(body, item, run)
            except Jumped as jump:
                if jump.kind == "break":
                    break
            finally:
                run.forget(kept)
        if not count and len(node.arms) > 1:
            self._nodes(node.arms[1][1], dot, run)

    # Pipelines

    def _assign(self, name: str, value: Any, run: Run, *, declare: bool) -> None:
        stack = run.variables.setdefault(name, [])
        if stack and not declare:
            stack[-1] = value
        else:
            stack.append(value)
            run.declared.append(name)

    def _pipe(self, pipe: Pipe, dot: Any, run: Run) -> Any:
        last = pipe.commands[-1][0]
        if len(pipe.commands) > 1 and isinstance(last, Name) and last.name in _CHECKSUMS:
            return Unknown("a checksum", is_set=True)
        value = self._command(pipe.commands[0], dot, run, ())
        for command in pipe.commands[1:]:
            value = self._command(command, dot, run, (value,))
        for name in pipe.variables[:1]:
            self._assign(name, value, run, declare=pipe.declares)
        return value

    def _command(self, command: tuple[Any, ...], dot: Any, run: Run, piped: tuple[Any, ...]) -> Any:
        self._limits.step()
        first = command[0]
        if isinstance(first, Name):
            if first.name in ("and", "or"):
                return self._and_or(first.name, command[1:], dot, run, piped)
            arguments = [self._operand(operand, dot, run) for operand in command[1:]]
            return functions.call(self, first.name, [*arguments, *piped])
        if (len(command) > 1 or piped) and isinstance(first, Chain) and first.fields:
            owner = self._operand(first._replace(fields=first.fields[:-1]), dot, run)
            arguments = [self._operand(operand, dot, run) for operand in command[1:]]
            return self._method(owner, first.fields[-1], [*arguments, *piped])
        return self._operand(first, dot, run)

    def _and_or(self, name: str, operands: Iterable[Any], dot: Any, run: Run, piped: tuple[Any, ...]) -> Any:
        value: Any = None
        unclear: Any = None
        for operand in (*operands, *map(Literal, piped)):
            value = self._operand(operand, dot, run)
            truth = self.truth(value)
            if truth is None:
                unclear = unclear or value
            elif truth is (name == "or"):
                return value
        return unclear if unclear is not None else value

    def _operand(self, operand: Any, dot: Any, run: Run) -> Any:
        self._limits.step()
        if isinstance(operand, Literal):
            return operand.value
        if isinstance(operand, Name):
            return functions.call(self, operand.name, [])
        base = operand.base
        if isinstance(base, Pipe):
            before = self._limits.deeper(4)
            try:
                value = self._pipe(base, dot, run)
            finally:
                self._limits.depth = before
        elif base == ".":
            value = dot
        else:
            value = self._variable(base, run)
        for name in operand.fields:
            value = self._field(value, name)
        return value

    @staticmethod
    def _variable(name: str, run: Run) -> Any:
        stack = run.variables.get(name)
        return stack[-1] if stack else Unknown(f"the variable {name} is not defined")

    def field(self, value: Map, name: str) -> Any:
        """A mapping's value, remembered as one the action has read."""
        inner = value.get(name)
        if name in value.at and self._run is not None:
            self._run.touched.append((inner, value.at[name]))
        return inner

    def _field(self, value: Any, name: str) -> Any:
        if isinstance(value, Map):
            return self.field(value, name)
        if isinstance(value, Special):
            return value.call(name, [])
        if isinstance(value, Unknown):
            return Unknown(value.reason)
        if value is None:
            return Unknown(f"{name} is not set in values.yaml")
        return Unknown(f"{name} of something that has no fields")

    def _method(self, owner: Any, name: str, arguments: list[Any]) -> Any:
        if isinstance(owner, Special):
            return owner.call(name, arguments)
        return Unknown(owner.reason if isinstance(owner, Unknown) else f"{name} is called, and is no method")


def _items(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict):
        yield from ((key, value[key]) for key in sorted(value))
    elif isinstance(value, list):
        yield from enumerate(value)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield from ((at, at) for at in range(int(value)))
