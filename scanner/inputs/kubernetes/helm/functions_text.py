"""Functions on strings."""

from __future__ import annotations

import base64
import json
import posixpath
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from scanner.inputs.kubernetes.helm.data import Map, Seq, Unknown
from scanner.inputs.kubernetes.helm.output import cut, indented, joined

if TYPE_CHECKING:
    from scanner.inputs.kubernetes.helm.evaluate import Evaluator

MAX_MADE = 1_000_000
"""How long a string a function may make, and how long a list."""

_BLANKS = " \t\r\n\v\f\x85\xa0"
_PLAIN = re.compile(r'[^"\\\x00-\x1f\x7f]*')
_VERB = re.compile(r"%(?P<flags>[-+# 0]*)(?P<width>\d{0,4}|\*)(?P<precision>\.\d{0,3})?(?P<verb>[a-zA-Z%])")
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z0-9]+")
_GROUP = re.compile(r"\$(?:\{(\w+)\}|(\w+)|(\$))")


def _s(env: Evaluator, value: Any) -> str:
    """A value as a string, with its pieces."""
    return value if isinstance(value, str) else env.text(value)


def _quote(env: Evaluator, *given: Any) -> str:
    parts = ['"']
    for count, value in enumerate(one for one in given if one is not None):
        text = _s(env, value)
        parts += [" ", '"'] if count else []
        parts.append(text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)[1:-1])
        parts.append('"')
    return joined(parts, env.spot) if len(parts) > 1 else ""


def _squote(env: Evaluator, *given: Any) -> str:
    parts: list[str] = []
    for value in given:
        if value is not None:
            parts += [" "] if parts else []
            parts += ["'", _s(env, value), "'"]
    return joined(parts, env.spot)


def _indent(env: Evaluator, width: Any, text: Any) -> str:
    blanks = int(width)
    if not 0 <= blanks <= 1000:
        raise ValueError
    return indented(_s(env, text), blanks, env.spot)


def _nindent(env: Evaluator, width: Any, text: Any) -> str:
    return joined(["\n", _indent(env, width, text)], env.spot)


def _trim(env: Evaluator, text: Any) -> str:
    return _stripped(_s(env, text), _BLANKS, left=True, right=True)


def _stripped(text: str, blanks: str, *, left: bool, right: bool) -> str:
    start, end = 0, len(text)
    if left:
        start = end - len(text.lstrip(blanks))
    if right:
        end = max(start, len(text.rstrip(blanks)))
    return cut(text, start, end)


def _trim_all(env: Evaluator, blanks: Any, text: Any) -> str:
    return _stripped(_s(env, text), env.text(blanks), left=True, right=True)


def _trim_suffix(env: Evaluator, suffix: Any, text: Any) -> str:
    whole, end = _s(env, text), env.text(suffix)
    return cut(whole, 0, len(whole) - len(end)) if end and whole.endswith(end) else whole


def _trim_prefix(env: Evaluator, prefix: Any, text: Any) -> str:
    whole, start = _s(env, text), env.text(prefix)
    return cut(whole, len(start), len(whole)) if start and whole.startswith(start) else whole


def _trunc(env: Evaluator, length: Any, text: Any) -> Any:
    whole, most = _s(env, text), int(length)
    if env.marks.of(whole):
        return Unknown(env.marks.of(whole)[0].reason, is_set=True)
    return cut(whole, 0, min(most, len(whole))) if most >= 0 else cut(whole, max(0, len(whole) + most), len(whole))


def _print(env: Evaluator, *given: Any) -> str:
    parts: list[str] = []
    for at, value in enumerate(given):
        if at and not (isinstance(value, str) or isinstance(given[at - 1], str)):
            parts.append(" ")
        parts.append("<nil>" if value is None else _s(env, value))
    return joined(parts, env.spot)


def _cat(env: Evaluator, *given: Any) -> str:
    parts: list[str] = []
    for value in given:
        if value is not None:
            parts += [" "] if parts else []
            parts.append(_s(env, value))
    return joined(parts, env.spot)


def _printf(env: Evaluator, form: Any, *given: Any) -> Any:
    pattern = _s(env, form)
    if isinstance(form, Unknown):
        return Unknown(form.reason)
    parts, at, used = list[str](), 0, 0
    for match in _VERB.finditer(pattern):
        parts.append(cut(pattern, at, match.start()))
        at = match.end()
        if match["verb"] == "%":
            parts.append("%")
        elif used < len(given):
            parts.append(_formatted(env, match, given[used]))
            used += 1
        else:
            parts.append(f"%!{match['verb']}(MISSING)")
    parts.append(cut(pattern, at, len(pattern)))
    return joined(parts, env.spot)


def _formatted(env: Evaluator, match: re.Match[str], value: Any) -> str:
    verb, precision = match["verb"], match["precision"]
    if isinstance(value, Unknown):
        return env.text(value)
    if verb in "dxXob" and isinstance(value, (int, float)):
        text = format(int(value), verb)
    elif verb in "feEgG" and isinstance(value, (int, float)):
        text = format(float(value), f"{precision or '.6'}{verb}")
    elif verb == "q":
        text = _quote(env, value if value is not None else "")
    elif verb == "d" and isinstance(value, str):
        return f"%!d(string={value})"
    else:
        text = "%!s(<nil>)" if value is None and verb == "s" else "<nil>" if value is None else _s(env, value)
        if precision and isinstance(value, str):
            text = cut(text, 0, int(precision[1:] or 0))
    width = int(match["width"] or 0) if match["width"] != "*" else 0
    if len(text) >= width:
        return text
    if "-" in match["flags"]:
        return text.ljust(width)
    return text.zfill(width) if "0" in match["flags"] and verb in "dxXobfeEgG" else text.rjust(width)


def _to_string(env: Evaluator, value: Any) -> str:
    return _s(env, value)


def _changed(change: Callable[[str], str]) -> Callable[..., str]:
    """A function that keeps the pieces of a string it does not change."""

    def apply(env: Evaluator, text: Any) -> str:
        whole = _s(env, text)
        made = change(whole)
        return whole if made == whole else made

    return apply


def _replace(env: Evaluator, old: Any, new: Any, text: Any) -> str:
    whole, gone, put = _s(env, text), env.text(old), env.text(new)
    if gone not in whole:
        return whole
    if whole.count(gone) * len(put) > MAX_MADE:
        raise ValueError
    return whole.replace(gone, put)


def _join(env: Evaluator, separator: Any, items: Any) -> str:
    between = env.text(separator)
    if isinstance(items, Unknown):
        return env.text(items)
    values = items if isinstance(items, list) else [items]
    parts: list[str] = []
    for value in values:
        if value is not None:
            parts += [between] if parts else []
            parts.append(_s(env, value))
    return joined(parts, env.spot)


def _b64enc(env: Evaluator, text: Any) -> Any:
    whole = env.text(text)
    if unclear := env.marks.of(whole):
        return Unknown(unclear[0].reason, is_set=bool(env.truth(whole)))
    return base64.b64encode(whole.encode("utf-8", "surrogateescape")).decode()


def _b64dec(text: str) -> str:
    return base64.b64decode(text, validate=True).decode("utf-8", "replace")


def _regex(pattern: str) -> Any:
    import re2

    try:
        return re2.compile(pattern)
    except re2.error:
        raise ValueError from None


def _regex_find_all(pattern: str, text: str, most: Any) -> Seq:
    found = [match.group(0) for match in _regex(pattern).finditer(text)]
    return Seq(found if int(most) < 0 else found[: int(most)])


def _regex_find(pattern: str, text: str) -> str:
    match = _regex(pattern).search(text)
    return match.group(0) if match else ""


def _regex_replace(pattern: str, text: str, replacement: str) -> str:
    def put(match: Any) -> str:
        return _GROUP.sub(lambda name: "$" if name[3] else _group(match, name[1] or name[2]), replacement)

    return str(_regex(pattern).sub(put, text))


def _group(match: Any, name: str) -> str:
    try:
        return match.group(int(name) if name.isdigit() else name) or ""
    except (IndexError, KeyError):
        return ""


def _substr(start: Any, end: Any, text: str) -> str:
    first, last = int(start), int(end)
    if first < 0:
        return text[:last]
    return text[first:] if last < 0 or last > len(text) else text[first:last]


def _repeat(count: Any, text: str) -> str:
    if int(count) * len(text) > MAX_MADE:
        raise ValueError
    return text * int(count)


def _split(separator: str, text: str) -> Map:
    return Map({f"_{at}": part for at, part in enumerate(text.split(separator))})


def _splitn(separator: str, most: Any, text: str) -> Map:
    return Map({f"_{at}": part for at, part in enumerate(text.split(separator, int(most) - 1))})


def _words(text: str) -> Sequence[str]:
    return _WORD.findall(text)


def _title(text: str) -> str:
    return re.sub(r"(?:^|(?<=[\s\-_.]))[a-z]", lambda match: match[0].upper(), text)


IN_CONTEXT: dict[str, Callable[..., Any]] = {
    "quote": _quote, "squote": _squote, "indent": _indent, "nindent": _nindent, "trim": _trim, "trimAll": _trim_all,
    "trimSuffix": _trim_suffix, "trimPrefix": _trim_prefix, "trunc": _trunc, "print": _print, "printf": _printf,
    "println": lambda env, *given: _print(env, *given) + "\n", "cat": _cat, "toString": _to_string,
    "lower": _changed(str.lower), "upper": _changed(str.upper), "title": _changed(_title),
    "nospace": _changed(lambda text: re.sub(r"\s", "", text)), "replace": _replace, "join": _join, "b64enc": _b64enc,
}  # fmt: skip
BY_ITSELF: dict[str, Callable[..., Any]] = {
    "b64dec": _b64dec,
    "contains": lambda part, text: str(part) in text,
    "hasPrefix": lambda start, text: text.startswith(start),
    "hasSuffix": lambda end, text: text.endswith(end),
    "untitle": lambda text: text[:1].lower() + text[1:],
    "substr": _substr, "repeat": _repeat, "split": _split, "splitn": _splitn,
    "splitList": lambda separator, text: Seq(text.split(separator) if separator else list(text)),
    "camelcase": lambda text: "".join(word[:1].upper() + word[1:].lower() for word in _words(text)),
    "snakecase": lambda text: "_".join(word.lower() for word in _words(text)),
    "kebabcase": lambda text: "-".join(word.lower() for word in _words(text)),
    "regexMatch": lambda pattern, text: _regex(pattern).search(text) is not None,
    "regexFind": _regex_find, "regexFindAll": _regex_find_all, "regexReplaceAll": _regex_replace,
    "regexReplaceAllLiteral": lambda pattern, text, new: _regex(pattern).sub(lambda _: new, text),
    "regexQuoteMeta": re.escape,
    "regexSplit": lambda pattern, text, most: Seq(_regex(pattern).split(text, maxsplit=max(int(most) - 1, 0))),
    "urlquery": lambda text: quote_plus(str(text)),
    "base": posixpath.basename, "dir": posixpath.dirname, "ext": lambda path: posixpath.splitext(path)[1],
    "clean": posixpath.normpath, "isAbs": posixpath.isabs,
    "getHostByName": lambda _: "",
}  # fmt: skip
