"""Requests: identity first, a calendar month, and each kind does what the law says it does."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from joserfc import jwe
from joserfc.jwk import OctKey
from sqlalchemy import select, update

from reference_impl.audit.model import Outcome
from reference_impl.database import transaction
from reference_impl.errors import (
    ConfigurationError,
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    StepUpRequiredError,
)
from reference_impl.gdpr.collecting import SCHEMA_FILE
from reference_impl.gdpr.exporting import LIFETIME
from reference_impl.gdpr.model import (
    Extension,
    GoneError,
    NotIdentifiedError,
    Profile,
    Refusal,
    RequestKind,
    RequestState,
)
from reference_impl.gdpr.model import RestrictedError as Restricted
from reference_impl.gdpr.opening import bind
from reference_impl.gdpr.persons import Person
from reference_impl.gdpr.requests import ATTEMPTS
from reference_impl.gdpr.store import BEHAVIOUR, EXPORTS, PROFILES, REQUESTS, SUBJECTS
from tests.reference.gdpr_parts import AT, CANARY, Office, office, settle, verified, who

Work = Callable[[Office], Awaitable[None]]


def on(url: str, folder: Path, work: Work) -> None:
    async def run() -> None:
        async with office(url, folder) as place:
            await work(place)

    asyncio.run(run())


def opened(link: Any, document: bytes) -> dict[str, Any]:
    key = OctKey.import_key(base64.urlsafe_b64decode(link.key + "=="))
    plain = jwe.decrypt_compact(document, key, algorithms=["dir", "A256GCM"]).plaintext
    assert plain is not None
    return dict(json.loads(plain))


def signed(link: Any) -> str:
    return str(link.link).partition("link=")[2]


@pytest.mark.parametrize("kind", list(RequestKind))
def test_nothing_is_done_before_identity_is_proven(sqlite: str, tmp_path: Path, kind: RequestKind) -> None:
    async def work(place: Office) -> None:
        await settle(place, "m1", "canary", CANARY)
        values = {"name": "Other"} if kind is RequestKind.RECTIFICATION else None
        received = await place.requests.receive(who("erin"), kind, "canary", values=values)
        name = received.request.id
        with pytest.raises(NotIdentifiedError, match="identity"):
            await place.requests.fulfil(who(), name)
        with pytest.raises(NotIdentifiedError, match="somebody else"):
            await place.requests.verify(who("erin"), name, received.proof)
        with pytest.raises(NotIdentifiedError, match="not the code"):
            await place.requests.verify(who("grace"), name, "A" * 22)
        assert (await place.requests.find(who(), name)).state is RequestState.RECEIVED
        done = await place.requests.verify(who("grace"), name, received.proof)
        assert (done.state, done.verified_by) == (RequestState.VERIFIED, "grace")
        assert (await place.requests.fulfil(who(), name)).request.state is RequestState.FULFILLED
        with pytest.raises(ConflictError, match="answered"):
            await place.requests.fulfil(who(), name)
        denied = [event.action for event in place.outside.events if event.outcome is Outcome.DENIED]
        assert denied == ["privacy.fulfil", "privacy.verify", "privacy.verify"]
        assert not [event for event in place.outside.events if "canary" in repr(event) or received.proof in repr(event)]

    on(sqlite, tmp_path, work)


def test_codes_cannot_be_tried(sqlite: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        received = await place.requests.receive(who("erin"), RequestKind.ACCESS, "c1")
        for _ in range(ATTEMPTS):
            with pytest.raises(NotIdentifiedError, match="not the code"):
                await place.requests.verify(who("grace"), received.request.id, "B" * 22)
        with pytest.raises(NotIdentifiedError, match="too many"):
            await place.requests.verify(who("grace"), received.request.id, received.proof)
        async with transaction(place.engine) as connection:
            digest = await connection.scalar(select(REQUESTS.c.proof_digest))
        assert received.proof not in str(digest)

    on(sqlite, tmp_path, work)


def test_another_tenants_request_never_was(sqlite: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        await settle(place, "m1", "canary", CANARY)
        name = await verified(place, RequestKind.ACCESS, "canary")
        other = who("mallory", "m2")
        for ask in (
            place.requests.find(other, name),
            place.requests.fulfil(other, name),
            place.requests.extend(other, name, Extension.COMPLEX),
            place.requests.refuse(other, name, Refusal.EXCESSIVE),
            place.requests.verify(other, name, "C" * 22),
        ):
            with pytest.raises(NotFoundError):
                await ask
        assert await place.requests.due(other, None) == []
        theirs = await place.requests.fulfil(other, await verified(place, RequestKind.ACCESS, "canary", "m2"))
        assert theirs.link
        document = opened(theirs.link, await place.exports.fetch(signed(theirs.link)))
        assert "Quillfeather" not in json.dumps(document) and not any(document["sections"]["transactions"].values())

    on(sqlite, tmp_path, work)


def test_who_may_not_and_without_a_second_factor(sqlite: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        name = await verified(place, RequestKind.ACCESS, "c1")
        with pytest.raises(ForbiddenError):
            await place.requests.fulfil(who("erin", "m1", "support"), name)
        officer = who()
        unproven = type(officer)(officer.principal, officer.origin, officer.request_id, False)
        with pytest.raises(StepUpRequiredError):
            await place.requests.fulfil(unproven, name)
        with pytest.raises(ForbiddenError):
            await place.requests.receive(who("erin", "m1", "checkout"), RequestKind.ACCESS, "c1")

    on(sqlite, tmp_path, work)


@pytest.mark.parametrize(
    ("received", "due", "extended"),
    [
        (date(2027, 1, 31), date(2027, 2, 28), date(2027, 4, 30)),
        (date(2028, 1, 31), date(2028, 2, 29), date(2028, 4, 30)),
        (date(2026, 11, 22), date(2026, 12, 22), date(2027, 2, 22)),
    ],
)
def test_a_month_and_two_more_said_in_time(
    sqlite: str, tmp_path: Path, received: date, due: date, extended: date
) -> None:
    async def work(place: Office) -> None:
        place.clock.on(received.year, received.month, received.day)
        first = (await place.requests.receive(who("erin"), RequestKind.ACCESS, "c1")).request
        late = (await place.requests.receive(who("erin"), RequestKind.ACCESS, "c2")).request
        assert (first.received_on, first.due_on) == (received, due)
        place.clock.on(due.year, due.month, due.day)
        told = await place.requests.extend(who(), first.id, Extension.COMPLEX)
        assert (told.due_on, told.extended_because) == (extended, "complex")
        with pytest.raises(ConflictError, match="before"):
            await place.requests.extend(who(), first.id, Extension.COMPLEX)
        place.clock.now += timedelta(days=1)
        with pytest.raises(ConflictError, match="within a month"):
            await place.requests.extend(who(), late.id, Extension.COMPLEX)
        assert await place.store.overdue(place.clock.now.date()) == 1
        assert [one.id for one in await place.requests.due(who(), None)] == [late.id, first.id]
        assert [one.id for one in await place.requests.due(who(), due)] == [late.id]

    on(sqlite, tmp_path, work)


def test_the_clock_starts_at_receipt(sqlite: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        earlier = AT.date() - timedelta(days=40)
        made = await place.requests.receive(who("erin"), RequestKind.ACCESS, "c1", received_on=earlier)
        assert made.request.due_on < AT.date(), "what lay on a desk is late already"
        with pytest.raises(InvalidInputError, match="today or earlier"):
            await place.requests.receive(
                who("erin"), RequestKind.ACCESS, "c1", received_on=AT.date() + timedelta(days=1)
            )

    on(sqlite, tmp_path, work)


def test_a_refusal_says_why_and_is_the_end(sqlite: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        name = await verified(place, RequestKind.ERASURE, "c1")
        done = await place.requests.refuse(who(), name, Refusal.MANIFESTLY_UNFOUNDED)
        assert (done.state, done.outcome) == (RequestState.REFUSED, {"refused": "manifestly_unfounded"})
        for ask in (place.requests.fulfil(who(), name), place.requests.refuse(who(), name, Refusal.EXCESSIVE)):
            with pytest.raises(ConflictError):
                await ask

    on(sqlite, tmp_path, work)


def test_access_has_everything_whatever_they_agreed_to(database_url: str, tmp_path: Path) -> None:
    """Art. 15 knows no condition of consent; hidden is what tells of others, keys, and digests."""

    async def work(place: Office) -> None:
        subject = await settle(place, "m1", "canary", CANARY)
        await settle(place, "m1", "bystander", Profile("Somebody"))
        await settle(place, "m2", "canary", Profile("Another tenant's"))
        async with transaction(place.engine) as connection:
            await connection.execute(update(SUBJECTS).where(SUBJECTS.c.subject == subject).values(consented_at=None))
        person = Person("m1", "canary", subject)
        document = await place.collecting.everything(person)
        counts = {table: len(rows) for section in document["sections"].values() for table, rows in section.items()}
        assert counts == {
            "orders": 2,
            "payments": 3,
            "hosted_charges": 1,
            "hosted_refunds": 1,
            "tokens": 2,
            "payment_methods": 1,
            "customers": 1,
            "gdpr_profiles": 1,
            "gdpr_subjects": 1,
            "gdpr_links": 2,
            "gdpr_behaviour": 2,
            "fraud_decisions": 2,
            "fraud_reviews": 2,
            "fraud_devices": 1,
            "gdpr_requests": 0,
        }
        jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_text("utf-8"))).validate(document)
        text = json.dumps(document)
        assert CANARY.email in text and "book-canary" in text and "it was me, canary" in text
        assert not [word for word in ("bystander", "Somebody", "Another", "sealed_card", "opened_by") if word in text]
        about = document["about"]
        assert {one["name"] for one in about["categories"]} == {"payment", "personal", "behavioural", "technical"}
        assert [one for one in about["purposes"] if one["automated_decisions"]] and about["rights"] and about["source"]

    on(database_url, tmp_path, work)


def test_portability_has_what_they_provided(sqlite: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        subject = await settle(place, "m1", "canary", CANARY)
        document = await place.collecting.provided(Person("m1", "canary", subject))
        assert document["kind"] == "portability" and "about" not in document
        assert "assessments" not in document["sections"] and "devices" not in document["sections"]
        (profile,) = document["sections"]["personal_information"]["gdpr_profiles"]
        assert profile.items() >= CANARY._asdict().items()

    on(sqlite, tmp_path, work)


def test_rectification_has_values_and_they_are_what_is_read(database_url: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        subject = await settle(place, "m1", "canary", CANARY)
        for values in (None, {}, {"shoe_size": "44"}):
            with pytest.raises(InvalidInputError):
                await place.requests.receive(who("erin"), RequestKind.RECTIFICATION, "canary", values=values)
        with pytest.raises(InvalidInputError):
            await place.requests.receive(who("erin"), RequestKind.ERASURE, "canary", values={"name": "x"})
        new = {"address": "Falkenweg 8", "phone": ""}
        name = await verified(place, RequestKind.RECTIFICATION, "canary", values=new)
        async with transaction(place.engine) as connection:
            kept = repr((await connection.execute(select(REQUESTS))).all())
        assert "Falkenweg" not in kept, "what a request brings is sealed"
        done = await place.requests.fulfil(who(), name)
        assert done.request.outcome == {"rectified": ["address", "phone"]}
        _, profile, _ = await place.profiles.read(who(), subject)
        assert profile == CANARY._replace(**new)
        made = await verified(place, RequestKind.RECTIFICATION, "nobody-yet", values={"name": "New"})
        await place.requests.fulfil(who(), made)

    on(database_url, tmp_path, work)


def test_restriction_stops_what_is_not_storage(sqlite: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        subject = await settle(place, "m1", "canary", CANARY)
        await place.profiles.observe(who(), subject, "product.viewed", {})
        await place.requests.fulfil(who(), await verified(place, RequestKind.RESTRICTION, "canary"))
        for ask in (
            place.profiles.observe(who(), subject, "product.viewed", {}),
            place.profiles.read(who(), subject),
        ):
            with pytest.raises(Restricted):
                await ask
        document = await place.collecting.everything(Person("m1", "canary", subject))
        assert document["sections"]["behavioural_data"]["gdpr_behaviour"], "it is stored, and the person may see it"
        await place.requests.fulfil(who(), await verified(place, RequestKind.RESTRICTION, "canary", lift=True))
        await place.profiles.read(who(), subject)

    on(sqlite, tmp_path, work)


@pytest.mark.parametrize("how", ["restriction", "objection", "withdrawal"])
def test_figures_are_of_those_who_agree_now(sqlite: str, tmp_path: Path, how: str) -> None:
    async def work(place: Office) -> None:
        people = [await settle(place, "m1", f"c{number}", Profile(f"N{number}")) for number in range(6)]
        await settle(place, "m2", "c0", Profile("Another tenant's"))
        assert await place.profiles.figures(who()) == {"product.viewed": 12}
        if how == "withdrawal":
            await place.profiles.consent(who(), people[0], given=False)
        else:
            await place.requests.fulfil(who(), await verified(place, RequestKind(how), "c0"))
        assert await place.profiles.figures(who()) == {"product.viewed": 10}
        async with transaction(place.engine) as connection:
            left = (await connection.execute(select(BEHAVIOUR).where(BEHAVIOUR.c.subject == people[0]))).all()
        assert len(left) == (2 if how == "restriction" else 0), "what was recorded goes with the consent"
        with pytest.raises(Restricted):
            await place.profiles.observe(who(), people[0], "product.viewed", {})
        await place.profiles.consent(who(), people[1], given=False)
        assert await place.profiles.figures(who()) == {}, "four people could be told apart"

    on(sqlite, tmp_path, work)


def test_a_link_is_one_persons_and_ends_after_thirty_days(database_url: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        await settle(place, "m1", "canary", CANARY)
        done = await place.requests.fulfil(who(), await verified(place, RequestKind.ACCESS, "canary"))
        assert done.link
        link, made = signed(done.link), place.clock.now
        assert done.link.expires_at == made.replace(microsecond=0) + timedelta(days=30) and LIFETIME.days == 30
        document = opened(done.link, await place.exports.fetch(link))
        assert document["kind"] == "access" and document["customer"] == "canary"
        async with transaction(place.engine) as connection:
            stored: Any = await connection.scalar(select(EXPORTS.c.document).where(EXPORTS.c.id != "x" + "pnanel"))
        assert CANARY.name.encode() not in stored and done.link.key.encode() not in stored
        await settle(place, "m1", "bystander", Profile("Somebody"))
        said, _, signature = link.partition(".")
        other = (await place.subjects.for_sealing("m1", ["bystander"]))["bystander"].subject
        tenant, _, name, expires = json.loads(base64.urlsafe_b64decode(said + "==="))
        for changed in (
            [tenant, other, name, expires],
            ["m2", _, name, expires],
            [tenant, _, name, expires + 86400],
            [tenant, _, "pex_" + "A" * 22, expires],
        ):
            text = base64.urlsafe_b64encode(json.dumps(changed).encode()).rstrip(b"=").decode()
            with pytest.raises(ForbiddenError):
                await place.exports.fetch(f"{text}.{signature}")
        for forged in ("", ".", "x", said, f"{said}.", f"{said}.{signature[:-1]}", "e30.e30", "bnVsbA.x", "\x00.\xff"):
            with pytest.raises(ForbiddenError):
                await place.exports.fetch(forged)
        place.clock.now = done.link.expires_at - timedelta(seconds=1)
        await place.exports.fetch(link)
        place.clock.now = done.link.expires_at
        with pytest.raises(GoneError, match="expired"):
            await place.exports.fetch(link)
        place.clock.now = made
        with pytest.raises(GoneError, match="not there"):
            await place.exports.fetch(link)

    on(database_url, tmp_path, work)


def test_a_link_ends_with_the_person(sqlite: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        await settle(place, "m1", "canary", CANARY)
        waiting = await verified(place, RequestKind.ACCESS, "canary")
        done = await place.requests.fulfil(who(), await verified(place, RequestKind.ACCESS, "canary"))
        await place.requests.fulfil(who(), await verified(place, RequestKind.ERASURE, "canary"))
        with pytest.raises(ForbiddenError):
            await place.exports.fetch(signed(done.link))
        ended = await place.requests.find(who(), waiting)
        assert (ended.state, ended.outcome) == (RequestState.REFUSED, {"refused": "erased"})

    on(sqlite, tmp_path, work)


def test_another_store_of_keys_stops_the_start(sqlite: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        await bind(place.engine, "one")
        await bind(place.engine, "one")
        with pytest.raises(ConfigurationError, match="subject_keys_url"):
            await bind(place.engine, "another")

    on(sqlite, tmp_path, work)


def test_a_profile_is_made_once_and_is_sealed(database_url: str, tmp_path: Path) -> None:
    async def work(place: Office) -> None:
        same: dict[str, Any] = {"consents": False, "tokens": ["tok_x"], "processor": "cust_x"}
        subject = await place.profiles.create(who(), "customer-one", CANARY, **same)
        with pytest.raises(ConflictError):
            await place.profiles.create(who(), "customer-one", CANARY, **same)
        assert await place.profiles.create(who(tenant="m2"), "customer-one", CANARY, **same) != subject
        assert (await place.profiles.read(who(), subject))[:2] == ("customer-one", CANARY)
        with pytest.raises(NotFoundError):
            await place.profiles.read(who(tenant="m2"), subject)
        with pytest.raises(Restricted):
            await place.profiles.observe(who(), subject, "product.viewed", {})
        async with transaction(place.engine) as connection:
            kept = repr((await connection.execute(select(PROFILES))).all())
        assert not [word for word in CANARY if word in kept and len(word) > 2] and "customer-one" not in kept

    on(database_url, tmp_path, work)
