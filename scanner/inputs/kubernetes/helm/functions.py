"""The functions of templates: Go's own, Sprig's and Helm's, as far as charts use them.

A function gets its arguments as Helm would. One that is not named in `_SEES_UNKNOWN` is not called where one of them is
not known: its result is not known either. One that cannot be carried out gives something that is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from scanner.inputs.kubernetes.helm import functions_data, functions_numbers, functions_text
from scanner.inputs.kubernetes.helm.data import Map, Unknown, size_of
from scanner.inputs.kubernetes.helm.output import Traced

if TYPE_CHECKING:
    from scanner.inputs.kubernetes.helm.evaluate import Evaluator

_RANDOM = frozenset(
    """randAlpha randAlphaNum randNumeric randAscii randBytes randInt uuidv4 genPrivateKey derivePassword htpasswd
    bcrypt encryptAES now date dateInZone date_in_zone htmlDate htmlDateInZone unixEpoch sha1sum sha256sum sha512sum
    adler32sum ago""".split()  # noqa: SIM905
)
"""What is another value at each installation, or an unreadable one, but never empty."""
_CERTIFICATES = frozenset({"genCA", "genCAWithKey", "genSelfSignedCert", "genSelfSignedCertWithKey", "genSignedCert",
                           "genSignedCertWithKey", "buildCustomCert"})  # fmt: skip
_SEES_UNKNOWN = frozenset(
    """quote squote indent nindent trim trimSuffix trimPrefix trimAll print println printf cat toString replace lower
    upper title default coalesce ternary empty not list tuple dict set get hasKey merge mergeOverwrite include tpl
    toYaml toJson toPrettyJson toRawJson fromYaml fromJson required fail append prepend concat deepCopy pick omit unset
    join keys values first last rest initial index has len kindOf kindIs typeOf typeIs b64enc trunc pluck dig compact
    nospace
    reverse uniq without toStrings lookup""".split()  # noqa: SIM905
)


_SHALLOW = frozenset(
    """list tuple dict set get hasKey index include tpl default coalesce ternary empty not all any required fail
    len first last append prepend kindOf kindIs typeOf typeIs dig lookup push keys int eq ne""".split()  # noqa: SIM905
)
"""What does not look into mappings and lists."""
COST = 8
"""How many characters of output a value counts as that is looked at, and how many that are looked at count as one."""
MAX_VALUES = 200_000
"""How many values the arguments of other functions may hold: a mapping may hold another many times."""


def call(env: Evaluator, name: str, arguments: Sequence[Any]) -> Any:
    """What a function gives. LimitError beyond the limits."""
    if name in _RANDOM:
        return Unknown(f"made by {name}", is_set=True)
    if name in _CERTIFICATES:
        parts = (Unknown(f"made by {name}", is_set=True) for _ in range(2))
        return Map(zip(("Cert", "Key"), parts, strict=True))
    if name.startswith("must") and name[4:5].isupper():
        name = name[4].lower() + name[5:]
    in_context, by_itself = _IN_CONTEXT.get(name), _BY_ITSELF.get(name)
    if in_context is None and by_itself is None:
        env.note(f"the function {name} is not known here")
        return Unknown(f"the function {name} is not known here")
    if name not in _SEES_UNKNOWN:
        unclear = next((one for one in arguments if isinstance(one, Unknown)), None)
        marked = next((found[0] for one in arguments if isinstance(one, str) and (found := env.marks.of(one))), None)
        if unclear or marked:
            return Unknown((unclear or marked).reason)  # type: ignore[union-attr]
    try:
        if name not in _SHALLOW or (name in ("eq", "ne") and any(isinstance(one, (dict, list)) for one in arguments)):
            env.spend(COST * sum(size_of(one, MAX_VALUES) for one in arguments if isinstance(one, (dict, list))))
        env.spend(sum(len(one) // COST for one in arguments if isinstance(one, str)))
        result = in_context(env, *arguments) if in_context else by_itself(*arguments)  # type: ignore[misc]
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
        return Unknown(f"{name} cannot be carried out with these values")
    env.spend(1 if name in ("set", "unset", "get", "index", "default") else _weight(result))
    return result


def _weight(value: Any) -> int:
    """About how much memory a new value takes."""
    if isinstance(value, (str, list, dict)):
        return len(value)
    return 1


def _default(env: Evaluator, fallback: Any, *given: Any) -> Any:
    if not given:
        return fallback
    truth = env.truth(given[0])
    if truth is None:
        return Unknown(_reason(env, given[0]), is_set=bool(env.truth(fallback)))
    return given[0] if truth else fallback


def _reason(env: Evaluator, value: Any) -> str:
    return value.reason if isinstance(value, Unknown) else env.marks.of(value)[0].reason


def _coalesce(env: Evaluator, *given: Any) -> Any:
    for one in given:
        truth = env.truth(one)
        if truth is None:
            return Unknown(_reason(env, one))
        if truth:
            return one
    return None


def _ternary(env: Evaluator, one: Any, other: Any, condition: Any) -> Any:
    truth = env.truth(condition)
    if truth is None:
        return Unknown(_reason(env, condition))
    return one if truth else other


def _empty(env: Evaluator, value: Any) -> Any:
    truth = env.truth(value)
    return Unknown(_reason(env, value)) if truth is None else not truth


def _required(_: Evaluator, _message: Any, value: Any) -> Any:
    if value is None or value == "":
        return Unknown("required, and not set in values.yaml", is_set=True)
    return value


def _fail(env: Evaluator, *_: Any) -> str:
    env.note("asks for other values than those of values.yaml")
    return ""


def _include(env: Evaluator, name: Any, dot: Any = None) -> Any:
    if isinstance(name, Unknown):
        return Unknown(name.reason)
    return env.include(name, dot)


def _tpl(env: Evaluator, text: Any, dot: Any) -> Any:
    if isinstance(text, Unknown):
        return Unknown(text.reason)
    result = env.tpl(env.text(text), dot)
    if isinstance(result, Traced):
        return result
    return text if isinstance(text, str) and result == text else result


def _all(env: Evaluator, *given: Any) -> bool:
    return all(env.truth(one) for one in given)


def _any(env: Evaluator, *given: Any) -> bool:
    return any(env.truth(one) for one in given)


_IN_CONTEXT: dict[str, Callable[..., Any]] = {
    "default": _default, "coalesce": _coalesce, "ternary": _ternary, "empty": _empty, "not": _empty,
    "required": _required, "fail": _fail, "include": _include, "tpl": _tpl, "all": _all, "any": _any,
    **functions_text.IN_CONTEXT, **functions_data.IN_CONTEXT,
}  # fmt: skip
_BY_ITSELF: dict[str, Callable[..., Any]] = {
    **functions_text.BY_ITSELF, **functions_data.BY_ITSELF, **functions_numbers.BY_ITSELF,
}  # fmt: skip
