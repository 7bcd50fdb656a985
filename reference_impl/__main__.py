"""`paylint-reference`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import uvloop
from pydantic import ValidationError
from pydantic_settings import SettingsError

from reference_impl import demo as demonstration
from reference_impl import folder
from reference_impl.assessment.command import assess
from reference_impl.audit.command import audit
from reference_impl.events import command as events_command
from reference_impl.exit_codes import USAGE, ending
from reference_impl.fraud import command as models_command
from reference_impl.gateway.opening import answer_keys
from reference_impl.gdpr import command as privacy_command
from reference_impl.incident import command as incident_command
from reference_impl.keys import command as keys_command
from reference_impl.operating import (
    installed_models,
    operator_events,
    operator_finances,
    operator_incidents,
    operator_keys,
    operator_models,
    operator_privacy,
)
from reference_impl.serving import Where, serve_alone, serve_beside, serve_together
from reference_impl.settings import Settings
from reference_impl.sox import command as finances_command
from reference_impl.web import logs, process, server


@click.group()
def main() -> None:
    """The reference payment service. Settings come from the environment: PAYMENT_KEY_PASSPHRASE and the like."""


main.add_command(assess)
main.add_command(audit)
main.add_command(events_command.group(lambda: operator_events(_settings)))
main.add_command(incident_command.group(lambda: operator_incidents(_settings)))
main.add_command(finances_command.group(lambda: operator_finances(_settings)))
main.add_command(keys_command.group(lambda: operator_keys(_settings)))
main.add_command(privacy_command.group(lambda: operator_privacy(_settings)))
main.add_command(models_command.group(lambda: operator_models(_settings), lambda: installed_models(_settings)))


@main.command()
def init() -> None:
    """Make the data folder, its keys and the fraud models it serves."""
    settings = _settings()
    _told(lambda: folder.prepare(settings))
    click.echo(f"{settings.data_folder} is ready. Keep the passphrase elsewhere: without it nothing opens.")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8443, show_default=True)
@click.option("--certificate", type=click.Path(path_type=Path, dir_okay=False), help="PEM, the chain.")
@click.option("--certificate-key", type=click.Path(path_type=Path, dir_okay=False), help="PEM.")
@click.option("--metrics-port", type=int, help="For Prometheus; see PAYMENT_METRICS_CREDENTIAL.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that serve.")
@click.option("--audit-socket", type=int, hidden=True, help="Of a worker: the descriptor it was given.")
def serve(
    *,
    host: str,
    port: int,
    certificate: Path | None,
    certificate_key: Path | None,
    metrics_port: int | None,
    workers: int,
    audit_socket: int | None,
) -> None:
    """Serve; without a certificate on this machine only.

    Several workers share the port, and count in Redis. Each has a port for its metrics, the next after the one before.
    """
    if (certificate is None) != (certificate_key is None):
        raise click.UsageError("--certificate and --certificate-key go together")
    pair = server.Certificate(certificate, certificate_key) if certificate and certificate_key else None
    logs.configure()
    _told(process.harden)
    settings = _settings() if metrics_port is None else _settings(metrics_port=metrics_port)
    where = Where(host, port, pair)
    if audit_socket is not None:
        _told(lambda: uvloop.run(serve_beside(settings, where, audit_socket)))
    elif workers > 1:
        _told(lambda: uvloop.run(serve_together(settings, where, workers)))
    else:
        _told(lambda: uvloop.run(serve_alone(settings, where)))


@main.command()
@click.option("--folder", "place", default="paylint-reference", show_default=True, type=click.Path(path_type=Path))
@click.option("--port", default=8080, show_default=True)
def demo(*, place: Path, port: int) -> None:
    """Serve on this machine with an issuer of its own, and print how to tokenize a card."""
    logs.configure()
    _told(process.harden)
    settings = demonstration.settings_of(place)
    click.echo(
        f"curl -s http://127.0.0.1:{port}/v1/tokens \\\n"
        f"  -H 'Authorization: Bearer {demonstration.access_token(place)}' \\\n"
        f"  -H 'Content-Type: application/json' \\\n"
        f"  -d '{demonstration.EXAMPLE}'"
    )
    _told(lambda: uvloop.run(serve_alone(settings, Where("127.0.0.1", port))))


@main.command()
@click.option("--new", is_flag=True, help="Make another key first, for a rotation.")
@click.option("--retire", metavar="KID", help="Forget this key first: the gateway no longer encrypts to it.")
def gateway_keys(*, new: bool, retire: str | None) -> None:
    """Print the public keys (a JWK set) that the card gateway encrypts its answers to; make one if there is none."""
    settings = _settings()
    keys = answer_keys(settings)

    def changed() -> None:
        if retire:
            keys.retire(retire)
        if new or not keys.public()["keys"]:
            keys.add(folder.wrapper_of(settings))
        click.echo(json.dumps(keys.public(), indent=1))

    _told(changed)


def _settings(**given: Any) -> Settings:
    """`given`: on the command line, which counts more than the environment."""
    try:
        return Settings(**given)
    except ValidationError as error:
        for found in error.errors(include_input=False, include_url=False):
            click.echo(f"PAYMENT_{'_'.join(map(str, found['loc'])).upper()}: {found['msg']}", err=True)
    except SettingsError as error:  # names the setting, and not its value
        click.echo(f'{error}; lists are JSON: ["one", "two"]', err=True)
    sys.exit(USAGE)


def _told(action: Callable[[], None]) -> None:
    with ending():
        action()


if __name__ == "__main__":
    main()
