"""Every file that conftest would parse through the rules written for it, one document at a time.

Conftest is told which files to look at; here all of them are there. So a package is asked about a document only if that
has, at its top, one of the keys that the package reads from `input` (`kind`, `resource`, ...).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from scanner import __version__
from scanner.catalog import hash_of
from scanner.errors import EngineError, ParseError
from scanner.model import Json, Keys, Place, Problem, Report, Rule, Span
from scanner.pipeline import code
from scanner.pipeline.context import Context
from scanner.pipeline.examine import Sheet
from scanner.text import Source

if TYPE_CHECKING:
    from scanner.engines.rego.conftest import ConftestEngine, Document

_NAME = "conftest"
_TEMPLATE_MARKS = ("{{", "{%")


def scan(context: Context, sheets: Sequence[Sheet]) -> None:
    """Asks and notes. The rules are loaded even if no file concerns them: one that cannot be used is an error.

    Raises RuleError for that.
    """
    config, catalog = context.config, context.catalog
    if not catalog.conftest or _NAME not in config.engines:
        return
    from scanner.engines.rego import conftest_text
    from scanner.engines.rego.conftest import ConftestEngine

    rules = catalog.of_engine(_NAME)
    reads = conftest_text.reads(catalog.conftest)
    digest = hash_of([sorted(catalog.conftest.items()), __version__])
    engine = ConftestEngine(catalog.conftest, opa_url=config.opa_url, allow_remote=config.opa_allow_remote)
    try:
        asker = _Asker(context, engine, [(rule, reads[rule.id.rpartition(".")[0]]) for rule in rules])
        for sheet in sheets:
            if _parser(sheet.path):
                _note(context, sheet, asker, digest)
    finally:
        engine.close()


def _note(context: Context, sheet: Sheet, asker: _Asker, digest: str) -> None:
    remote = context.config.opa_url is not None
    answer = None if remote else sheet.result(_NAME, digest)
    if answer is None:
        answer = asker.answer(sheet.path)
        if not remote and not any(fatal for _, _, fatal, _ in answer["problems"]):
            sheet.keep(_NAME, digest, answer)
    if answer["concerned"]:
        context.notes.answer(_NAME, sheet.path, answer)


class _Asker(NamedTuple):
    """`rules`: each with the keys one of which a document must have (None: none of them)."""

    context: Context
    engine: ConftestEngine
    rules: Sequence[tuple[Rule, frozenset[str] | None]]

    def answer(self, path: str) -> Json:
        """What the rules say about a file, as the cache keeps it. `concerned`: whether any was asked."""
        source = self.context.reader(path)
        if source is None:
            return self._kept(Report(problems=(Problem(path, "disappeared during the scan"),)))
        if not any(keys is None or any(key in source.text for key in keys) for _, keys in self.rules):
            return {**self._kept(Report()), "concerned": False}
        try:
            asked = [(document, rules) for document in _documents(source) if (rules := self._concerned(document.data))]
            reports = [self.engine.check(document, rules) for document, rules in asked]
        except ParseError as error:
            is_template = any(mark in source.text for mark in _TEMPLATE_MARKS)
            message = "template: not rendered, not analysed" if is_template else error.message
            return self._kept(Report(problems=(Problem(path, message, not is_template, error.line),)))
        except EngineError as error:
            return self._kept(Report(problems=(Problem(path, str(error)),)))
        return {**self._kept(*reports), "concerned": bool(asked)}

    def _concerned(self, data: Json) -> list[Rule]:
        keys = data.keys() if isinstance(data, dict) else frozenset[str]()
        return [rule for rule, wanted in self.rules if wanted is None or not wanted.isdisjoint(keys)]

    def _kept(self, *reports: Report) -> Json:
        whole = Report(
            tuple(hit for report in reports for hit in report.hits),
            tuple(check for report in reports for check in report.checks),
            tuple(problem for report in reports for problem in report.problems),
        )
        return {
            **code.report_json(whole, self.context.reader, frozenset()),
            "concerned": True,
        }


def _documents(source: Source) -> Iterable[Document]:
    parser = _parser(source.path)
    return parser(source) if parser else ()


def _parser(path: str) -> Callable[[Source], Iterable[Document]] | None:
    """What makes documents of a file, by its name; None for what is not read."""
    name = path.rpartition("/")[2].lower()
    if name.endswith((".tf", ".tfvars", ".hcl")):
        return _of_hcl
    return _of_yaml if name.endswith((".yaml", ".yml", ".json")) else None


def _of_hcl(source: Source) -> Iterator[Document]:
    from scanner.engines.rego.conftest import Document
    from scanner.inputs.terraform import as_written

    data, named = as_written.document(source)
    first = Span(1, 1, 1, len(source.line(1)) + 1)
    yield Document(f"document:{source.path}", source, data, Place(source.path, first), named)


def _of_yaml(source: Source) -> Iterator[Document]:
    """Each document of the file; each item of one that is a list, as conftest does."""
    from scanner.engines.rego.conftest import Document
    from scanner.yaml_tree import parse

    number = 0
    for parsed in parse(source):
        for keys in _items(parsed.data):
            data, places = (parsed.data[keys[0]] if keys else parsed.data), parsed.places.below(keys)
            if data is None:
                continue
            number += 1
            header = places.get(("metadata", "name")) or places[()]
            suffix = f"#{number}" if number > 1 else ""
            yield Document(f"document:{source.path}{suffix}", source, data, header, _named(data, places))


def _items(data: Json) -> list[tuple[int, ...]]:
    return [(at,) for at in range(len(data))] if isinstance(data, list) else [()]


def _named(data: Json, places: Mapping[Keys, Place]) -> dict[str, tuple[Place, ...]]:
    """The things of a document that have a `name`: the document itself, its containers, ports, volumes."""
    named: dict[str, tuple[Place, ...]] = {}
    waiting: list[tuple[Keys, Json]] = [((), data)]
    while waiting:
        keys, value = waiting.pop()
        if isinstance(value, dict):
            name = value.get("name")
            if isinstance(name, str):
                at: Keys = (*keys, "name")
                named[name] = (*named.get(name, ()), places[at])
            waiting.extend(((*keys, key), item) for key, item in value.items() if isinstance(item, dict | list))
        elif isinstance(value, list):
            waiting.extend(((*keys, index), item) for index, item in enumerate(value) if isinstance(item, dict | list))
    return named
