"""What configuration files made of directives share (nginx, Apache, HAProxy): a name, its arguments, perhaps a block.

`Text` is a file's text with the way from offsets to places, `Directive` one statement with the place of every word,
`effective` what holds at a level after inheritance, `includes` which file names another.
"""

from __future__ import annotations

from scanner.directives.effective import Budget, Settings, TooMuchError
from scanner.directives.text import Directive, Text, Word

__all__ = ["Budget", "Directive", "Settings", "Text", "TooMuchError", "Word"]
