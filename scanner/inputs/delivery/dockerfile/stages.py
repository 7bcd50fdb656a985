"""Instructions to stages: what each builds on, sets, runs and copies."""

from __future__ import annotations

from scanner.inputs.delivery.commands import commands_of, exec_commands, lines_of
from scanner.inputs.delivery.dockerfile.lines import Instruction, Lines, inside
from scanner.inputs.delivery.dockerfile.stage import Stage, variable
from scanner.inputs.delivery.dockerfile.words import Expander, json_words, words
from scanner.inputs.delivery.images import image
from scanner.inputs.delivery.shell import SHELLS
from scanner.inputs.delivery.tree import Tree, flat, listed, record
from scanner.model import Json, Problem, Subject, unknown
from scanner.text import Source

_KNOWN = frozenset(
    {"ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER"}
    | {"ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"}
)
_NO_DEFAULT = "has no default and comes from the base image or the build's command line"
_MAX_SUBJECTS = 500
_MAX_PROBLEMS = 10
_LONGEST = 20


def stages(source: Source) -> tuple[list[Subject], list[Problem]]:
    """The stages of a file as subjects, and what is odd about it."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: Source) -> None:
        self._lines = Lines(source)
        self._path = source.path
        self._globals: dict[str, Json] = {}
        self._global_variables: list[Tree] = []
        self._stages: list[Stage] = []
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
            Stage(
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

    def _inside(self, stage: Stage, instruction: Instruction) -> None:
        more: dict[str, Tree | Json] = {"lines": listed([], instruction.place)}
        keyword, script = instruction.keyword, instruction.arguments
        expander = self._expander({**stage.args, **stage.env})
        if keyword == "ARG":
            self._arg(instruction, stage.args, stage)
        elif keyword in ("ENV", "LABEL"):
            self._pairs(instruction, stage, expander)
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
            more["lines"] = listed(self._run(instruction, stage), instruction.place)
        elif keyword == "ONBUILD":
            if inner := inside(instruction):
                self._inside(stage.onbuild(), inner)
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

    def _arg(self, instruction: Instruction, known: dict[str, Json], stage: Stage | None) -> None:
        script = instruction.arguments
        for written, start, end in words(script, self._lines.escape):
            name, equals, default = written.partition("=")
            expander = self._expander({**known, **(stage.env if stage else {})})
            places = instruction.place, script.place(start + len(name) + 1, end)
            if equals and stage:
                stage.set("ARG", name, default, expander=expander, at=places)
            elif equals:
                known[name] = expander.expand(default)
                self._global_variables.append(variable("ARG", name, default, known[name], at=places))
            elif stage and name in self._globals:
                known[name] = self._globals[name]
            else:
                known[name] = unknown(f"`ARG {name}` {_NO_DEFAULT}")

    def _pairs(self, instruction: Instruction, stage: Stage, expander: Expander) -> None:
        """ENV and LABEL: NAME=value …, or NAME and the rest of the line."""
        script = instruction.arguments
        parts = words(script, self._lines.escape)
        if parts and "=" in parts[0][0]:
            given = [(*written.partition("=")[::2], start, end) for written, start, end in parts if "=" in written]
        elif len(parts) > 1:
            start, end = parts[1][1], parts[-1][2]
            given = [(parts[0][0], script.text[start:end], start - len(parts[0][0]) - 1, end)]
        else:
            return
        for name, written, start, end in given:
            places = instruction.place, script.place(start + len(name) + 1, end)
            stage.set(instruction.keyword, name.strip("\"'"), written, expander=expander, at=places)

    def _run(self, instruction: Instruction, stage: Stage) -> list[Tree]:
        """Adds the commands. The lines of here-documents that are no scripts."""
        listing = json_words(instruction.arguments)
        number = len(stage.instructions)
        if listing is not None:
            stage.commands += exec_commands(listing, instruction.arguments.whole, instruction=number)
            return []
        if not stage.shell:
            return []
        stage.commands += commands_of(instruction.arguments, instruction=number)
        outer = [text for text, _, _ in words(instruction.arguments, self._lines.escape) if not text.startswith("<<")]
        is_script = not outer or outer[0].rpartition("/")[2] in SHELLS
        lines: list[Tree] = []
        for heredoc in instruction.heredocs:
            text = heredoc.body.text
            begins = text.partition("\n")[0]
            if is_script and not (begins.startswith("#!") and not any(shell in begins for shell in SHELLS)):
                stage.commands += commands_of(heredoc.body, instruction=number)
            else:
                lines += lines_of(heredoc.body, 0, len(text))
        return lines

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
        lines = [line for each in instruction.heredocs for line in lines_of(each.body, 0, len(each.body.text))]
        return {"sources": listed(listing, script.whole), "target": target, "lines": listed(lines, script.whole)}

    def _copied_from(self, instruction: Instruction, stage: Stage, expander: Expander) -> None:
        """An image that files are taken from. A bare name is a stage, or a context given on the command line."""
        if (flag := instruction.flags.get("from")) is None:
            return
        value, place = expander.expand(flag[0]), flag[1]
        if isinstance(value, str) and any(mark in value for mark in "/:@"):
            stage.copied.append(image(value, place, kind="image"))

    def _subject(self, stage: Stage) -> Subject:
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
