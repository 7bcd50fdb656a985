"""`paylint verify`: whether an evidence bundle is what was written, and who signed it."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("verify")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--key",
    "files",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A public key (PEM) you trust.",
)
@click.option(
    "--tsa-certificate",
    "authorities",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The certificate (PEM) of a time-stamping authority you trust.",
)
@click.option("--require-signature", is_flag=True, help="A bundle that no given key signed is an error.")
def command(folder: Path, files: tuple[Path, ...], authorities: tuple[Path, ...], require_signature: bool) -> None:
    """Compare every file of an evidence bundle with its manifest and its signature, offline.

    Exit codes: 0 nothing was changed, 1 something was (it is named), 2 wrong usage.
    """
    from scanner.evidence.signing.verify import verify
    from scanner.masking import mask, mask_path
    from scanner.printable import printable

    keys = []
    if files:
        from scanner.evidence.signing.keys import trusted

        keys = [trusted(file) for file in files]
    verdict = verify(folder, keys, authorities, require_signature=require_signature)
    shown = printable(mask_path(str(folder)))
    for problem in verdict.problems:
        click.echo(f"{shown}: {printable(mask(problem))}")
    for said in verdict.said:
        click.echo(said)
    if verdict.problems:
        click.echo(f"{shown}: NOT what was written: {len(verdict.problems)} problems")
        sys.exit(1)
    signed = f"signed by {verdict.signed_by}" if verdict.signed_by else "unsigned"
    click.echo(f"{shown}: {verdict.files} files are as the manifest has them; {signed}")
