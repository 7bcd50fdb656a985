"""Which eligibility criteria of a self-assessment questionnaire (SAQ) the code contradicts; never who is eligible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from scanner.errors import RuleError
from scanner.evidence.model import AccountDataItem, Adviser, ScriptItem
from scanner.evidence.profile import SAQS
from scanner.model import Confidence, Finding, Json, Place, ScanResult, WaiverType
from scanner.rule_files import parse_yaml
from scanner.setting_names import is_test

FILE = Path("controls", "saq", "criteria.yaml")
_POLICIES = ("contradicted_by", "on_servers", "doubted_by")
_FACTS = ("ruled_out_by", "questioned_by")
_KEYS = {"title", "saqs", *_POLICIES, *_FACTS, "confirm"}
SEEN = ("stored", "processed", "hashed", "scripts")
"""What inventories show, as criteria name it."""
_ACCOUNT_DATA = frozenset(("pan", "card", "track", "verification_code", "pin"))
_IN_BROWSERS = ("javascript", "typescript", "page")
_BROWSER_STORAGE = re.compile(r"\b(?:localStorage|sessionStorage|indexedDB|document\s*\.\s*cookie)\b")
_NOT_THE_SHOP = re.compile(r"(?i)^docs?/|(?:^|/)test_[^/]*$|[._](?:spec|test)\.\w+$|\.(?:md|rst|adoc)$")
"""Tests by their files' names, and documentation; folders of a package may be called anything (`example`, `docs`)."""


_DENYING = (WaiverType.FALSE_POSITIVE, WaiverType.NOT_APPLICABLE)


class Criterion(NamedTuple):
    """One criterion; see rules/controls/saq/criteria.yaml. `saqs`: questionnaire -> confidence."""

    id: str
    title: str
    saqs: Mapping[str, str]
    contradicted_by: tuple[str, ...]
    on_servers: tuple[str, ...]
    doubted_by: tuple[str, ...]
    ruled_out_by: tuple[str, ...]
    questioned_by: tuple[str, ...]
    confirm: str

    @property
    def policies(self) -> frozenset[str]:
        """That speak about it."""
        return frozenset((*self.contradicted_by, *self.on_servers, *self.doubted_by))


def criteria(rules: Path) -> tuple[Criterion, ...]:
    """Of a rules folder, in the file's order. RuleError: it cannot be read, or is not what the schema describes."""
    try:
        content = parse_yaml((rules / FILE).read_text("utf-8"), FILE.as_posix())
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{FILE.as_posix()}: cannot be read: {error}") from None
    if not isinstance(content, dict):
        raise RuleError(f"{FILE.as_posix()}: expected criteria by their ids")
    return tuple(_criterion(str(name), value) for name, value in content.items())


def _criterion(name: str, value: Json) -> Criterion:
    if not isinstance(value, dict) or set(value) != _KEYS:
        raise RuleError(f"{FILE.as_posix()}: {name}: expected {', '.join(sorted(_KEYS))}")
    if not isinstance(value["saqs"], dict) or not value["saqs"] or set(value["saqs"]) - set(SAQS):
        raise RuleError(f"{FILE.as_posix()}: {name}: saqs: expected some of {', '.join(SAQS)}")
    lists = {key: value[key] for key in (*_POLICIES, *_FACTS)}
    if any(not isinstance(one, list) for one in lists.values()):
        raise RuleError(f"{FILE.as_posix()}: {name}: expected lists of policies, and of what inventories show")
    named = {key: tuple(map(str, each)) for key, each in lists.items()}
    if {*named["ruled_out_by"], *named["questioned_by"]} - set(SEEN):
        raise RuleError(f"{FILE.as_posix()}: {name}: inventories show: {', '.join(SEEN)}")
    return Criterion(id=name, title=value["title"], saqs=value["saqs"], confirm=value["confirm"], **named)


class _Looked(NamedTuple):
    """`findings`: about the shop; `left_out`: how many are not."""

    result: ScanResult
    findings: Sequence[Finding]
    seen: Sequence[Fact]
    left_out: int


class Fact(NamedTuple):
    """What an inventory shows. `kind`: of SEEN."""

    kind: str
    place: Place
    why: str


def facts(account_data: Iterable[AccountDataItem], scripts: Iterable[ScriptItem]) -> tuple[Fact, ...]:
    """Rows that are no findings: those speak for themselves. Encrypted account data is stored, too."""
    rows = (row for row in account_data if not row.violations and _ACCOUNT_DATA.intersection(row.elements))
    kinds = {"stored": "stored", "processed": "processed"}
    found = [
        Fact("hashed" if "hash" in row.unreadable else kinds[row.kind], row.place, _of_data(row))
        for row in rows
        if row.kind in kinds
    ]
    found += [Fact("scripts", one.place, f"a payment page has this script: {one.source}") for one in scripts]
    return tuple(fact for fact in found if not _beside_the_shop(fact.place.path))


def _of_data(row: AccountDataItem) -> str:
    how = f", under {row.unreadable}" if row.unreadable else ""
    return f"{row.store}: {', '.join(row.elements)} {row.kind}{how}"


def advise(result: ScanResult, known: tuple[Criterion, ...], seen: Sequence[Fact] = ()) -> tuple[Adviser, ...]:
    """One for each questionnaire. Findings in tests and documentation are no word about the shop."""
    found = [one for one in result.findings if not _beside_the_shop(one.place.path)]
    left_out = len(result.findings) - len(found)
    looked = _Looked(result, found, seen, left_out)
    return tuple(_adviser(saq, [one for one in known if saq in one.saqs], looked) for saq in SAQS)


def _beside_the_shop(path: str) -> bool:
    return is_test(path) or _NOT_THE_SHOP.search(path) is not None


def _adviser(saq: str, known: list[Criterion], looked: _Looked) -> Adviser:
    contradicted: set[tuple[str, Place, str]] = set()
    doubted: set[tuple[str, Place, str]] = set()
    for one in known:
        for finding in looked.findings:
            if finding.policy in one.policies:
                sure = _contradicts(one, finding, looked.result)
                (contradicted if sure else doubted).add((one.title, finding.place, finding.message))
        for fact in looked.seen:
            if fact.kind in (*one.ruled_out_by, *one.questioned_by):
                rows = contradicted if fact.kind in one.ruled_out_by else doubted
                rows.add((one.title, fact.place, fact.why))
    unseen = list(_unseen(saq, known, looked.result))
    if looked.left_out:
        unseen.append(f"Findings in tests and documentation, which are left out here: {looked.left_out}")
    return Adviser(saq, _in_order(contradicted), tuple(unseen), _in_order(doubted))


def _in_order(rows: set[tuple[str, Place, str]]) -> tuple[tuple[str, Place, str], ...]:
    return tuple(sorted(rows))


def _contradicts(one: Criterion, finding: Finding, result: ScanResult) -> bool:
    """Not where the scanner is unsure, or somebody says that it is wrong: a person looks at it. That a risk is accepted
    makes nothing eligible.
    """
    denied = finding.waived is not None and finding.waived.type in _DENYING
    if finding.suppressed is not None or denied or finding.confidence is Confidence.LOW:
        return False
    rule = result.rules.get(finding.rule)
    in_browser = rule is None or rule.input in _IN_BROWSERS
    if finding.policy in one.contradicted_by:
        return not (in_browser and _BROWSER_STORAGE.search(finding.snippet))
    return finding.policy in one.on_servers and not in_browser


def _unseen(saq: str, known: list[Criterion], result: ScanResult) -> Iterator[str]:
    if result.exit_code == 3:
        yield "The scan is incomplete: what was not analysed may contradict more"
    for one in known:
        yield f"{one.title} (a criterion with {one.saqs[saq]} confidence): {one.confirm}"
        if missing := sorted(one.policies - set(result.policies)):
            yield f"{one.title}: not looked for by this scan: {', '.join(missing)}"
