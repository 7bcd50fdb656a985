"""`paylint-reference models …`: for who has the machine, whether the service runs or not.

Exit status: 0 done, 1 the models are not those that were installed, 2 usage, 3 something does not answer.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import click

from reference_impl.errors import IntegrityError, ServiceError, UnavailableError
from reference_impl.fraud.installed import InstalledModels
from reference_impl.fraud.manifest import Manifest
from reference_impl.fraud.operator import OperatorModels
from reference_impl.fraud.shipped import FOLDER

_DAMAGED, _USAGE, _UNREADABLE = 1, 2, 3

Opened = Callable[[], AbstractAsyncContextManager[OperatorModels]]


def group(opened: Opened, installed: Callable[[], InstalledModels]) -> click.Group:
    """`opened`: gives the operator's models, ready to be changed; `installed`: only to be looked at."""

    @click.group()
    def models() -> None:
        """The fraud models that the service verifies and serves."""

    @models.command()
    @click.argument("folder", default=FOLDER, type=click.Path(path_type=Path, file_okay=False, exists=True))
    def install(*, folder: Path) -> None:
        """Signs the models of FOLDER and puts them into the data folder; the service serves them from its next start.

        `python -m reference_impl.fraud.training FOLDER` makes such a folder. Without FOLDER: the models of this
        package, which were trained on simulated payments.
        """

        async def work() -> Manifest:
            async with opened() as operator:
                return await operator.install(folder)

        found = _told(lambda: asyncio.run(work()))
        click.echo(f"Models {found.version} are installed. The service serves them from its next start on.")

    @models.command()
    def verify() -> None:
        """Says whether the models are those that were installed."""
        found = _told(lambda: installed().verified().manifest)
        click.echo(f"Models {found.version} are those that were installed.")

    return models


def _told(work: Callable[[], Manifest]) -> Manifest:
    try:
        return work()
    except IntegrityError as error:
        status, text = _DAMAGED, str(error)
    except UnavailableError as error:
        status, text = _UNREADABLE, str(error)
    except ServiceError as error:
        status, text = _USAGE, str(error)
    click.echo(text, err=True)
    sys.exit(status)
