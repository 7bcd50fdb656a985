"""What a value is when it is read: variables with a default are that default, those without cannot be known."""

from __future__ import annotations

import re

from scanner.model import Json, unknown

_ROUNDS = 6
_INNERMOST = re.compile(r"\$\{([^${}\n]{1,400})\}")
_DEFAULT = re.compile(r"(?P<name>[\w.\[\]-]+):(?P<shell>[-?+=])?(?P<default>.*)", re.DOTALL)
_PROVIDERS = frozenset(
    {"vault", "file", "env", "sys", "secret", "secrets", "sm", "ssm", "aws", "secretsmanager", "directory", "config"}
)
_OPEN, _CLOSE = "\ue010", "\ue011"
_ONLY_VARIABLES = re.compile(rf"(?:{_OPEN}[^{_CLOSE}]*{_CLOSE})+")
_TEMPLATE = re.compile(
    r"\{\{.*\}\}|\{%.*%\}|<%.*%>|@[\w.-]+@|#\{.*\}#?|__\w+__|%\w+%|\$\([\w.-]+\)|\$[A-Za-z_]\w*|\[\[.*\]\]", re.DOTALL
)
REASON = "given by a variable"


def resolved(text: str, *, defaults: bool = True) -> Json:
    """The text with `${name:default}` and `${name:-default}` replaced by their defaults.

    Unknown where nothing but variables without a default, or a template's placeholder, is left; beside other text they
    stay as `${name}`. `defaults` False: a colon inside belongs to the name, as with Kafka's providers.
    """
    stripped = text.strip()
    if _TEMPLATE.fullmatch(stripped):
        return unknown(REASON)
    if "${" not in text:
        return text
    for _ in range(_ROUNDS):
        replaced = _INNERMOST.sub(lambda match: _variable(match[1], defaults), text)
        if replaced == text:
            break
        text = replaced
    if _ONLY_VARIABLES.fullmatch(text.strip()):
        return unknown(REASON)
    return text.replace(_OPEN, "${").replace(_CLOSE, "}")


def _variable(body: str, defaults: bool) -> str:
    match = _DEFAULT.fullmatch(body)
    if not defaults or not match or match["name"].lower() in _PROVIDERS or match["default"].startswith("//"):
        return f"{_OPEN}{body}{_CLOSE}"
    if match["shell"] in ("?", "+"):
        return f"{_OPEN}{match['name']}{_CLOSE}"
    return match["default"]
