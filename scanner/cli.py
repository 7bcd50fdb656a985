"""The command line: options -> Config -> run -> write -> exit code."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from scanner import __version__
from scanner.commands.config import settings_of
from scanner.commands.output import write_file
from scanner.errors import PaylintError, UsageError, origin

FORMATS = ("text", "json", "sarif")


LATER = {
    "evidence": "scanner.commands.evidence",
    "rules": "scanner.commands.rules",
    "verify": "scanner.commands.verify",
    "waivers": "scanner.commands.waivers",
}
"""Commands whose modules are imported when they are called, or when help lists them."""


class _Command(click.Group):
    """Turns every expected error into one masked line and its exit code; no traceback reaches a user."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *LATER])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in LATER:
            return super().get_command(ctx, cmd_name)
        command: click.Command = import_module(LATER[cmd_name]).command
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        from scanner.masking import mask

        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.default_int_handler)
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
            sys.exit(code if isinstance(code, int) else 0)
        except click.ClickException as error:
            shown = io.StringIO()
            error.show(file=shown)
            click.echo(mask(shown.getvalue()), err=True, nl=False)
            sys.exit(2)
        except PaylintError as error:
            click.echo(f"paylint: {mask(str(error))}", err=True)
            sys.exit(error.exit_code)
        except (KeyboardInterrupt, click.Abort):
            click.echo("paylint: interrupted; nothing was reported", err=True)
            sys.exit(3)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(3)
        except Exception as error:  # noqa: BLE001 - the last resort: a defect of ours must neither leak nor look clean
            click.echo(f"paylint: internal error ({origin(error)}): the scan is incomplete, please report it", err=True)
            sys.exit(3)


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="paylint")
def main() -> None:
    """Find card data stored, logged or sent wrongly, weak TLS and open networks, in code and configuration."""


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "fmt",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    envvar="PAYLINT_FORMAT",
    help="Report on standard output.",
)
@click.option(
    "-o", "--output", "outputs", multiple=True, metavar="FORMAT:FILE", help="Also write this report; repeatable."
)
@click.option("--staged", is_flag=True, help="Scan what is staged in git, as the index has it.")
@click.option(
    "--fail-on",
    metavar="SEVERITY",
    envvar="PAYLINT_FAIL_ON",
    help="Exit 1 from this severity on: critical, high, medium (default), low, info.",
)
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="ID",
    help="Only this policy; !ID leaves one out, +ID adds one.",
)
@click.option(
    "--rules",
    multiple=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Also use the rules in this folder; repeatable.",
)
@click.option(
    "--engine",
    "engines",
    multiple=True,
    metavar="NAME",
    help="Only this engine: rego, semgrep, pan, conftest; repeatable.",
)
@click.option(
    "--strict",
    is_flag=True,
    default=None,
    envvar="PAYLINT_STRICT",
    help="Code analysed in part makes the scan incomplete (exit 3).",
)
@click.option(
    "--opa-url",
    metavar="URL",
    envvar="PAYLINT_OPA_URL",
    help="Evaluate Rego rules on this OPA server instead of in process.",
)
@click.option("--opa-allow-remote", is_flag=True, default=None, help="Allow --opa-url to name another machine.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    envvar="PAYLINT_JOBS",
    help="Parallel jobs; default: all cores.",
)
@click.option(
    "--no-cache", is_flag=True, envvar="PAYLINT_NO_CACHE", help="Neither read nor write results of earlier scans."
)
@click.option(
    "--config",
    "config_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    envvar="PAYLINT_CONFIG",
    help="Settings; default: the nearest paylint.yaml.",
)
def scan(  # noqa: PLR0917 - click passes parameters by name
    paths: tuple[Path, ...],
    fmt: str,
    outputs: tuple[str, ...],
    staged: bool,
    config_file: Path | None,
    no_cache: bool,
    **flags: Any,
) -> None:
    """Scan files and folders (default: the current one).

    Exit codes: 0 no violation found in what was checked, 1 violations at or above --fail-on, 2 wrong usage or settings,
    3 the scan is incomplete.
    """
    from scanner.run import run

    reports = [_output(item) for item in outputs]
    settings = settings_of(
        paths, config_file, {**flags, "staged": staged or None, "cache": False if no_cache else None}
    )
    formats = {fmt, *(name for name, _ in reports)}
    result = run(settings._replace(line_hashes="sarif" in formats), meanwhile=lambda: _import_renderers(formats))
    _write(result, fmt, reports)
    sys.exit(result.exit_code)


def _output(text: str) -> tuple[str, Path]:
    fmt, colon, file = text.partition(":")
    if not colon or fmt not in FORMATS or not file:
        raise UsageError(f"-o {text}: expected FORMAT:FILE with one of {', '.join(FORMATS)}")
    return fmt, Path(file)


def _write(result: Any, fmt: str, reports: Sequence[tuple[str, Path]]) -> None:
    from scanner.render import render

    for name, file in reports:
        write_file(file, render(result, name))
    color = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    stream = sys.stdout.buffer
    stream.write(render(result, fmt, color=color).encode("utf-8", "replace"))
    stream.flush()


def _import_renderers(formats: Iterable[str]) -> None:
    from scanner.render import renderer

    for fmt in formats:
        renderer(fmt)


@main.command("explain")
@click.argument("place", metavar="FILE:LINE")
def explain_line(place: str) -> None:
    """Why the names on a line are taken for account data or not, and what the rules say there.

    Exit codes: 0, 2 no such place, 3 the file could not be analysed.
    """
    from scanner.explain import explain

    name, _, line = place.rpartition(":")
    if not name or not line.isdecimal():
        raise UsageError(f"{place}: name a file and a line of it, as in src/pay.py:12")
    file = Path(name)
    if file.is_dir():
        raise UsageError(f"{file}: is a folder; name a file")
    explained = explain(settings_of([file], None, {}), file, int(line))
    click.echo(explained.text, nl=False)
    sys.exit(3 if explained.unread else 0)


@main.group()
def policies() -> None:
    """What is checked, why, by which rules, for which inputs."""


_rules_option = click.option(
    "--rules", multiple=True, metavar="DIR", type=click.Path(path_type=Path), help="Also the rules in this folder."
)


@policies.command("list")
@_rules_option
def list_policies(rules: tuple[Path, ...]) -> None:
    """All policies, a line each."""
    from scanner.catalog import load
    from scanner.render.policies import listing
    from scanner.rule_words import masked

    click.echo(listing(masked(load(rules))), nl=False)


@policies.command("show")
@click.argument("policy")
@_rules_option
def show_policy(policy: str, rules: tuple[Path, ...]) -> None:
    """One policy: why it matters, how to fix it, its rules and controls."""
    from scanner.catalog import load, select
    from scanner.render.policies import sheet
    from scanner.rule_words import masked

    catalog = masked(load(rules))
    (name,) = select(catalog, [policy.lstrip("!+")])
    click.echo(sheet(catalog, name), nl=False)


if __name__ == "__main__":
    main()
