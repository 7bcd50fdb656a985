"""The inventory of scripts of payment pages, on real scans."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from scanner.config import Config
from scanner.evidence.artefacts import scripts_table
from scanner.evidence.inventories import scripts
from scanner.evidence.model import ScriptItem
from scanner.run import run
from tests.evidence.described import evidence

FIELD = '<form action="/pay"><input name="card_number" autocomplete="cc-number"></form>'


def scanned(root: Path, text: str, name: str = "checkout.html") -> tuple[ScriptItem, ...]:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    result = run(Config(root=root, paths=(root,), inventory=True, cache=False))
    assert not result.errors
    return scripts.items(result)


def test_every_script_of_a_page_that_takes_cards(tmp_path: Path) -> None:
    text = (
        '<script src="/own.js" defer></script>\n'
        '<script src="https://cdn.example/a.js" integrity="sha384-AAAA" crossorigin></script>\n'
        "<script nonce=\"{{ nonce }}\" src='https://js.stripe.com/v3/'></script>\n"
        f'<script type="application/ld+json">{{"a": 1}}</script>\n<!-- <script src="/old.js"></script> -->\n{FIELD}\n'
        "<script>\n  pay();\n  const tag = document.createElement('script');\n"
        "  tag.src = 'https://tags.example.net/t.js';\n</script>\n"
    )
    found = scanned(tmp_path, text)
    assert [(one.source, one.integrity, one.crossorigin, one.authorised) for one in found] == [
        ("/own.js", "", "", ""),
        ("https://cdn.example/a.js", "sha384-AAAA", "anonymous", ""),
        ("https://js.stripe.com/v3/", "", "", "nonce"),
        ("inline", "", "", ""),
        ("https://tags.example.net/t.js", "", "", ""),
    ]
    assert [one.place.span.line for one in found] == [1, 2, 3, 7, 10]


def test_what_runs_inline_is_known_by_its_digest(tmp_path: Path) -> None:
    long = "".join(f"step({number});\n" for number in range(300))
    page = f"<script>{{}}</script>{FIELD}"
    digests = [
        scanned(tmp_path / str(number), page.replace("{}", body))[0].digest
        for number, body in enumerate((long, long, f"{long}name: other();", long.replace("step(299)", "steal(299)")))
    ]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3
    assert all(digest.startswith("sha256:") for digest in digests)


def test_a_policy_of_the_page_says_what_may_run(tmp_path: Path) -> None:
    policy = "default-src 'none'; script-src 'self' https://js.stripe.com; img-src *"
    text = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<script src="a.js"></script>\n{FIELD}'
    (found,) = scanned(tmp_path, text)
    assert found.authorised == "policy of the page: script-src 'self' https://js.stripe.com"


@pytest.mark.parametrize(
    ("name", "written", "source"),
    [
        ("templates/pay.html", '<script src="{% static "js/pay.js" %}"></script>', '{% static "js/pay.js" %}'),
        ("views/pay.erb", '<script src="<%= asset_path("pay.js") %>"></script>', '<%= asset_path("pay.js") %>'),
        ("views/pay.jsp", '<script th:src="@{/pay.js}"></script>', "@{/pay.js}"),
    ],
)
def test_templates(tmp_path: Path, name: str, written: str, source: str) -> None:
    assert [one.source for one in scanned(tmp_path, f"{written}\n{FIELD}", name)] == [source]


@pytest.mark.parametrize("name", ["about.html", "tests/checkout.html"])
def test_other_pages_are_none_of_its_business(tmp_path: Path, name: str) -> None:
    field = FIELD if name.startswith("tests") else '<form><input name="gift_card_number"></form>'
    assert scanned(tmp_path, f'<script src="/own.js"></script>{field}', name) == ()


def test_the_table_holds_no_formula_and_leaves_room_for_people(tmp_path: Path) -> None:
    listed = scanned(tmp_path, f'<script src="=evil()"></script>{FIELD}')
    (row,) = csv.DictReader(io.StringIO(scripts_table.write(evidence(scripts=listed)).decode()))
    assert row["script"] == "'=evil()"
    assert row["page"] == "checkout.html"
    assert row["why it is needed"] == row["authorised by"] == ""
