"""A difference of two bundles as text, Markdown or JSON. All that a bundle says is masked again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from scanner.evidence.artefacts.markdown import text as escaped
from scanner.evidence.diff import Cause, Changed, Coverage, Difference, Found
from scanner.evidence.kept import Head, shown, shown_path
from scanner.masking import mask_json
from scanner.model import Json
from scanner.printable import json_text, prose

_MANY = 200
_LINES = frozenset({"start", "path"})


class _Part(NamedTuple):
    title: str
    lines: Sequence[str]


def as_text(made: Difference) -> str:
    """For a terminal; at most 200 lines of a kind, and how many more there are."""
    lines = [*_heads(made), ""]
    for part in _parts(made):
        lines += [
            f"{part.title}: {len(part.lines)}",
            *(f"  {prose(line)}" for line in part.lines[:_MANY]),
            *_more(part),
        ]
    return "\n".join([*lines, "", _verdict(made)]) + "\n"


def as_markdown(made: Difference) -> str:
    """For a ticket or a pull request."""
    lines = ["# What moved between two bundles", "", *(f"- {escaped(line)}" for line in _heads(made)), ""]
    for part in _parts(made):
        lines += [f"## {part.title} ({len(part.lines)})", ""]
        lines += [*(f"- {escaped(line)}" for line in part.lines[:_MANY]), *map(escaped, _more(part)), ""]
    return "\n".join([*lines, f"**{escaped(_verdict(made))}**"]) + "\n"


def as_json(made: Difference) -> str:
    """`paylint-evidence-diff/1`, everything."""
    return json_text(
        {
            "schema": "paylint-evidence-diff/1",
            "old": _head_json(made.old),
            "new": _head_json(made.new),
            "same_rules": made.same_rules,
            "same_commit": made.same_code,
            "worse": list(made.worse),
            "requirements": [
                {"requirement": one.requirement, "before": one.before, "after": one.after, "worse": one.worse}
                for one in made.requirements
            ],
            "findings": {
                "new": [_found_json(one) for one in made.found],
                "gone": [_found_json(one) for one in made.gone],
                "changed": [_changed_json(one) for one in made.changed],
            },
            "coverage": {
                "lost": [_coverage_json(one) for one in made.lost],
                "gained": [_coverage_json(one) for one in made.gained],
                "left": list(map(shown_path, made.left)),
                "arrived": list(map(shown_path, made.arrived)),
            },
            "tables": [
                {
                    "name": table.name,
                    "only_in": table.only,
                    "added": [list(map(shown, row)) for row in table.added],
                    "removed": [list(map(shown, row)) for row in table.removed],
                }
                for table in made.tables
            ],
        }
    )


def _heads(made: Difference) -> Iterator[str]:
    for name, head in (("old", made.old), ("new", made.new)):
        commit = f"commit {head.commit}{' with uncommitted changes' if head.dirty else ''}" if head.commit else ""
        state = "" if head.complete else "INCOMPLETE"
        signed = f"signed by {head.signed_by}" if head.signed_by else "unsigned"
        facts = (head.created, f"paylint {head.version}", f"rules {head.rules}", commit, signed, state)
        yield f"{name}: {prose(', '.join(fact for fact in facts if fact))}"
    if made.same_rules:
        yield "The version, rules and settings are the same: what moved was moved by what was scanned."
    elif made.same_code:
        yield "The commit is the same: what moved was moved by the version, the rules or the settings."
    else:
        yield "The rules or settings differ, and what was scanned does: the cause of each finding is named where known."


def _parts(made: Difference) -> Iterator[_Part]:
    parts = (
        _Part("Requirements whose state moved", [_moved(*one[:4]) for one in made.requirements]),
        _Part("New findings", list(map(_found, made.found))),
        _Part("Findings that are gone", list(map(_found, made.gone))),
        _Part("Findings that changed", [_changed(one) for one in made.changed if not _only_moved(one)]),
        _Part("Findings on another line", [_place(one.finding) for one in made.changed if _only_moved(one)]),
        _Part("Files of which less was analysed", list(map(_coverage, made.lost))),
        _Part("Files of which more was analysed", list(map(_coverage, made.gained))),
        _Part("Files that are no longer there, or were not scanned", list(map(shown_path, made.left))),
        _Part("Files that are new, or were not scanned before", list(map(shown_path, made.arrived))),
        *_inventories(made),
    )
    return (part for part in parts if part.lines)


def _inventories(made: Difference) -> Iterator[_Part]:
    for table in made.tables:
        if table.only:
            yield _Part(f"Table {prose(table.name)}", [f"is in the {table.only} bundle only"])
            continue
        lines = [f"+ {shown('; '.join(row))}" for row in table.added]
        yield _Part(f"Table {prose(table.name)}", [*lines, *(f"- {shown('; '.join(row))}" for row in table.removed)])


def _moved(requirement: str, title: Json, before: str, after: str) -> str:
    return f"{shown(requirement)} {shown(title)}: {shown(before or 'not named')} -> {shown(after or 'not named')}"


def _found(one: Found) -> str:
    because = "not decided" if one.cause is Cause.EITHER else one.cause.value
    what = f"{shown(one.finding.get('severity', ''))} {shown(one.finding.get('title', ''))}"
    return f"{_place(one.finding)}: {what} (cause: {because})"


def _changed(one: Changed) -> str:
    said = [f"{name}: {shown(before)} -> {shown(after)}" for name, before, after in one.fields if name not in _LINES]
    return f"{_place(one.finding)}: {shown(one.finding.get('title', ''))}: {', '.join(said)}"


def _only_moved(one: Changed) -> bool:
    return all(name in _LINES for name, _, _ in one.fields)


def _coverage(one: Coverage) -> str:
    return f"{shown_path(one.path)}: {shown(one.before or 'not named')} -> {shown(one.after or 'not named')}"


def _place(finding: Mapping[str, Json]) -> str:
    start = finding.get("start")
    line = start.get("line", "?") if isinstance(start, dict) else "?"
    return f"{shown_path(finding.get('path', ''))}:{shown(line)}"


def _more(part: _Part) -> list[str]:
    return [f"  and {len(part.lines) - _MANY} more: see --format json"] if len(part.lines) > _MANY else []


def _verdict(made: Difference) -> str:
    return f"Worse: {'; '.join(made.worse)}." if made.worse else "Nothing got worse."


def _head_json(head: Head) -> Json:
    """Without the folder: the same bundles give the same bytes wherever they are."""
    return {name: value for name, value in head._asdict().items() if name != "folder"}


def _found_json(one: Found) -> Json:
    return {"cause": one.cause.value, "finding": mask_json(dict(one.finding))}


def _changed_json(one: Changed) -> Json:
    fields = {name: {"before": mask_json(before), "after": mask_json(after)} for name, before, after in one.fields}
    return {"finding": mask_json(dict(one.finding)), "fields": fields}


def _coverage_json(one: Coverage) -> Json:
    before, after = (shown(side) if side is not None else None for side in (one.before, one.after))
    return {"path": shown_path(one.path), "before": before, "after": after}


FORMATS = {"text": as_text, "markdown": as_markdown, "json": as_json}
