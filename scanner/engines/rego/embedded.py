"""regorus, in this process. The only module that knows it.

The wheel is a repackaging of microsoft/regorus, so it stays behind this adapter. An engine may be used on no other
thread than the one that made it: every thread gets its own, made when it first asks. An evaluation holds the
interpreter's lock and cannot be interrupted; `guarded.Guarded` runs it in a process that can be killed.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from scanner.engines.rego.backend import DOCUMENTS, Document, RuleEvaluationError, without_values
from scanner.errors import EngineError, RuleError
from scanner.model import Json

# Where RUST_BACKTRACE is set, every error is given a backtrace, also those the parser tries and drops: loading takes
# four times as long. This is read once, at the first error.
os.environ["RUST_LIB_BACKTRACE"] = "0"

import regorus

_WHERE = re.compile(r"--> (?P<place>.+:\d+:\d+)$", re.MULTILINE)
_MESSAGE = re.compile(r"^(?:error|warning): (?P<message>.+)$", re.MULTILINE)
_NO_SUCH_RULE = "not a valid rule path"
_UNDEFINED = "<undefined>"


class _Local(threading.local):
    """What belongs to one thread: its engine, which input that has seen, and what it has said about it already."""

    engine: regorus.Engine | None = None
    input: str | None = None
    answers: Mapping[tuple[str, Document], Json] = MappingProxyType({})


class Embedded:
    """A `Backend` in this process."""

    def __init__(self) -> None:
        self._modules: Mapping[str, str] = {}
        self._data, self._input = "{}", "{}"
        self._local = _Local()

    def load(self, modules: Mapping[str, str], data: Json) -> None:
        """Parses and checks all modules at once. Raises RuleError with file, line and column."""
        self._modules, self._data = dict(modules), json.dumps(data)
        self._local.engine = _engine(self._modules, self._data)
        self._local.input = None

    def set_input(self, text: str) -> None:
        """Sets the input. Raises EngineError where it is no JSON or nested more than 127 deep."""
        self._input = text
        self._local.input = None
        self._ready()

    def expect(self, packages: Iterable[str]) -> None:
        """Asks them all at once: what they share of the libraries is then worked out once, and not for each document.

        Should one of them fail nothing is said about the others; then each is asked by itself.
        """
        engine, named = self._ready(), list(packages)
        documents = [(package, document) for package in named for document in DOCUMENTS]
        query = ",\n".join(f"[x | x := data.{package}.{document}]" for package, document in documents)
        try:
            answer = json.loads(engine.eval_query_as_json(f"[\n{query}\n]"))
        except RuntimeError:
            return
        except BaseException as error:
            if not _is_panic(error):
                raise
            self._local.engine = None
            return
        values = answer["result"][0]["expressions"][0]["value"]
        self._local.answers = {
            asked: value[0] if value else None for asked, value in zip(documents, values, strict=True)
        }

    def evaluate(self, package: str, document: Document) -> Json:
        """The document's value; None where it is not defined."""
        engine = self._ready()
        if (package, document) in self._local.answers:
            return self._local.answers[package, document]
        try:
            value = json.loads(engine.eval_rule_as_json(f"data.{package}.{document}"))
        except RuntimeError as error:
            if _NO_SUCH_RULE in str(error):
                return None
            place, message = _explain(error)
            raise RuleEvaluationError(place + without_values(message)) from None
        except BaseException as error:
            if not _is_panic(error):
                raise
            self._local.engine = None
            raise RuleEvaluationError("the embedded engine crashed") from None
        return None if value == _UNDEFINED else value

    def close(self) -> None:
        """Drops this thread's engine."""
        self._local.engine = None

    def _ready(self) -> regorus.Engine:
        """This thread's engine, with the input set."""
        local = self._local
        if local.engine is None:
            local.engine, local.input = _engine(self._modules, self._data), None
        if local.input is not self._input:
            try:
                local.engine.set_input_json(self._input)
            except RuntimeError as error:
                message = without_values(_explain(error)[1])
                raise EngineError(f"the embedded engine cannot read the input: {message}") from None
            local.input, local.answers = self._input, {}
        return local.engine


def _is_panic(error: BaseException) -> bool:
    """A Rust panic arrives as a class that no module exports and that is no Exception."""
    return type(error).__name__ == "PanicException"


def _engine(modules: Mapping[str, str], data: str) -> regorus.Engine:
    engine = regorus.Engine()
    source = ""
    try:
        for source, text in modules.items():
            engine.add_policy(source, text)
        source = ""
        engine.add_data_json(data)
        engine.eval_query_as_json("true")  # makes it check all modules: a variable that is not defined, recursion
    except RuntimeError as error:
        place, message = _explain(error)
        raise RuleError((place or (source and f"{source}: ")) + message) from None
    return engine


def rule_names(text: str) -> set[str]:
    """The names of a module's rules and functions, of `a.b.c` the first part, as the engine's parser reads them.

    The module must be one that can be loaded. The syntax tree is large: for what is done seldom.
    """
    engine = regorus.Engine()
    engine.add_policy("module", text)
    found = set()
    for item in json.loads(engine.get_ast_as_json())[0]["ast"]["rules"]:
        head = item["Default"] if "Default" in item else next(iter(item["Spec"]["head"].values()))
        name = head["refr"]
        while "Var" not in name:
            name = next(iter(name.values()))["refr"]
        found.add(name["Var"]["value"])
    return found


def _explain(error: RuntimeError) -> tuple[str, str]:
    """An error of regorus as (`file:line:column: ` or "", message), without its excerpt and backtrace."""
    text = str(error).split("Stack backtrace:", 1)[0]
    where, message = _WHERE.search(text), _MESSAGE.search(text)
    return f"{where['place']}: " if where else "", message["message"] if message else text.strip()
