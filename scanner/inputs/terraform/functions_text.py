"""Functions on strings. Arguments are plain data; a ValueError means that Terraform refuses them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from scanner.inputs.terraform.arguments import RefusedError, bounded, countable, number, strings, text, whole
from scanner.inputs.terraform.functions_encoding import json_text
from scanner.inputs.terraform.values import number_text, scalar_text

_VERB = re.compile(r"%([-+ 0#]*)(\d{1,4})?(?:\.(\d{0,4}))?(?:\[(\d{1,4})\])?([a-zA-Z%])")

_GROUP = re.compile(r"\$(?:(\$)|([A-Za-z0-9_]{1,99})|\{([A-Za-z0-9_]{1,99})\})")


def _chomp(value: Any) -> str:
    return text(value).rstrip("\r\n")


def _format(pattern: Any, *arguments: Any) -> str:
    """Go's verbs, as far as Terraform allows them."""
    pattern = text(pattern)
    used: list[int] = []
    position = 0

    def argument(explicit: str | None) -> Any:
        nonlocal position
        position = int(explicit) if explicit else position + 1
        used.append(position)
        if not 1 <= position <= len(arguments):
            raise RefusedError("format has fewer arguments than verbs")
        return arguments[position - 1]

    def verb(match: re.Match[str]) -> str:
        flags, width, precision, explicit, letter = match.groups()
        if letter == "%":
            return "%"
        bounded(int(width or 0) * 64)
        return _formatted(letter, argument(explicit), flags, int(width or 0), precision)

    if "%" in _VERB.sub("", pattern):
        raise RefusedError("format has a verb that is none")
    result = _VERB.sub(verb, pattern)
    if len(arguments) > max(used, default=0):
        raise RefusedError("format has more arguments than verbs")
    bounded(len(result))
    return result


def _formatted(letter: str, value: Any, flags: str, width: int, precision: str | None) -> str:
    numeric = letter in "bdoxXeEfFgG"
    if letter in ("s", "q"):
        result = text(value)[: int(precision or 0) if precision is not None else None]
        result = json_text(result) if letter == "q" else result
    elif letter == "v":
        simple = scalar_text(value)
        result = json_text(value) if simple is None or "#" in flags else simple
    elif letter == "t":
        if not isinstance(value, bool):
            raise RefusedError("format expects true or false")
        result = "true" if value else "false"
    elif numeric:
        result = _number_verb(letter, number(value), flags, precision)
    else:
        raise RefusedError("format has a verb that is none")
    if "-" in flags:
        return result.ljust(width)
    if "0" in flags and numeric:
        sign = result[:1] if result[:1] in "+- " else ""
        return sign + result[len(sign) :].rjust(width - len(sign), "0")
    return result.rjust(width)


def _number_verb(letter: str, value: int | float, flags: str, precision: str | None) -> str:
    sign = "+" if "+" in flags else " " if " " in flags else ""
    if letter in "bdoxX":
        return format(int(value), f"{sign}{letter}")
    if letter in "gG" and precision is None:
        return (sign if value >= 0 else "") + number_text(value)
    digits = 6 if precision is None else int(precision or 0)
    return format(value, f"{sign}.{digits}{letter}")


def _formatlist(pattern: Any, *arguments: Any) -> list[str]:
    lengths = {len(argument) for argument in arguments if isinstance(argument, list)}
    if len(lengths) > 1:
        raise RefusedError("formatlist is given lists of different lengths")
    count = lengths.pop() if lengths else 1
    rows = (
        [argument[row] if isinstance(argument, list) else argument for argument in arguments] for row in range(count)
    )
    return [_format(pattern, *row) for row in rows]


def _indent(spaces: Any, value: Any) -> str:
    content, margin = text(value), whole(spaces)
    bounded(len(content) + content.count("\n") * max(margin, 0))
    return content.replace("\n", "\n" + " " * margin)


def _join(separator: Any, *lists: Any) -> str:
    parts = [part for each in lists for part in strings(each)]
    bounded(sum(map(len, parts)) + len(text(separator)) * len(parts))
    return text(separator).join(parts)


def _split(separator: Any, value: Any) -> list[str]:
    between, content = text(separator), text(value)
    countable(content.count(between) if between else len(content))
    return content.split(between) if between else list(content)


def _replace(value: Any, old: Any, new: Any) -> str:
    content, wanted, replacement = text(value), text(old), text(new)
    if len(wanted) > 1 and wanted.startswith("/") and wanted.endswith("/"):
        bounded((len(content) + 1) * (len(replacement) + 1))
        return _rewritten(_expression(wanted[1:-1]).finditer(content), _expander(replacement), content)
    bounded(len(content) + content.count(wanted) * len(replacement))
    return content.replace(wanted, replacement)


def _rewritten(matches: Iterator[Any], expand: Callable[[Any], str], content: str) -> str:
    """The text with every match replaced. As in Go, nothing matches between a match and what follows it."""
    parts, last = [], -1
    for match in matches:
        if match.start() == match.end() == last:
            continue
        parts += [content[max(last, 0) : match.start()], expand(match)]
        last = match.end()
    return "".join(parts) + content[max(last, 0) :]


def _expander(replacement: str) -> Callable[[Any], str]:
    """What puts groups in the place of `$1`, `${name}` and `$$`."""

    def expand(match: Any) -> str:
        def filled(found: re.Match[str]) -> str:
            if found.group(1):
                return "$"
            name = found.group(2) or found.group(3)
            try:
                return match.group(int(name) if name.isdecimal() else name) or ""
            except (IndexError, KeyError):
                return ""

        return _GROUP.sub(filled, replacement)

    return expand


def _expression(pattern: str) -> Any:
    """A regular expression of Go's kind, compiled: RE2, which takes linear time."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error:
        raise RefusedError("this is no regular expression") from None


def _captured(match: Any) -> Any:
    """What Terraform makes of a match: the whole, its groups in order, or its named groups."""
    names = match.re.groupindex
    if names:
        return {name: match.group(name) for name in names}
    return list(match.groups()) if match.re.groups else match.group(0)


def _regex(pattern: Any, value: Any) -> Any:
    match = _expression(text(pattern)).search(text(value))
    if match is None:
        raise RefusedError("the pattern does not occur in the string")
    return _captured(match)


def _regexall(pattern: Any, value: Any) -> list[Any]:
    found = []
    for match in _expression(text(pattern)).finditer(text(value)):
        found.append(_captured(match))
        countable(len(found))
    return found


def _substr(value: Any, offset: Any, length: Any) -> str:
    content, start, count = text(value), whole(offset), whole(length)
    start = max(len(content) + start, 0) if start < 0 else start
    return content[start:] if count < 0 else content[start : start + count]


def _title(value: Any) -> str:
    return re.sub(r"(?<!\w)[^\W\d_]", lambda match: match.group().upper(), text(value))


def _trim(value: Any, characters: Any) -> str:
    return text(value).strip(text(characters) or "\0")


def _sort(values: Any) -> list[str]:
    return sorted(strings(values))


def _reverse_text(value: Any) -> str:
    return text(value)[::-1]


def _basename(value: Any) -> str:
    path = text(value)
    return path.rstrip("/").rpartition("/")[2] or ("/" if path else ".")


def _dirname(value: Any) -> str:
    path = text(value)
    return posixpath.normpath(path.rpartition("/")[0] or ("/" if path.startswith("/") else "."))


FUNCTIONS: dict[str, tuple[Callable[..., Any], int, int]] = {
    "basename": (_basename, 1, 1),
    "chomp": (_chomp, 1, 1),
    "dirname": (_dirname, 1, 1),
    "endswith": (lambda value, end: text(value).endswith(text(end)), 2, 2),
    "format": (_format, 1, 99),
    "formatlist": (_formatlist, 1, 99),
    "indent": (_indent, 2, 2),
    "join": (_join, 2, 99),
    "lower": (lambda value: text(value).lower(), 1, 1),
    "regex": (_regex, 2, 2),
    "regexall": (_regexall, 2, 2),
    "replace": (_replace, 3, 3),
    "sort": (_sort, 1, 1),
    "split": (_split, 2, 2),
    "startswith": (lambda value, start: text(value).startswith(text(start)), 2, 2),
    "strcontains": (lambda value, part: text(part) in text(value), 2, 2),
    "strrev": (_reverse_text, 1, 1),
    "substr": (_substr, 3, 3),
    "title": (_title, 1, 1),
    "tostring": (lambda value: None if value is None else text(value), 1, 1),
    "trim": (_trim, 2, 2),
    "trimprefix": (lambda value, start: text(value).removeprefix(text(start)), 2, 2),
    "trimspace": (lambda value: text(value).strip(), 1, 1),
    "trimsuffix": (lambda value, end: text(value).removesuffix(text(end)), 2, 2),
    "upper": (lambda value: text(value).upper(), 1, 1),
}
"""Name -> function, fewest arguments, most arguments."""
