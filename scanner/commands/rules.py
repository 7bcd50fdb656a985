"""`paylint rules`: work on rules."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scanner.errors import UsageError


@click.group("rules")
def command() -> None:
    """Work on rules."""


@command.command("test")
@click.argument(
    "folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False, exists=True)
)
@click.option("--policy", "policies", multiple=True, metavar="ID", help="Only this policy's fixtures; repeatable.")
def test_rules(folder: Path | None, policies: tuple[str, ...]) -> None:
    """Run every rule's fixtures through the real pipeline (DIR: a folder of your own rules)."""
    import tempfile

    from scanner.masking import mask
    from scanner.rule_tests import check_all

    home, custom = _rules_folder(folder)
    with tempfile.TemporaryDirectory(prefix="paylint-") as work:
        outcome = check_all(home, custom, Path(work).resolve(), policies)
    for failure in outcome.failures:
        click.echo(mask(failure))
    click.echo(
        f"{outcome.rules} rules, {outcome.fixtures} fixtures, "
        f"{outcome.lines} expected findings: {len(outcome.failures)} failed"
    )
    sys.exit(1 if outcome.failures else 0)


@command.command("validate")
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
    if update and not equivalence:
        raise UsageError("--update keeps a result whole: add --equivalence")
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


@command.command("new")
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


@command.command("bundle")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def bundle_rules(folder: Path) -> None:
    """Write what rules share (libraries, vocabulary, settings) to DIR, for policies of your own on an OPA server.

    `opa run --server --bundle DIR` loads it, with what you put beside it: `import data.paylint.lib`.
    """
    from scanner.rule_bundle import write

    click.echo(f"{folder}: {write(folder)} files")
