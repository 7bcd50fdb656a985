"""What every place of key-encryption keys does alike: a sealed file, an HSM (SoftHSM), a cloud KMS (a local double)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reference_impl.crypto.aws_kms import AwsKms
from reference_impl.crypto.pkcs11 import Pkcs11
from reference_impl.crypto.sealed_file import SealedFile
from reference_impl.crypto.wrapping import KeyWrapper, join, next_key_id, split
from reference_impl.errors import IntegrityError
from reference_impl.secret import Secret
from tests.reference.key_places import PASSPHRASE, application, sealed_file, token
from tests.reference.kms_double import ALIAS, kms

CONTEXT = b"tenant-a data 1"
shared = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass
class Place:
    """A wrapper; `again`: as another process would open it; `elsewhere`: one with keys of its own."""

    wrapper: KeyWrapper
    again: Callable[[], KeyWrapper]
    elsewhere: KeyWrapper


@pytest.fixture(scope="module", params=["sealed_file", "pkcs11", "aws_kms"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    if request.param == "sealed_file":
        folder, other = tmp_path_factory.mktemp("a"), tmp_path_factory.mktemp("b")
        yield Place(sealed_file(folder), lambda: SealedFile(folder / "keys.json", PASSPHRASE), sealed_file(other))
    elif request.param == "pkcs11":
        opened, mine, theirs = token(), application(), application()
        elsewhere = Pkcs11.create(opened, theirs)
        yield Place(Pkcs11.create(opened, mine), lambda: Pkcs11(opened, mine), elsewhere)
        opened.close()
    else:
        with kms() as (_, client), kms() as (_, other_client):
            yield Place(AwsKms(client, ALIAS), lambda: AwsKms(client, ALIAS), AwsKms(other_client, ALIAS))


def _key() -> Secret[bytes]:
    return Secret(os.urandom(32))


@shared
@given(key=st.binary(min_size=32, max_size=32), context=st.binary(max_size=300))
def test_what_is_wrapped_unwraps_in_its_context_and_in_no_other(place: Place, key: bytes, context: bytes) -> None:
    wrapped = place.wrapper.wrap(Secret(key), context)
    assert key not in wrapped
    assert place.wrapper.unwrap(wrapped, context).reveal() == key
    for other in (context + b"\0", b"x" + context, context[1:] if context else b"y"):
        with pytest.raises(IntegrityError):
            place.wrapper.unwrap(wrapped, other)


@shared
@given(data=st.data())
def test_a_changed_byte_is_noticed_wherever_it_is(place: Place, data: st.DataObject) -> None:
    wrapped = bytearray(place.wrapper.wrap(_key(), CONTEXT))
    wrapped[data.draw(st.integers(0, len(wrapped) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(IntegrityError):
        place.wrapper.unwrap(bytes(wrapped), CONTEXT)


@shared
@given(data=st.data())
def test_bytes_that_were_never_wrapped_are_refused(place: Place, data: st.DataObject) -> None:
    wrapped = place.wrapper.wrap(_key(), CONTEXT)
    cut = data.draw(st.one_of(st.integers(0, len(wrapped) - 1).map(lambda end: wrapped[:end]), st.binary(max_size=80)))
    with pytest.raises(IntegrityError):
        place.wrapper.unwrap(cut, CONTEXT)


def test_a_restart_opens_what_was_wrapped_before(place: Place) -> None:
    key = _key()
    wrapped = place.wrapper.wrap(key, CONTEXT)
    assert place.again().unwrap(wrapped, CONTEXT).reveal() == key.reveal()


def test_each_wrapping_is_another(place: Place) -> None:
    key = _key()
    assert len({place.wrapper.wrap(key, CONTEXT) for _ in range(20)}) == 20


def test_after_a_rotation_the_new_key_wraps_and_the_old_ones_unwrap(place: Place) -> None:
    keys = [_key() for _ in range(4)]
    wrapped, ids = [], [place.wrapper.current]
    for key in keys:
        wrapped.append(place.wrapper.wrap(key, CONTEXT))
        assert place.wrapper.wrapped_by(wrapped[-1]) == ids[-1]
        ids.append(place.wrapper.rotate())
        assert place.wrapper.current == ids[-1]
    assert len(set(ids)) == len(ids)
    for key, old in zip(keys, wrapped, strict=True):
        assert place.wrapper.unwrap(old, CONTEXT).reveal() == key.reveal()
        new = place.wrapper.rewrap(old, CONTEXT)
        assert place.wrapper.wrapped_by(new) == ids[-1]
        assert place.wrapper.unwrap(new, CONTEXT).reveal() == key.reveal()


def test_many_are_rewrapped_in_their_order_and_what_does_not_open_is_left_out(place: Place) -> None:
    keys, contexts = [os.urandom(size) for size in (16, 20, 32, 64)], [b"a", b"b", b"", b"d"]
    wrapped = [place.wrapper.wrap(Secret(key), context) for key, context in zip(keys, contexts, strict=True)]
    new = place.wrapper.rotate()
    given_to_it = [*zip(wrapped, contexts, strict=True), (wrapped[0], b"b"), (b"", b""), (wrapped[1][:-1], b"b")]
    again = place.wrapper.rewrap_many(given_to_it)
    assert again[len(keys) :] == [None, None, None]
    for key, context, one in zip(keys, contexts, again, strict=False):
        assert one is not None and place.wrapper.wrapped_by(one) == new
        assert place.wrapper.unwrap(one, context).reveal() == key
    assert len(set(again[: len(keys)])) == len(keys)
    assert place.wrapper.rewrap_many([]) == []


def test_rewrapping_wants_the_context_too(place: Place) -> None:
    wrapped = place.wrapper.wrap(_key(), CONTEXT)
    with pytest.raises(IntegrityError):
        place.wrapper.rewrap(wrapped, b"tenant-b data 1")


def test_another_process_sees_the_rotation(place: Place) -> None:
    other, key = place.again(), _key()
    new = place.wrapper.rotate()
    assert other.unwrap(place.wrapper.wrap(key, CONTEXT), CONTEXT).reveal() == key.reveal()
    assert other.current == new
    assert other.wrapped_by(other.wrap(key, CONTEXT)) == new


def test_a_key_wrapped_elsewhere_does_not_open(place: Place) -> None:
    with pytest.raises(IntegrityError):
        place.wrapper.unwrap(place.elsewhere.wrap(_key(), CONTEXT), CONTEXT)


def test_a_key_that_claims_another_wrapper_does_not_open(place: Place) -> None:
    old = place.wrapper.wrap(_key(), CONTEXT)
    new = place.wrapper.rotate()
    with pytest.raises(IntegrityError):
        place.wrapper.unwrap(join(new, split(old)[1]), CONTEXT)


def test_threads_may_share_it(place: Place) -> None:
    def there_and_back(number: int) -> bool:
        key, context = _key(), str(number).encode()
        if number == 50:
            place.wrapper.rotate()
        return place.wrapper.unwrap(place.wrapper.wrap(key, context), context).reveal() == key.reveal()

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(there_and_back, range(100)))


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=255), st.binary(min_size=1))
def test_a_wrapped_key_says_who_wrapped_it(key_id: str, payload: bytes) -> None:
    assert split(join(key_id, payload)) == (key_id, payload)


def test_ids_grow() -> None:
    known: list[str] = []
    for _ in range(1200):
        known.append(next_key_id(known[-3:]))
    assert sorted(known) == known
