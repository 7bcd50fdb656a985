"""`paylint-reference keys …`: for who has the machine, whether the service runs or not.

Exit status: 0 done, 1 something does not open and was left, 2 usage, 3 something does not answer, 130 stopped. Whatever
ended it, begun again it goes on where it was.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import click

from reference_impl.exit_codes import ending, worked
from reference_impl.keys.model import Purpose
from reference_impl.keys.operator import OperatorKeys

_DAMAGED, _STOPPED = 1, 130
_NAMED = 20
_tenant = click.option("--tenant", default="", help="Of this tenant only.")

Opened = Callable[[], AbstractAsyncContextManager[OperatorKeys]]


def group(opened: Opened) -> click.Group:
    """`opened`: gives the operator's keys, ready for use."""

    @click.group()
    def keys() -> None:
        """Keys: what is to be done, rotation, re-wrapping and re-sealing."""

    @keys.command()
    def status() -> None:
        """Says which key-encryption key is in use and what older keys still hold."""
        _run(opened, _status)

    @keys.command()
    @_tenant
    @click.option(
        "--purpose",
        type=click.Choice([purpose.value for purpose in Purpose]),
        default=Purpose.DATA.value,
        show_default=True,
        help="Which key of the tenant.",
    )
    def rotate(*, tenant: str, purpose: str) -> None:
        """Makes a new key-encryption key, or with --tenant a new key of that tenant."""
        _run(opened, lambda operator: _rotate(operator, tenant, Purpose(purpose)))

    @keys.command()
    def rewrap() -> None:
        """Wraps everything with the current key-encryption key."""
        _run(opened, _rewrap)

    @keys.command()
    @_tenant
    def reseal(*, tenant: str) -> None:
        """Seals cards with their tenant's current key, and destroys older keys that nothing needs any more."""
        _run(opened, lambda operator: _reseal(operator, tenant))

    return keys


async def _status(operator: OperatorKeys) -> int:
    found = await operator.status()
    click.echo(f"The key-encryption key is {found.key_encryption_key}.")
    for holder, count in found.to_rewrap.items():
        click.echo(f"{holder}: {count} to be re-wrapped.")
    cards = sum(found.to_reseal.values())
    click.echo(f"{len(found.to_reseal)} tenants have keys; {cards} of their cards are to be re-sealed.")
    for tenant, count in found.to_reseal.items():
        if count:
            click.echo(f"{tenant}: {count} cards to be re-sealed.")
    return 0


async def _rotate(operator: OperatorKeys, tenant: str, purpose: Purpose) -> int:
    if tenant:
        version = await operator.rotate_tenant(tenant, purpose)
        click.echo(f"The {purpose.value} key of {tenant} is version {version} from now on. Next: keys reseal.")
    else:
        click.echo(f"The key-encryption key is {await operator.rotate()} from now on. Next: keys rewrap.")
    return 0


async def _rewrap(operator: OperatorKeys) -> int:
    done, unreadable = 0, list[str]()
    async for progress in operator.rewrap():
        done, unreadable = progress.done, [" ".join(map(_word, bad)) for bad in progress.unreadable]
        click.echo(f"{progress.done} re-wrapped, {progress.left} to be looked at.")
    click.echo(f"Done: {done} were re-wrapped, {len(unreadable)} do not open and were left as they are.")
    return _told(unreadable)


async def _reseal(operator: OperatorKeys, tenant: str) -> int:
    done: dict[str, int] = {}
    unreadable: dict[str, tuple[str, ...]] = {}
    destroyed = 0
    async for one in operator.reseal(tenant):
        done[one.tenant], unreadable[one.tenant] = one.progress.done, one.progress.unreadable
        destroyed += len(one.destroyed)
        if one.progress.done or one.progress.left:
            click.echo(f"{one.tenant}: {one.progress.done} re-sealed, {one.progress.left} left.")
        for name in one.destroyed:
            click.echo(f"{one.tenant}: {name.purpose.value} key {name.version} is destroyed.")
    bad = [f"{whose} {token}" for whose, tokens in unreadable.items() for token in tokens]
    click.echo(
        f"Done: {sum(done.values())} cards were re-sealed, {len(bad)} do not open and were left as they are; "
        f"{destroyed} keys were destroyed."
    )
    return _told(bad)


def _word(part: object) -> str:
    return " ".join(map(_word, part)) if isinstance(part, tuple) else str(getattr(part, "value", part))


def _told(unreadable: list[str]) -> int:
    for name in unreadable[:_NAMED]:
        click.echo(f"Does not open: {name}", err=True)
    if len(unreadable) > _NAMED:
        click.echo(f"… and {len(unreadable) - _NAMED} more.", err=True)
    return _DAMAGED if unreadable else 0


def _run(opened: Opened, work: Callable[[OperatorKeys], Awaitable[int]]) -> None:
    with ending(". What is done stays done; begun again it goes on."):
        try:
            sys.exit(worked(opened, work))
        except KeyboardInterrupt:
            click.echo("Stopped. What is done stays done; begun again it goes on.", err=True)
            sys.exit(_STOPPED)
