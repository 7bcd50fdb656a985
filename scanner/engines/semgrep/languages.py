"""Which language a file is written in, by Semgrep's names, and which of them a rule may name.

Two names are ours: a `vue` or `svelte` file is none of Semgrep's languages, but its scripts are JavaScript or
TypeScript. Files are told by their name, those without an ending by their `#!` line, as Semgrep does.
"""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterable

from scanner.errors import RuleError
from scanner.model import Rule

ANY_TEXT = ("regex", "generic")
"""Analyzers that look at text of whatever language."""

EMBEDDED = ("vue", "svelte")
"""Files whose scripts are analysed, as one of `SCRIPTS`."""

SCRIPTS = ("javascript", "typescript")

OURS = frozenset(("python", "javascript", "typescript", "java", "kotlin", "go", "csharp", "php", "ruby", *EMBEDDED))
"""What paylint's own rules are written for, and what holds scripts of these."""

_UNKNOWN_TO_SEMGREP = frozenset((".mts", ".cts", ".vue", ".svelte"))

# name, other names in rules, endings, interpreters. The first language that claims an ending is what the file is said
# to be; the others look at it too.
_TABLE = """
apex                          | .cls |
bash          sh              | .bash .sh | bash sh
c                             | .c .h |
cairo                         | .cairo |
circom                        | .circom |
clojure                       | .clj .cljs .cljc .edn |
cpp           c++             | .cc .cpp .cxx .c++ .pcc .tpp .C .h .hh .hpp .hxx .inl .ipp |
csharp        c#              | .cs |
dart                          | .dart |
dockerfile    docker          | .dockerfile .Dockerfile |
elixir        ex              | .ex .exs |
fga           openfga         | .fga |
go            golang          | .go |
gosu                          | .gs |
hack                          | .hack .hck .hh | hhvm
html                          | .htm .html |
java                          | .java |
javascript    js              | .js .cjs .jsx .mjs | node js nodejs
json                          | .json .ipynb |
jsonnet                       | .jsonnet .libsonnet |
julia                         | .jl |
kotlin        kt              | .kt .kts .ktm |
lisp                          | .lisp .cl .el |
lua                           | .lua | lua
move_on_aptos                 | .move |
move_on_sui                   | .move |
objc          objectivec objective-c | .m |
ocaml                         | .ml .mli | ocaml ocamlscript
php                           | .php .tpl .phtml | php
powershell                    | .ps1 |
promql                        | .promql |
protobuf      proto proto3    | .proto |
python        py              | .py .pyi | python
python2                       | .py .pyi | python
python3                       | .py .pyi | python
r                             | .r .R |
ruby                          | .rb | ruby
rust                          | .rs | run-cargo-script
scala                         | .scala | scala
scheme                        | .scm .ss |
solidity      sol             | .sol |
swift                         | .swift |
terraform     tf hcl          | .tf .tofu .hcl .tfvars |
typescript    ts              | .ts .tsx .mts .cts | ts-node deno
vue                           | .vue |
svelte                        | .svelte |
xml                           | .xml .plist |
yaml                          | .yml .yaml |
regex         none            | |
generic                       | |
"""


def _tables() -> tuple[dict[str, str], dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    names: dict[str, str] = {}
    endings: dict[str, tuple[str, ...]] = {}
    interpreters: dict[str, tuple[str, ...]] = {}
    for row in _TABLE.strip().splitlines():
        spoken, written, run = (column.split() for column in row.split("|"))
        names |= dict.fromkeys(spoken, spoken[0])
        for ending in written:
            endings[ending] = (*endings.get(ending, ()), spoken[0])
        for interpreter in run:
            interpreters[interpreter] = (*interpreters.get(interpreter, ()), spoken[0])
    return names, endings, interpreters


_NAMES, _ENDINGS, _INTERPRETERS = _tables()
_SHEBANG = re.compile(rb"#![ \t]*(?:\S*/env(?:[ \t]+-\S+|[ \t]+\w+=\S*)*[ \t]+)?([^\s]+)")


def canonical(name: str, rule: str) -> str:
    """The language a rule names, by its first name. RuleError for one that Semgrep cannot analyse."""
    language = _NAMES.get(name.lower(), "")
    if language in EMBEDDED:
        raise RuleError(f"rule {rule}: the scripts in {language} files are analysed as {' or '.join(SCRIPTS)}: say so")
    if not language:
        raise RuleError(f"rule {rule}: Semgrep does not know the language {name!r}")
    return language


def analyzers(path: str, head: bytes = b"") -> tuple[str, ...]:
    """All languages a file is analysed as, () if it is no code we know. `head`: its first bytes, for the `#!` line."""
    name = path.rsplit("/", 1)[-1]
    ending = os.path.splitext(name)[1]
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if name.lower().endswith(("dockerfile", "containerfile")) or name.startswith(("Dockerfile.", "Containerfile.")):
        return ("dockerfile",)
    shebang = None if ending else _SHEBANG.match(head)
    if shebang is None:
        return ()
    program = os.path.basename(shebang[1].decode("utf-8", "replace"))
    return _INTERPRETERS.get(re.sub(r"[\d.]*$", "", program), ())


def analyzer(path: str, head: bytes = b"") -> str | None:
    """The language a file is written in, None if it is no code we know."""
    return next(iter(analyzers(path, head)), None)


def analysed_with(name: str | None) -> frozenset[str]:
    """All languages a file of this one may be analysed as, those for any text included."""
    if name in EMBEDDED:
        return frozenset((*SCRIPTS, *ANY_TEXT))
    beside = [languages for languages in _ENDINGS.values() if name == languages[0]]
    return frozenset(ANY_TEXT).union(*beside)


def ending_for(path: str, language: str) -> str:
    """What to add to a file's name for the `semgrep` command to see the language in it, "" if it does already."""
    ending = os.path.splitext(path)[1]
    if language in ANY_TEXT or (language in _ENDINGS.get(ending, ()) and ending not in _UNKNOWN_TO_SEMGREP):
        return ""
    return next(ending for ending, languages in _ENDINGS.items() if languages[0] == language)


def rules_for(rules: Iterable[Rule], language: str | None) -> list[Rule]:
    """The rules that may say something about a file of this language (`analyzer` tells it), or of none."""
    analysed = analysed_with(language)
    return [rule for rule in rules if analysed & languages_of(rule)]


def languages_of(rule: Rule) -> frozenset[str]:
    """The analyzers a rule names. RuleError: Semgrep knows no such language."""
    return frozenset(canonical(name, rule.id) for name in rule.languages)
