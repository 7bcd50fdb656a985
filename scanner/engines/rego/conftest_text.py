"""Modules written for conftest, made fit for both engines without a change of lines or of meaning.

- `import rego.v1` and `import future.keywords` are taken out: both engines read Rego v1, where they say nothing.
- In a literal format of `sprintf`, `%d`, `%t` and `%s` become `%v`, and `%q` becomes `"%v"`. For what they are meant
  for that is the same text; for anything else the engines differ, and OPA writes `%!d(...)` (see `builtins`).
- `print(...)` becomes `true`, which is what it is worth where nobody reads along.
- A variable that `some` declares under the name of a rule of its package is renamed, in its whole rule: regorus takes
  it for the rule.

What cannot be made fit is a RuleError that names file and line: Rego v0, policies for `conftest test --combine`, and
data that only conftest has (`--data`, `data.conftest`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from scanner.engines.rego import tokens
from scanner.errors import RuleError
from scanner.rego_outline import outline

_SPRINTF = re.compile(
    rf"{tokens.LITERAL}|\#[^\n]*|(?<![\w.])sprintf{tokens.GAP}\({tokens.GAP}(?P<format>{tokens.LITERAL})", re.ASCII
)
_SOME = re.compile(
    rf"{tokens.LITERAL}|\#[^\n]*|(?<![\w.])some[ \t]+(?P<names>[A-Za-z_]\w*(?:[ \t]*,\s*[A-Za-z_]\w*)*)", re.ASCII
)
_VERB = re.compile(r"%([dtsq%])")
_COMBINED = re.compile(r"(?<![\w.])input\[[^\]\n]*\]\.contents\b")
_KEY = re.compile(r'\["([^"\\]*)"\]')


def fit(modules: Mapping[str, str]) -> dict[str, str]:
    """The modules (source -> text) as the engines get them. Raises RuleError."""
    known = {tokens.package_of(text) for text in modules.values()}
    for source, text in modules.items():
        combined = _COMBINED.search(text)
        if combined:
            raise RuleError(
                f"{source}:{tokens.line_of(text, combined.start())}: is written for `conftest test --combine`, which "
                f"paylint has not: here every document is looked at by itself"
            )
        for name, line in _data(text):
            if not any(f"{name}.".startswith(f"{each}.") or f"{each}.".startswith(f"{name}.") for each in known):
                raise RuleError(
                    f"{source}:{line}: no file defines data.{name}: paylint reads packages, but neither data files "
                    f"(conftest's --data) nor what conftest says about a file"
                )
    rules: dict[str, set[str]] = {}
    for text in modules.values():
        rules.setdefault(tokens.package_of(text), set()).update(item.word for item in outline(text) if item.is_rule)
    return {source: _fit(text, rules[tokens.package_of(text)]) for source, text in modules.items()}


def _data(text: str) -> Iterator[tuple[str, int]]:
    """What a module refers to below `data` by a plain name, with its line."""
    for match in tokens.names(text):
        first, _, rest = match["name"].partition(".")
        if first == "data" and rest:
            yield rest, tokens.line_of(text, match.start())


def _fit(text: str, rules: set[str]) -> str:
    pieces, at = [], 0
    for item in tokens.imports(text):
        if item.path == "rego.v1" or item.path.startswith("future.keywords"):
            pieces.append(text[at : item.start])
            at = item.end
    text = "".join([*pieces, text[at:]])
    text = _without_namesakes(_without_prints(text), rules)
    return _SPRINTF.sub(_with_plain_verbs, text)


def _without_prints(text: str) -> str:
    pieces, at = [], 0
    for match in tokens.names(text):
        if match["name"] == "print" and text.startswith("(", match.end()) and match.start() >= at:
            _, end = tokens.arguments(text, match.end())
            pieces += [text[at : match.start()], "true", "\n" * text.count("\n", match.start(), end)]
            at = end
    return "".join([*pieces, text[at:]])


def _without_namesakes(text: str, rules: set[str]) -> str:
    """Each rule with its declared variables renamed where they are called like a rule of the package."""
    heads = [item for item in outline(text) if item.is_rule]
    ends = [*(item.start for item in heads), len(text)]
    pieces = [text[: ends[0]]]
    for head, end in zip(heads, ends[1:], strict=True):
        rule = text[head.start : end]
        names = (_declared(rule) & rules) - {head.word}
        pieces.append(_renamed(rule, {name: f"{name}__" for name in names}) if names else rule)
    return "".join(pieces)


def _declared(rule: str) -> set[str]:
    return {name for match in _SOME.finditer(rule) for name in re.findall(r"\w+", match["names"] or "")}


def _renamed(text: str, names: Mapping[str, str]) -> str:
    pieces, at = [], 0
    for match in tokens.names(text):
        first = match["name"].partition(".")[0]
        if first in names:
            pieces += [text[at : match.start()], names[first]]
            at = match.start() + len(first)
    return "".join([*pieces, text[at:]])


def _with_plain_verbs(match: re.Match[str]) -> str:
    literal = match["format"]
    if not literal:
        return match[0]
    quote = '"' if literal[0] == "`" else r"\""
    verbs = {"%": "%%", "q": f"{quote}%v{quote}"}
    plain = _VERB.sub(lambda verb: verbs.get(verb[1], "%v"), literal)
    return match[0][: match.start("format") - match.start()] + plain


def explained(error: RuleError, modules: Mapping[str, str]) -> RuleError:
    """What to raise for a module an engine refuses: Rego v0 is told from a slip."""
    message = str(error)
    source = next((name for name in modules if message.startswith(f"{name}:")), "FILE")
    if "`if` keyword" in message or "`contains` keyword" in message:
        return RuleError(f"{message}. Is it Rego v0? `opa fmt --write --v0-v1 {source}` makes it v1")
    return error


def reads(modules: Mapping[str, str]) -> dict[str, frozenset[str] | None]:
    """Package -> the keys at the top of a document that it reads, itself or in packages it uses; None: all or none."""
    own: dict[str, list[set[str] | None]] = {}
    uses: dict[str, set[str]] = {}
    for text in modules.values():
        package = tokens.package_of(text)
        own.setdefault(package, []).append(_keys(text))
        uses.setdefault(package, set()).update(tokens.references(text))
    found: dict[str, frozenset[str] | None] = {}
    for package in own:
        parts = [part for each in _reached(package, uses) for part in own[each]]
        keys = frozenset[str]().union(*(part for part in parts if part))
        found[package] = None if None in parts or not keys else keys
    return found


def _reached(package: str, uses: Mapping[str, set[str]]) -> set[str]:
    reached, waiting = {package}, [package]
    while waiting:
        for reference in uses[waiting.pop()]:
            for other in uses.keys() - reached:
                if f"{reference}.".startswith(f"{other}.") or other.startswith(f"{reference}.") or not reference:
                    reached.add(other)
                    waiting.append(other)
    return reached


def _keys(text: str) -> set[str] | None:
    """The keys below `input` that a module names; None where it takes the input as a whole."""
    aliases, imports, found = {"input"}, tokens.imports(text), set[str]()
    for item in imports:
        first, _, rest = item.path.partition(".")
        if first == "input" and rest:
            found.add(rest.split(".")[0])
        elif first == "input":
            aliases.add(item.alias)
    for match in tokens.names(text):
        first, _, rest = match["name"].partition(".")
        if first not in aliases or any(item.start <= match.start() < item.end for item in imports):
            continue
        key = rest.split(".")[0] if rest else (_KEY.match(text, match.end()) or [None, ""])[1]
        if not key:
            return None
        found.add(key)
    return found
