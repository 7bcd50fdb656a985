"""Cards encrypted in the browser: envelopes that open, the many that must not, and keys that change."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import subprocess
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import load_der_private_key
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc.jwk import ECKey, RSAKey
from sqlalchemy import text, update

from reference_impl.cards.model import CardInput
from reference_impl.client_encryption.api import router
from reference_impl.client_encryption.envelope import read_header
from reference_impl.client_encryption.service import ClientKeys
from reference_impl.client_encryption.store import CLIENT_KEYS, ClientKeyStore
from reference_impl.database import METADATA, connect, transaction
from reference_impl.errors import ConfigurationError, IntegrityError, InvalidInputError, UnavailableError
from tests.reference.memory_wrapper import MemoryWrapper
from tests.reference.sealing import CARD, content, seal

SAMPLE = Path(__file__).parents[2] / "reference_impl" / "client_encryption" / "encrypt.js"


class Time:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now


class Here:
    """A service with its database, its keys and its clock."""

    def __init__(self, url: str, kind: Any = "EC") -> None:
        self.url, self.kind = url, kind
        self.time, self.wrapper = Time(), MemoryWrapper()
        self.engine = connect(url)
        self.store = ClientKeyStore(self.engine)
        self.keys = self.another()

    def another(self) -> ClientKeys:
        """As another process has it."""
        return ClientKeys(self.store, self.wrapper, self.time, kind=self.kind)

    def content(self, **changes: Any) -> dict[str, Any]:
        return content(int(self.time.now.timestamp()), **changes)

    async def envelope(self, content: Any = None, *, kid: str = "", key: Any = None, **header: Any) -> str:
        jwks = await self.keys.jwks()
        jwk = next(one for one in jwks["keys"] if one["kid"] == (kid or jwks["current"]))
        protected = {"alg": jwk["alg"], "enc": "A256GCM", "kid": jwk["kid"]} | header
        return seal(protected, content or self.content(), key or jwk)


def run(url: str, test: Callable[[Here], Awaitable[None]], kind: str = "EC") -> None:
    """With tables and first keys."""

    async def main() -> None:
        here = Here(url, kind)
        try:
            async with here.engine.begin() as connection:
                await connection.run_sync(METADATA.create_all)
            await here.keys.start()
            await test(here)
        finally:
            await here.engine.dispose()

    asyncio.run(main())


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"


def assert_card(card: CardInput) -> None:
    assert card.card.number.reveal() == "4111111111111111"
    assert (card.card.expiry.month, card.card.expiry.year) == (12, 2030)
    assert card.code is not None and card.code.reveal() == "737"


async def refused(here: Here, envelope: str, words: str | None = None, tenant: str = "m1") -> InvalidInputError:
    with pytest.raises(InvalidInputError, match=words) as caught:
        await here.keys.open(envelope, tenant)
    shown = f"{caught.value!r}{caught.value.field}{caught.value.__cause__!r}"
    assert "4111" not in shown and "737" not in shown
    return caught.value


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


def test_rotations_at_the_same_time_are_one(database_url: str) -> None:
    async def test(here: Here) -> None:
        coming = (await here.keys.jwks())["keys"][1]["kid"]
        currents = await asyncio.gather(*(here.another().rotate() for _ in range(5)))
        assert len((await here.keys.jwks())["keys"]) == 2
        assert coming in currents
        assert_card(await here.keys.open(await here.envelope(), "m1"))

    run(database_url, test)


def test_starts_at_the_same_time_make_one_pair_of_keys(database_url: str) -> None:
    async def test(here: Here) -> None:
        async with transaction(here.engine) as connection:
            await connection.execute(CLIENT_KEYS.delete())
        await asyncio.gather(*(here.another().start() for _ in range(5)))
        assert len((await here.keys.jwks())["keys"]) == 2

    run(database_url, test)


def test_headers_that_say_too_much_or_too_little(sqlite: str) -> None:
    async def test(here: Here) -> None:
        envelope = await here.envelope()
        own = ECKey.generate_key("P-256").as_dict(private=False)
        header = json.loads(base64.urlsafe_b64decode(envelope.split(".")[0] + "=="))
        without_kid = {name: value for name, value in header.items() if name != "kid"}
        bad: Any
        for bad in (
            header | {"zip": "DEF"},
            header | {"jku": "https://keys.example/jwks.json"},
            header | {"x5u": "https://keys.example/chain.pem"},
            header | {"jwk": own},
            header | {"crit": ["exp"], "exp": 1},
            header | {"b64": False},
            header | {"alg": "dir"},
            header | {"alg": "none"},
            header | {"alg": "RSA1_5"},
            header | {"alg": "RSA-OAEP"},
            header | {"alg": "RSA-OAEP-256"},
            header | {"alg": "ECDH-1PU"},
            header | {"alg": "PBES2-HS256+A128KW", "p2c": 10_000_000, "p2s": "c2FsdA"},
            header | {"enc": "A128CBC-HS256"},
            header | {"enc": "A128GCM"},
            header | {"kid": ""},
            header | {"kid": "../../etc/passwd"},
            header | {"kid": ["x"]},
            header | {"epk": own | {"d": "AA"}},
            header | {"epk": own | {"crv": "P-521"}},
            header | {"apu": "AA"},
            without_kid,
            {},
            [],
            "x",
        ):
            encoded = base64.urlsafe_b64encode(json.dumps(bad).encode()).decode().rstrip("=")
            await refused(here, ".".join([encoded, *envelope.split(".")[1:]]), "header")
        twice = json.dumps(header)[:-1] + f', "alg": "{header["alg"]}"}}'
        encoded = base64.urlsafe_b64encode(twice.encode()).decode().rstrip("=")
        await refused(here, ".".join([encoded, *envelope.split(".")[1:]]), "header")

    run(sqlite, test)


def test_compression_is_refused_even_where_it_is_well_made(sqlite: str) -> None:
    async def test(here: Here) -> None:
        await refused(here, await here.envelope(zip="DEF"), "header")

    run(sqlite, test)


def test_an_unknown_key_is_never_replaced_by_the_first_one(sqlite: str) -> None:
    async def test(here: Here) -> None:
        current, coming = (await here.keys.jwks())["keys"]
        await refused(
            here, seal({"alg": "ECDH-ES", "enc": "A256GCM", "kid": "A" * 22}, here.content(), current), "key set"
        )
        crossed = seal({"alg": "ECDH-ES", "enc": "A256GCM", "kid": coming["kid"]}, here.content(), current)
        await refused(here, crossed, "does not open")

    run(sqlite, test)


def test_an_algorithm_for_another_kind_of_key(sqlite: str) -> None:
    async def test(here: Here) -> None:
        kid = (await here.keys.jwks())["current"]
        own = RSAKey.generate_key(2048)
        await refused(
            here, seal({"alg": "RSA-OAEP-256", "enc": "A256GCM", "kid": kid}, here.content(), own), "not open"
        )

    run(sqlite, test)


def test_a_point_that_is_not_on_the_curve(sqlite: str) -> None:
    async def test(here: Here) -> None:
        envelope = await here.envelope()
        head, *rest = envelope.split(".")
        header = json.loads(base64.urlsafe_b64decode(head + "=="))
        header["epk"]["y"] = header["epk"]["x"]
        encoded = base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")
        await refused(here, ".".join([encoded, *rest]), "does not open")

    run(sqlite, test)


def test_contents_that_are_not_right(sqlite: str) -> None:
    async def test(here: Here) -> None:
        now = int(here.time.now.timestamp())
        for changes, field in (
            ({"iat": now - 301}, "encrypted_card"),
            ({"iat": now + 61}, "encrypted_card"),
            ({"iat": str(now)}, "iat"),
            ({"iat": 2**38}, "iat"),  # no year that a date can have
            ({"iat": 2**37}, "encrypted_card"),
            ({"nonce": "short"}, "nonce"),
            ({"tenant": "m2"}, "encrypted_card"),
            ({"card": CARD | {"number": "4111111111111112"}}, "card.number"),
            ({"card": CARD | {"verification_code": "７３７"}}, "card.verification_code"),
            ({"card": CARD | {"pin": "1234"}}, "card"),
            ({"card": CARD | {"expiry": {"month": 10, "year": 2026}}}, "expiry"),
            ({"admin": True}, ""),
        ):
            error = await refused(here, await here.envelope(here.content(**changes)))
            assert error.field == field
        await refused(here, await here.envelope(b"\xff{"))
        await refused(here, await here.envelope(b"null"))

    run(sqlite, test)


def test_another_tenant_cannot_use_it_and_does_not_spend_it(sqlite: str) -> None:
    async def test(here: Here) -> None:
        envelope = await here.envelope()
        await refused(here, envelope, "somebody else", tenant="m2")
        assert_card(await here.keys.open(envelope, "m1"))

    run(sqlite, test)


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


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_change_is_refused_with_one_error(data: st.DataObject) -> None:
    from reference_impl.client_encryption.envelope import decrypt

    pair = ECKey.generate_key("P-256")
    envelope = seal({"alg": "ECDH-ES", "enc": "A256GCM", "kid": "A" * 22}, {"a": 1}, pair)
    at = data.draw(st.integers(0, len(envelope) - 1))
    letter = data.draw(st.characters(codec="utf-8"))
    changed = data.draw(
        st.sampled_from(
            [envelope[:at], envelope[:at] + letter + envelope[at + 1 :], envelope[:at] + envelope[at + 1 :]]
        )
    )
    if changed != envelope:
        with pytest.raises(InvalidInputError):
            decrypt(changed, read_header(changed), "EC", pair)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200), st.binary(max_size=200).map(lambda raw: base64.urlsafe_b64encode(raw).decode() + "....")
    )
)
def test_anything_else_is_no_envelope(anything: str) -> None:
    with pytest.raises(InvalidInputError):
        read_header(anything)


def test_too_large() -> None:
    with pytest.raises(InvalidInputError, match="compact"):
        read_header("A" * 8190 + "....")


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
