"""Environment variables that are an application's settings: a unit of their own, for the rules about settings.

A subject for every service or stage that sets any. Only what is known counts: a variable that is given at the start is
nobody's mistake here. Java's `-Dname=value` among options is a setting as well. Besides what such subjects hold
elsewhere (see the input `app_settings`): `held` is true. The services of one file reach each other by bare names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scanner import setting_names
from scanner.model import Json, Keys, Place, Subject, Unit

_OF_INTEREST = re.compile(
    r"ssl|tls|verif|insecure|protocol|cert|trust|encrypt|anonymous|expos|https?|security|[a-z]://|server=|host=|\s-D",
    re.IGNORECASE,
)
_OPTIONS = re.compile(r"(?:OPTS|OPTIONS|ARGS|FLAGS)$", re.IGNORECASE)
_PROPERTY = re.compile(r"(?:^|\s)-D([A-Za-z][\w.\-]*)=([^\s\"']*)")
_PROFILE = re.compile(r"(?:docker-)?(?:compose|docker|container)(?:file)?[.\-_]([\w\-]+)(?:\.ya?ml)?", re.IGNORECASE)
_ELSEWHERE = frozenset({"ARG", "LABEL", "build", "env_file"})


def settings(unit: Unit) -> Unit:
    """The unit with the settings that its subjects' environment holds, if there are any."""
    made = [found for subject in unit.subjects if (found := _subject(unit, subject))]
    if not made:
        return unit
    inner = Unit(f"app_settings:{unit.id}", "app_settings", unit.files, tuple(made))
    return unit._replace(inner=(inner,))


def _subject(unit: Unit, subject: Subject) -> Subject | None:
    known: dict[str, Json] = {}
    names: dict[str, str] = {}
    places: dict[Keys, Place] = {}
    given = list(_given(subject))
    if not any(_OF_INTEREST.search(f"{name} {value}") for name, value, _, _ in given):
        return None
    for name, value, place, env in given:
        key = setting_names.canonical(name, env)
        known[key], names[key] = value, name
        places["values", key] = place
    path = subject.header.path
    profile = _PROFILE.fullmatch(path.rpartition("/")[2])
    config: Json = {
        "format": "env",
        "profile": profile[1].lower() if profile else "",
        "test": setting_names.is_test(path),
        "sample": setting_names.is_sample(path),
        "held": True,
        "values": known,
        "names": names,
        "words": {key: setting_names.words(name) for key, name in names.items()},
    }
    address = f"{path}:{subject.address}"
    return Subject(
        f"app_settings:{unit.id}:{subject.address}", "settings", subject.name, address, subject.header, config, places
    )


def _given(subject: Subject) -> Iterator[tuple[str, str, Place, bool]]:
    """(name, value, place, whether it is named as in the environment)."""
    config = subject.config
    variables: Sequence[Json] = config.get("variables", ()) if isinstance(config, dict) else ()
    for number, variable in enumerate(variables):
        name, value = variable["name"], variable["value"]
        value = str(value).lower() if isinstance(value, bool | int | float) else value
        if not isinstance(value, str) or variable["scope"] in _ELSEWHERE or variable.get("refers"):
            continue
        place = subject.places.get(("variables", number, "value"), subject.header)
        yield name, value, place, True
        if _OPTIONS.search(name):
            for found in _PROPERTY.finditer(value):
                yield found[1], found[2], place, False
