"""A view as an HTML document that carries everything it needs and loads nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.bundled import bundled
from scanner.evidence.model import State
from scanner.evidence.report.proven import proven
from scanner.evidence.report.view import NAMES, View, by_engine, some
from scanner.printable import glyph

if TYPE_CHECKING:
    import jinja2

_UNPRINTABLE = re.compile(r"[^\n -~]")


def document(view: View, medium: str) -> str:
    """`medium`: "screen" or "pdf", which has a style of its own and no script.

    Whatever a scanned file may have put in is escaped by the template, and characters nobody sees, or that reorder
    what is seen, are shown as escapes, wherever they stand: the document itself has none.
    """
    templates = _templates(bundled("reports") / "templates")
    style = _plain(templates, f"{medium}.css")
    script = _plain(templates, "report.js") if medium == "screen" else ""
    text = templates.get_template("report.html.jinja").render(
        view=view,
        evidence=view.evidence,
        result=view.evidence.result,
        medium=medium,
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        states=tuple(State),
        names=NAMES,
        engines=by_engine(view.evidence),
        proven=proven(view.evidence),
        some=some,
        words=lambda name: name.replace("_", " "),
    )
    return _UNPRINTABLE.sub(lambda match: glyph(match[0]), text)


@lru_cache(maxsize=1)
def _templates(folder: Path) -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _plain(templates: jinja2.Environment, name: str) -> str:
    assert templates.loader is not None  # noqa: S101 - for the type: it is set above
    return templates.loader.get_source(templates, name)[0]


def _hash(text: str) -> str:
    """As a content security policy names an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
