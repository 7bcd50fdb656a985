"""Answers plain routes itself: the framework's way is more than a quarter of what is done around them.

Plain is a coroutine that asks who may in one dependency of `auth.api`, takes texts from its path and a model as its
body, and gives a model or nothing. All others are left to the framework. The description is the framework's for all of
them, and answers are the same, except that nothing of a body is parsed before it is known who sent it.
"""

from __future__ import annotations

import inspect
from email.message import Message
from typing import Any

from fastapi import Request, Response, params
from fastapi.datastructures import DefaultPlaceholder
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.types import ASGIApp, Receive, Scope, Send

from reference_impl.auth.api import declares_access

_JSON = "application/json"


def direct(route: APIRoute) -> ASGIApp | None:
    """What answers the route; None: it is not plain."""
    needs = route.dependant
    who, body = needs.dependencies, needs.body_params
    if len(who) != 1 or not declares_access(who[0].call) or len(body) > 1 or not _gives_plainly(route):
        return None
    plain = [one.name for one in body if _is_plain_body(one.field_info)]
    plain += [one.name for one in needs.path_params if one.alias == one.name and _is_text(one.field_info)]
    if who[0].name is not None:
        plain.append(who[0].name)
    parameters = inspect.signature(route.endpoint).parameters
    if sorted(plain) != sorted(parameters) or not inspect.iscoroutinefunction(route.endpoint):
        return None
    return _answering(route, who[0], body[0] if body else None)


def _answering(route: APIRoute, who: Any, body: Any) -> ASGIApp:
    answer, status = route.endpoint, route.status_code or 200
    model: type[BaseModel] | None = None if body is None else body.field_info.annotation

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        values: dict[str, Any] = dict(scope["path_params"])
        caller = await who.call(request)
        if who.name is not None:
            values[who.name] = caller
        if model is not None:
            values[body.name] = _parsed(model, request.headers.get("content-type", ""), await request.body())
        given: BaseModel | None = await answer(**values)
        if given is None:
            response = Response(status_code=status)
        else:
            response = Response(given.model_dump_json(by_alias=True), status, media_type=_JSON)
        await response(scope, receive, send)

    return app


def _parsed(model: type[BaseModel], kind: str, body: bytes) -> BaseModel:
    """Raises RequestValidationError."""
    if not body:
        raise RequestValidationError([{"type": "missing", "loc": ("body",)}])
    if not _is_json(kind):
        raise RequestValidationError([{"type": "model_type", "loc": ("body",)}])
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in found]) from None


def _is_json(kind: str) -> bool:
    """As the framework reads Content-Type (RFC 6839, 3.1)."""
    if kind == _JSON:
        return True
    message = Message()
    message["content-type"] = kind
    subtype = message.get_content_subtype()
    return message.get_content_maintype() == "application" and (subtype == "json" or subtype.endswith("+json"))


def _is_text(field: Any) -> bool:
    return field.annotation is str and not field.metadata


def _is_plain_body(field: Any) -> bool:
    return type(field) is params.Body and _is_model(field.annotation) and field.is_required() and not field.embed


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _gives_plainly(route: APIRoute) -> bool:
    """A model whole, or nothing: no word was said of how it is to be written."""
    said = (
        route.response_model_include,
        route.response_model_exclude,
        route.response_model_exclude_unset,
        route.response_model_exclude_defaults,
        route.response_model_exclude_none,
        not route.response_model_by_alias,
    )
    gives = _is_model(route.response_model) if route.response_model else route.status_code == 204
    return gives and isinstance(route.response_class, DefaultPlaceholder) and not any(said)
