"""Reviews of access: who came with which roles, what conflicts, what nobody used; on both databases and over HTTP."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone

import httpx
import pytest

from reference_impl.auth.access import AccessReviews
from reference_impl.auth.duties import CONFLICTS, conflicts_of
from reference_impl.auth.model import ROLES, Caller, Principal
from reference_impl.database import connect
from reference_impl.demo import access_token
from reference_impl.errors import ForbiddenError
from reference_impl.migrations import upgrade
from tests.reference.memory_log import MemoryLog
from tests.reference.running import Shop

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)


def somebody(name: str, *roles: str, tenant: str = "m1") -> Principal:
    return Principal(name, tenant, frozenset(roles), "session-1")


def caller(name: str, *roles: str, tenant: str = "m1") -> Caller:
    return Caller(somebody(name, *roles, tenant=tenant), "192.0.2.1", "r1", False)


def test_who_came_with_which_roles_and_what_is_wrong_with_that(database_url: str) -> None:
    async def test() -> None:
        engine, audit, now = connect(database_url), MemoryLog(), [NOW]
        await upgrade(engine)
        reviews = AccessReviews(engine, audit, lambda: now[0])
        await reviews.seen(somebody("old", "support"))
        now[0] += timedelta(days=91)
        await reviews.seen(somebody("carl", "checkout"))
        await asyncio.gather(*(reviews.seen(somebody("carl", "checkout", "financial_controller")) for _ in range(5)))
        await reviews.seen(somebody("eve", "checkout", tenant="m2"))
        found = await reviews.review(caller("rita", "access_reviewer"))
        assert [(one.subject, one.unused) for one in found.people] == [("carl", False), ("old", True)]
        carl, old = found.people
        assert list(carl.roles) == ["checkout", "financial_controller"]
        assert carl.conflicts == ["moves money and approves it"] and not old.conflicts
        assert (found.reviewed_at, found.due_at) == (None, NOW), "nobody has ever looked"
        assert audit.last == ("access.review", "success", "access", "")
        done = await reviews.confirm(caller("rita", "access_reviewer"))
        assert (done.reviewed_by, done.reviewed_at) == ("rita", now[0])
        assert done.due_at == now[0] + timedelta(days=182)
        assert (await reviews.review(caller("rita", "access_reviewer", tenant="m2"))).reviewed_at is None
        with pytest.raises(ForbiddenError):
            await reviews.review(caller("eve", "checkout"))
        assert audit.last[:2] == ("access.review", "denied")
        await engine.dispose()

    asyncio.run(test())


def test_no_role_by_itself_has_duties_that_conflict() -> None:
    assert {role for role in ROLES if conflicts_of([role])} == set()
    assert set(conflicts_of(ROLES)) == set(CONFLICTS) and not conflicts_of(["nobody"])


def test_over_http(shop: Shop) -> None:
    headers = {"Authorization": f"Bearer {access_token(shop.place, 'paula', roles=('support',))}"}
    httpx.get(f"{shop.client.base_url}/v1/orders/none", headers=headers)
    assert httpx.get(f"{shop.client.base_url}/v1/access-review", headers=headers).status_code == 403
    people = {one["subject"]: one for one in shop.client.get("/v1/access-review").raise_for_status().json()["people"]}
    assert people["paula"]["roles"] == ["support"] and people["paula"]["conflicts"] == []
    assert set(people["demo"]["conflicts"]) == set(CONFLICTS)
    assert shop.client.post("/v1/access-review").raise_for_status().json()["reviewed_by"] == "demo"
