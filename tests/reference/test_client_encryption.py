"""Cards encrypted in the browser: envelopes that open once, and keys that change."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import load_der_private_key
from fastapi import FastAPI
from sqlalchemy import text, update

from reference_impl.cards.model import CardInput
from reference_impl.client_encryption.api import router
from reference_impl.client_encryption.model import KeyState
from reference_impl.client_encryption.service import ClientKeys
from reference_impl.client_encryption.store import CLIENT_KEYS, ClientKeyStore
from reference_impl.database import connect, transaction
from reference_impl.errors import ConfigurationError, IntegrityError, InvalidInputError, UnavailableError
from tests.reference.client_keys import Here, assert_card, refused, run
from tests.reference.memory_wrapper import MemoryWrapper
from tests.reference.sealing import CARD, seal

SAMPLE = Path(__file__).parents[2] / "reference_impl" / "client_encryption" / "encrypt.js"


@pytest.mark.parametrize("kind", ["EC", "RSA"])
def test_opens_once(database_url: str, kind: str) -> None:
    async def test(here: Here) -> None:
        envelope = await here.envelope()
        assert_card(await here.keys.open(envelope, "m1"))
        await refused(here, envelope, "used before")
        with pytest.raises(InvalidInputError, match="used before"):
            await here.another().open(envelope, "m1")

    run(database_url, test, kind)


def test_of_the_same_envelope_sent_many_times_at_once_one_opens(database_url: str) -> None:
    async def test(here: Here) -> None:
        envelope = await here.envelope()
        answers = await asyncio.gather(*(here.another().open(envelope, "m1") for _ in range(8)), return_exceptions=True)
        assert sum(isinstance(answer, CardInput) for answer in answers) == 1
        assert sum(isinstance(answer, InvalidInputError) for answer in answers) == 7

    run(database_url, test)


def test_key_wrapping_after_agreement(sqlite: str) -> None:
    async def test(here: Here) -> None:
        assert_card(await here.keys.open(await here.envelope(alg="ECDH-ES+A256KW"), "m1"))

    run(sqlite, test)


def test_rotation_overlaps(database_url: str) -> None:
    """The set a client cached works until its key retires; the next key opens before it is the current one."""

    async def test(here: Here) -> None:
        before = await here.keys.jwks()
        old, coming = (key["kid"] for key in before["keys"])
        assert before["current"] == old
        cached = [await here.envelope(kid=old) for _ in range(2)]
        assert_card(await here.keys.open(await here.envelope(kid=coming), "m1"))

        assert await here.keys.rotate() == coming
        after = await here.keys.jwks()
        assert after["current"] == coming and old not in [key["kid"] for key in after["keys"]]
        assert_card(await here.keys.open(cached[0], "m1"))

        here.time.now += timedelta(days=1)
        await refused(here, cached[1], "fetch the key set again")
        await here.keys.rotate()
        assert await here.store.find(old) is None, "the private half of a retired key is gone"

    run(database_url, test)


def test_a_process_that_missed_a_rotation(sqlite: str) -> None:
    """It opens what it opened before, publishes the new set within minutes, and lets the old key go in time."""

    async def test(here: Here) -> None:
        other = here.another()
        before = await other.jwks()
        envelope = await here.envelope()
        assert_card(await other.open(await here.envelope(), "m1"))
        current = await here.keys.rotate()
        assert_card(await other.open(await here.envelope(), "m1"))
        assert_card(await other.open(envelope, "m1"))
        here.time.now += timedelta(minutes=5)
        assert (await other.jwks())["current"] == current != before["current"]
        here.time.now += timedelta(days=1)
        late = seal({"alg": "ECDH-ES", "enc": "A256GCM", "kid": before["current"]}, here.content(), before["keys"][0])
        with pytest.raises(InvalidInputError, match="key set"):
            await other.open(late, "m1")

    run(sqlite, test)


def test_an_overlap_that_is_too_short(sqlite: str) -> None:
    with pytest.raises(ConfigurationError):
        ClientKeys(ClientKeyStore(connect(sqlite)), MemoryWrapper(), overlap=timedelta(minutes=5))


def test_of_rotations_at_the_same_time_one_happens(database_url: str) -> None:
    async def test(here: Here) -> None:
        before = await here.keys.jwks()
        now = here.time.now
        fresh = [await here.keys._make(KeyState.NEXT) for _ in range(5)]
        rotations = (here.store.rotate(before["current"], key, now + timedelta(days=1), now) for key in fresh)
        assert sorted(await asyncio.gather(*rotations)) == [False] * 4 + [True]
        after = await here.another().jwks()
        assert after["current"] == before["keys"][1]["kid"]
        assert after["keys"][1]["kid"] in [key.kid for key in fresh]

    run(database_url, test)


def test_keys_rotate_by_schedule(database_url: str) -> None:
    """Each key is the current one for a period, whether the service is started anew or runs on."""

    async def test(here: Here) -> None:
        old, coming = (await here.keys.jwks())["keys"]
        first, second = old["kid"], coming["kid"]
        here.time.now += timedelta(days=29)
        await here.another().start()
        assert (await here.keys.jwks())["current"] == first
        here.time.now += timedelta(days=1)
        currents = []
        for _ in range(3):
            currents.append((await here.keys.jwks())["current"])
            here.time.now += timedelta(minutes=6)
        assert currents == [second] * 3, "once, not at every look"
        late = seal({"alg": old["alg"], "enc": "A256GCM", "kid": first}, here.content(), old)
        assert_card(await here.keys.open(late, "m1"))
        here.time.now += timedelta(days=30)
        await here.another().start()
        third = (await here.another().jwks())["current"]
        assert third not in (first, second)

    run(database_url, test)


def test_a_key_provider_that_is_away_when_keys_are_due(sqlite: str) -> None:
    class Away(MemoryWrapper):
        def wrap(self, key: Any, context: bytes) -> bytes:
            raise UnavailableError("away")

    async def test(here: Here) -> None:
        before = await here.keys.jwks()
        here.time.now += timedelta(days=31)
        assert await ClientKeys(here.store, Away(), here.time).jwks() == before
        with pytest.raises(UnavailableError):
            await ClientKeys(here.store, Away(), here.time).start()
        assert (await here.another().jwks()) == before, "looked at every few minutes only"
        here.time.now += timedelta(minutes=6)
        assert (await here.keys.jwks())["current"] == before["keys"][1]["kid"]

    run(sqlite, test)


def test_starts_at_the_same_time_make_one_pair_of_keys(database_url: str) -> None:
    async def test(here: Here) -> None:
        async with transaction(here.engine) as connection:
            await connection.execute(CLIENT_KEYS.delete())
        await asyncio.gather(*(here.another().start() for _ in range(5)))
        assert len((await here.keys.jwks())["keys"]) == 2

    run(database_url, test)


def test_nonces_are_forgotten_when_time_answers_for_them(database_url: str) -> None:
    async def test(here: Here) -> None:
        first = await here.envelope()
        await here.keys.open(first, "m1")
        here.time.now += timedelta(minutes=7)
        await here.keys.open(await here.envelope(), "m1")
        async with transaction(here.engine) as connection:
            assert (await connection.execute(text("SELECT count(*) FROM client_nonces"))).scalar() == 1
        await refused(here, first, "too long ago")

    run(database_url, test)


def test_stored_keys_are_sealed_to_their_row(database_url: str) -> None:
    async def test(here: Here) -> None:
        current, coming = await here.store.published()
        for column in (current.wrapped_private, current.wrapped_key):
            with pytest.raises(ValueError, match=r"deserialize|DER"):
                load_der_private_key(column, None)
        async with transaction(here.engine) as connection:
            moved = {"wrapped_private": coming.wrapped_private, "wrapped_key": coming.wrapped_key}
            await connection.execute(update(CLIENT_KEYS).where(CLIENT_KEYS.c.kid == current.kid).values(moved))
        with pytest.raises(IntegrityError):
            await here.keys.open(await here.envelope(), "m1")

    run(database_url, test)


def test_a_database_that_does_not_answer(sqlite: str) -> None:
    async def test(here: Here) -> None:
        envelope = await here.envelope()
        unreachable = connect("postgresql+asyncpg://payment@127.0.0.1:1/none")
        with pytest.raises(UnavailableError):
            await ClientKeys(ClientKeyStore(unreachable), here.wrapper, here.time).open(envelope, "m1")
        await unreachable.dispose()

    run(sqlite, test)


@pytest.mark.parametrize("kind", ["EC", "RSA"])
def test_the_browser_sample(sqlite: str, kind: str) -> None:
    """In node, whose WebCrypto is the same as a browser's."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")

    async def test(here: Here) -> None:
        script = (
            f"import {{ encryptCard }} from {json.dumps(SAMPLE.as_uri())};"
            "let input = ''; for await (const part of process.stdin) input += part;"
            "const [keys, card, now] = JSON.parse(input);"
            "console.log(await encryptCard(keys, 'm1', card, now));"
        )
        given_to_it = json.dumps([await here.keys.jwks(), CARD | {"holder": "Zoë"}, here.time.now.timestamp() * 1000])
        done = subprocess.run(
            [node, "--no-warnings", "--experimental-default-type=module", "--input-type=module", "-e", script],
            input=given_to_it,
            capture_output=True,
            check=False,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        card = await here.keys.open(done.stdout.strip(), "m1")
        assert_card(card)
        assert card.card.holder is not None and card.card.holder.reveal() == "Zoë"

    run(sqlite, test, kind)


def test_the_key_set_is_published(sqlite: str) -> None:
    async def test(here: Here) -> None:
        app = FastAPI()
        app.include_router(router(here.keys))
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="https://pay.example") as client:
            answer = await client.get("/.well-known/jwks.json")
            assert answer.headers["content-type"] == "application/jwk-set+json"
            assert "max-age=300" in answer.headers["cache-control"]
            for key in answer.json()["keys"]:
                assert set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"}, "nothing of the private half"
            again = await client.get("/.well-known/jwks.json", headers={"If-None-Match": answer.headers["etag"]})
            assert again.status_code == 304 and not again.content
            await here.keys.rotate()
            changed = await client.get("/.well-known/jwks.json", headers={"If-None-Match": answer.headers["etag"]})
            assert changed.status_code == 200

    run(sqlite, test)
