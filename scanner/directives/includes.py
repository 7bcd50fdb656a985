"""Which files of the project an `include` names, and which files so make one configuration.

Paths in a configuration are those of the machine it is meant for (/etc/nginx/conf.d/*.conf); in the project the folder
may stand anywhere (deploy/nginx/conf.d). So the pattern's last folders are looked for from the including tree upwards,
as many of them as fit; a relative pattern is looked for as a whole.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scanner.directives.effective import Budget
from scanner.directives.text import Directive

MAX_DEPTH = 10
"""How deep files may include files."""
_GLOB = re.compile(r"[*?\[]")
_UP = 4
_LONGEST = 64
"""Folders in a pattern."""


class Files:
    """The files an include may name, by folder."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._folders: dict[str, list[str]] = {}
        for path in sorted(paths):
            folder, _, name = path.rpartition("/")
            self._folders.setdefault(folder, []).append(name)
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def named(self, pattern: str, root: str) -> tuple[str, ...]:
        """The files a pattern means in the configuration whose main file is `root`; () if none is here."""
        folder = root.rpartition("/")[0]
        key = (folder, pattern)
        if key not in self._known:
            self._known[key] = self._look(pattern, folder)
        return self._known[key]

    def _look(self, pattern: str, folder: str) -> tuple[str, ...]:
        absolute = pattern.startswith("/")
        parts = [part for part in pattern.split("/") if part not in ("", ".")]
        if not 0 < len(parts) <= _LONGEST or ".." in parts or "**" in pattern:
            return ()
        shortest = 2 if _GLOB.search(parts[-1]) else 1
        bases = folder.split("/") if folder else []
        for up in range(min(_UP, len(bases)) + 1):
            base = bases[: len(bases) - up]
            if not absolute:
                if found := self._in("/".join((*base, *parts[:-1])), parts[-1]):
                    return found
                continue
            for length in range(len(parts), (shortest if up == 0 else 2) - 1, -1):
                tail = parts[-length:]
                if found := self._in("/".join((*base, *tail[:-1])), tail[-1]):
                    return found
        return ()

    def _in(self, folder: str, name: str) -> tuple[str, ...]:
        if _GLOB.search(folder):
            wanted = re.compile(r"(?s:[^/]*)".join(map(re.escape, folder.split("*"))))
            folders = [one for one in self._folders if wanted.fullmatch(one)]
        else:
            folders = [folder] if folder in self._folders else []
        found = []
        for one in folders:
            names = self._folders[one]
            matching = fnmatch.filter(names, name) if _GLOB.search(name) else [name] if name in names else []
            found += [f"{one}/{match}" if one else match for match in matching]
        return tuple(found)


def units(includes: Mapping[str, Sequence[str]], is_main: Callable[[str], bool]) -> dict[str, tuple[str, ...]]:
    """Root file -> the files of its configuration. A root is a main file, or one that no other configuration includes.

    `includes`: every file -> the patterns it includes.
    """
    files = Files(includes)
    reached: set[str] = set()
    result: dict[str, tuple[str, ...]] = {}
    for path in sorted(includes, key=lambda path: (not is_main(path), path.count("/"), path)):
        if path in reached and not is_main(path):
            continue
        result[path] = _reach(path, includes, files)
        reached.update(result[path])
    included = {one for root, members in result.items() for one in members if one != root}
    return {root: members for root, members in sorted(result.items()) if is_main(root) or root not in included}


def _reach(root: str, includes: Mapping[str, Sequence[str]], files: Files) -> tuple[str, ...]:
    found, waiting = {root}, [(root, 0)]
    while waiting:
        path, depth = waiting.pop()
        for pattern in includes[path] if depth < MAX_DEPTH else ():
            for one in files.named(pattern, root):
                if one not in found:
                    found.add(one)
                    waiting.append((one, depth + 1))
    return tuple(sorted(found))


@dataclass(frozen=True)
class Splicer:
    """Puts included files in place of what includes them, in the configuration that begins with `root`.

    `parsed`: file -> its directives. `named_by`: the directives that include. `transparent`: sections whose content is
    taken as if it stood outside of them. `is_harmless`: whether a pattern names files that a rule need not know.
    `unnamed`: what to call a file whose name is not known.
    """

    root: str
    parsed: Mapping[str, list[Directive]]
    files: Files
    budget: Budget
    named_by: Collection[str]
    is_harmless: Callable[[str], bool]
    unnamed: str
    transparent: Collection[str] = ()

    def splice(
        self, block: list[Directive], chain: frozenset[str], depth: int = 0
    ) -> tuple[list[Directive], tuple[str, ...]]:
        """The block with everything in its place, and the files that are not here. TooMuchError where they multiply.

        `chain`: the files the block lies in, which are not included in it again.
        """
        found: list[Directive] = []
        missing: list[str] = []
        for one in block:
            if one.block is not None and one.name in self.transparent:
                inner, more = self.splice(one.block, chain, depth)
            elif one.block is None and one.name in self.named_by and one.words:
                inner, more = self._included(one.words[0].text, chain, depth)
            else:
                inner, more = [one], ()
            found += inner
            missing += more
        return found, tuple(missing)

    def _included(self, pattern: str, chain: frozenset[str], depth: int) -> tuple[list[Directive], tuple[str, ...]]:
        named = self.files.named(pattern, self.root) if pattern and depth < MAX_DEPTH else ()
        if not named:
            return [], () if self.is_harmless(pattern) else (pattern or self.unnamed,)
        found: list[Directive] = []
        missing: tuple[str, ...] = ()
        for path in named:
            if path in chain:
                continue
            self.budget.take(self.parsed.get(path, ()))
            inner, more = self.splice(self.parsed.get(path, []), chain | {path}, depth + 1)
            found += inner
            missing += more
        return found, missing
