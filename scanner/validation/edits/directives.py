"""Which comments mean something to a tool, and stay as and where they are."""

from __future__ import annotations

import re

_DIRECTIVE = re.compile(
    r"paylint|nosem|ruleid:|\bok:|\bexpect|noqa|nosec|type:|pragma|eslint|@ts-|prettier|coding[:=]|go:|\+build|"
    r"frozen_string_literal|syntax=|escape=|\A#!|\A/\*[!+]|yaml-language-server|checkov|tfsec|trivy|\$schema|"
    r"<\?|@\w|https?://|\{\{|\{%",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[0-9]{3}")


def is_directive(comment: str) -> bool:
    """Whether a comment is for a tool, or holds what a tool may read: digits, an annotation, an address."""
    return bool(_DIRECTIVE.search(comment) or _DIGITS.search(comment))
