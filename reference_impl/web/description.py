"""What the OpenAPI description says beyond what the framework knows: who may ask, and every way to be refused.

The framework describes a route's success. Everything else is the same for all routes of a kind, and is added here to
whatever routes there are, so that none can forget it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from typing_extensions import override

from reference_impl.auth.api import access_of
from reference_impl.auth.model import Permission

_JSON = "application/json"
_PROBLEM = "Problem"
_FRAMEWORKS_OWN = ("HTTPValidationError", "ValidationError")
_REQUEST_ID = {"description": "Names this request in logs and the audit log", "schema": {"type": "string"}}
_TEXT = {"type": "string"}

_SCHEMA = {
    "title": _PROBLEM,
    "description": "`code` is for programs and stays; `message` is for people. Neither holds what was sent.",
    "type": "object",
    "required": ["error"],
    "additionalProperties": False,
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "request_id", "fields"],
            "additionalProperties": False,
            "properties": {
                "code": _TEXT,
                "message": _TEXT,
                "request_id": _TEXT,
                "fields": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["field", "message"],
                        "additionalProperties": False,
                        "properties": {"field": _TEXT, "message": _TEXT},
                    },
                },
            },
        }
    },
}

_EVERYWHERE = {
    408: "The request took too long to arrive",
    413: "More bytes than are read",
    422: "What was sent breaks a rule",
    429: "Asked too often",
    500: "A fault of this service",
    503: "Something this service needs does not answer",
}
_WITH_BODY = {400: "The body cannot be read as JSON"}
_WITH_TOKEN = {401: "No access token, or one that cannot be verified", 403: "An identity that may not"}
_WITH_NAME = {404: "Nothing of that name in this tenant"}
_CHANGING = {409: "The state does not allow it"}
_CHARGING = {402: "The issuer or processor said no", 404: "Nothing of that name in this tenant"}
_HEADERS = {401: "WWW-Authenticate", 429: "Retry-After"}


class DescribedApi(FastAPI):
    """An application whose description is whole."""

    @override
    def openapi(self) -> dict[str, Any]:
        """OpenAPI 3.1. Served nowhere: it is for those who test against it, or generate clients from it."""
        if self.openapi_schema is None:
            self.openapi_schema = _completed(super().openapi(), self)
        return self.openapi_schema


def _completed(description: dict[str, Any], app: FastAPI) -> dict[str, Any]:
    components = description.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in _FRAMEWORKS_OWN:
        schemas.pop(name, None)
    schemas[_PROBLEM] = _SCHEMA
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    for path, methods, permission in access_of(app):
        for method in methods:
            operation = description["paths"].get(path, {}).get(method.lower())
            if operation is not None:
                _complete(operation, method, permission)
    return description


def _complete(operation: dict[str, Any], method: str, permission: Permission | None) -> None:
    operation["security"] = [] if permission is None else [{"bearer": []}]
    if permission is not None:
        operation["x-permission"] = permission.value
    responses = operation["responses"]
    for answer in responses.values():
        answer.setdefault("headers", {})["X-Request-ID"] = _REQUEST_ID
    own = [(int(status), answer["description"]) for status, answer in responses.items() if status >= "400"]
    for status, words in [*_refusals(operation, method, permission), *own]:
        responses[str(status)] = _refusal(status, words)


def _refusals(operation: dict[str, Any], method: str, permission: Permission | None) -> Iterator[tuple[int, str]]:
    yield from _EVERYWHERE.items()
    if "requestBody" in operation:
        yield from _WITH_BODY.items()
    if permission is not None:
        yield from _WITH_TOKEN.items()
    if any(parameter["in"] == "path" for parameter in operation.get("parameters", ())):
        yield from _WITH_NAME.items()
    if method not in {"GET", "HEAD"}:
        yield from _CHANGING.items()
    if permission is Permission.CHARGE:
        yield from _CHARGING.items()


def _refusal(status: int, words: str) -> dict[str, Any]:
    headers: dict[str, Any] = {"X-Request-ID": _REQUEST_ID}
    if status in _HEADERS:
        headers[_HEADERS[status]] = {"required": True, "schema": _TEXT}
    schema = {"$ref": f"#/components/schemas/{_PROBLEM}"}
    return {"description": words, "headers": headers, "content": {_JSON: {"schema": schema}}}
