"""Logs as JSON lines of an allowlist of fields: what is not on it does not get in, whoever logs it."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import datetime, timezone
from types import TracebackType
from typing import TextIO

from opentelemetry.trace import format_span_id, format_trace_id, get_current_span

from reference_impl.cards.redaction import without_long_numbers

FIELDS = (
    "request_id",
    "origin",
    "method",
    "route",
    "status",
    "duration_ms",
    "error",
    "where",
    "severity",
    "incident",
    "kind",
    "count",
    "counted_by",
    "part",
    "engine",
    "outcome",
    "reasons",
)
"""Of ours, beside time, level, logger and event."""

_REQUEST: ContextVar[str] = ContextVar("request_id", default="")
_OURS = "reference_impl"
_MAX_FOREIGN = 200
_FRAMES = 8
_ENCODER = json.JSONEncoder(default=lambda value: type(value).__name__)


def of_request(request_id: str) -> None:
    """Every line that is logged from now on in this task, and those it starts, is about that request."""
    _REQUEST.set(request_id)


class JsonLines(logging.Formatter):
    """One line a record, without line breaks in it.

    Our own records have a constant as message and values in `extra`. Those of libraries are cut to the first line of
    their template, without arguments and long numbers: their values may be anybody's. No record shows the text of an
    exception, which may quote what it failed at; its type and the places in the code are enough to find the fault.
    """

    def format(self, record: logging.LogRecord) -> str:
        """JSON, ASCII only."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.msg if record.name.startswith(_OURS) else _foreign(str(record.msg)),
        }
        given = record.__dict__
        line |= {name: given[name] for name in FIELDS if given.get(name) is not None}
        if "request_id" not in line and (request_id := _REQUEST.get()):
            line["request_id"] = request_id
        line |= _trace()
        if record.exc_info and record.exc_info[1] is not None:
            line |= {"error": record.exc_info[1].__class__.__name__, "where": places(record.exc_info[2])}
        return _ENCODER.encode(line)


def _trace() -> dict[str, str]:
    """Which trace the record belongs to, while a span is active; its ids are no text of anybody's."""
    span = get_current_span().get_span_context()
    if not span.is_valid:
        return {}
    return {"trace_id": format_trace_id(span.trace_id), "span_id": format_span_id(span.span_id)}


def places(trace: TracebackType | None) -> list[str]:
    """`module:line` of the innermost frames: no source line and no value."""
    frames = traceback.walk_tb(trace)
    return [f"{frame.f_globals.get('__name__', '?')}:{line}" for frame, line in frames][-_FRAMES:]


def configure(stream: TextIO = sys.stderr, level: int = logging.INFO) -> None:
    """Sends all logs of this process there; programs of others (uvicorn) get no handlers of their own."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False  # nobody looks at them
    logging._srcfile = None  # nor at where it was called (logging HOWTO, "Optimization")
    logging.captureWarnings(True)
    for name in ("httpx", "httpcore", "sqlalchemy", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)  # they log addresses, statements and headers below that


def _foreign(template: str) -> str:
    return without_long_numbers(template.partition("\n")[0][:_MAX_FOREIGN])
