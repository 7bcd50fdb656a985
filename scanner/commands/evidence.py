"""`paylint evidence`: the bundle a security team hands to its assessor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from scanner.commands.config import settings_of
from scanner.commands.evidence_history import diff, log
from scanner.errors import UsageError


class _Group(click.Group):
    """`paylint evidence -o DIR` writes a bundle; other words are commands of their own."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What names no command is for the one that writes."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["write", *args]
        return super().parse_args(ctx, args)


@click.group("evidence", cls=_Group)
def command() -> None:
    """Evidence for a PCI DSS assessment: reports, inventories, coverage, a manifest.

    `paylint evidence -o DIR` writes a bundle (`paylint evidence write --help`).
    """


command.add_command(diff)
command.add_command(log)


@command.command("write")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The bundle's folder.",
)
@click.option(
    "--profile",
    "config_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    envvar="PAYLINT_CONFIG",
    help="Settings with `evidence:` (entity, merchant level, SAQ, owners); default: the nearest paylint.yaml.",
)
@click.option(
    "--policy", "policies", multiple=True, metavar="ID", help="Only this policy; !ID leaves one out, +ID adds one."
)
@click.option(
    "--rules",
    multiple=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Also use the rules in this folder; repeatable.",
)
@click.option(
    "--sign-key",
    metavar="KEY",
    envvar="PAYLINT_SIGN_KEY",
    help="Sign with this ed25519 key: a PEM file, env:NAME, or a pkcs11: URI.",
)
@click.option("--timestamp-url", metavar="URL", default="", help="Have this authority time-stamp the signature.")
@click.option("--pdf", is_flag=True, help="Also write report.pdf: takes tens of seconds, and paylint[pdf].")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Parallel jobs; default: all cores.")
def write(  # noqa: PLR0917 - click passes parameters by name
    paths: tuple[Path, ...],
    folder: Path,
    config_file: Path | None,
    sign_key: str | None,
    timestamp_url: str,
    pdf: bool,
    **flags: Any,
) -> None:
    """Scan and write the bundle to DIR, which must not exist, be empty, or hold an earlier bundle.

    Exit codes: as of `paylint scan`; a bundle of an incomplete scan (3) says so in every file.
    """
    from scanner.evidence import bundle
    from scanner.evidence.collect import collect
    from scanner.evidence.summary import summary

    bundle.check(folder)
    if pdf:
        from scanner.evidence.artefacts.pdf import available

        available()
    signer = None
    if sign_key:
        from scanner.evidence.signing import keys

        signer = keys.signer(sign_key)
    elif timestamp_url:
        raise UsageError("--timestamp-url: what is time-stamped is a signature; give --sign-key")
    evidence = collect(settings_of(paths, config_file, flags))
    bundle.write(evidence, folder, bundle.Vouching(signer, timestamp_url), ["report.pdf"] if pdf else [])
    click.echo(summary(evidence, folder), nl=False)
    sys.exit(evidence.result.exit_code)
