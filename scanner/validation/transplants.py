"""Mutants of fixtures: the wrong line of a failing fixture, where the passing fixture beside it has the right one.

A line of `<input>.fail.*` with the mark `expect` sets something. Wherever `<input>.pass.*` sets the same (in a resource
or manifest of the same kind, below the same key) to something else, the wrong line takes its place; what is around it
stays as sound as it is. `mutants/fixtures.yaml` says where that is harmless (`never`) or goes unseen (`survivors`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeAlias

from scanner.catalog import Catalog
from scanner.rule_tests import Fixture, collect
from scanner.validation.edit import Edit, indented
from scanner.validation.mutant import Mutant, Texts
from scanner.validation.read import read
from scanner.validation.reviewed import Reviewed

FILE = "fixtures.yaml"
Setting: TypeAlias = "tuple[str, str, str]"
"""Kind of what a line is part of (a resource's or manifest's), the key above it, its own key."""

_MARK = re.compile(r"\s*(?:#|//|/\*|<!--|;)\s*expect\b(?! next).*$")
_KEY = re.compile(r"""\s*(?:- +)*["']?([A-Za-z_][\w.\-/]*)["']?(?=\s*[=:]|\s|$)""")
_KIND = re.compile(r"""(?:\s*["']?(?:Type|kind)["']?\s*:\s*["']?|(?:resource|data|module) ")([\w:.]+)""")
_HEREDOC = re.compile(r"<<[-~]?\"?(\w+)\"?\s*$")
_REFERENCE = re.compile(r"\b(?:var|local|data|module)\.|!(?:Ref|Sub)|\$\{")
"""What says the value elsewhere."""
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))
_END = re.compile(r"[,;]$")
_TREE = frozenset("{}=:,")
_PAIR = ("name", "value", "key")
"""What says nothing without the other line of its pair."""
_UNKNOWN_LINES = (".sql", ".json", ".toml")
"""Where a line has no key of its own, or no comment."""
_MOST = 2
"""Wrong lines that are tried in one place."""


class _Line(NamedTuple):
    number: int
    text: str
    setting: Setting


def transplants(folder: Path, root: Path, catalog: Catalog, texts: Texts) -> Iterator[Mutant]:
    """All there are in a rules folder. RuleError: `fixtures.yaml` speaks of an edit that is not made."""
    name = f"mutants/{FILE}"
    content = (read(folder / name, name, "fixtures") or {}) if (folder / name).is_file() else {}
    reviewed, also = Reviewed(content, name), content.get("also", {})
    for rule, fixtures in _by_rule(folder, catalog).items():
        wrong: dict[Setting, list[str]] = defaultdict(list)
        for file in _files(fixtures, "fail", root):
            for line in _settings(texts(file)):
                if _MARK.search(line.text) and not _REFERENCE.search(line.text):
                    wrong[line.setting].append(_MARK.sub("", line.text).strip())
        for file in _files(fixtures, "pass", root):
            for mutant, right in _made(rule, file, texts(file), wrong):
                if (kept := reviewed(mutant, right)) is not None:
                    yield replace(kept, also=frozenset(also.get(kept.policy, ())))
    reviewed.check()


def _by_rule(folder: Path, catalog: Catalog) -> Mapping[str, list[Fixture]]:
    """Rule id -> the fixtures of its own, of those on configuration."""
    found: dict[str, list[Fixture]] = defaultdict(list)
    for fixture in collect(folder, catalog):
        if fixture.kind in ("fail", "pass") and len(fixture.rules) == 1:
            found[fixture.rules[0]].append(fixture)
    return found


def _files(fixtures: Sequence[Fixture], kind: str, root: Path) -> Iterator[str]:
    for fixture in fixtures:
        if fixture.kind == kind:
            files = sorted(fixture.source.rglob("*")) if fixture.source.is_dir() else [fixture.source]
            yield from (
                path.relative_to(root).as_posix()
                for path in files
                if path.is_file() and path.suffix not in _UNKNOWN_LINES
            )


def _settings(text: str) -> Iterator[_Line]:
    """The lines that set something and end there."""
    kind, above, until = "", list[tuple[int, str]](), ""
    for number, line in enumerate(text.split("\n"), 1):
        if until:
            until = "" if line.strip() == until else until
            continue
        match = _KEY.match(line)
        if match is None:
            continue
        depth = len(line) - len(line.lstrip(" \t-"))
        above = [(other, key) for other, key in above if other < depth]
        if found := _KIND.match(line):
            kind = found[1]
        elif heredoc := _HEREDOC.search(line):
            until = heredoc[1]
        elif match[1].lower() not in _PAIR and _ends(_MARK.sub("", line).rstrip()):
            yield _Line(number, line, (kind, above[-1][1] if above else "", match[1]))
        above.append((depth, match[1]))


def _ends(line: str) -> bool:
    """Whether what begins on a line ends there."""
    closed = all(line.count(start) == line.count(end) for start, end in _BRACKETS)
    return closed and not line.endswith((":", "\\", "|", ">"))


def _made(rule: str, file: str, text: str, wrong: Mapping[Setting, Sequence[str]]) -> Iterator[tuple[Mutant, str]]:
    """The mutants of one passing file, each with the line it changes."""
    for line in _settings(text):
        right = line.text.strip()
        known = dict.fromkeys(wrong.get(line.setting, ()))
        if any(_same(right, other) for other in known):
            continue  # what is around it excuses this one, and would others
        for nth, other in enumerate([other for other in known if _fits(right, other)][:_MOST], 1):
            name = f"wrong_value:{file}:{line.number}" + (f":{nth}" if nth > 1 else "")
            edit = Edit(file, line.number, 1, indented(other, line.text))
            yield Mutant(name, rule.partition(".")[0], edit, rule=rule, generated=True), right


def _same(right: str, wrong: str) -> bool:
    return "".join(right.split()) == "".join(wrong.split())


def _fits(right: str, wrong: str) -> bool:
    """Whether it is as much a part of a list, and, of a line that holds a tree, differs in one value alone."""
    same = right.startswith("- ") == wrong.startswith("- ") and _END.findall(right) == _END.findall(wrong)
    return same and ("{" not in right + wrong or _TREE.isdisjoint("".join(_different(right, wrong))))


def _different(right: str, wrong: str) -> tuple[str, str]:
    """The stretch in which two lines differ."""
    head = _alike(right, wrong)
    tail = _alike(right[head:][::-1], wrong[head:][::-1])
    return right[head : len(right) - tail], wrong[head : len(wrong) - tail]


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))
