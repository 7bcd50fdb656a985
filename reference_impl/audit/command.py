"""`paylint-reference audit …`."""

from __future__ import annotations

import asyncio
import binascii
import sys
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from reference_impl.audit.anchor import DatabaseAnchor
from reference_impl.audit.model import Head
from reference_impl.audit.verify import verify as verify_log
from reference_impl.database import connect
from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.secret import Secret

_TAMPERED, _USAGE, _UNREADABLE = 1, 2, 3
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def audit() -> None:
    """The audit log."""


@audit.command()
@click.option("--folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="Holds the segments.")
@click.option("--key-file", required=True, type=_FILE, help="The key of the MACs, in hex.")
@click.option("--public-key", required=True, type=_FILE, help="The Ed25519 key of the heads, PEM.")
@click.option("--first", default=1, show_default=True, type=click.IntRange(1), help="First record not archived.")
@click.option("--database-url", default="", help="Where heads are anchored; without it, a rolled back head passes.")
@click.option("--name", default="audit", show_default=True, help="Of the log, in the anchor.")
def verify(*, folder: Path, key_file: Path, public_key: Path, first: int, database_url: str, name: str) -> None:
    """Says whether the audit log is as it was written. Exit status: 0 yes, 1 no, 2 usage, 3 it cannot be read."""
    try:
        key, head_key = _key(key_file), _public_key(public_key)
        anchored = asyncio.run(_anchored(database_url, name)) if database_url else None
        verdict = verify_log(folder, key, head_key, anchored, first=first)
    except (ValueError, ConfigurationError) as error:
        click.echo(f"{error}", err=True)
        sys.exit(_USAGE)
    except OSError as error:
        click.echo(f"Cannot be read: {error.filename}: {error.strerror}", err=True)
        sys.exit(_UNREADABLE)
    except UnavailableError as error:
        click.echo(f"Cannot be read: {error}", err=True)
        sys.exit(_UNREADABLE)
    click.echo(str(verdict))
    sys.exit(0 if verdict.verified else _TAMPERED)


def _key(file: Path) -> Secret[bytes]:
    try:
        return Secret(binascii.unhexlify(file.read_bytes().strip()))
    except binascii.Error:
        raise ValueError("--key-file: hexadecimal digits, two for each byte") from None


def _public_key(file: Path) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(file.read_bytes())
    except ValueError:
        raise ValueError("--public-key: a PEM file") from None
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("--public-key: an Ed25519 key")
    return key


async def _anchored(url: str, name: str) -> Head | None:
    engine = connect(url)
    try:
        return await DatabaseAnchor(engine, name).latest()
    finally:
        await engine.dispose()
