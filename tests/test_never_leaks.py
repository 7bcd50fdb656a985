"""Nothing that leaves the scanner holds a full card number, a verification code, a track or a PIN.

A project with account data planted in every way there is gets scanned with rules that repeat whatever they see. Then it
is searched for in all that came out, and, since a search finds only what it knows to look for: a second project that
differs from the first in nothing but digits no report may show gives the very same reports.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pypdf
import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from scanner import cli, run
from scanner.errors import EngineError, UsageError
from scanner.evidence.artefacts import pdf
from scanner.evidence.bundle import ARTEFACTS, OPTIONAL
from scanner.evidence.signing import dsse, manifest
from scanner.inputs import INPUTS
from tests.command import Answer, paylint
from tests.evidence.signed import pem
from tests.leaks import cards_in, codes_in, kept, results, strings
from tests.planted import PLAIN, Secrets, project, talkative_rules, write


@dataclass(frozen=True)
class Scan:
    """A scan of a planted project. `cache` is shared by all of them."""

    secrets: Secrets
    rules: Secrets
    answer: Answer
    reports: dict[str, str]
    cache: Path

    @property
    def cards(self) -> list[str]:
        return self.secrets.cards + self.rules.cards


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scan, ...]:
    """Two projects with the same seed, the first scanned twice."""
    home = tmp_path_factory.mktemp("leaks")
    rules = Secrets("rules")
    folder = write(home / "rules", talkative_rules(rules))
    done = []
    for number, variant in enumerate((0, 0, 1)):
        secrets = Secrets("leaks", variant)
        tree, out = write(home / f"project{variant}", project(secrets)), home / f"out{number}"
        out.mkdir()
        answer = paylint(
            *("scan", "--rules", folder, "-o", f"json:{out}/json", "-o", f"sarif:{out}/sarif"),
            cwd=tree,
            env={"PAYLINT_CACHE_DIR": str(home / "cache")},
        )
        reports = {file.name: file.read_text("utf-8") for file in out.iterdir()}
        if number != 1:
            reports |= bundle(tree, out, folder, secrets, home / "cache")
        done.append(Scan(secrets, rules, answer, {**reports, "text": answer.out}, home / "cache"))
    return tuple(done)


def _optional() -> tuple[str, ...]:
    """The PDF, where it can be written."""
    try:
        pdf.available()
    except UsageError:
        return ()
    return tuple(OPTIONAL)


PDF = _optional()


def bundle(tree: Path, out: Path, rules: Path, secrets: Secrets, cache: Path) -> dict[str, str]:
    """Every file of the evidence, signed, with settings that hold card numbers."""
    told = yaml.safe_load((tree / "paylint.yaml").read_text("utf-8"))
    owner = {"name": secrets.card(), "role": f"cvv {secrets.card()}", "paths": [f"{secrets.card()}/**"]}
    told["evidence"] = {"entity": f"Shop {secrets.card()}", "assessment": secrets.card(), "owners": [owner]}
    told["settings"] = {"cde_labels": {"card": secrets.card()}}
    (out / "profile.yaml").write_text(yaml.safe_dump(told), "utf-8")
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    written = paylint(
        *("evidence", "-o", out / "evidence", "--rules", rules, "--profile", out / "profile.yaml"),
        *("--sign-key", "env:SIGNING_KEY", *(["--pdf"] if PDF else [])),
        cwd=tree,
        env={"PAYLINT_CACHE_DIR": str(cache), "SIGNING_KEY": pem(key).decode(), "SOURCE_DATE_EPOCH": "1790000000"},
        timeout=900,  # of thousands of findings a PDF takes a minute and more
    )
    assert written.code == 3, written
    return {file.name: _text(file) for file in (out / "evidence").iterdir()} | {
        "evidence.out": written.out.rpartition(" in ")[0]
    }


def _text(file: Path) -> str:
    """What a reader sees of it; of an envelope, what is signed."""
    if file.name == dsse.NAME:
        return dsse.opened(file.read_bytes()).payload.decode()
    if file.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    return file.read_text("utf-8")


REPORTS = ("text", "json", "sarif", *ARTEFACTS, *PDF, manifest.NAME, dsse.NAME, "evidence.out")


def test_the_rules_see_what_was_planted(scans: tuple[Scan, ...]) -> None:
    """Else the other tests prove nothing."""
    report = json.loads(scans[0].reports["json"])
    found = {item["policy"] for item in report["findings"]}
    assert {"every_line", "every_literal", "every_flow", "talkative_sql", "card_number_in_files"} <= found
    assert {"track_data_stored", "invalid_suppression", "invalid_waiver"} <= found
    assert any(item["waived"] for item in report["findings"])
    assert any(item["suppressed"] for item in report["findings"])
    assert any("accepted" in item["reason"] for item in report["coverage"]["skipped"])
    assert len(report["errors"]) >= 8 and len(report["findings"]) > 700
    assert scans[0].answer.code == 3 and len(set(scans[0].secrets.cards)) > 700


@pytest.mark.parametrize("fmt", REPORTS)
def test_no_report_holds_a_card_number(scans: tuple[Scan, ...], fmt: str) -> None:
    scan = scans[0]
    text = scan.reports[fmt]
    texts = {text, *strings(json.loads(text))} if text.startswith("{") else {text}
    assert cards_in([*texts, scan.answer.err], scan.cards) == set()


@pytest.mark.parametrize("kind", INPUTS)
def test_every_input_has_something_to_hide(scans: tuple[Scan, ...], kind: str) -> None:
    found = [item for item in json.loads(scans[0].reports["json"])["findings"] if item["policy"] == f"talkative_{kind}"]
    assert any("***" in item["message"] for item in found)


@pytest.mark.parametrize("fmt", REPORTS)
def test_no_report_holds_a_password(scans: tuple[Scan, ...], fmt: str) -> None:
    text = scans[0].reports[fmt]
    assert scans[0].secrets.passwords and ("cache.example.com" in text or fmt not in ("text", "json", "sarif"))
    assert [word for word in scans[0].secrets.passwords if word in text] == []


def test_the_cache_holds_no_password(scans: tuple[Scan, ...]) -> None:
    texts = "\n".join(results(scans[0].cache))
    assert [word for scan in scans for word in scan.secrets.passwords if word in texts] == []


def test_the_cache_holds_no_card_number(scans: tuple[Scan, ...]) -> None:
    cards = [card for scan in scans for card in scan.cards]
    for name, texts in kept(scans[0].cache):
        assert cards_in(texts, cards) == set(), name


def test_the_cache_holds_no_code(scans: tuple[Scan, ...]) -> None:
    codes = [code for scan in scans for code in scan.secrets.codes]
    assert codes_in(results(scans[0].cache), codes) == set()


def test_nothing_stays_in_the_work_folder(scans: tuple[Scan, ...]) -> None:
    assert list((scans[0].cache / "work").iterdir()) == []


@pytest.mark.parametrize("fmt", REPORTS)
def test_what_is_hidden_makes_no_difference(scans: tuple[Scan, ...], fmt: str) -> None:
    cold, warm, other = scans
    assert cold.secrets.cards != other.secrets.cards
    assert warm.reports.get(fmt, cold.reports[fmt]) == cold.reports[fmt]
    different = [
        pair
        for pair in zip(cold.reports[fmt].split("\n"), other.reports[fmt].split("\n"), strict=True)
        if pair[0] != pair[1]
    ]
    assert different == []
    assert cold.answer.err == other.answer.err


SHAPES = ("plain", "spaced", "fullwidth", "percent-encoded", "dashed")
USAGE = (
    ("scan", "{1}/{0}"),
    ("scan", "-o", "{0}:x"),
    ("scan", "-o", "json:{1}/{0}/report.json", "{1}"),
    ("scan", "--format", "{0}"),
    ("scan", "--jobs", "{0}x"),
    ("scan", "--{0}"),
    ("scan{0}",),
    ("scan", "--policy", "{0}"),
    ("scan", "--engine", "{0}"),
    ("scan", "--fail-on", "{0}"),
    ("scan", "--rules", "{0}"),
    ("scan", "--config", "{0}"),
    ("rules", "test", "{0}"),
    ("verify", "{0}"),
    ("verify", "--key", "{0}", "{1}"),
    ("evidence", "-o", "{1}/app.py/{0}", "{1}"),
    ("evidence", "-o", "{1}/{0}", "{1}"),
    ("evidence", "-o", "{1}/x", "--sign-key", "{0}"),
    ("evidence", "-o", "{1}/x", "--sign-key", "env:{0}"),
    ("evidence", "-o", "{1}/x", "--sign-key", "pkcs11:token={0}"),
    ("evidence", "-o", "{1}/x", "--timestamp-url", "{0}"),
)


def test_wrong_usage_is_answered_without_it(
    scans: tuple[Scan, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PAYLINT_CACHE_DIR", str(scans[0].cache))
    secrets = Secrets("usage")
    (tmp_path / "app.py").write_text("x = 1\n")
    for form, shape in zip(USAGE, cycle(SHAPES), strict=False):
        with pytest.raises(SystemExit):
            cli.main([part.format(PLAIN[shape](secrets.card()), tmp_path) for part in form])
        out, err = capsys.readouterr()
        assert out + err
        assert cards_in([out, err], secrets.cards) == set(), form


def test_a_path_that_is_no_text_is_answered_without_it(tmp_path: Path) -> None:
    secrets = Secrets("path")
    answer = paylint("scan", f"\udcff{secrets.card()}", cwd=tmp_path)
    assert answer.code == 2 and answer.err
    assert cards_in([answer.out, answer.err], secrets.cards) == set()


SETTINGS = (
    "'{0}': 1\n",
    "fail_on: '{0}'\n",
    "engines: ['{0}']\n",
    "policies: ['{0}']\n",
    "rules: ['{0}']\n",
    "settings: {{'{0}': 1}}\n",
    "accept_unanalysed: [{{'{0}': 1}}]\n",
    "&{0} *{0}\n",
    "{0}: [\n",
    "max_file_size: '{0}'\n",
)


def test_wrong_settings_are_answered_without_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secrets = Secrets("settings")
    for form in SETTINGS:
        (tmp_path / "paylint.yaml").write_text(form.format(secrets.card()))
        with pytest.raises(SystemExit) as end:
            cli.main(["scan", str(tmp_path)])
        assert end.value.code == 2, form
        assert cards_in(capsys.readouterr(), secrets.cards) == set(), form


RULES = (
    "rules: [{{id: 'x{0}', languages: [python], message: m, pattern: x}}]\n",
    "rules: [{{id: x, languages: ['{0}'], message: m, pattern: x}}]\n",
    "rules:\n- {0}: [\n",
)


def test_wrong_rules_are_answered_without_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secrets = Secrets("wrong rules")
    rules = tmp_path / "rules"
    rules.mkdir()
    (tmp_path / "app.py").write_text("x = 1\n")
    for form in RULES:
        (rules / "own.yaml").write_text(form.format(secrets.card()))
        with pytest.raises(SystemExit) as end:
            cli.main(["scan", "--rules", str(rules), str(tmp_path / "app.py")])
        assert end.value.code == 2, form
        assert cards_in(capsys.readouterr(), secrets.cards) == set(), form


@pytest.mark.parametrize("kind", [RuntimeError, ValueError, OSError, EngineError, RecursionError, KeyError])
def test_a_defect_of_ours_tells_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: type[Exception]
) -> None:
    secrets = Secrets("defect")

    def broken(config: object) -> None:
        try:
            raise KeyError(secrets.card())
        except KeyError:
            raise kind(f"while reading {secrets.card()} with cvv={secrets.code()}") from None

    monkeypatch.setattr(run, "run", broken)
    with pytest.raises(SystemExit) as end:
        cli.main(["scan", str(tmp_path)])
    assert end.value.code == 3
    out, err = capsys.readouterr()
    assert err and cards_in([out, err], secrets.cards) == set() == codes_in([out, err], secrets.codes)


def test_only_the_owner_may_look_into_the_cache(scans: tuple[Scan, ...]) -> None:
    assert scans[0].cache.stat().st_mode & 0o777 == 0o700
    files = [file for file in scans[0].cache.rglob("*") if file.is_file()]
    assert {"cache.sqlite3", "key"} <= {file.name for file in files}
    assert [file.name for file in files if file.stat().st_mode & 0o077] == []
