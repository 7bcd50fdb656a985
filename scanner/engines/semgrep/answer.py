"""What semgrep-core and the `semgrep` command print, read into one shape.

Offsets count bytes from the start of the file. Everything else in the two formats that differs is evened out here.
"""

from __future__ import annotations

import json
from enum import Enum
from typing import NamedTuple

from scanner.errors import EngineError
from scanner.model import Json


class Fault(Enum):
    """What went wrong, by what follows from it."""

    RULE = "the rule cannot be used"
    UNSUPPORTED = "this Semgrep cannot run the rule"
    TIMEOUT = "took too long"
    PARTIAL = "some lines were not understood"
    UNPARSED = "nothing was understood"
    UNFINISHED = "taint analysis gave up on a function"
    TOO_MANY = "more matches than Semgrep reports"
    FATAL = "anything else"


_FAULTS = {
    "Rule parse error": Fault.RULE,
    "Pattern parse error": Fault.RULE,
    "PatternParseError": Fault.RULE,
    "InvalidRuleSchemaError": Fault.RULE,
    "UnknownLanguageError": Fault.RULE,
    "Invalid YAML": Fault.RULE,
    "Missing plugin": Fault.UNSUPPORTED,
    "Incompatible rule": Fault.UNSUPPORTED,
    "IncompatibleRule": Fault.UNSUPPORTED,
    "Timeout": Fault.TIMEOUT,
    "PartialParsing": Fault.PARTIAL,
    "Syntax error": Fault.UNPARSED,
    "Lexical error": Fault.UNPARSED,
    "Other syntax error": Fault.UNPARSED,
    "AST builder error": Fault.UNPARSED,
    "Fixpoint timeout": Fault.UNFINISHED,
    "Too many matches": Fault.TOO_MANY,
}


class Stretch(NamedTuple):
    """A stretch of a file: byte offsets, and the lines they are on. `role`: what it does in a trace."""

    path: str
    start: int
    end: int
    line: int
    end_line: int
    role: str = ""
    content: str = ""


class Match(NamedTuple):
    """One match. `rule`: the id as reported."""

    rule: str
    at: Stretch
    message: str
    trace: tuple[Stretch, ...] = ()


class Complaint(NamedTuple):
    """Something Semgrep could not do. `path` and `rule` are "", `lines` empty where it does not say where."""

    fault: Fault
    name: str
    path: str
    rule: str
    message: str
    lines: tuple[tuple[int, int], ...] = ()


class Answer(NamedTuple):
    """All of one run. `scanned`: the files at least one rule was for."""

    version: str
    matches: tuple[Match, ...]
    complaints: tuple[Complaint, ...]
    scanned: frozenset[str]


def read(output: bytes) -> Answer:
    """The answer in what either program printed. Raises EngineError for anything else."""
    try:
        content = json.loads(output.decode("utf-8", "replace"))
        unfinished = content.get("time", {}).get("fixpoint_timeouts", [])
        return Answer(
            version=str(content["version"]),
            matches=tuple(_match(item) for item in content["results"]),
            complaints=tuple(_complaint(item) for item in [*content["errors"], *unfinished]),
            scanned=frozenset(map(str, content["paths"]["scanned"])),
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        raise EngineError("answered garbage") from None


def _match(item: Json) -> Match:
    extra = item["extra"]
    trace = _trace(extra.get("dataflow_trace") or {})
    return Match(str(item["check_id"]), _stretch(item), str(extra["message"]), trace)


def _stretch(location: Json, role: str = "", content: Json = "") -> Stretch:
    start, end = location["start"], location["end"]
    return Stretch(
        path=str(location["path"]),
        start=int(start["offset"]),
        end=int(end["offset"]),
        line=int(start["line"]),
        end_line=int(end["line"]),
        role=role,
        content=str(content),
    )


def _trace(trace: Json) -> tuple[Stretch, ...]:
    """From where a value comes, over the variables that hold it, to where it must not go."""
    steps = [*_calls(trace.get("taint_source"), "source")]
    steps += [_stretch(item["location"], "through", item["content"]) for item in trace.get("intermediate_vars") or ()]
    steps += _calls(trace.get("taint_sink"), "sink")
    return tuple(steps)


def _calls(step: Json, role: str) -> list[Stretch]:
    """A place, or the chain of calls that leads to it."""
    steps: list[Stretch] = []
    while step:
        kind, content = step
        called = kind == "CliCall"
        location, text = content[0] if called else content
        steps.append(_stretch(location, "call" if called else role, text))
        if called:
            steps += [_stretch(item["location"], "through", item["content"]) for item in content[1]]
        step = content[2] if called else None
    return steps


def _complaint(item: Json) -> Complaint:
    kind = item["type"] if "type" in item else item["error_type"]
    name, detail = (str(kind[0]), kind[1]) if isinstance(kind, list) else (str(kind), None)
    fault = _FAULTS.get(name, Fault.FATAL)
    where = item.get("location") or next(iter(item.get("spans") or ()), None)
    places: list[Json] = list(detail or ()) if fault is Fault.PARTIAL else [where] if where else []
    return Complaint(
        fault=fault,
        name=name,
        path=str(item.get("path") or (where or {}).get("path") or ""),
        rule=str(item.get("rule_id") or ""),
        message=str(item.get("message") or ""),
        lines=tuple((int(place["start"]["line"]), int(place["end"]["line"])) for place in places),
    )
