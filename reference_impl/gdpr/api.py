"""`/v1/profiles`, `/v1/analytics` and `/v1/privacy/…`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from reference_impl.auth.model import Caller, Permission
from reference_impl.gdpr.api_model import (
    BehaviourBody,
    ConsentBody,
    CreatedView,
    DueQuery,
    ExtensionBody,
    FiguresView,
    FulfilledView,
    IdentityBody,
    LinkQuery,
    LinkView,
    ProfileBody,
    ProfileView,
    ReceivedView,
    RefusalBody,
    RequestBody,
    RequestsView,
    RequestView,
    day,
)
from reference_impl.gdpr.exporting import Exports
from reference_impl.gdpr.model import EXPORT
from reference_impl.gdpr.profiles import Profiles
from reference_impl.gdpr.requests import Requests

_JOSE = "application/jose"
Require = Callable[[Permission], Any]


def router(profiles: Profiles, requests: Requests, require: Require) -> APIRouter:
    """`require`: gives the dependency that lets a caller with this permission through."""
    routes = APIRouter()
    routes.include_router(_of_profiles(profiles, require))
    routes.include_router(_of_requests(requests, require))
    return routes


def _of_profiles(profiles: Profiles, require: Require) -> APIRouter:
    routes = APIRouter(prefix="/v1", tags=["profiles"])
    may_write, may_read = Depends(require(Permission.WRITE_PROFILE)), Depends(require(Permission.READ_PROFILE))
    may_observe, may_look = Depends(require(Permission.WRITE_BEHAVIOUR)), Depends(require(Permission.READ_ANALYTICS))
    unknown: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such token in this tenant"}}

    @routes.post("/profiles", status_code=201, responses=unknown, summary="Keep who a customer is")
    async def create(body: ProfileBody, caller: Caller = may_write) -> CreatedView:
        made = await profiles.create(
            caller,
            body.customer,
            body.profile,
            consents=body.analytics,
            tokens=body.tokens,
            processor=body.processor_customer,
        )
        return CreatedView(id=made)

    @routes.get("/profiles/{profile_id}", responses={409: {"description": "Restricted"}}, summary="Who a customer is")
    async def find(profile_id: str, caller: Caller = may_read) -> ProfileView:
        return ProfileView.of(profile_id, await profiles.read(caller, profile_id))

    @routes.put("/profiles/{profile_id}/consent", status_code=204, summary="They agree, or no longer")
    async def consent(profile_id: str, body: ConsentBody, caller: Caller = may_write) -> None:
        await profiles.consent(caller, profile_id, given=body.analytics)

    @routes.post("/profiles/{profile_id}/behaviour", status_code=201, summary="Keep what they did, if they agreed")
    async def observe(profile_id: str, body: BehaviourBody, caller: Caller = may_observe) -> CreatedView:
        return CreatedView(id=await profiles.observe(caller, profile_id, body.kind, body.details))

    @routes.get("/analytics", summary="What people did, of those who agreed")
    async def figures(caller: Caller = may_look) -> FiguresView:
        return FiguresView(kinds=await profiles.figures(caller))

    return routes


def _of_requests(requests: Requests, require: Require) -> APIRouter:
    routes = APIRouter(prefix="/v1/privacy/requests", tags=["privacy"])
    may_receive = Depends(require(Permission.RECEIVE_REQUEST))
    may_answer = Depends(require(Permission.ANSWER_REQUEST))

    @routes.post("", status_code=201, summary="A person asks about their data (Art. 15 to 21)")
    async def receive(body: RequestBody, caller: Caller = may_receive) -> ReceivedView:
        received = await requests.receive(
            caller,
            body.kind,
            body.customer,
            received_on=body.received_on,
            values=body.new_values,
            lift=body.lift,
        )
        return ReceivedView.of(received)

    @routes.get("", summary="Requests that are to be answered")
    async def due(query: Annotated[DueQuery, Query()], caller: Caller = may_receive) -> RequestsView:
        return RequestsView(requests=list(map(RequestView.of, await requests.due(caller, day(query.until)))))

    @routes.get("/{request_id}", summary="Where a request stands")
    async def find(request_id: str, caller: Caller = may_receive) -> RequestView:
        return RequestView.of(await requests.find(caller, request_id))

    @routes.post("/{request_id}/identity", summary="The code that proves who asks; checked by somebody else")
    async def verify(request_id: str, body: IdentityBody, caller: Caller = may_receive) -> RequestView:
        return RequestView.of(await requests.verify(caller, request_id, body.proof))

    @routes.post("/{request_id}/extension", summary="Two months more, once, with the reason")
    async def extend(request_id: str, body: ExtensionBody, caller: Caller = may_answer) -> RequestView:
        return RequestView.of(await requests.extend(caller, request_id, body.because))

    @routes.post("/{request_id}/refusal", summary="Nothing is done, with the reason")
    async def refuse(request_id: str, body: RefusalBody, caller: Caller = may_answer) -> RequestView:
        return RequestView.of(await requests.refuse(caller, request_id, body.because))

    @routes.post("/{request_id}/fulfilment", summary="Do what is asked for")
    async def fulfil(request_id: str, caller: Caller = may_answer) -> FulfilledView:
        done = await requests.fulfil(caller, request_id)
        return FulfilledView(
            request=RequestView.of(done.request), export=None if done.link is None else LinkView.of(done.link)
        )

    return routes


def public_router(exports: Exports) -> APIRouter:
    """For the person, who has no account here: the link says it all."""
    routes = APIRouter(tags=["privacy"])
    responses: dict[int | str, dict[str, Any]] = {
        200: {"description": "A JWE", "content": {_JOSE: {"schema": {"type": "string"}}}},
        403: {"description": "This link was not made here, or was changed"},
        410: {"description": "Its time is over"},
    }

    @routes.get(EXPORT, response_class=Response, responses=responses, summary="What a link leads to, encrypted")
    async def fetch(query: Annotated[LinkQuery, Query()]) -> Response:
        return Response(await exports.fetch(query.link), media_type=_JOSE)

    return routes
