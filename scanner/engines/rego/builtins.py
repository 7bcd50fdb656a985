"""What a rule may use of Rego: what the embedded engine and OPA implement with the same meaning.

Every other builtin is refused when rules are loaded, because the engines would answer differently or one not at all, or
because the answer would depend on the clock, the network or chance. What was found by comparing regorus 0.13 with OPA
1.22 on some two thousand calls and expressions:

- `json.marshal`: OPA escapes <, > and &. `object.subset`, `json.patch`, `json.is_valid`, `yaml.*`,
  `time.parse_duration_ns`: one raises where the other has an answer.
- `walk(x)` with one argument is silently empty in regorus; `walk(x, [path, value])` is the same in both.
- `sprintf`: regorus drops an argument that `%d` does not fit, doubles the sign of a negative one and ignores widths.
  `%v` is the same in both for everything; `%s` for strings.
- Allowed, alike for arguments of the type they are meant for: `net.cidr_is_valid` and `base64.is_valid` raise in
  regorus where the argument is no string; `to_number(" 1")` is 1 there. `regex.split` differs for patterns that
  match nothing at all. In patterns, `\\w`, `\\d`, `\\s` and `\\b` know
  letters beyond ASCII in regorus only.
- A rule or variable named `internal` breaks `in` for its whole package in OPA.
- `not x[_] == 1` means "some item is not 1" in regorus and is refused by OPA: so it is here. For the other difference
  under `not`, see `tokens.closed_negations`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from scanner.engines.rego import tokens
from scanner.errors import RuleError

ALLOWED = frozenset(
    """
    abs ceil floor round numbers.range numbers.range_step format_int to_number
    count max min product sort sum
    array.concat array.reverse array.slice
    intersection union set
    object.filter object.get object.keys object.remove object.union object.union_n json.filter json.remove
    concat contains endswith startswith indexof indexof_n lower upper replace split sprintf substring
    strings.any_prefix_match strings.any_suffix_match strings.count strings.replace_n strings.reverse
    trim trim_left trim_prefix trim_right trim_space trim_suffix
    regex.match regex.is_valid regex.replace regex.split regex.find_n regex.find_all_string_submatch_n
    glob.match glob.quote_meta
    is_array is_boolean is_null is_number is_object is_set is_string type_name
    base64.decode base64.encode base64.is_valid base64url.decode base64url.encode hex.decode hex.encode
    urlquery.decode urlquery.encode json.unmarshal
    net.cidr_contains net.cidr_is_valid semver.compare units.parse units.parse_bytes
    walk
    """.split()  # noqa: SIM905  (a literal would be one name a line)
)

_NAMESPACES = frozenset(
    """
    array base64 base64url bits crypto glob graph graphql hex http internal io json net numbers object opa providers
    rand regex rego semver strings time units urlquery uuid yaml
    """.split()  # noqa: SIM905  (as above)
)
_KEYWORDS = frozenset(["as", "default", "else", "every", "if", "import", "in", "not", "package", "some", "with"])
_VERB = re.compile(r"%(.?)", re.DOTALL)

_TOKEN = re.compile(
    rf"{tokens.LITERAL}|\#[^\n]*|(?P<name>{tokens.NAME})(?P<call>{tokens.GAP}\()?|(?P<computed>\]{tokens.GAP}\()",
    re.ASCII,
)
_HEAD = re.compile(r"^[ \t]*(?:default[ \t]+)?(?P<name>[A-Za-z_]\w*)\(", re.MULTILINE | re.ASCII)
_HEAD_END = re.compile(rf"{tokens.GAP}(?::=|=(?!=)|if\b|\{{)")
_BRACKETS = re.compile(rf"{tokens.LITERAL}|\#[^\n]*|(?P<mark>[()\[\]{{}}|])|(?P<name>{tokens.NAME})", re.ASCII)
_WILDCARD = re.compile(r"(?<!\w)_(?!\w)")
_FORMAT = re.compile(rf"{tokens.GAP}(?P<literal>{tokens.LITERAL})", re.ASCII)


def check(modules: Mapping[str, str]) -> None:
    """Refuses modules (source -> text) that call a builtin beyond ALLOWED. Raises RuleError with file and line."""
    for source, text in modules.items():
        _check(source, text, modules)


class _RefusedError(Exception):
    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset


def _check(source: str, text: str, modules: Mapping[str, str]) -> None:
    try:
        _check_tokens(text, modules)
    except _RefusedError as refused:
        raise RuleError(f"{source}:{tokens.line_of(text, refused.offset)}: {refused}") from None


def _check_tokens(text: str, modules: Mapping[str, str]) -> None:
    imported, before = _imported(text), ""
    unclear: list[tuple[int, str]] = []
    for match in _TOKEN.finditer(text):
        name, call = match["name"], match["call"]
        follows_dot = text[match.start() - 1 : match.start()] == "."
        if match["computed"] or (call and follows_dot):
            raise _RefusedError(match.start(), "a function must be called by its plain name")
        if not name or follows_dot:
            continue
        if name.split(".", 1)[0] == "internal":
            raise _RefusedError(match.start(), "the name internal is OPA's own: it breaks `in` in this package")
        if name == "not":
            _check_negation(text, match.end("name"))
        elif before == "with" and name.split(".", 1)[0] not in ("input", "data"):
            raise _RefusedError(match.start(), f"`with {name} as` replaces a function: rules may not")
        elif call and name in ALLOWED:
            _check_arguments(text, name, match.end() - 1)
        elif call and name not in _KEYWORDS and name.split(".", 1)[0] not in imported:
            unclear.append((match.start(), name))
        before = name
    if unclear:
        own = _functions(text, modules)
        for offset, name in unclear:
            if name not in own:
                reason = f"{name} is neither a function of this package nor a builtin that rules may use"
                raise _RefusedError(offset, reason)


def _imported(text: str) -> set[str]:
    """The names under which a module reaches what lies below `data`."""
    found = {"data"}
    for item in tokens.imports(text) if "import" in text else ():
        if item.path.startswith("data."):
            if item.alias in _NAMESPACES:
                raise _RefusedError(item.start, f"an import must not be named {item.alias}, like a family of builtins")
            found.add(item.alias)
    return found


def _functions(text: str, modules: Mapping[str, str]) -> set[str]:
    """The functions a module's package defines, in this module or another."""
    package = tokens.package_of(text)
    family = [text, *(other for other in modules.values() if package and tokens.package_of(other) == package)]
    return {name for member in family for name in _heads(member)}


def _heads(text: str) -> Iterator[str]:
    for match in _HEAD.finditer(text):
        _, end = tokens.arguments(text, match.end() - 1)
        if _HEAD_END.match(text, end):
            yield match["name"]


def _check_arguments(text: str, name: str, opening: int) -> None:
    if name == "walk" and tokens.arguments(text, opening)[0] != 2:
        raise _RefusedError(opening, "walk needs two arguments, walk(x, [path, value]): else the engines differ")
    if name == "sprintf":
        literal = _FORMAT.match(text, opening + 1)
        if not literal:
            raise _RefusedError(opening, "sprintf needs its format as a literal string, to be checked")
        for verb in _VERB.findall(literal["literal"]):
            if verb not in ("s", "v", "%"):
                raise _RefusedError(
                    opening, f"sprintf knows %v and %s here, not %{verb}: the engines differ in the others"
                )


def _check_negation(text: str, start: int) -> None:
    """Refuses `_` where nothing but the negation could bind it; in a comprehension it may be."""
    if not _WILDCARD.search(text, start):
        return
    comprehensions: list[bool] = []
    for match in _BRACKETS.finditer(text, start, tokens.expression_end(text, start)):
        mark = match["mark"]
        if mark == "|" and comprehensions:
            comprehensions[-1] = True
        elif mark and mark in "([{":
            comprehensions.append(False)
        elif mark and comprehensions:
            comprehensions.pop()
        elif match["name"] == "_" and not any(comprehensions):
            raise _RefusedError(
                match.start(), "`_` under `not` means something else in each engine: name a rule for it"
            )
