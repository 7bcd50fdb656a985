"""How sample code for vaults goes wrong, tried on this one."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import inspect
import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import LargeBinary, select

from reference_impl.cards.model import CardNumber, luhn_valid
from reference_impl.crypto.envelope import Place, associated_data, key_version
from reference_impl.database import connect, transaction
from reference_impl.errors import InvalidInputError, ServiceError
from reference_impl.migrations import migrate
from reference_impl.vault.model import Purpose, new_token
from reference_impl.vault.service import Vault
from reference_impl.vault.store import FINGERPRINTS, TOKENS
from tests.reference.memory_log import MemoryLog
from tests.reference.vault_doubles import NUMBERS, DerivedKeys, caller, card, plain


def test_fingerprints_are_whole_keyed_and_apart_from_the_last_four(tmp_path: Path) -> None:
    """A digest that is cut, unkeyed, or beside the truncated number."""
    assert not {"last_four", "brand", "sealed_card"} & set(FINGERPRINTS.c.keys())
    assert not [each.name for each in TOKENS.c if "fingerprint" in each.name or "hash" in each.name]

    async def fingerprints() -> list[bytes]:
        url = f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"
        await migrate(url)
        engine = connect(url)
        vault = Vault(engine, DerivedKeys(b"tests"), MemoryLog())
        for tenant in ("acme", "other"):
            await vault.tokenize(caller(tenant), card())
        async with transaction(engine) as connection:
            found = list(await connection.scalars(select(FINGERPRINTS.c.fingerprint)))
        await engine.dispose()
        return found

    one, other = asyncio.run(fingerprints())
    assert len(one) == len(other) == 32
    assert one != other
    plain_digests = {hashlib.new(name, NUMBERS[0].encode()).digest() for name in ("sha256", "sha3_256", "blake2s")}
    assert not {one, other} & plain_digests


def test_what_is_stored_survives_a_restart_and_opens_to_the_number(tmp_path: Path) -> None:
    """A token map that keeps a hash, or lives in a dict."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"

    async def store() -> str:
        await migrate(url)
        engine = connect(url)
        token = (await Vault(engine, DerivedKeys(b"tests"), MemoryLog()).tokenize(caller(), card())).token
        await engine.dispose()
        return token

    async def read(token: str) -> str:
        engine = connect(url)
        one = await Vault(engine, DerivedKeys(b"tests"), MemoryLog()).detokenize(caller(), token, Purpose.REFUND)
        await engine.dispose()
        return plain(one)[0]

    assert asyncio.run(read(asyncio.run(store()))) == NUMBERS[0]


def test_sealed_cards_are_bytes_that_say_their_key() -> None:
    """Base64 of what is base64 already; a ciphertext without the id of its key."""
    assert isinstance(TOKENS.c.sealed_card.type, LargeBinary)
    assert key_version(b"\x01\x00\x00\x00\x07" + bytes(12 + 16)) == 7


@given(st.lists(st.tuples(*[st.text(max_size=6)] * 3, st.integers(0, 9)), min_size=2, max_size=2, unique=True))
def test_no_two_places_have_the_same_associated_data(places: list[tuple[str, str, str, int]]) -> None:
    """Associated data None, or joined so that two places are one."""
    one, other = (associated_data(Place(*place[:3]), place[3]) for place in places)
    assert one != other


def test_a_token_is_random_and_of_no_card_s_form() -> None:
    """Format-preserving encryption called tokenization."""
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(len(base64.urlsafe_b64decode(token[4:] + "=")) == 32 for token in tokens)
    assert not inspect.signature(new_token).parameters


def test_verification_codes_are_not_taken() -> None:
    """A whole card, code included, handed to storage."""
    for method in (Vault.tokenize, Vault.detokenize, Vault.charge_card):
        names = set(inspect.signature(method).parameters)
        assert names <= {"self", "caller", "card", "token", "purpose", "reuse", "subject"}


@given(st.integers(0, 10**15 - 1), st.integers(1, 9))
def test_a_wrong_check_digit_is_refused_and_a_right_one_is_not(start: int, off: int) -> None:
    """The polarity of the check inverted where it is called."""
    head = f"4{start:015}"[:15]
    right = next(digit for digit in range(10) if luhn_valid(f"{head}{digit}"))
    assert CardNumber.parse(f"{head}{right}").reveal() == f"{head}{right}"
    with pytest.raises(InvalidInputError):
        CardNumber.parse(f"{head}{(right + off) % 10}")


@pytest.mark.parametrize("zero", ["\uff10", "\u0660", "\u0966", "\U0001d7ce"])
def test_digits_are_those_of_ascii(zero: str) -> None:
    """isdigit() takes full-width and superscript ones."""
    for text in ("".join(chr(ord(zero) + int(digit)) for digit in NUMBERS[0]), NUMBERS[0][:-1] + "¹"):
        with pytest.raises(InvalidInputError):
            CardNumber.parse(text)


def test_errors_and_logs_say_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    url = f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"

    async def run() -> str:
        engine, log = connect(url), MemoryLog()
        vault = Vault(engine, DerivedKeys(b"tests"), log)
        said = ""
        with pytest.raises(ServiceError) as caught:  # there are no tables
            await vault.tokenize(caller(), card())
        for error in (caught.value, caught.value.__cause__, caught.value.__context__):
            said += f"{error!r} {error}"
        await engine.dispose()
        return said + repr(log.events)

    said = asyncio.run(run()) + caplog.text
    assert NUMBERS[0] not in said
    assert "Lovelace" not in said
