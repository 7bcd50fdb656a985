"""How commands of the operator end: what goes wrong is a sentence on standard error and one of these statuses."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import TypeVar

import click

from reference_impl.errors import ServiceError, UnavailableError

USAGE, UNREADABLE = 2, 3
Operator = TypeVar("Operator")
Result = TypeVar("Result")


def worked(
    opened: Callable[[], AbstractAsyncContextManager[Operator]], work: Callable[[Operator], Awaitable[Result]]
) -> Result:
    """What `work` gives. Raises what it raises."""

    async def main() -> Result:
        async with opened() as operator:
            return await work(operator)

    return asyncio.run(main())


@contextmanager
def ending(then: str = "") -> Iterator[None]:
    """Ends the process where the service raises something. `then`: said after what does not answer."""
    try:
        yield
    except UnavailableError as error:
        click.echo(f"{error}{then}", err=True)
        sys.exit(UNREADABLE)
    except ServiceError as error:
        click.echo(str(error), err=True)
        sys.exit(USAGE)
