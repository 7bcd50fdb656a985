"""`python -m reference_impl.fraud.training FOLDER`: trains, and writes the models with their card."""

from __future__ import annotations

import time
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from reference_impl.crypto import key_file
from reference_impl.errors import ServiceError
from reference_impl.fraud import manifest
from reference_impl.fraud.simulation.world import Size
from reference_impl.fraud.training.run import train

_DEFAULT = Size()


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0))
@click.option("--customers", default=_DEFAULT.customers, show_default=True, type=click.IntRange(100))
@click.option("--merchants", default=_DEFAULT.merchants, show_default=True, type=click.IntRange(30))
@click.option("--days", default=_DEFAULT.days, show_default=True, type=click.IntRange(30))
@click.option(
    "--signing-key",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Ed25519, PEM, mode 0600; without one the models are left unsigned, and nothing serves them.",
)
def main(*, folder: Path, seed: int, customers: int, merchants: int, days: int, signing_key: Path | None) -> None:
    """Under three minutes on two cores. The same bytes for the same options and versions of the libraries."""
    try:
        key = _key(signing_key) if signing_key else None
        trained = train(Size(customers, merchants, days), seed)
        manifest.write(folder, trained.models.manifest, trained.models.files)
        if key:
            manifest.sign(folder, key)
    except ServiceError as error:
        raise click.ClickException(str(error)) from None
    click.echo(trained.models.files[manifest.CARD].decode())
    click.echo(f"{time.process_time():.0f} s of processor time", err=True)


def _key(file: Path) -> Ed25519PrivateKey:
    content, _ = key_file.read(file)
    try:
        key = load_pem_private_key(content, password=None)
    except (ValueError, TypeError):
        raise click.UsageError("--signing-key: a PEM file without a passphrase") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise click.UsageError("--signing-key: an Ed25519 key")
    return key


if __name__ == "__main__":
    main()
