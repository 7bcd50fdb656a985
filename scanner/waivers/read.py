"""`paylint-waivers.yaml` as it is written: `rules/waivers.schema.json`, with the place of every mistake. All masked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from scanner.errors import ConfigError, ParseError
from scanner.masking import mask, mask_path
from scanner.model import Json, Keys, Place, Waiver, WaiverType
from scanner.passwords import in_message
from scanner.text import Source
from scanner.yaml_tree import Places, parse

POLICY = "invalid_waiver"
LARGEST = 4 * 1024 * 1024
_TARGETS = ("path", "fingerprint")
_KNOWN = frozenset(
    {
        "id",
        "type",
        "policy",
        *_TARGETS,
        "requirements",
        "justification",
        "owner",
        "approver",
        "approved_at",
        "expires",
        "ticket",
        "worksheet",
    }
)
WORKSHEETS: Mapping[WaiverType, tuple[str, ...]] = {
    WaiverType.COMPENSATING_CONTROL: (
        "constraints",
        "definition",
        "objective",
        "risk",
        "validation",
        "maintenance",
    ),
    WaiverType.CUSTOMIZED_APPROACH: (
        "objective",
        "controls",
        "where",
        "when",
        "responsible",
        "testing",
        "maintenance",
        "risk_analysis",
    ),
}
"""What has to be said beside the rest: the fields of PCI DSS v4.0.1, Appendix C and Appendix E, by type."""
_PERSON = re.compile(r"[^<>]*\S[ \t]*<[^<>@\s]+@[^<>@\s]+>")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_REFERENCE = re.compile(r"[a-z0-9.-]+:[A-Za-z0-9.()-]+")
_BLANK = re.compile(r"(?i)\s*(?:|todo\b.*|tbd\b.*|fixme\b.*|\?+|<[^@]*>)\s*")
"""What `paylint waivers new` leaves to be filled in says nothing."""


class Malformed(NamedTuple):
    """An entry, or a part of the file, that waives nothing."""

    place: Place
    message: str


class _WrongError(Exception):
    """Where in an entry, and why."""

    def __init__(self, key: Keys, message: str) -> None:
        super().__init__(message)
        self.key = key


def read(source: Source) -> tuple[tuple[Waiver, ...], tuple[Malformed, ...]]:
    """Entries in their order, and those that are none. Raises ConfigError for a file that is no list of waivers."""
    if len(source.data) > LARGEST:
        raise ConfigError(f"{source.path}: larger than {LARGEST // 1024 // 1024} MiB: that is no list of waivers")
    try:
        documents = parse(source)
    except ParseError as error:
        raise ConfigError(f"{source.path}:{error.line}: not valid YAML: {mask(error.message)}") from None
    if len(documents) > 1:
        raise ConfigError(f"{source.path}: one YAML document is expected, with the key `waivers`")
    if not documents or documents[0].data is None:
        return (), ()
    data, places = documents[0].data, documents[0].places
    if documents[0].duplicates:
        raise ConfigError(f"{source.path}:{documents[0].duplicates[0].line}: a key is given twice; one of them is lost")
    if not isinstance(data, dict) or set(data) != {"waivers"} or not isinstance(data["waivers"], list):
        raise ConfigError(f"{source.path}: expected one key `waivers` with a list of waivers")
    return _entries(data["waivers"], places)


def _entries(items: list[Json], places: Places) -> tuple[tuple[Waiver, ...], tuple[Malformed, ...]]:
    good: list[Waiver] = []
    bad: list[Malformed] = []
    seen: set[str] = set()
    for number, item in enumerate(items):
        here: Keys = ("waivers", number)
        try:
            waiver = _waiver(item, _whole(places, here))
            if waiver.id in seen:
                raise _WrongError(("id",), f"{waiver.id!r} is the id of another waiver above; give each its own")
            seen.add(waiver.id)
            good.append(waiver)
        except _WrongError as error:
            key = here + error.key
            bad.append(Malformed(places[key] if key in places else _whole(places, here), _waives_nothing(str(error))))
    return tuple(good), tuple(bad)


def _waives_nothing(why: str) -> str:
    return _shown(f"this waiver is not understood and waives nothing: {why}")


def _whole(places: Places, keys: Keys) -> Place:
    """From an entry's first line to the last that anything of it stands on."""
    first = places[keys]
    inside = [first.span, *(place.span for place in places.below(keys).values())]
    last = max(inside, key=lambda span: (span.end_line, span.end_column))
    return Place(first.path, first.span._replace(end_line=last.end_line, end_column=last.end_column))


def _waiver(item: Json, place: Place) -> Waiver:
    if not isinstance(item, dict):
        raise _WrongError(
            (), "expected a mapping with id, type, policy, path or fingerprint, justification and the rest"
        )
    for key in item:
        if key not in _KNOWN:
            raise _WrongError((key,), f"unknown key {key!r}; known are: {', '.join(sorted(_KNOWN))}")
    targets = {key: _text(item, key) for key in _TARGETS if key in item}
    if len(targets) != 1:
        raise _WrongError((), "give either a path (a glob) or the fingerprint of one finding")
    approved_at, expires = _date(item, "approved_at"), _date(item, "expires")
    if expires < approved_at:
        raise _WrongError(("expires",), "it expires before it was approved")
    kind = _kind(item)
    return Waiver(
        id=_text(item, "id"),
        type=kind,
        policy=_text(item, "policy"),
        justification=_text(item, "justification"),
        owner=_person(item, "owner"),
        approver=_person(item, "approver"),
        approved_at=approved_at,
        expires=expires,
        ticket=_text(item, "ticket"),
        place=Place(mask_path(place.path), place.span),
        path=mask_path(targets.get("path", "")),
        fingerprint=targets.get("fingerprint", ""),
        requirements=_requirements(item),
        worksheet=_worksheet(item, kind),
    )


def _shown(text: str) -> str:
    return mask(in_message(text))


def _text(item: Mapping[str, Json], key: str) -> str:
    value = item.get(key)
    if not isinstance(value, str) or _BLANK.fullmatch(value):
        raise _WrongError((key,) if key in item else (), f"{key}: expected text that says something")
    return _shown(value.strip())


def _person(item: Mapping[str, Json], key: str) -> str:
    value = _text(item, key)
    if not _PERSON.fullmatch(value):
        raise _WrongError((key,), f"{key}: expected a person as in git, `Name <name@example.org>`")
    return value


def _date(item: Mapping[str, Json], key: str) -> date:
    value = _text(item, key)
    try:
        if _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise _WrongError((key,), f"{key}: expected a day, as in 2027-03-31")


def _kind(item: Mapping[str, Json]) -> WaiverType:
    value = _text(item, "type")
    try:
        return WaiverType(value)
    except ValueError:
        raise _WrongError(("type",), f"type: expected one of {', '.join(kind.value for kind in WaiverType)}") from None


def _requirements(item: Mapping[str, Json]) -> tuple[str, ...]:
    given = item.get("requirements", [])
    if not isinstance(given, list) or not all(isinstance(one, str) and _REFERENCE.fullmatch(one) for one in given):
        raise _WrongError(("requirements",), "requirements: expected a list as in [pci-dss-4.0.1:4.2.1]")
    return tuple(given)


def _worksheet(item: Mapping[str, Json], kind: WaiverType) -> Mapping[str, str]:
    wanted, given = WORKSHEETS.get(kind, ()), item.get("worksheet", {})
    if not isinstance(given, dict):
        raise _WrongError(("worksheet",), "worksheet: expected a mapping")
    return dict(_answers(wanted, given, kind))


def _answers(wanted: tuple[str, ...], given: Mapping[str, Json], kind: WaiverType) -> Iterator[tuple[str, str]]:
    for key in given:
        if key not in wanted:
            known = ", ".join(wanted) or "none"
            raise _WrongError(
                ("worksheet", key), f"worksheet: a {kind.value} has no field {key!r}; its fields are: {known}"
            )
    for key in wanted:
        value = given.get(key)
        if not isinstance(value, str) or _BLANK.fullmatch(value):
            where = ("worksheet", key) if key in given else ()
            raise _WrongError(where, f"worksheet: {key} is missing, which a {kind.value} needs")
        yield key, _shown(value.strip())


@lru_cache(maxsize=4096)
def matcher(glob: str) -> Callable[[str], bool]:
    """Whether a path fits: `*` and `?` stay within a folder, `**` does not."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", glob)
    known = {"**/": r"(?:[^/]+/)*", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}
    pattern = re.compile("".join(known.get(part, re.escape(part)) for part in parts), re.DOTALL)
    return lambda path: pattern.fullmatch(path) is not None
