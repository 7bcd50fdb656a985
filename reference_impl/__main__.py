"""`paylint-reference`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import click
import uvicorn
from pydantic import ValidationError

from reference_impl import demo as demonstration
from reference_impl import folder
from reference_impl.audit.command import audit
from reference_impl.bootstrap import started
from reference_impl.errors import ServiceError
from reference_impl.settings import Settings
from reference_impl.web import logs, server

_USAGE = 2


@click.group()
def main() -> None:
    """The reference payment service. Settings come from the environment: PAYMENT_KEY_PASSPHRASE and the like."""


main.add_command(audit)


@main.command()
def init() -> None:
    """Make the data folder and its keys."""
    settings = _settings()
    _told(lambda: folder.prepare(settings))
    click.echo(f"{settings.data_folder} is ready. Keep the passphrase elsewhere: without it nothing opens.")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8443, show_default=True)
@click.option("--certificate", type=click.Path(path_type=Path, dir_okay=False), help="PEM, the chain.")
@click.option("--certificate-key", type=click.Path(path_type=Path, dir_okay=False), help="PEM.")
def serve(*, host: str, port: int, certificate: Path | None, certificate_key: Path | None) -> None:
    """Serve; without a certificate on this machine only."""
    if (certificate is None) != (certificate_key is None):
        raise click.UsageError("--certificate and --certificate-key go together")
    pair = server.Certificate(certificate, certificate_key) if certificate and certificate_key else None
    settings = _settings()
    _told(lambda: asyncio.run(_serve(settings, host, port, pair)))


@main.command()
@click.option("--folder", "place", default="paylint-reference", show_default=True, type=click.Path(path_type=Path))
@click.option("--port", default=8080, show_default=True)
def demo(*, place: Path, port: int) -> None:
    """Serve on this machine with an issuer of its own, and print how to tokenize a card."""
    settings = demonstration.settings_of(place)
    click.echo(
        f"curl -s http://127.0.0.1:{port}/v1/tokens \\\n"
        f"  -H 'Authorization: Bearer {demonstration.access_token(place)}' \\\n"
        f"  -H 'Content-Type: application/json' \\\n"
        f"  -d '{demonstration.EXAMPLE}'"
    )
    _told(lambda: asyncio.run(_serve(settings, "127.0.0.1", port, None)))


async def _serve(settings: Settings, host: str, port: int, certificate: server.Certificate | None) -> None:
    logs.configure()
    async with started(settings) as service:
        await uvicorn.Server(server.config(service, host, port, certificate)).serve()


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        for found in error.errors(include_input=False, include_url=False):
            click.echo(f"PAYMENT_{'_'.join(map(str, found['loc'])).upper()}: {found['msg']}", err=True)
        sys.exit(_USAGE)


def _told(action: Callable[[], None]) -> None:
    try:
        action()
    except ServiceError as error:
        click.echo(str(error), err=True)
        sys.exit(_USAGE)


if __name__ == "__main__":
    main()
