"""Which files of the project an `include` names, and which files so make one configuration.

Paths in a configuration are those of the machine it is meant for (/etc/nginx/conf.d/*.conf); in the project the folder
may stand anywhere (deploy/nginx/conf.d). So the pattern's last folders are looked for from the including tree upwards,
as many of them as fit; a relative pattern is looked for as a whole.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

MAX_DEPTH = 10
"""How deep files may include files."""
_GLOB = re.compile(r"[*?\[]")
_UP = 4


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
        if not parts or ".." in parts or "**" in pattern:
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
