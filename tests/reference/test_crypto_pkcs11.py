"""What is special about an HSM: keys that do not come out, PINs, sessions that break."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pkcs11
import pytest
from pkcs11 import Attribute

from reference_impl.crypto.pkcs11 import Pkcs11, Token
from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.secret import Secret
from tests.reference.key_places import application, token

KEY, CONTEXT = bytes(range(32)), b"tenant-a data 1"


@pytest.fixture
def opened() -> Iterator[Token]:
    made = token()
    yield made
    made.close()


def test_a_token_without_a_key_stops_the_start_and_none_is_made(opened: Token) -> None:
    for _ in range(2):
        with pytest.raises(ConfigurationError, match="only when asked"):
            Pkcs11(opened, "nobody")


def test_a_first_key_is_made_once(opened: Token) -> None:
    name = application()
    Pkcs11.create(opened, name)
    with pytest.raises(ConfigurationError, match="already"):
        Pkcs11.create(opened, name)


def test_key_encryption_keys_do_not_come_out(opened: Token) -> None:
    name = application()
    Pkcs11.create(opened, name).rotate()
    with opened.session() as session:
        keys = list(session.get_objects({Attribute.ID: name.encode()}))
        assert len(keys) == 2
        for key in keys:
            assert key[Attribute.SENSITIVE]
            assert not key[Attribute.EXTRACTABLE]
            assert key[Attribute.NEVER_EXTRACTABLE]
            assert key[Attribute.LOCAL]
            with pytest.raises(pkcs11.exceptions.AttributeSensitive):
                _ = key[Attribute.VALUE]
            assert not key[Attribute.WRAP]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a search that cannot be ended
def test_a_session_that_breaks_is_an_outage_and_the_next_call_works(opened: Token) -> None:
    wrapper = Pkcs11.create(opened, application())
    wrapped = wrapper.wrap(Secret(KEY), CONTEXT)
    with opened.session() as session:
        session.close()
    with pytest.raises(UnavailableError):
        wrapper.unwrap(wrapped, CONTEXT)
    assert wrapper.unwrap(wrapped, CONTEXT).reveal() == KEY


def test_a_wrong_pin_stops_the_start() -> None:
    with pytest.raises(ConfigurationError, match="PIN") as caught:
        token(pin="9999")
    assert "9999" not in str(caught.value)


def test_a_missing_token_or_module_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        token(label="no such token")
    with pytest.raises(ConfigurationError):
        Token(tmp_path / "none.so", "any", Secret("1234"))
