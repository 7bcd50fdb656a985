"""The command line: options -> Config -> run -> write -> exit code."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from scanner import __version__, config
from scanner.config import Config
from scanner.errors import PaylintError, UsageError, origin

FORMATS = ("text", "json", "sarif")


class _Command(click.Group):
    """Turns every expected error into one masked line and its exit code; no traceback reaches a user."""

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
    settings = _config(paths, config_file, {**flags, "staged": staged or None, "cache": False if no_cache else None})
    formats = {fmt, *(name for name, _ in reports)}
    result = run(settings._replace(line_hashes="sarif" in formats), meanwhile=lambda: _import_renderers(formats))
    _write(result, fmt, reports)
    sys.exit(result.exit_code)


def _config(paths: Sequence[Path], config_file: Path | None, flags: dict[str, Any]) -> Config:
    """Flags (with their environment variables, None where not given) over the settings file over defaults."""
    root, absolute = _roots(paths)
    first = absolute[0] if absolute[0].is_dir() else absolute[0].parent
    content, source = config.load_file(first, config_file)
    given: dict[str, Any] = config.parse(content, source)
    for name, value in flags.items():
        if value is not None and value != ():
            given[name] = _checked(name, value)
    return Config(root=root, paths=tuple(absolute), **given)


def _checked(name: str, value: Any) -> Any:
    readers = {"fail_on": config.severity, "engines": config.engines}
    try:
        return readers[name](value) if name in readers else value
    except ValueError as error:
        option = name.replace("_", "-").removesuffix("s")
        raise UsageError(f"--{option} {value if isinstance(value, str) else ' '.join(value)}: {error}") from None


def _roots(paths: Sequence[Path]) -> tuple[Path, list[Path]]:
    """The folder reported paths are relative to (the current one where it holds them all), and the paths, absolute."""
    here = Path.cwd()
    absolute = []
    for path in paths or [here]:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
        absolute.append(path.resolve())
    here = here.resolve()
    if all(path == here or here in path.parents for path in absolute):
        return here, absolute
    common = Path(os.path.commonpath(absolute))
    return (common if common.is_dir() else common.parent), absolute


def _output(text: str) -> tuple[str, Path]:
    fmt, colon, file = text.partition(":")
    if not colon or fmt not in FORMATS or not file:
        raise UsageError(f"-o {text}: expected FORMAT:FILE with one of {', '.join(FORMATS)}")
    return fmt, Path(file)


def _write(result: Any, fmt: str, reports: Sequence[tuple[str, Path]]) -> None:
    from scanner.render import render

    for name, file in reports:
        _write_file(file, render(result, name))
    color = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    stream = sys.stdout.buffer
    stream.write(render(result, fmt, color=color).encode("utf-8", "replace"))
    stream.flush()


def _import_renderers(formats: Iterable[str]) -> None:
    from scanner.render import renderer

    for fmt in formats:
        renderer(fmt)


def _write_file(file: Path, text: str) -> None:
    """Whole or not at all: a report that was cut short must not be taken for one."""
    if file.is_dir():
        raise UsageError(f"{file}: is a folder; name the file to write, as in json:{file / 'report.json'}")
    partial = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        partial.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        partial.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise UsageError(f"{file}: cannot be written: {error.strerror}; the scan's result was not reported") from None


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
    explained = explain(_config([file], None, {}), file, int(line))
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


@main.group("rules")
def rules_group() -> None:
    """Work on rules."""


@rules_group.command("test")
@click.argument(
    "folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False, exists=True)
)
@click.option("--policy", "policies", multiple=True, metavar="ID", help="Only this policy's fixtures; repeatable.")
def test_rules(folder: Path | None, policies: tuple[str, ...]) -> None:
    """Run every rule's fixtures through the real pipeline (DIR: a folder of your own rules)."""
    import tempfile

    from scanner.masking import mask
    from scanner.rule_tests import check

    home, custom = _rules_folder(folder)
    with tempfile.TemporaryDirectory(prefix="paylint-") as work:
        outcome = check(home, custom, Path(work).resolve(), policies)
    for failure in outcome.failures:
        click.echo(mask(failure))
    click.echo(
        f"{outcome.rules} rules, {outcome.fixtures} fixtures, "
        f"{outcome.lines} expected findings: {len(outcome.failures)} failed"
    )
    sys.exit(1 if outcome.failures else 0)


@rules_group.command("validate")
@click.option(
    "--rules",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A folder of your own rules, with DIR/mutants; their files are relative to the folder DIR is in.",
)
@click.option("--policy", "policies", multiple=True, metavar="ID", help="Only this policy; repeatable.")
@click.option("--format", "fmt", type=click.Choice(("text", "json", "markdown")), default="text", show_default=True)
@click.option("--update", is_flag=True, help="Keep the result as what the next run is compared with.")
@click.option("--equivalence", is_flag=True, help="Also try edits that mean nothing: minutes more.")
def validate_rules(folder: Path | None, policies: tuple[str, ...], fmt: str, update: bool, equivalence: bool) -> None:
    """Prove the rules: fixtures, silence on sound services, and mutants, edits that put a violation in.

    Exit codes: 0; 1 something survives, is not silent, fails or lost ground; 2 wrong data; 3 a scan was incomplete.
    """
    import tempfile

    from scanner.validation import kept
    from scanner.validation.table import FORMATS as TABLES
    from scanner.validation.whole import validate, with_edits_that_mean_nothing

    home, custom = _rules_folder(folder)
    if update and (custom or policies):
        raise UsageError("--update keeps the result of all rules of this checkout: leave --rules and --policy out")
    if equivalence and custom:
        raise UsageError("--equivalence is about the rules of this checkout: leave --rules out")
    with tempfile.TemporaryDirectory(prefix="paylint-") as work:
        place = Path(work).resolve()
        result = validate(home, custom, place, policies)
        if equivalence:
            result = with_edits_that_mean_nothing(result, home.parent, place, policies)
    if update:
        kept.write(home, result)
    elif not custom:
        result = kept.compared(home, result)
    click.echo(TABLES[fmt](result), nl=False)
    sys.exit(result.exit_code)


def _rules_folder(folder: Path | None) -> tuple[Path, bool]:
    """The rules to prove, and whether they are somebody's own. UsageError: an installed paylint has no fixtures."""
    from scanner.bundled import checkout

    home = checkout()
    if folder is None and home is None:
        raise UsageError("fixtures are not part of an installed paylint: name a folder, or run this in a checkout")
    custom = folder is not None and (home is None or folder.resolve() != (home / "rules").resolve())
    return (folder or home / "rules").resolve(), custom  # type: ignore[operator]


@rules_group.command("new")
@click.argument("policy")
@click.argument("wanted", metavar="INPUT")
@click.option(
    "--rules", "folder", metavar="DIR", type=click.Path(path_type=Path), help="In this folder of rules of your own."
)
def new_rule(policy: str, wanted: str, folder: Path | None) -> None:
    """Start a rule of a POLICY for an INPUT (go, go.client, terraform_aws, rego/sql): rule, fixtures, first mutant.

    It finds nothing, and its fixtures fail, until you write it.
    """
    from scanner.rule_scaffold import new, next_steps

    made = new(folder, policy, wanted)
    click.echo(next_steps(made, folder), nl=False)


@rules_group.command("bundle")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def bundle_rules(folder: Path) -> None:
    """Write what rules share (libraries, vocabulary, settings) to DIR, for policies of your own on an OPA server.

    `opa run --server --bundle DIR` loads it, with what you put beside it: `import data.paylint.lib`.
    """
    from scanner.rule_bundle import write

    click.echo(f"{folder}: {write(folder)} files")


if __name__ == "__main__":
    main()
