"""Rules, files and stand-ins for the programs, for the tests beside it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from scanner.engines.semgrep import Tools
from scanner.engines.semgrep.body import ready
from scanner.engines.semgrep.engine import Semgrep
from scanner.engines.semgrep.targets import Target
from scanner.model import Confidence, Json, Report, Rule, Severity

MD5 = "hashlib.md5($X)"


def written(identifier: str, *languages: str, **body: Json) -> Rule:
    """A rule as it is read. Underscores in keys stand for hyphens."""
    content = {"id": identifier, "message": "found $X", "severity": "ERROR", "languages": list(languages)}
    content |= {key.replace("_", "-"): value for key, value in body.items()}
    return Rule(
        id=identifier,
        policy=identifier.split(".", maxsplit=1)[0],
        engine="semgrep",
        input=languages[0] if languages else "",
        title="title",
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        source=f"semgrep/{identifier.replace('.', '/', 1)}.yaml",
        body=json.dumps(content),
        languages=languages,
    )


def rule(identifier: str, *languages: str, **body: Json) -> Rule:
    """A rule as the catalogue gives it."""
    return ready(written(identifier, *languages, **body))


def lay_out(folder: Path, files: Mapping[str, str | bytes]) -> list[Target]:
    """The files in a folder, as targets."""
    targets = []
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        targets.append(Target(path, str(file)))
    return targets


def engine(
    tmp_path: Path, rules: Sequence[Rule], tools: Tools | None = None, *, timeout: float = 60, rule_timeout: float = 5
) -> Semgrep:
    """An engine with a private folder of its own."""
    work = tmp_path / "work"
    work.mkdir(mode=0o700, parents=True)
    return Semgrep(rules, jobs=2, timeout=timeout, rule_timeout=rule_timeout, work=work, tools=tools)


def scan(
    tmp_path: Path,
    rules: Sequence[Rule],
    files: Mapping[str, str | bytes],
    tools: Tools | None = None,
    *,
    timeout: float = 60,
    rule_timeout: float = 5,
) -> dict[str, Report]:
    """What the engine reports about these files."""
    semgrep = engine(tmp_path, rules, tools, timeout=timeout, rule_timeout=rule_timeout)
    semgrep.start(lay_out(tmp_path / "project", files))
    return semgrep.finish()


def found(report: Report) -> list[tuple[str, int, int]]:
    """(rule, line, column) of every hit."""
    return [(hit.rule, hit.place.span.line, hit.place.span.column) for hit in report.hits]


_PROGRAM = """#!{python} -SE
import json, os, signal, sys, time
VERSION = "1.182.0"
arguments = sys.argv[1:]
def value(option):
    return arguments[arguments.index(option) + 1]
def stretch(path, at, end):
    return dict(path=path, start=dict(line=1, col=at + 1, offset=at), end=dict(line=1, col=end + 1, offset=end))
def match(path, at, end, rule="policy.python", **extra):
    return dict(check_id=rule, **stretch(path, at, end), extra=dict(message="m", severity="ERROR", **extra))
def error(kind, path=None, **more):
    where = dict(location=stretch(path, 0, 1)) if path else {{}}
    return dict(error_type=kind, severity="warn", message="", **where, **more)
def answer(results=(), errors=(), scanned=(), version=VERSION, **more):
    print(json.dumps(dict(version=version, results=results, errors=errors, paths=dict(scanned=scanned), **more)))
def log(line):
    with open({log!r}, "a") as stream:
        stream.write(str(line) + "\\n")
log(os.getpid())
{prelude}
{body}
"""
_CORE = """
targets = [target[1] for target in json.load(open(value("-targets")))[1]]
files = [target["path"]["fpath"] for target in targets]
texts = {file: open(file).read() for file in files}
"""


def program(tmp_path: Path, body: str, name: str = "semgrep-core") -> Path:
    """A program that behaves like the core as far as `body` does. It logs its process id in <name>.log."""
    file = tmp_path / name
    prelude = _CORE if name == "semgrep-core" else ""
    text = _PROGRAM.format(python=sys.executable, log=str(tmp_path / f"{name}.log"), prelude=prelude, body=body)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)
    return file


def runs(tmp_path: Path, name: str = "semgrep-core") -> list[int]:
    """The process ids of all runs of a program."""
    file = tmp_path / f"{name}.log"
    return [int(line) for line in file.read_text().splitlines()] if file.exists() else []
