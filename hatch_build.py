"""Puts the compiled rules into the wheel: what starts afresh each time, as CI does, need not compile them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledRules(BuildHookInterface[Any]):
    """For wheels; an editable installation reads the rules as they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles the rules of this checkout."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from scanner import bundled, catalog
        finally:
            sys.path.remove(self.root)
        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name, bundled.COMPILED)
        file.write_text(catalog.to_text(catalog.load()), "utf-8")
        build_data["force_include"][str(file)] = f"scanner/_bundled/{bundled.COMPILED}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Removes what `initialize` wrote."""
        if version != "editable":
            self._folder.cleanup()
