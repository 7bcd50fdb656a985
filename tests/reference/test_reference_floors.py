"""The service's floors: imports go down, a part knows of another part its model only, and nothing of the scanner."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = {
    "assessment",
    "audit",
    "auth",
    "cards",
    "client_encryption",
    "crypto",
    "events",
    "fraud",
    "gateway",
    "gdpr",
    "idempotency",
    "incident",
    "keys",
    "limits",
    "observability",
    "orders",
    "payments",
    "policy",
    "processor",
    "sox",
    "vault",
}
GROUND = {
    "background",
    "batches",
    "bulk_insert",
    "clock",
    "database",
    "driver",
    "sqlite_driver",
    "errors",
    "exit_codes",
    "guarding",
    "money",
    "redis_client",
    "secret",
    "settings",
    "swap",
}
TOP = {
    "__init__",
    "__main__",
    "books",
    "bootstrap",
    "demo",
    "folder",
    "migrations",
    "operating",
    "serving",
    "web",
    "workers",
}
OPEN = {("cards", "api_model"), ("cards", "redaction"), ("auth", "origin"), ("auth", "trail"), ("auth", "watch")}
"""What other parts may use besides models: shapes of requests, what hides card numbers, who is behind an address,
and what callers do, recorded."""


def modules() -> list[Path]:
    return sorted((ROOT / "reference_impl").rglob("*.py"))


def imported(path: Path) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [tuple(alias.name.split(".")) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            parts = tuple(node.module.split("."))
            found += [(*parts, alias.name) for alias in node.names] if len(parts) < 3 else [parts]
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down(path: Path) -> None:
    own = path.relative_to(ROOT / "reference_impl").parts[0].removesuffix(".py")
    assert own in PARTS | GROUND | TOP, f"{own}: a part that no floor is known of"
    for parts in imported(path):
        assert parts[0] != "scanner"
        if parts[0] != "reference_impl" or len(parts) < 2 or own in TOP:
            continue
        other, inner = parts[1], parts[2] if len(parts) > 2 else ""
        if own in GROUND:
            assert other in GROUND, parts
        elif other != own and other not in GROUND:
            assert other in PARTS, parts
            assert other == "crypto" or inner == "model" or (other, inner) in OPEN, parts


def test_the_scanner_knows_nothing_of_the_service() -> None:
    for path in (ROOT / "scanner").rglob("*.py"):
        assert all(parts[0] != "reference_impl" for parts in imported(path)), path
