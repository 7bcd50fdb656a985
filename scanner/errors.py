"""Every error paylint raises on purpose.

    PaylintError                what the user reads is str(error); exit code is .exit_code
    ├── UsageError       (2)    wrong option, wrong path, unwritable report
    ├── ConfigError      (2)    paylint.yaml or pyproject.toml that cannot be used
    ├── RuleError        (2)    a policy, rule or vocabulary file that cannot be loaded
    └── IncompleteError  (3)    something that should have been analysed was not
        ├── ParseError          a file that is not what it claims to be
        └── EngineError         an engine that crashed, hung or answered garbage

Messages name the file and say what to do; they may quote scanned content, so whoever prints one masks it first
(`scanner.masking.mask`).
"""

from __future__ import annotations

import os


class PaylintError(Exception):
    """Base of all errors meant for the user."""

    exit_code = 2


class UsageError(PaylintError):
    """The command line cannot be carried out."""


class ConfigError(PaylintError):
    """A settings file cannot be used."""


class RuleError(PaylintError):
    """A policy header, rule or vocabulary file cannot be loaded."""


class IncompleteError(PaylintError):
    """Something was not analysed: never reported as clean."""

    exit_code = 3


class ParseError(IncompleteError):
    """A file cannot be parsed. `line` is 1-based where known, else 0."""

    def __init__(self, path: str, message: str, line: int = 0) -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
        self.path, self.message, self.line = path, message, line


class EngineError(IncompleteError):
    """An engine crashed, hung, ran out of memory or answered garbage."""


def origin(error: BaseException) -> str:
    """Class of an unexpected error, and file and line of our own code where it came from.

    Never its message, which may quote content.
    """
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"{os.sep}scanner{os.sep}" in frame.filename]
    where = f"{os.path.basename(ours[-1].filename)}:{ours[-1].lineno}" if ours else "unknown place"
    return f"{type(error).__name__}, {where}"
