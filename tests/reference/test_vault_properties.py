"""Whatever is done in whatever order: the vault keeps what a simple model of it keeps, tenant by tenant."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from reference_impl.cards.model import Card, CardNumber, Expiry
from reference_impl.database import connect
from reference_impl.errors import NotFoundError
from reference_impl.keys.model import MacKey
from reference_impl.migrations import upgrade
from reference_impl.secret import Secret
from reference_impl.vault.encoding import decode, encode, fingerprint
from reference_impl.vault.model import Purpose
from reference_impl.vault.service import Vault
from tests.reference.memory_log import MemoryLog
from tests.reference.vault_doubles import NUMBERS, DerivedKeys, caller, card, plain

T = TypeVar("T")
TENANTS = ("acme", "ACME", "acme ", "acme' OR '1'='1", "", "%", "ácme", "tok_")
HOLDERS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


class World:
    """A vault on a database of its own, and a loop to run it in."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.loop = asyncio.new_event_loop()
        self.engine = connect(f"sqlite+aiosqlite:///{Path(self.folder.name) / 'service.db'}")
        self.keys, self.log = DerivedKeys(b"tests"), MemoryLog()
        self.vault = Vault(self.engine, self.keys, self.log)
        self.run(upgrade(self.engine))

    def run(self, call: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(call)

    def close(self) -> None:
        self.run(self.engine.dispose())
        self.loop.close()
        self.folder.cleanup()


class VaultMachine(RuleBasedStateMachine):
    """`kept`: what the model keeps: by tenant and token, the card. `first`: the token that a card is known by."""

    tokens = Bundle("tokens")

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.vault = self.world.vault
        self.kept: dict[tuple[str, str], tuple[str, int, int, str | None]] = {}
        self.first: dict[tuple[str, str], str] = {}
        self.recorded = 0

    def teardown(self) -> None:
        self.world.close()

    @rule(
        target=tokens,
        wishes=st.lists(
            st.tuples(st.sampled_from(TENANTS), st.sampled_from(NUMBERS), HOLDERS, st.booleans()),
            min_size=1,
            max_size=12,
        ),
    )
    def tokenize(self, wishes: list[tuple[str, str, str | None, bool]]) -> Any:
        async def all_at_once() -> list[Any]:
            calls = [
                self.vault.tokenize(caller(tenant), card(number, holder), reuse=reuse)
                for tenant, number, holder, reuse in wishes
            ]
            return await asyncio.gather(*calls)

        stored = self.world.run(all_at_once())
        self.recorded += len(wishes)
        for (tenant, number, holder, reuse), each in zip(wishes, stored, strict=True):
            name = tenant, each.token
            if reuse and (tenant, number) in self.first:
                assert each.token == self.first[tenant, number]
            else:
                assert name not in self.kept
                self.kept[name] = plain(card(number, holder))
                self.first.setdefault((tenant, number), each.token)
            assert each.last_four == number[-4:]
        return multiple(*((tenant, each.token) for (tenant, *_), each in zip(wishes, stored, strict=True)))

    @rule(name=tokens, tenant=st.sampled_from(TENANTS), purpose=st.sampled_from(Purpose))
    def detokenize(self, name: tuple[str, str], tenant: str, purpose: Purpose) -> None:
        self.recorded += 1
        call = self.vault.detokenize(caller(tenant), name[1], purpose)
        if (tenant, name[1]) in self.kept:
            assert plain(self.world.run(call)) == self.kept[name]
        else:
            with pytest.raises(NotFoundError):
                self.world.run(call)

    @rule(name=tokens)
    def describe(self, name: tuple[str, str]) -> None:
        self.recorded += 1
        call = self.vault.describe(caller(name[0]), name[1])
        if name in self.kept:
            assert self.world.run(call).last_four == self.kept[name][0][-4:]
        else:
            with pytest.raises(NotFoundError):
                self.world.run(call)

    @rule(name=consumes(tokens))
    def delete(self, name: tuple[str, str]) -> None:
        self.recorded += 1
        call = self.vault.delete(caller(name[0]), name[1])
        if self.kept.pop(name, None):
            self.world.run(call)
            self.first = {card: token for card, token in self.first.items() if token != name[1]}
        else:
            with pytest.raises(NotFoundError):
                self.world.run(call)

    @rule(name=tokens, tenant=st.sampled_from(TENANTS))
    def delete_of_another(self, name: tuple[str, str], tenant: str) -> None:
        assume(tenant != name[0])
        self.recorded += 1
        with pytest.raises(NotFoundError):
            self.world.run(self.vault.delete(caller(tenant), name[1]))

    @rule()
    def rotate(self) -> None:
        self.world.keys.version += 1

    @rule()
    def rotate_fingerprints(self) -> None:
        self.world.keys.fingerprint_version += 1

    @invariant()
    def everything_is_recorded(self) -> None:
        assert len(self.world.log.events) == self.recorded


VaultMachine.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],  # every step syncs a disk: making a failure smaller takes minutes
    database=None,
)
TestVault = VaultMachine.TestCase


def test_no_tenant_sees_another() -> None:
    world = World()
    names = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(TENANTS)

    @settings(max_examples=60, deadline=None)
    @given(names, names, st.sampled_from(NUMBERS))
    def any_two(one: str, other: str, number: str) -> None:
        assume(one != other)

        async def test() -> None:
            vault, ours = world.vault, await world.vault.tokenize(caller(one), card(number), reuse=True)
            theirs = await vault.tokenize(caller(other), card(number), reuse=True)
            assert ours.token != theirs.token
            for who, token in ((one, theirs.token), (other, ours.token)):
                for call in (
                    vault.describe(caller(who), token),
                    vault.detokenize(caller(who), token, Purpose.REFUND),
                    vault.charge_card(caller(who), token, Purpose.REFUND),
                    vault.delete(caller(who), token),
                ):
                    with pytest.raises(NotFoundError):
                        await call
                    assert world.log.events[-1].tenant == who
            assert plain(await vault.detokenize(caller(one), ours.token, Purpose.REFUND))[0] == number

        world.run(test())

    any_two()
    world.close()


@given(
    st.from_regex(r"[0-9]{13,19}", fullmatch=True).filter(str.isascii),
    st.integers(1, 12),
    st.integers(2000, 2099),
    HOLDERS,
)
def test_what_is_encoded_is_decoded(number: str, month: int, year: int, holder: str | None) -> None:
    one = Card(CardNumber(number), Expiry(month, year), None if holder is None else Secret(holder))
    data = encode(one)
    assert len(data) % 64 == 0
    assert plain(decode(data)) == plain(one)


@given(st.sampled_from(NUMBERS), st.sampled_from(NUMBERS), st.binary(min_size=32, max_size=32), st.binary(min_size=32))
def test_fingerprints_are_equal_for_the_same_card_and_key_alone(
    one: str, other: str, key: bytes, second: bytes
) -> None:
    def of(number: str, secret: bytes) -> bytes:
        return fingerprint(MacKey(1, Secret(secret)), CardNumber(number))

    assert len(of(one, key)) == 32
    assert (of(one, key) == of(other, key)) is (one == other)
    assert (of(one, key) == of(one, second)) is (key == second)
