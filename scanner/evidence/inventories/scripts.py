"""Scripts of the pages on which cards are entered (PCI DSS v4.0.1, 6.4.3), as the sources of these pages show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from scanner.evidence.model import ScriptItem
from scanner.model import Observed, ScanResult
from scanner.setting_names import is_test

INVENTORY = "payment_page_scripts"
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])(?P<name>(?:th:|v-bind:|:)?[a-zA-Z][\w-]*)
    (?:\s*=\s*(?:"(?P<double>(?:\{[%{].*?[%}]\}|<[%?].*?[%?]>|[^"])*)"
                |'(?P<single>(?:\{[%{].*?[%}]\}|<[%?].*?[%?]>|[^'])*)'
                |(?P<bare>[^\s"'>]+)))?""",
    re.VERBOSE | re.DOTALL,
)
_RUNS = re.compile(r"(?i)|module|importmap|(?:text|application)/(?:x-)?(?:java|ecma)script(?:;.*)?")
_OF_SCRIPTS = re.compile(r"(?i)(?:^|;)\s*((?:script-src(?:-elem)?|default-src)\s[^;]*)")


def items(result: ScanResult) -> tuple[ScriptItem, ...]:
    """Sorted by page and line."""
    seen = [one for one in result.observed if one.inventory == INVENTORY and not is_test(one.place.path)]
    policies = _policies(seen)
    found = {item for one in seen if (item := _item(one, policies.get(one.place.path, ""))) is not None}
    return tuple(sorted(found, key=lambda item: (item.page, item.place, item.source)))


def _policies(seen: Iterable[Observed]) -> dict[str, str]:
    """Page -> what its own policies say of scripts: where there are several, a browser obeys all."""
    found: dict[str, list[str]] = {}
    for one in seen:
        if one.values.get("kind") == "policy" and (said := _of_scripts(one.values.get("policy", ""))):
            found.setdefault(one.place.path, []).append(said)
    return {path: " and ".join(policies) for path, policies in found.items()}


def _of_scripts(policy: str) -> str:
    """script-src, or default-src where there is none."""
    found = [" ".join(match.split()) for match in _OF_SCRIPTS.findall(policy)]
    return "; ".join([each for each in found if each.lower().startswith("script")] or found)


def _item(seen: Observed, policy: str) -> ScriptItem | None:
    kind = seen.values.get("kind")
    if kind not in ("script", "inserted"):
        return None
    page, allowed = seen.place.path, f"policy of the page: {policy}" if policy else ""
    if kind == "inserted":
        return ScriptItem(page, seen.values.get("source", ""), "", allowed, seen.place)
    said = _attributes(seen.values.get("attributes", ""))
    if not _RUNS.fullmatch(said.get("type", "").strip()):
        return None
    source = said.get("src", "")
    nonce = "nonce" if "nonce" in said else ""
    return ScriptItem(
        page=page,
        source=source or "inline",
        integrity=said.get("integrity", ""),
        authorised="; ".join(filter(None, (nonce, allowed))),
        place=seen.place,
        digest="" if source else seen.values.get("digest of content", ""),
        crossorigin=said.get("crossorigin", ""),
    )


def _attributes(text: str) -> Mapping[str, str]:
    """By name in lower case, without what a template puts before it (`:src`, `th:src`); the first counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        name = match["name"].rpartition(":")[2].lower()
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(name, value or ("anonymous" if name == "crossorigin" else ""))
    return found
