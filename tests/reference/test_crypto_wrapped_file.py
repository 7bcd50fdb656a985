"""Wrapped keys in a file: made once, re-wrapped by compare and set, replaced as a whole."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from reference_impl.crypto.rewrappable import Rewrapped
from reference_impl.crypto.sealed_file import SealedFile
from reference_impl.crypto.wrapped_file import WrappedFile
from reference_impl.errors import ConfigurationError, IntegrityError, UnavailableError
from reference_impl.keys.model import Progress, Unreadable
from reference_impl.keys.rewrapping import Rewrapping
from reference_impl.secret import Secret
from tests.reference.key_places import sealed_file

CONTEXTS = {"mac": b"audit|mac", "signing": b"audit|signing"}
KEYS = {"mac": b"m" * 32, "signing": b"s" * 32}


@pytest.fixture(scope="module")
def wrapper(tmp_path_factory: pytest.TempPathFactory) -> SealedFile:
    return sealed_file(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def held(wrapper: SealedFile, tmp_path: Path) -> WrappedFile:
    made = WrappedFile(tmp_path / "audit-keys.json", wrapper, CONTEXTS)
    made.create({name: Secret(key) for name, key in KEYS.items()}, {"public_key": "in clear"})
    return made


def rewrap(held: WrappedFile, wrapper: SealedFile, batch: int = 2) -> list[Progress]:
    async def go() -> list[Progress]:
        return [progress async for progress in Rewrapping([held], wrapper).run(batch)]

    return asyncio.run(go())


@pytest.mark.parametrize("batch", [1, 2])
def test_it_is_rewrapped_and_says_what_else_it_said(
    held: WrappedFile, wrapper: SealedFile, tmp_path: Path, batch: int
) -> None:
    assert rewrap(held, wrapper, batch) == []
    before = (tmp_path / "audit-keys.json").read_bytes()
    wrapper.rotate()
    assert asyncio.run(held.count_not_wrapped_by(wrapper.current)) == 2
    assert rewrap(held, wrapper, batch)[-1] == Progress(2, 0)
    after = json.loads((tmp_path / "audit-keys.json").read_bytes())
    assert after["public_key"] == "in clear"
    assert all(after[name] != json.loads(before)[name] for name in KEYS)
    assert {name: held.unwrap(name).reveal() for name in KEYS} == KEYS
    assert (tmp_path / "audit-keys.json").stat().st_mode & 0o777 == 0o600
    assert rewrap(held, wrapper, batch) == []


def test_who_was_slower_changes_nothing(held: WrappedFile, wrapper: SealedFile) -> None:
    wrapper.rotate()
    keys = asyncio.run(held.not_wrapped_by(wrapper.current, None, 2))
    rewrap(held, wrapper)
    again = [
        Rewrapped(key.place, key.wrapped_by, key.wrapped, key.wrapped_by) for key in keys
    ]  # what a slow one would put back
    assert asyncio.run(held.rewrap(again)) == 0
    assert asyncio.run(held.count_not_wrapped_by(wrapper.current)) == 0


def test_keys_that_changed_places_do_not_open(held: WrappedFile, wrapper: SealedFile, tmp_path: Path) -> None:
    file = tmp_path / "audit-keys.json"
    said = json.loads(file.read_bytes())
    said["mac"], said["signing"] = said["signing"], said["mac"]
    file.write_text(json.dumps(said))
    with pytest.raises(IntegrityError):
        held.unwrap("mac")
    wrapper.rotate()
    bad = tuple(Unreadable("audit-keys.json", (name,)) for name in KEYS)
    assert rewrap(held, wrapper) == [Progress(0, 0, bad)]
    assert json.loads(file.read_bytes()) == said


def test_it_is_made_once_and_missed_when_it_is_gone(held: WrappedFile, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        held.create({}, {})
    (tmp_path / "audit-keys.json").unlink()
    with pytest.raises((ConfigurationError, UnavailableError)):
        held.unwrap("mac")
