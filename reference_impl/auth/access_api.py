"""`/v1/access-review`: who has which roles, who used them when, and that somebody has looked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from reference_impl.auth.access import AccessReviews, Review
from reference_impl.auth.model import Caller, Permission


class PersonView(BaseModel):
    """`unused`: for 90 days and more; `conflicts`: duties that one person should not have together."""

    subject: str
    roles: Sequence[str]
    first_at: datetime
    last_at: datetime
    unused: bool
    conflicts: Sequence[str]


class ReviewView(BaseModel):
    """`due_at`: when it has to be looked at again, six months after the last time."""

    people: Sequence[PersonView]
    reviewed_at: datetime | None
    reviewed_by: str | None
    due_at: datetime

    @classmethod
    def of(cls, review: Review) -> ReviewView:
        """As it is now."""
        people = [PersonView(**one._asdict()) for one in review.people]
        return cls(people=people, reviewed_at=review.reviewed_at, reviewed_by=review.reviewed_by, due_at=review.due_at)


def router(reviews: AccessReviews, require: Callable[[Permission], Any]) -> APIRouter:
    """`require`: gives the dependency that lets a caller with this permission through."""
    routes = APIRouter(prefix="/v1/access-review", tags=["access"])
    reviewer = Depends(require(Permission.REVIEW_ACCESS))

    @routes.get("", summary="Who came with which roles, and when last")
    async def review(caller: Caller = reviewer) -> ReviewView:
        return ReviewView.of(await reviews.review(caller))

    @routes.post("", status_code=201, summary="Confirm that access was reviewed")
    async def confirm(caller: Caller = reviewer) -> ReviewView:
        return ReviewView.of(await reviews.confirm(caller))

    return routes
