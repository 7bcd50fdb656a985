"""The house has floors: imports go down, siblings never import each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = [  # from the ground up; what a module may import lies strictly below its own floor
    {"model", "errors"},
    {
        "text",
        "printable",
        "bundled",
        "git",
        "process",
        "forked",
        "held_file",
        "installed_modules",
        "addresses",
        "setting_names",
        "lazy_pattern",
    },
    {
        "config",
        "files",
        "cards",
        "masking",
        "vocabulary",
        "yaml_tree",
        "directives",
        "line_hash",
        "passwords",
        "rego_header",
        "rego_outline",
        "proof",
    },
    {
        "catalog",
        "rule_files",
        "rule_words",
        "conftest_rules",
        "findings",
        "suppress",
        "waivers",
        "cache",
        "inputs",
        "engines",
        "render",
    },
    {"pipeline"},
    {"run"},
    {"rule_bundle", "rule_tests", "rule_scaffold", "explain"},
    {"validation"},
    {"evidence"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
LEVEL = {name: level for level, names in enumerate(FLOORS) for name in names}
SAME_FLOOR = {
    ("rule_files", "catalog"),
    ("catalog", "rule_files"),
    ("rule_words", "catalog"),
    ("rule_files", "conftest_rules"),
    ("rule_files", "engines"),  # makes rules ready for the engine that runs them
    ("masking", "cards"),
    ("files", "config"),
}


def modules() -> list[Path]:
    return sorted(path for path in (ROOT / "scanner").rglob("*.py") if "_bundled" not in path.parts)


def imported(path: Path) -> set[tuple[str, ...]]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {tuple(alias.name.split(".")) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            parts = tuple(node.module.split("."))
            found |= {(*parts, alias.name) for alias in node.names} if len(parts) == 1 else {parts}
    return {parts[1:] for parts in found if parts[0] == "scanner" and len(parts) > 1}


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_go_down(path: Path) -> None:
    parts = path.relative_to(ROOT / "scanner").with_suffix("").parts
    own = parts[0]
    if own == "__init__":
        assert imported(path) == set()
        return
    for target in imported(path):
        if target[0] == "__version__":
            continue
        assert target[0] in LEVEL, f"{path} imports scanner.{'.'.join(target)}, which stands on no floor"
        if target[0] == own:
            siblings = own in {"inputs", "engines"} and len(target) > 1 and len(parts) > 1 and parts[1] != "__init__"
            assert not siblings or target[1] == parts[1], f"{path} imports its sibling scanner.{'.'.join(target)}"
        elif (own, target[0]) not in SAME_FLOOR:
            assert LEVEL[target[0]] < LEVEL[own], f"{path} imports scanner.{'.'.join(target)}, which is not below it"


def test_scanner_and_reference_never_meet() -> None:
    for folder, other in (("scanner", "reference_impl"), ("reference_impl", "scanner")):
        for path in (ROOT / folder).rglob("*.py"):
            names = {
                name
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                for name in (
                    [alias.name for alias in node.names]
                    if isinstance(node, ast.Import)
                    else [node.module or ""]
                    if isinstance(node, ast.ImportFrom)
                    else []
                )
            }
            assert not {name for name in names if name.split(".")[0] == other}, path
