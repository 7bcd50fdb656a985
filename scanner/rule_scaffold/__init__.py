"""`paylint rules new`: a first rule of a policy for an input, its fixtures, and a first mutant.

Nothing of it passes before its author wrote the rule: the rule finds nothing, and its failing fixture wants a finding.
What is written starts from the data files beside this module.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from scanner.bundled import checkout
from scanner.catalog import Catalog, load
from scanner.errors import RuleError, UsageError
from scanner.rule_files import parse_yaml
from scanner.rule_scaffold.lists import extended

_HERE = Path(__file__).resolve().parent
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?")
_MARK = re.compile(r"[ \t]*(?:#|--) expect\b(?! next)[^\n]*|^[ \t]*(?:#|--) expect next[^\n]*\n", re.MULTILINE)


class Scaffold(NamedTuple):
    """What was made. `rule`: its id; `files`: new or longer, the rule's own first."""

    rule: str
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _Input:
    """`engine`: rego or semgrep; `name`: what the rule's id goes on with; `start`: its entry in the data files."""

    engine: str
    name: str
    kind: str
    start: Mapping[str, Any]


def new(folder: Path | None, policy: str, wanted: str) -> Scaffold:
    """Writes a rule of a policy for an input (`go`, `go.client`, `terraform_aws`, `rego/sql`) into a rules folder.

    `folder`: None for the checkout's. UsageError: unknown policy or input, what is there already, no right to write.
    """
    home = checkout()
    if folder is None and home is None:
        raise UsageError(
            "name the folder of your own rules (--rules DIR): those of an installed paylint stay as they are"
        )
    ours = folder is None or (home is not None and folder.resolve() == (home / "rules").resolve())
    target = home / "rules" if ours and home else folder or Path()
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target}: is no folder")
    catalog = load([] if ours or not target.is_dir() else [target])
    return start(catalog, target, policy, wanted)


def start(catalog: Catalog, target: Path, policy: str, wanted: str) -> Scaffold:
    """`new`, in a folder whose rules the catalogue holds."""
    _known(catalog, policy, target)
    asked = _asked(wanted)
    rule = f"{policy}.{asked.name}"
    if taken := catalog.rules.get(rule):
        more = f"{wanted.partition('.')[0]}.more" if asked.engine == "semgrep" else f"{wanted}_more"
        raise UsageError(f"there is a rule {rule} already ({taken.source}); for another one say {more}, or the like")
    lists = target / "semgrep" / policy / f"{asked.kind}.yaml"
    if asked.engine == "semgrep":
        texts = _code(lists, policy, asked)
    else:
        texts = _configuration(target / "rego" / policy, catalog.policies[policy].title, asked)
    if there := next((file for file in texts if file.exists() and file != lists), None):
        raise UsageError(f"{there}: is there already; nothing was written")
    mutants = target / "mutants" / f"{policy}.yaml"
    entry = _filled("mutant.txt", {"mutant": f"{asked.name.replace('.', '_')}_first"})
    texts[mutants] = extended(mutants, "mutants", entry)
    _write(texts)
    return Scaffold(rule, tuple(texts))


def next_steps(made: Scaffold, folder: Path | None) -> str:
    """What was written and what comes next, a line each."""
    policy = made.rule.split(".")[0]
    place = f" {folder}" if folder else ""
    lines = [f"{made.rule}: it finds nothing yet, and its failing fixture fails until it does"]
    lines += [f"  {file}" for file in made.files]
    lines += [
        "next: write what is right and wrong in the fixtures, then the rule, then a mutant that it must report",
        f"  paylint rules test{place} --policy {policy}",
        f"  paylint rules validate --policy {policy}",
    ]
    return "\n".join(lines) + "\n"


def _known(catalog: Catalog, policy: str, target: Path) -> None:
    if policy not in catalog.policies:
        raise UsageError(
            f"there is no policy {policy!r} (`paylint policies list` names them); for a new one write its header "
            f"first, {target / 'policies' / f'{policy}.yaml'}: id, title, severity, rationale, remediation, controls"
        )


def _asked(wanted: str) -> _Input:
    """The input that is meant. UsageError: there is none, or there are two."""
    engine, _, name = wanted.rpartition("/")
    stem, _, variant = name.partition(".")
    if not _NAME.fullmatch(name) or engine not in ("", "rego", "semgrep"):
        raise UsageError(f"{wanted!r} is no input: write one as `go`, `go.client`, `terraform_aws` or `rego/sql`")
    languages, inputs = _data("languages"), _data("inputs")
    key = next((key for key in inputs if stem == key or stem.startswith(f"{key}_")), "")
    found = []
    if stem in languages and engine != "rego":
        found.append(_Input("semgrep", name, stem, languages[stem]))
    if key and engine != "semgrep" and not variant:
        found.append(_Input("rego", stem, "terraform" if key.startswith("terraform") else key, inputs[key]))
    if not found:
        raise UsageError(
            f"{wanted!r} is no input; languages of code are {', '.join(sorted(languages))} (or python.NAME for one "
            f"more rule), inputs of configuration {', '.join(sorted(inputs))} (or terraform_aws_NAME)"
        )
    if len(found) > 1:
        raise UsageError(
            f"{wanted!r} is read by two engines: say rego/{wanted} (as data) or semgrep/{wanted} (as text)"
        )
    return found[0]


def _configuration(folder: Path, title: str, asked: _Input) -> dict[Path, str]:
    """The rule in Rego and its fixtures."""
    given = asked.start
    words = {
        "title": _scalar(title),
        "policy": folder.name,
        "name": asked.name,
        "kind": asked.kind,
        "type": given["type"],
        "setting": json.dumps(given["setting"]),
    }
    right = _MARK.sub("", _replaced(given["text"], {"value": "right"}))
    return {
        folder / f"{asked.name}.rego": _filled("rule.rego.txt", words),
        folder / f"{asked.name}.fail{given['file']}": _replaced(given["text"], {"value": "wrong"}),
        folder / f"{asked.name}.pass{given['file']}": right,
    }


def _scalar(text: str) -> str:
    """A text as YAML has it on a line."""
    return "'" + text.replace("'", "''") + "'" if re.search(r"[:#'\"{}\[\]]", text) else text


def _code(file: Path, policy: str, asked: _Input) -> dict[Path, str]:
    """The rule for Semgrep, as the last of its language's file, and a fixture."""
    given, rule = asked.start, f"{policy}.{asked.name}"
    pattern, found = "pattern: replace_this(...)", "the_wrong_way(...)"
    if given.get("regex"):
        pattern, found = r"pattern-regex: 'replace_this\('", r"the_wrong_way\("
    languages = ", ".join(given.get("languages", [asked.kind]))
    words = {"rule": rule, "languages": languages, "pattern": pattern, "found": found}
    return {
        file: extended(file, "rules", _filled("rule.semgrep.txt", words)),
        file.with_name(f"{asked.name}{given['file']}"): _replaced(given["text"], {"rule": rule}),
    }


def _data(name: str) -> Mapping[str, Mapping[str, Any]]:
    data: Mapping[str, Mapping[str, Any]] = parse_yaml(_read(_HERE / f"{name}.yaml"), name)
    return data


def _filled(name: str, words: Mapping[str, str]) -> str:
    return _replaced(_read(_HERE / name), words)


def _replaced(text: str, words: Mapping[str, str]) -> str:
    """The text with its words for `@{name}`."""
    return re.sub(r"@\{([a-z]+)\}", lambda match: words[match[1]], text)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise RuleError(f"the installation is incomplete: {file}: {error.strerror}; reinstall paylint") from None


def _write(texts: Mapping[Path, str]) -> None:
    """All or none."""
    before = {file: file.read_bytes() if file.is_file() else None for file in texts}
    file = next(iter(texts))
    try:
        for file, text in texts.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        _undo(before)
        raise UsageError(f"{file}: cannot be written: {error.strerror}; nothing was written") from None


def _undo(before: Mapping[Path, bytes | None]) -> None:
    for file, content in before.items():
        with contextlib.suppress(OSError):  # what could not be written is as it was
            if content is None:
                file.unlink(missing_ok=True)
            else:
                file.write_bytes(content)
