"""Requests about one's own second factor."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from reference_impl.auth.api import Authenticator
from reference_impl.auth.model import Caller, Permission
from reference_impl.auth.stepup import StepUp


class Code(BaseModel):
    """What an authenticator application shows."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    code: str = Field(pattern=r"^[0-9]{6}$", json_schema_extra={"writeOnly": True})


class SteppedUp(BaseModel):
    """For how long."""

    expires_in: int


class EnrolmentUri(BaseModel):
    """Shown once: it holds the shared secret."""

    uri: str


def router(auth: Authenticator, step_up: StepUp, service: str = "payment-service") -> APIRouter:
    """`POST /v1/totp` enrols, `POST /v1/step-up` confirms an enrolment and steps the session up."""
    routes = APIRouter(prefix="/v1", tags=["second factor"])
    own_factor = Depends(auth.require(Permission.STEP_UP))

    async def enrol(caller: Caller = own_factor) -> EnrolmentUri:
        return EnrolmentUri(uri=(await step_up.enrol(caller, service)).uri.reveal())

    async def show_code(body: Code, caller: Caller = own_factor) -> SteppedUp:
        return SteppedUp(expires_in=await step_up.step_up(caller, body.code))

    routes.add_api_route("/totp", enrol, methods=["POST"], status_code=201)
    routes.add_api_route("/step-up", show_code, methods=["POST"])
    return routes
