"""What is special about a KMS: a network in between, an alias, re-encryption without the key coming out."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from reference_impl.crypto.aws_client import KmsError, KmsHttpClient
from reference_impl.crypto.aws_kms import AwsKms
from reference_impl.crypto.aws_signing import Credentials
from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.secret import Secret
from tests.reference.kms_double import ALIAS, REGION, Account, kms

KEY, CONTEXT = bytes(range(32)), b"tenant-a data 1"


@pytest.fixture
def account() -> Iterator[tuple[Account, KmsHttpClient]]:
    with kms() as opened:
        yield opened


def test_rewrapping_happens_inside(account: tuple[Account, KmsHttpClient]) -> None:
    wrapper = AwsKms(account[1], ALIAS)
    wrapped = wrapper.wrap(Secret(KEY), CONTEXT)
    wrapper.rotate()
    account[0].actions.clear()
    wrapper.rewrap(wrapped, CONTEXT)
    assert account[0].actions == ["DescribeKey", "ReEncrypt"]


def test_an_alias_that_does_not_exist_stops_the_start(account: tuple[Account, KmsHttpClient]) -> None:
    for alias in ("alias/none", next(iter(account[0].keys))):
        with pytest.raises(ConfigurationError):
            AwsKms(account[1], alias)
    assert "CreateKey" not in account[0].actions


@pytest.mark.parametrize(
    "answer",
    [
        (500, b'{"__type": "KMSInternalException"}'),
        (400, b'{"__type": "com.amazonaws.kms#ThrottlingException"}'),
        (400, b'{"__type": "AccessDeniedException"}'),
        (502, b"<html>bad gateway</html>"),
        (200, b"garbage"),
        (200, b"[]"),
        (200, b'{"Plaintext": 5}'),
        (200, b'{"Plaintext": null}'),
        (200, b"{}"),
        (503, b""),
    ],
)
def test_what_kms_answers_instead_is_an_outage(
    account: tuple[Account, KmsHttpClient], answer: tuple[int, bytes]
) -> None:
    wrapper = AwsKms(account[1], ALIAS)
    wrapped = wrapper.wrap(Secret(KEY), CONTEXT)
    account[0].answers.append(answer)
    with pytest.raises(UnavailableError):
        wrapper.unwrap(wrapped, CONTEXT)
    assert wrapper.unwrap(wrapped, CONTEXT).reveal() == KEY


def test_a_server_that_is_gone_is_an_outage() -> None:
    with kms() as (_, client):
        where = client._http.base_url
    credentials = Credentials("test-access-key", Secret("test-secret"))
    with httpx.Client(base_url=where, trust_env=False) as http, pytest.raises(UnavailableError):
        AwsKms(KmsHttpClient(http, REGION, lambda: credentials), ALIAS)


def test_a_wrong_secret_is_refused() -> None:
    with kms(secret="another-secret") as (_, client), pytest.raises(UnavailableError):
        AwsKms(client, ALIAS)


def test_an_interrupted_rotation_is_begun_again(account: tuple[Account, KmsHttpClient]) -> None:
    wrapper = AwsKms(account[1], ALIAS)
    before, wrapped = wrapper.current, wrapper.wrap(Secret(KEY), CONTEXT)
    account[0].answers.append((500, b"{}"))
    with pytest.raises(UnavailableError):
        wrapper.rotate()
    assert wrapper.current == before
    real = account[1].update_alias
    account[1].update_alias = lambda **_: (_ for _ in ()).throw(KmsError("KMSInternalException"))  # type: ignore[method-assign]
    with pytest.raises(UnavailableError):
        wrapper.rotate()
    assert wrapper.current == before
    account[1].update_alias = real  # type: ignore[method-assign]
    assert wrapper.rotate() != before
    assert wrapper.unwrap(wrapped, CONTEXT).reveal() == KEY
