"""Regular expressions that are compiled when first needed: most runs never need most of them."""

from __future__ import annotations

import re
from functools import cached_property


class LazyPattern:
    """A regular expression and its flags."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern, self.flags)
