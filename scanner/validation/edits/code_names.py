"""Renames local variables and parameters of languages with brackets.

A name is only changed if every place in the file that has it, strings and comments included, is a use of a variable:
no member, key, label, named argument, type or shorthand. Then all of them change alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scanner.validation.edits.code_text import COMMENT, KEYWORD, NAME, SIGN, TYPE, Token, tokens
from scanner.validation.edits.names import Names
from scanner.validation.edits.text import Change, Edited, apply

_MEMBER = frozenset((".", "->", "::", "?.", "?->", "!!.", "@", ":", "&."))
_BEFORE_NAME = {
    "javascript": frozenset(("const", "let", "var")),
    "typescript": frozenset(("const", "let", "var")),
    "tsx": frozenset(("const", "let", "var")),
    "kotlin": frozenset(("val", "var")),
    "csharp": frozenset(("var",)),
    "java": frozenset(("var",)),
}
_TYPED = frozenset(("java", "csharp"))
_NAMES_ARGUMENTS = frozenset(("ruby", "kotlin", "csharp", "php"))
_PLAIN_TYPES = frozenset(("String", "int", "byte", "string", "final"))
_MODIFIERS = frozenset(("private", "public", "protected", "static", "export", "internal", "const", "readonly"))


def rename(language: str, text: str, names: Names) -> Edited | None:
    """Every local variable that may have another name has it."""
    found = tokens(language, text)
    taken = set(re.findall(r"[^\W\d]\w*", text))
    changes: list[Change] = []
    for name in sorted(_declared(language, found)):
        bare = name.lstrip("$")
        uses = _uses(language, text, found, name)
        if uses and (new := names.another(bare, taken, snake=language == "ruby")):
            taken.add(new)
            changes += [Change(use.end - len(bare), use.end, new) for use in uses]
    return apply(text, changes) if changes else None


def _declared(language: str, found: Sequence[Token]) -> set[str]:
    """Names that are declared in code, with a value."""
    declared = set()
    for at in range(1, len(found) - 1):
        token, before, after = found[at], found[at - 1], found[at + 1]
        local = token.within or language in ("ruby", "php")
        if token.kind != NAME or token.in_text or token.inside[1] == TYPE or not local:
            continue
        if _declares(language, before, token, after) and not (at > 1 and found[at - 2].text in _MODIFIERS):
            declared.add(token.text)
    return declared


def _declares(language: str, before: Token, token: Token, after: Token) -> bool:
    if before.text in _BEFORE_NAME.get(language, ()):
        return after.text in ("=", ":")
    if language == "go":
        return after.text == ":="
    if language == "php":
        variable = token.text.startswith("$") and token.text != "$this"
        return variable and after.text == "=" and before.text in (";", "{", "}")
    if language == "ruby":
        return after.text == "=" and token.text.islower() and before.end < token.start and before.kind != SIGN
    typed = before.kind == NAME or (before.kind == KEYWORD and before.text in _PLAIN_TYPES)
    return language in _TYPED and typed and before.end < token.start and after.text == "="


def _uses(language: str, text: str, found: Sequence[Token], name: str) -> list[Token]:
    """All uses of a variable, or none if the name is used for anything else as well."""
    uses = []
    for at, token in enumerate(found):
        if token.text != name or token.kind != NAME:
            continue
        before = found[at - 1] if at else token
        after = found[at + 1] if at + 1 < len(found) else token
        if _is_another(language, before, token, after):
            return []
        uses.append(token)
    bare = re.escape(name.lstrip("$"))
    everywhere = len(re.findall(rf"(?<!\w){bare}(?!\w)", _without_comments(text, found)))
    return uses if everywhere == len(uses) else []


def _is_another(language: str, before: Token, token: Token, after: Token) -> bool:
    """Whether a name is that of a member, a key, a label, a named argument or a type, or stands for its own key."""
    members = _MEMBER - {":"} if language == "kotlin" else _MEMBER
    named = language in _NAMES_ARGUMENTS and token.inside[0] == "(" and after.text in ("=", ":")
    own_key = token.inside[0] == "{" and before.text in ("{", ",") and after.text in ("}", ",", "=")
    return before.text in members or after.text in (":", "=>") or before.text in ("class", "def") or named or own_key


def _without_comments(text: str, found: Sequence[Token]) -> str:
    edited = apply(text, [Change(token.start, token.end, "") for token in found if token.kind == COMMENT])
    return edited.text
