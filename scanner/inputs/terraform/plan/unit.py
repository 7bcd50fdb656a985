"""A plan and the code it was made from -> one unit: the plan's values, at the places the code has for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from scanner.errors import ParseError
from scanner.inputs.terraform.budget import MAX_SUBJECTS
from scanner.inputs.terraform.instances import MANY
from scanner.inputs.terraform.modules import NOT_ON_DISK
from scanner.inputs.terraform.plan.configuration import Configuration
from scanner.inputs.terraform.plan.document import Plan, Planned, read, stripped
from scanner.inputs.terraform.plan.overlay import Overlay
from scanner.inputs.terraform.plan.places import Mapped
from scanner.inputs.terraform.plan.places import Planned as PlannedPlaces
from scanner.inputs.terraform.unit import evaluated
from scanner.inputs.terraform.values import Val, from_plain
from scanner.inputs.terraform.variables import PlannedVariables
from scanner.model import Json, Keys, Problem, Subject, Unit
from scanner.text import Source

_SHORTEST = 4
"""A text shorter than this is part of others by chance."""
_SECRETS = frozenset({"password", "secret", "token", "key"})


def build(root: str, directory: str, source: Source, code: Mapping[str, Source]) -> Unit:
    """`directory`: the root module's, whose files and those of the modules it calls are in `code`, if there are any."""
    unit = f"terraform:{root}"
    files = tuple(sorted([source.path, *code]))
    try:
        plan = read(source)
    except ParseError as error:
        subjects, problems = evaluated(unit, directory, code) if code else ((), ())
        refused = Problem(source.path, error.message, True, error.line)
        return Unit(unit, "terraform", files, tuple(subjects), tuple(sorted({*problems, refused})))
    given = _variables(plan)
    subjects, problems = evaluated(unit, directory, code, given) if code else ((), ())
    found = _Merged(unit, plan, subjects, given.outside)
    merged = tuple(found.subjects())
    told = {problem for problem in problems if not problem.message.endswith((NOT_ON_DISK, MANY))}
    return Unit(unit, "terraform", files, merged, tuple(sorted({*told, *found.problems})))


def _variables(plan: Plan) -> PlannedVariables:
    """The values the plan was made with, but for those that are not to be shown."""
    root = plan.configuration.get("root_module")
    declared = root.get("variables") if isinstance(root, dict) else None
    values: dict[str, Val] = {}
    for name, (data, start, end) in plan.variables.items():
        block = declared.get(name) if isinstance(declared, dict) else None
        if isinstance(block, dict) and not block.get("sensitive") and not _SECRETS & set(name.lower().split("_")):
            values[name] = from_plain(data, (plan.file, start, end))
    return PlannedVariables(values, plan.file.path, set())


class _Merged:
    def __init__(self, unit: str, plan: Plan, code: tuple[Subject, ...], outside: set[str]) -> None:
        """`outside`: texts that no file of the code gives."""
        self._outside = tuple(sorted(text for text in outside if len(text) >= _SHORTEST))
        self._unit, self._plan, self._code = unit, plan, code
        self._configuration = Configuration(plan)
        self._exact = {subject.address: subject for subject in code}
        self._like: dict[str, Subject] = {}
        for subject in code:
            self._like.setdefault(stripped(subject.address), subject)
        self.problems: list[Problem] = []

    def subjects(self) -> Iterator[Subject]:
        """What is planned, and what only the code has: variables, outputs, providers, data."""
        seen: set[str] = set()
        planned = [item for item in self._plan.resources if item.mode == "managed" or not self._in_code(item)]
        if len(planned) > MAX_SUBJECTS:
            message = f"more than {MAX_SUBJECTS:,} resources in this plan: the others were not analysed"
            self.problems.append(Problem(self._plan.file.path, message, True, 1))
        if self._plan.errored:
            message = "this plan was not made to its end: Terraform found an error, so it may lack resources"
            self.problems.append(Problem(self._plan.file.path, message, True, 1))
        for item in planned[:MAX_SUBJECTS]:
            if item.address not in seen:
                seen.add(item.address)
                yield self._subject(item)
        for subject in self._code:
            if subject.address not in seen and not self._is_covered(subject):
                yield subject

    def _in_code(self, item: Planned) -> bool:
        return item.address in self._exact or stripped(item.address) in self._like

    def _is_covered(self, subject: Subject) -> bool:
        """Whether the plan speaks of it: also by having no instance of what the code alone cannot count."""
        if subject.type in ("module", "output", "variable", "terraform") or "." not in subject.address:
            return False
        if subject.type.startswith(("data.", "provider.")):
            return False
        if self._configuration.planned(subject.address):
            return True
        return self._configuration.declares(subject.address) and self._configuration.is_several(subject.address)

    def _subject(self, item: Planned) -> Subject:
        kind = f"data.{item.type}" if item.mode == "data" else item.type
        code = self._exact.get(item.address) or self._like.get(stripped(item.address))
        code = code if code is not None and code.type == kind else None
        written = self._configuration.expressions(item.address)
        overlay = Overlay(code.config if code else None, partial(self._configuration.origin, item), self._outside)
        config = overlay.config(item.values, item.unknown, item.sensitive, written)
        own = PlannedPlaces(self._plan.file, item.start, item.end)
        call = None if code else self._call(item.module)
        return Subject(
            id=f"{self._unit}:{item.address}",
            type=kind,
            name=item.name,
            address=item.address,
            header=code.header if code else call.header if call else own.header,
            config=config,
            places=Mapped(code.places, overlay.paths) if code else {} if call else own,
            definitions=Mapped(code.definitions, overlay.paths) if code else {},
            refs=self._refs(item, written, code, overlay.paths),
        )

    def _call(self, module: str) -> Subject | None:
        """The call in the code that leads to a module whose own code is not there."""
        while module:
            found = self._exact.get(module) or self._like.get(stripped(module))
            if found:
                return found
            module = module.rpartition(".module.")[0]
        return None

    def _refs(
        self, item: Planned, written: Json, code: Subject | None, paths: Mapping[Keys, Keys]
    ) -> dict[str, tuple[str, ...]]:
        """What the code and the plan's configuration say about references, with addresses as in the plan."""
        found: dict[str, set[str]] = {}
        for path, references in self._configuration.references(item, written).items():
            for reference in references:
                found.setdefault(path, set()).update(self._configuration.instances(reference.address))
        if code and code.refs:
            here = {".".join(map(str, other)): ".".join(map(str, path)) for path, other in paths.items()}
            for path, addresses in code.refs.items():
                if path in here:
                    for address in addresses:
                        found.setdefault(here[path], set()).update(self._configuration.instances(address))
        return {path: tuple(sorted(addresses)) for path, addresses in sorted(found.items())}
