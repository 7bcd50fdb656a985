"""One shape for everything that goes wrong: `{"error": {"code", "message", "request_id", "fields": […]}}`."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from reference_impl.errors import InvalidInputError, LimitedError, NotAuthenticatedError, ServiceError
from reference_impl.web.logs import places

_log = logging.getLogger(__name__)

_NAME = re.compile(r"[A-Za-z_]{1,40}")
_WORDS = {
    "missing": "is required",
    "extra_forbidden": "is not known here",
    "json_invalid": "is not JSON",
}
_CALLERS_NAME = frozenset({"extra_forbidden"})
"""Errors whose last part of the path is a name the caller made up."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """`field`: a dotted path in names of ours; `message`: in words of ours."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer to a request that failed."""

    status: int
    code: str
    message: str
    fields: Sequence[FieldProblem] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self, request_id: str) -> bytes:
        """As JSON."""
        fields = [{"field": one.field, "message": one.message} for one in self.fields]
        error = {"code": self.code, "message": self.message, "request_id": request_id, "fields": fields}
        return json.dumps({"error": error}).encode()


UNEXPECTED = Problem(500, ServiceError.code, "something went wrong here; the request id tells us what")


def of_service_error(error: ServiceError) -> Problem:
    """Errors of this service carry messages that may be shown, except those about its own inside."""
    if error.status == 500:
        return Problem(500, error.code, UNEXPECTED.message)
    headers = {}
    if isinstance(error, NotAuthenticatedError):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, LimitedError):
        headers["Retry-After"] = str(error.retry_after)
    fields = [FieldProblem(error.field, str(error))] if isinstance(error, InvalidInputError) and error.field else []
    return Problem(error.status, error.code, str(error), fields, headers)


def of_validation(error: RequestValidationError) -> Problem:
    """Which fields, and what is wrong with them in our words: pydantic's own quote the value."""
    fields = [
        FieldProblem(_path(found["loc"], found["type"]), _WORDS.get(found["type"], "is not valid"))
        for found in error.errors()
    ]
    return Problem(422, InvalidInputError.code, "the request is not what this route takes", fields)


def of_http(error: HTTPException) -> Problem:
    """What the framework says of itself: no such route, no such method. Its `detail` is not passed on."""
    phrase = HTTPStatus(error.status_code).phrase
    allow = {name: value for name, value in (error.headers or {}).items() if name.lower() == "allow"}
    return Problem(error.status_code, phrase.lower().replace(" ", "_"), phrase, headers=allow)


def of(error: Exception) -> Problem:
    """The answer to any exception."""
    if isinstance(error, ServiceError):
        return of_service_error(error)
    if isinstance(error, RequestValidationError):
        return of_validation(error)
    return of_http(error) if isinstance(error, HTTPException) else UNEXPECTED


def log_failure(error: BaseException, request_id: str) -> None:
    """What and where, for errors that are this service's own fault or its surroundings'."""
    extra = {"request_id": request_id, "error": type(error).__name__, "where": places(error.__traceback__)}
    _log.error("failure", extra=extra)


async def answered(request: Request, error: Exception) -> Response:
    """The answer, for the edge too: its code goes into the state of the request, and a fault of ours into the log."""
    problem, request_id = of(error), request.state.request_id
    request.state.error_code = problem.code
    if problem.status >= 500 and isinstance(error, ServiceError):
        log_failure(error, request_id)
    return Response(problem.body(request_id), problem.status, dict(problem.headers), "application/json")


def install(app: FastAPI) -> None:
    """Answers of an application to every exception. What nobody foresaw is also raised on, and logged at the edge."""
    for kind in (ServiceError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, answered)


def _path(places: Sequence[str | int], kind: str) -> str:
    """`body.card.number`. Keys of mappings come from the caller: what does not look like a field of ours is a star."""
    if kind == "json_invalid":
        return str(places[0])
    known = [str(place) if isinstance(place, int) or _NAME.fullmatch(place) else "*" for place in places]
    return ".".join([*known[:-1], "*"] if kind in _CALLERS_NAME else known)
