"""Instructions to stages: what each builds on, sets, runs and copies."""

from __future__ import annotations

from dataclasses import dataclass, field

from scanner.inputs.delivery.commands import commands_of, exec_command
from scanner.inputs.delivery.dockerfile.lines import Instruction, Lines
from scanner.inputs.delivery.dockerfile.words import Expander, json_words, words
from scanner.inputs.delivery.images import image
from scanner.inputs.delivery.shell import SHELLS
from scanner.inputs.delivery.tree import Tree, flat, listed, record
from scanner.model import Json, Place, Problem, Subject, unknown
from scanner.text import Source

_KNOWN = frozenset(
    {"ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER"}
    | {"ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"}
)
_NO_DEFAULT = "has no default and comes from the base image or the build's command line"
_MAX_SUBJECTS = 500
_MAX_PROBLEMS = 10
_LONGEST = 20


@dataclass(slots=True)
class _Stage:
    """A stage while its instructions come in."""

    index: int
    place: Place
    name: str | None
    start: Tree
    base: Tree
    platform: Tree
    env: dict[str, Json]
    env_at: dict[str, Place]
    args: dict[str, Json]
    user: Tree
    exposed: list[Tree] = field(default_factory=list)
    instructions: list[Tree] = field(default_factory=list)
    commands: list[Tree] = field(default_factory=list)
    variables: list[Tree] = field(default_factory=list)
    copied: list[Tree] = field(default_factory=list)
    shell: bool = True
    starts: bool = False


def stages(source: Source) -> tuple[list[Subject], list[Problem]]:
    """The stages of a file as subjects, and what is odd about it."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: Source) -> None:
        self._lines = Lines(source)
        self._path = source.path
        self._globals: dict[str, Json] = {}
        self._global_variables: list[Tree] = []
        self._stages: list[_Stage] = []
        self._problems: list[Problem] = []

    def read(self) -> tuple[list[Subject], list[Problem]]:
        for instruction in self._lines.instructions():
            if instruction.keyword not in _KNOWN:
                line = instruction.place.span.line
                if len(self._problems) < _MAX_PROBLEMS:
                    message = f"unknown instruction {instruction.keyword[:_LONGEST]}"
                    self._problems.append(Problem(self._path, message, fatal=False, line=line))
            elif instruction.keyword == "FROM":
                self._from(instruction)
            elif self._stages:
                self._inside(self._stages[-1], instruction)
            elif instruction.keyword == "ARG":
                self._arg(instruction, self._globals, None)
        return [self._subject(stage) for stage in self._stages[:_MAX_SUBJECTS]], self._problems

    def _expander(self, known: dict[str, Json]) -> Expander:
        return Expander(known, self._lines.escape)

    def _from(self, instruction: Instruction) -> None:
        script = instruction.arguments
        parts = words(script, self._lines.escape)
        if not parts:
            self._problems.append(
                Problem(self._path, "FROM names no image", fatal=False, line=instruction.place.span.line)
            )
            return
        expander = self._expander(self._globals)
        written, begin, end = parts[0]
        place = script.place(begin, end)
        name = parts[2][0].lower() if len(parts) > 2 and parts[1][0].upper() == "AS" else None
        value = expander.expand(written)
        earlier = next((stage for stage in reversed(self._stages) if stage.name and stage.name == value), None)
        if isinstance(value, str) and value.lower() != value and earlier is None:
            earlier = next((stage for stage in reversed(self._stages) if stage.name == value.lower()), None)
        kind = "stage" if earlier else "scratch" if value == "scratch" else "image"
        start = image(value, place, kind=kind)
        flag = instruction.flags.get("platform")
        self._stages.append(
            _Stage(
                index=len(self._stages),
                place=instruction.place,
                name=name,
                start=start,
                base=earlier.base if earlier else start,
                platform=Tree(expander.expand(flag[0]), flag[1]) if flag else Tree(None, place),
                env=dict(earlier.env) if earlier else {},
                env_at=dict(earlier.env_at) if earlier else {},
                args={},
                user=earlier.user if earlier else Tree(None, place),
                starts=earlier.starts if earlier else False,
                variables=[] if self._stages else list(self._global_variables),
            )
        )

    def _inside(self, stage: _Stage, instruction: Instruction) -> None:
        more: dict[str, Tree | Json] = {}
        keyword, script = instruction.keyword, instruction.arguments
        expander = self._expander({**stage.args, **stage.env})
        if keyword == "ARG":
            self._arg(instruction, stage.args, stage)
        elif keyword == "ENV":
            self._env(instruction, stage, expander)
        elif keyword == "USER":
            stage.user = Tree(expander.expand(script.text), script.whole)
        elif keyword == "EXPOSE":
            for written, start, end in words(script, self._lines.escape):
                stage.exposed.append(Tree(expander.expand(written), script.place(start, end)))
        elif keyword == "SHELL":
            listing = json_words(script) or []
            program = str(listing[0].value).replace("\\", "/").rpartition("/")[2].lower() if listing else ""
            stage.shell = program.removesuffix(".exe") in SHELLS
        elif keyword in ("CMD", "ENTRYPOINT"):
            stage.starts = True
        elif keyword == "RUN":
            self._run(instruction, stage)
        elif keyword in ("ADD", "COPY"):
            more = self._copied(instruction, expander)
            self._copied_from(instruction, stage, expander)
        flags = {name: Tree(expander.expand(value), place) for name, (value, place) in instruction.flags.items()}
        stage.instructions.append(
            record(
                instruction.place,
                keyword=keyword,
                arguments=Tree(script.text, script.whole),
                flags=Tree(flags, instruction.place),
                **more,
            )
        )

    def _arg(self, instruction: Instruction, known: dict[str, Json], stage: _Stage | None) -> None:
        script = instruction.arguments
        for written, start, end in words(script, self._lines.escape):
            name, equals, default = written.partition("=")
            expander = self._expander({**known, **(stage.env if stage else {})})
            if equals:
                known[name] = expander.expand(default)
            elif stage and name in self._globals:
                known[name] = self._globals[name]
            else:
                known[name] = unknown(f"`ARG {name}` {_NO_DEFAULT}")
            if equals:
                place = script.place(start + len(name) + 1, end)
                variables = stage.variables if stage else self._global_variables
                variables.append(record(instruction.place, name=name, value=Tree(known[name], place), scope="ARG"))

    def _env(self, instruction: Instruction, stage: _Stage, expander: Expander) -> None:
        script = instruction.arguments
        parts = words(script, self._lines.escape)
        if parts and "=" in parts[0][0]:
            for written, start, end in parts:
                name, equals, value = written.partition("=")
                if equals:
                    stage.env[name] = expander.expand(value)
                    place = script.place(start + len(name) + 1, end)
                    self._set(stage, name, place, instruction)
        elif len(parts) > 1:
            name, start, end = parts[0][0], parts[1][1], parts[-1][2]
            stage.env[name] = expander.expand(script.text[start:end])
            self._set(stage, name, script.place(start, end), instruction)

    def _set(self, stage: _Stage, name: str, place: Place, instruction: Instruction) -> None:
        value = Tree(stage.env[name], place)
        stage.env_at[name] = place
        stage.variables.append(record(instruction.place, name=name, value=value, scope="ENV"))

    def _run(self, instruction: Instruction, stage: _Stage) -> None:
        listing = json_words(instruction.arguments)
        number = len(stage.instructions)
        if listing is not None:
            words_ = [(str(tree.value), tree) for tree in listing]
            whole = Tree(None, instruction.arguments.whole)
            stage.commands.append(exec_command(words_, whole, instruction=number))
            return
        if not stage.shell:
            return
        stage.commands += commands_of(instruction.arguments, instruction=number)
        first = words(instruction.arguments, self._lines.escape)[:1]
        is_script = bool(first) and (first[0][0].startswith("<<") or first[0][0].rpartition("/")[2] in SHELLS)
        for heredoc in instruction.heredocs if is_script else ():
            if heredoc.body.text.startswith("#!") and not any(
                shell in heredoc.body.text.partition("\n")[0] for shell in SHELLS
            ):
                continue
            stage.commands += commands_of(heredoc.body, instruction=number)

    def _copied(self, instruction: Instruction, expander: Expander) -> dict[str, Tree | Json]:
        script = instruction.arguments
        listing = json_words(script)
        if listing is None:
            listing = [
                Tree(expander.expand(written), script.place(start, end))
                for written, start, end in words(script, self._lines.escape)
                if not (written.startswith("<<") and instruction.heredocs)
            ]
        else:
            listing = [tree.with_value(expander.expand(str(tree.value))) for tree in listing]
        target = listing.pop() if listing else Tree(None, script.whole)
        return {"sources": listed(listing, script.whole), "target": target}

    def _copied_from(self, instruction: Instruction, stage: _Stage, expander: Expander) -> None:
        """An image that files are taken from. A bare name is a stage, or a context given on the command line."""
        if (flag := instruction.flags.get("from")) is None:
            return
        value, place = expander.expand(flag[0]), flag[1]
        if isinstance(value, str) and any(mark in value for mark in "/:@"):
            stage.copied.append(image(value, place, kind="image"))

    def _subject(self, stage: _Stage) -> Subject:
        name = stage.name or f"stage {stage.index}"
        place = stage.place
        tree = record(
            place,
            index=stage.index,
            final=stage is self._stages[-1],
            stage=stage.name,
            **{"from": stage.start},
            base=stage.base,
            platform=stage.platform,
            user=stage.user,
            starts=stage.starts,
            env=Tree({k: Tree(v, stage.env_at[k]) for k, v in stage.env.items()}, place),
            args=Tree({k: Tree(v, place) for k, v in stage.args.items()}, place),
            exposed=listed(stage.exposed, place),
            instructions=listed(stage.instructions, place),
            commands=listed(stage.commands, place),
            variables=listed(stage.variables, place),
            images=listed(([stage.start] if stage.start.pairs["kind"].value == "image" else []) + stage.copied, place),
        )
        config, places = flat(tree)
        address = f"{stage.index}:{stage.name}" if stage.name else str(stage.index)
        return Subject(f"dockerfile:{self._path}:{address}", "stage", name, address, place, config, places)
