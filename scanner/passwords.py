"""Stars for passwords, tokens and keys in what is shown of a file, whichever rule shows it.

What counts is where a value stands: in a URL before the host, or behind a name that says secret (`DB_PASSWORD=…`,
`requirepass …`, `"apiKey": "…"`, `name: TOKEN` above `value: …`). Wider than what rules call a finding: hiding too much
costs little. What something else puts in (`${PASSWORD}`, `var.password`, a path) stays: it is no secret. Lengths stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache

from scanner.lazy_pattern import LazyPattern

SHORTEST = 6
"""A shorter value is not looked for elsewhere: it may be part of any word."""
_HINT = re.compile(r"(?i)pass|pwd|secret|token|key|auth|identified|://|sig=|curl|mysql|user ")
_REACH = 800
"""Characters from a hint to where a value that belongs to it begins, at most."""
_URL = LazyPattern(r"(://[^\s/?#\"'`@:]*:)()(?!\d{1,5}/)([^\s\"'`/]+(?:/[^\s\"'`/@]+)?|/[^\s\"'`/@]+)@")
"""A port is no password, but a password may hold a slash."""

# Names end in such a word: password_file and token_url name something else.
_WORD = (
    r"(?:pass(?:word|wd|phrase|code)|(?<![A-Za-z])pass|(?-i:(?<=[a-z])Pass)|pwd|(?<!existing)(?<!pull)(?<!:)secret"
    r"|(?:api|access|private|secret|encryption|signing|master|account|shared|client|auth|jwt|hmac)[-_.]?key"
    r"|(?<!id-)token|requirepass|masterauth|(?:auth|user|db|root|ldap|smtp)[-_]?pass)"
)
_NAME = rf"{_WORD}(?:[-_]?(?:value|plain|text|string|b64|base64|[0-9]{{1,3}}))?"

_NO_PROXY = "(?-i:(?<!_pass)(?<!yPass))"

# What stands between a name and its value. A pattern has three groups: what comes before, a quote or none, the value.
_AFTER = r"\\{0,3}[\"'`]?\]?[ \t]{0,40}(?:=>|:=|==?|:(?!//)|>(?=[^\s>])|:[ \t]?[\w.\[\]| ]{1,40}=)[ \t]{0,40}"
_LISTED = r"\\{0,3}[\"'`][ \t]{0,40},[ \t]{0,40}"
_BY_VALUE = (
    r"\\?[\"']?[ \t]{0,40}(?:[,;][ \t]{0,40}|[,;]?[ \t]{0,40}\r?\n\s{0,80}|[ \t]+)"
    r"(?:\"\w{1,20}\": (?:\"[^\"\n]{0,80}\"|\w{1,20}), ){0,3}[{\"']{0,2}value\\?[\"']?[ \t]{0,40}[:=][ \t]{0,40}"
)
_DEFAULT = r"\"[ \t]*\{[^{}]{0,400}?\bdefault[ \t]*=[ \t]*"
_IDENTIFIED = r"identified[ \t]+(?:with[ \t]+\S+[ \t]+)?(?:by|as)(?:[ \t]+password)?"
_QUOTED = r"(\\{0,3}[\"'`])(?!\w{1,40}\2[ \t]*:)((?:(?!\2)(?:\\.|[^\n]))*)"
_BARE = r"()((?:[^\s\"'`;,)\]}>&|<\\]|\\(?![nrt\"'`\\]))+)"
_WHOLE = r"()([^\s\"'`\\{\[]\S*)"


def _pattern(before: str, value: str) -> LazyPattern:
    return LazyPattern(f"(?i)({before}){value}", re.MULTILINE)


_IN_QUOTES = _pattern(rf"{_NAME}(?:{_AFTER}|{_BY_VALUE}|{_LISTED}|{_DEFAULT})[@$bfru]{{0,2}}", _QUOTED)
_BLANK_QUOTED = _pattern(
    rf"(?:{_IDENTIFIED}|{_NAME}{_NO_PROXY}(?:[ \t]+[\w(), \t]{{1,60}}[ \t]default)?)[ \t]+", _QUOTED
)
_AUTHORIZATION = _pattern(r"authorization[\"'`\\ \t:=,]{1,6}(?:basic|bearer|token)[ \t]+", r"()([^\s\"'`\\]+)")
_SAID = _pattern(rf"[\"'`][\w.$-]{{0,80}}?{_NAME}{_NO_PROXY}[ \t]+", r"()([^\s\"'`]+)(?=[\"'`])")
_GLUED = _pattern(rf"(?:{_NAME}|(?<![a-z])sig|(?<=;)pwd)=", _BARE)
"""Within a text, where a word without quotes is a value in every language: `host=db password=…`, `?token=…`."""
_UNQUOTED = (
    _pattern(rf"{_NAME}(?:{_AFTER}|{_BY_VALUE})", _BARE),
    _pattern(rf"^[ \t]*(?:- )?[\w.$-]{{0,80}}?{_NAME}[ \t]{{0,40}}[:=][ \t]{{0,40}}", _WHOLE),
    _pattern(
        r"^[ \t]*(?:#[ \t]*)?(?:(?:env|arg|setenv|set|export|param|fastcgi_param|declare|user[ \t]+\S+)[ \t]+)?"
        rf"[\w.$-]{{0,80}}?{_NAME}{_NO_PROXY}[ \t]+",
        r"()([^\s\"'`=:{][^\s\"'`;]*)(?=[ \t]*;?[ \t]*\r?$)",
    ),
    _pattern(r"^[ \t]*(?:requirepass|masterauth|sentinel[ \t]+auth-pass[ \t]+\S+)[ \t]+", _WHOLE),
    _pattern(r"^[ \t]*user[ \t]+\S+[ \t](?:[^\n]*[ \t])?>", r"()([^\s\"'`]+)"),
    _pattern(
        r"(?:insecure-password|--[\w-]{0,40}(?:password|token|secret)|sshpass[ \t]+-p"
        r"|\bmysql[a-z]*\b[^\n]{0,200}?[ \t]-p)",
        r"(?:(?<=-p)|(?<![- \t])[ \t]+)()([^\s\"'`=-][^\s\"'`]*)",
    ),
    _pattern(
        r"(?:\bcurl\b[^\n]{0,400}?[ \t](?:-u|--user)[ \t=]?[\"']?|stats[ \t]+auth[ \t]+)[^\s:\"'`]+:", r"()([^\s\"'`]+)"
    ),
)

_PUT_IN = r"\$\{[\w.]+\}|\$\w+|\$\([\w.]+\)|\$\{\{[^{}]*\}\}|\{\{[^{}]*\}\}|#?\{[\w.]*\}|%s|%\(\w+\)s|<[^<>]*>|\*+"
_STAYS_IN_URL = LazyPattern(_PUT_IN)
_STAYS = LazyPattern(
    rf"{_PUT_IN}|!\w+(?::+\w+)?|\{{\w+:|\$[({{].*|\{{\{{.*|%[A-Za-z]"
    r"|(?:\.{0,2}|~|/(?:run|etc|var|opt|usr|home|tmp|mnt|secrets?|app|vault))/[\w./-]*"
    r"|[A-Za-z][A-Za-z0-9+.-]*://.*|(?:arn|vault|op|sm|ssm|env|file|projects|ref\+\w+)[:/].*"
    r"|(?:ENC|DEC)\(.*|\{(?:cipher|vault|sops)\}.*|(?:var|local|data|module|each|self|secrets|process\.env)\.[\w.\[\]*-]+"
    r"|(?i:true|false|null|none|nil|yes|no|on|off|read|write|required|optional|enabled?|disabled?|undefined|str|string"
    r"|bytes|int|integer|bool|boolean|char|text|object|any|always|never|auto|[|>][+-]?)"
)
_EXPRESSION = LazyPattern(r"[A-Za-z_]\w*(?:\[[^\]]*\]|\.[A-Za-z_*]\w*)+|[A-Za-z_][\w.]*\(.*")
_CODE = (".py", ".pyi", ".js", ".cjs", ".mjs", ".jsx", ".ts", ".cts", ".mts", ".tsx", ".java", ".kt", ".kts", ".go",
    ".rb", ".php", ".cs", ".rs", ".c", ".h", ".cc", ".cpp", ".swift", ".scala", ".sql", ".bicep", ".rego")  # fmt: skip
_OF_EXPRESSIONS = (".tf", ".tofu", ".hcl", ".tfvars")


def hidden(text: str, path: str = "") -> str:
    """The text, or some lines, of a file with stars for the secrets in it; of the same length.

    In code and in SQL a word without quotes is a name, and stays, unless it stands within a text.
    """
    low = path.lower()
    return _hidden(text, low.endswith(_CODE), low.endswith(_OF_EXPRESSIONS)) if _HINT.search(text) else text


@lru_cache(maxsize=4)
def _hidden(text: str, code: bool, expressions: bool) -> str:
    pieces, at = [], 0
    for start, end in _windows(text):
        pieces += [text[at:start], _hidden_in(text[start:end], code, expressions)]
        at = end
    return "".join([*pieces, text[at:]])


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Where a secret may be: the lines with a hint, and as many after them as a pattern reaches."""
    start = end = 0
    for hint in _HINT.finditer(text):
        if hint.start() >= end:
            if end:
                yield start, end
            start = text.rfind("\n", 0, hint.start()) + 1
        end = text.find("\n", hint.end() + _REACH) + 1 or len(text)
    if end:
        yield start, end


def _hidden_in(text: str, code: bool, expressions: bool) -> str:
    text = without_passwords(text)
    for pattern in (_IN_QUOTES, _BLANK_QUOTED, _AUTHORIZATION):
        text = pattern.compiled.sub(_starred, text)
    if code:
        return _GLUED.compiled.sub(_starred_in_text, text)
    star: Callable[[re.Match[str]], str] = _starred_value if expressions else _starred
    for pattern in (*_UNQUOTED, _GLUED):
        text = pattern.compiled.sub(star, text)
    return text


def without_passwords(text: str) -> str:
    """The text with stars for the passwords in URLs (`redis://:password@host`), of the same length."""
    if "://" not in text or "@" not in text:
        return text
    return _URL.compiled.sub(
        lambda match: match[0] if _STAYS_IN_URL.compiled.fullmatch(match[3]) else _stars(match), text
    )


_TELLS_NOTHING = re.compile(
    r"(?i:passwords?|passwd|secrets?|tokens?|admin|postgres|mysql|mariadb|mongodb|redis|rabbitmq|example|default)"
    r"|(?:[\w.\-]+/)*(?:[\w.\-]*\.(?:key|pem|p12|pfx|jks|ppk|env|env\.[a-z]+|json|ya?ml|npmrc|netrc|pgpass)|id_[a-z0-9]+)"
)
"""Words of which every message is full, and names of files: with stars for them nobody would know what is meant."""


def in_message(message: str, known: Collection[str] = ()) -> str:
    """What a rule says without secrets: `known` ones, and what stands behind a name in quotes or an equals sign."""
    if _HINT.search(message):
        message = without_passwords(message)
        for pattern in (_IN_QUOTES, _AUTHORIZATION, _SAID, _GLUED):
            message = pattern.compiled.sub(_starred, message)
    return without(message, known)


def without(text: str, known: Iterable[str]) -> str:
    """The text with stars for these values."""
    for value in known:
        if value in text:
            text = text.replace(value, "*" * len(value))
    return text


def taken(before: str, after: str) -> set[str]:
    """The values that stars have taken the place of, where they are long enough to be looked for elsewhere."""
    if before == after:
        return set()
    found = {before[run.start() : run.end()].strip() for run in re.finditer(r"\*+", after)}
    return {
        value for value in found if len(value) >= SHORTEST and value.strip("*") and not _TELLS_NOTHING.fullmatch(value)
    }


def _starred(match: re.Match[str]) -> str:
    return match[0] if _STAYS.compiled.fullmatch(match[3]) else _stars(match)


def _starred_value(match: re.Match[str]) -> str:
    """In a language of expressions what an equals sign with a blank gives is one: `password = name`."""
    before = match[1]
    expression = before[-1:] in " \t" and before.rstrip().endswith("=")
    return match[0] if expression or _EXPRESSION.compiled.fullmatch(match[3]) else _starred(match)


def _starred_in_text(match: re.Match[str]) -> str:
    """Where an odd number of quotes stands before it on its line."""
    start = match.string.rfind("\n", 0, match.start()) + 1
    before = match.string[start : match.start()]
    return _starred(match) if any(before.count(quote) % 2 for quote in "\"'`") else match[0]


def _stars(match: re.Match[str]) -> str:
    start, end = match.start(3) - match.start(), match.end(3) - match.start()
    return f"{match[0][:start]}{'*' * (end - start)}{match[0][end:]}"
