"""What a script does, for rules: its commands by name, the variables they set, what is piped where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from scanner.inputs.delivery.script import Script
from scanner.inputs.delivery.shell import SHELLS, Command, Word, commands
from scanner.inputs.delivery.tree import Tree, listed, record
from scanner.model import Json, Place, unknown

_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\+?=")
_SKIPPED = frozenset(
    {"if", "then", "elif", "else", "do", "while", "until", "!", "{", "time", "exec", "nohup", "command", "builtin"}
    | {"eval", "unbuffer"}
)
# Programs that run the rest of their arguments: which of their options take a value, and how many words come first.
_WRAPPERS: dict[str, tuple[str, int]] = {
    "sudo": ("ughprCT", 0),
    "doas": ("uC", 0),
    "env": ("uCS", 0),
    "xargs": ("nPILdaEs", 0),
    "timeout": ("sk", 1),
    "nice": ("n", 0),
    "ionice": ("cn", 0),
    "travis_retry": ("", 0),
    "retry": ("tds", 0),
    "gosu": ("", 1),
    "su-exec": ("", 1),
    "stdbuf": ("ioe", 0),
    "chronic": ("", 0),
}
_EXPORTS = frozenset({"export", "declare", "typeset", "local", "readonly", "set-env"})
_PIPELINE_ENV = re.compile(r"GITHUB_ENV|BASH_ENV")
SCRIPT_VALUE = "is known only when the script runs"


def commands_of(script: Script, **more: Json) -> list[Tree]:
    """The commands of a script in the shape rules see (see the package), with `more` fields in each."""
    found = commands(script.text)
    heads = [_head(command.words) for command in found]
    names = {command.start: _name(command, head) for command, head in zip(found, heads, strict=True)}
    trees = []
    for command, head in zip(found, heads, strict=True):
        words = command.words[head:]
        place = script.place(command.start, command.end)
        trees.append(
            record(
                place,
                name=words[0].text.rpartition("/")[2] if words else "",
                words=listed([Tree(word.text, script.place(word.start, word.end)) for word in words], place),
                text=script.text[command.start : command.end],
                variables=listed(_variables(command, head, script), place),
                to=names.get(command.into),
                lines=listed([line for start, end in command.bodies for line in lines_of(script, start, end)], place),
                redirects=listed(
                    [
                        record(
                            script.place(one.target.start, one.target.end),
                            operator=one.operator,
                            target=one.target.text,
                        )
                        for one in command.redirects
                    ],
                    place,
                ),
                **more,
            )
        )
    return trees


def lines_of(script: Script, start: int, end: int) -> list[Tree]:
    """The lines of text[start:end] that hold anything."""
    found = []
    for line in script.text[start:end].splitlines(keepends=True):
        if text := line.strip():
            at = start + line.index(text[0])
            found.append(Tree(text, script.place(at, at + len(text))))
        start += len(line)
    return found


def exec_commands(words: Iterable[Tree], place: Place, **more: Json) -> list[Tree]:
    """A command given as a list of words (JSON form), in the same shape; with what `sh -c` carries out."""
    listing = list(words)
    texts = [str(tree.value) for tree in listing]
    name = texts[0].rpartition("/")[2] if texts else ""
    found = [
        record(
            place,
            name=name,
            words=listed(listing, place),
            text=" ".join(texts),
            variables=listed([], place),
            to=None,
            lines=listed([], place),
            redirects=listed([], place),
            **more,
        )
    ]
    if name in SHELLS and len(texts) > 2 and texts[1].startswith("-") and texts[1].endswith("c"):
        found += commands_of(Script(texts[2], listing[2].place), **more)
    return found


def _name(command: Command, head: int) -> str:
    return command.words[head].text.rpartition("/")[2] if head < len(command.words) else ""


def _head(words: Sequence[Word]) -> int:
    """Where the program's name stands: behind assignments, keywords and programs that run others."""
    at = 0
    while at < len(words):
        text = words[at].text
        name = text.rpartition("/")[2]
        if _ASSIGNMENT.match(text) or text in _SKIPPED:
            at += 1
        elif name in _WRAPPERS:
            with_value, first = _WRAPPERS[name]
            behind = _behind_options(words, at + 1, with_value) + first
            if behind >= len(words):
                return at
            at = behind
        else:
            break
    return at


def _behind_options(words: Sequence[Word], at: int, with_value: str) -> int:
    while at < len(words) and words[at].text.startswith("-"):
        text = words[at].text
        at += 2 if len(text) == 2 and text[1] in with_value else 1
    return at


def _variables(command: Command, head: int, script: Script) -> list[Tree]:
    words = list(command.words[:head])
    behind = command.words[head:]
    if (behind and behind[0].text in _EXPORTS) or (
        behind
        and behind[0].text in ("echo", "printf")
        and any(_PIPELINE_ENV.search(one.target.text) for one in command.redirects)
    ):
        words += behind[1:]
    found = []
    for word in words:
        match = _ASSIGNMENT.match(word.text)
        if match:
            value = word.text[match.end() :]
            known: Json = value if word.literal else unknown(f"`{match[1]}` {SCRIPT_VALUE}")
            place = script.place(word.start, word.end)
            found.append(record(place, name=match[1], value=known, scope="script"))
    return found
