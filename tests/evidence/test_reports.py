"""The reports people read: in a real browser, in light, dark and print, with and without scripts; and as PDF."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest

from scanner.errors import UsageError
from scanner.evidence.artefacts import html, pdf
from scanner.evidence.model import Evidence
from scanner.model import ScanError, Suppression
from tests.browser import CHROMIUM, Browser, browser
from tests.evidence.described import evidence, finding

HOSTILE = "<script>document.title='taken'</script>\u202e\x1b[2J {{ 7 * 7 }} \" onload=x"
CONTRAST = """
(() => {
  const parse = (text) => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length < 4 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  let worst = [21, ""];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility()) continue;
    const [one, other] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < worst[0]) worst = [ratio, element.outerHTML.slice(0, 200)];
  }
  return worst;
})()
"""


def hostile() -> Evidence:
    """Whatever a scanned file may put into a report."""
    found = finding(message=HOSTILE, snippet=HOSTILE, suppressed=Suppression(HOSTILE, "a", 1))
    made = evidence(found, finding()._replace(fingerprint="other", place=found.place._replace(path=HOSTILE)))
    errors = (ScanError(HOSTILE, "semgrep", HOSTILE),)
    profile = made.profile._replace(entity=HOSTILE)
    return made._replace(result=made.result._replace(errors=errors, exit_code=3), profile=profile)


@pytest.fixture(scope="module")
def tab() -> Iterator[Browser]:
    """A real browser."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed; make services installs it")
    with browser() as opened:
        yield opened


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """report.html of a hostile project."""
    file = tmp_path / "report.html"
    file.write_bytes(html.report(hostile()))
    return file


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_it_is_readable_and_asks_for_nothing(
    tab: Browser, report: Path, scripts: bool, scheme: str, width: int
) -> None:
    tab.open(report, scripts=scripts, scheme=scheme, width=width)
    assert tab.complaints() == []
    assert [url for url in tab.requests() if url != report.as_uri()] == []
    assert tab.run("document.title").startswith("Evidence from code")
    assert tab.run("document.documentElement.scrollWidth") <= width
    ratio, where = tab.run(CONTRAST)
    assert ratio >= 4.5, where
    text = tab.run("document.body.innerText")
    assert "INCOMPLETE" in text and "\\u202e" in text and "{{ 7 * 7 }}" in text
    assert not {"\u202e", "\x1b"} & set(text)


def test_its_parts_have_names_and_an_order(tab: Browser, report: Path) -> None:
    tab.open(report)
    levels = tab.run("[...document.querySelectorAll('h1, h2, h3, h4, h5')].map((one) => Number(one.tagName[1]))")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert tab.run("document.documentElement.lang") == "en"
    assert tab.run("[...document.querySelectorAll('table')].every((one) => one.caption && one.tHead)")
    assert tab.run("document.querySelectorAll('main').length") == 1
    ids = tab.run("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))
    links = tab.run("[...document.querySelectorAll('a[href]')].map((one) => decodeURIComponent(one.hash.slice(1)))")
    assert links and set(links) <= set(ids)


def test_print_shows_what_is_folded_on_a_screen(tab: Browser, report: Path, tmp_path: Path) -> None:
    tab.open(report, scripts=False)
    printed = tmp_path / "printed.pdf"
    printed.write_bytes(base64.b64decode(tab.send("Page.printToPDF")["data"]))
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(printed).pages)
    assert "INCOMPLETE" in text and "3.5.1" in text and "Log the token." in text


def test_the_same_evidence_gives_the_same_bytes() -> None:
    assert html.report(hostile()) == html.report(hostile())


def test_the_pdf_says_the_same_and_is_tagged(tmp_path: Path) -> None:
    try:
        pdf.available()
    except UsageError as missing:
        pytest.skip(str(missing))
    made = pdf.report(hostile())
    assert made == pdf.report(hostile())
    file = tmp_path / "report.pdf"
    file.write_bytes(made)
    read = pypdf.PdfReader(file)
    text = " ".join(page.extract_text() for page in read.pages)
    assert "INCOMPLETE" in text and "3.5.1" in text
    assert read.root_object["/MarkInfo"]["/Marked"] and read.root_object["/Lang"] == "en"
