"""Which numbers in a file are card numbers, how surely, and what is said about them.

Numbers are the processors' published ones, or made in memory (`{{pan:visa}}`): none stands in this file.
"""

from __future__ import annotations

import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.cards import Cards, grouped, luhn_digit, luhn_valid
from scanner.engines.pan import SHOWN, TEST_CARD, TEXT, TRACK, PanEngine, candidates
from scanner.model import Confidence, Hit, Json, Severity
from scanner.text import Source

FOLDER = Path(__file__).parents[3] / "rules" / "cards"
HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW
PUBLISHED = "4242424242424242"


@lru_cache
def data() -> Json:
    return {name: yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8")) for name in ("issuers", "test_cards")}


CARDS = Cards(data())
ENGINE = PanEngine(data())


def scan(text: str, path: str = "notes.txt") -> tuple[Hit, ...]:
    """The hits in a text with placeholders."""
    report = ENGINE.scan(Source(path, CARDS.expand_placeholders(text, "engine").encode()))
    assert report.problems == ()
    assert report.checks == ()
    return report.hits


def verdict(text: str, path: str = "notes.txt") -> Confidence | None:
    """The confidence of the one card number in a text; None if there is none."""
    hits = [hit for hit in scan(text, path) if hit.rule == TEXT]
    assert len(hits) <= 1
    return hits[0].confidence if hits else None


@pytest.mark.parametrize(
    "text",
    [
        "card_number = {{pan:visa}}",
        'cardNumber: "{{pan:mastercard}}"',
        '{"pan": "{{pan:amex}}"}',
        "<cardNumber>{{pan:visa}}</cardNumber>",
        '<input name="card" value="{{pan:visa}}">',
        'charge(amount, card="{{pan:discover}}")',
        'new CreditCard("{{pan:visa}}")',
        "long card = {{pan:visa}}L;",
        "let pan: u64 = {{pan:visa}}_u64;",
        "visa {{pan:visa}}",
        "Your card {{pan:visa:1: }} was charged",
        "PAN={{pan:jcb}}",
        "ccnum={{pan:diners}}",
        "https://shop.test/pay?card={{pan:visa}}",
        "carte: {{pan:maestro}}",
        "card {{pan:visa}}.",
        "card-{{pan:visa}}",
        "{{pan:visa}},12/28,123",
        "{{pan:visa}}|08|2029|123",
        "{{pan:visa}} 1228",
        '"number": "{{pan:visa}}", "cvv": "123"',
        '{\n  "number": "{{pan:visa}}",\n  "exp_month": 4\n}',
        '"card": {"number": "{{pan:visa}}"}, "name_on_card": "A"',
    ],
)
def test_surely_a_card(text: str) -> None:
    assert verdict(text) is HIGH


@pytest.mark.parametrize(
    ("text", "path", "confidence"),
    [
        ('x = "{{pan:visa}}"', "a.py", MEDIUM),
        ("{{pan:mastercard}}", "a.txt", MEDIUM),
        ("value: {{pan:amex}}", "a.yaml", MEDIUM),
        ("call {{pan:visa:1: }} now", "a.txt", MEDIUM),
        ("{{pan:visa:1:-}}", "a.txt", MEDIUM),
        ("# a card\nnumber = 1\nx = f({{pan:mir}})", "a.py", MEDIUM),
        ('x = "{{pan:mir}}"', "a.py", LOW),
        ('x = "{{pan:unionpay}}"', "a.py", LOW),
        ("{{pan:mir:1: }}", "a.txt", LOW),
        ("foo {{pan:visa}} bar", "a.txt", LOW),
        ("order {{pan:visa:1: }}", "a.txt", LOW),
        ('message = "paid with {{pan:visa}}"', "a.py", LOW),
        ("INSERT INTO t (id, n) VALUES (1, 2);\nselect {{pan:visa}};", "a.sql", LOW),
    ],
)
def test_perhaps_a_card(text: str, path: str, confidence: Confidence) -> None:
    assert verdict(text, path) is confidence


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("order_id = {{pan:visa}}", "a.py"),
        ('{"id": {{pan:visa}}}', "a.json"),
        ("imei: {{pan:amex}}", "a.txt"),
        ("ISBN {{pan:visa}}", "a.txt"),
        ("tracking number {{pan:visa}}", "a.txt"),
        ('"message_id": "{{pan:visa}}"', "a.json"),
        ("timestamp={{pan:visa}}", "a.txt"),
        ("+{{pan:visa}}", "a.txt"),
        ("uint64({{pan:visa}})", "a.go"),
        ("card_token = {{pan:visa}}", "a.py"),
        ("cardId: {{pan:visa}}", "a.ts"),
        ("a{{pan:visa}}", "a.txt"),
        ("{{pan:visa}}a", "a.txt"),
        ("1{{pan:visa}}", "a.txt"),
        ("{{pan:visa}}1", "a.txt"),
        ("0.{{pan:visa}}", "a.txt"),
        ("x = .{{pan:visa}}", "a.txt"),
        ("{{pan:visa}}.25", "a.txt"),
        ("deadbeef{{pan:visa}}cafe", "a.txt"),
        ("9b1deb4d-{{pan:visa}}-abc", "a.txt"),
        ("https://example.test/posts/{{pan:visa}}", "a.txt"),
        ("/posts/{{pan:visa}}", "a.txt"),
        ("sha256: x {{pan:visa}}", "a.txt"),
        ('x = "{{pan:visa}}"', "package-lock.json"),
        ('x = "{{pan:visa}}"', "web/app.min.js"),
        ('x = "{{pan:visa}}"', "Cargo.lock"),
        ("<path d='M{{pan:visa}}'/>", "a.svg"),
        ("QUJD/+" + "x" * 40 + "/{{pan:visa}}", "a.txt"),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 {{pan:visa}}", "a.txt"),
        ("0000 {{pan:visa:1: }} 1111 2222", "a.txt"),
        ("84AF {{pan:visa:1: }} 52CE", "a.txt"),
        ("[.{{pan:visa:1:-}}-1]", "a.txt"),
        ("a" * 3000 + ' x = "{{pan:visa}}" ' + "b" * 3000, "bundle.js"),
        ('id,amount\n"{{pan:visa}}",12\n', "a.csv"),
    ],
)
def test_no_card(text: str, path: str) -> None:
    assert verdict(text, path) is None


@pytest.mark.parametrize("changed", [-1, 3])
def test_the_check_digit_counts(changed: int) -> None:
    digits = CARDS.generate("visa", "changed")
    wrong = list(digits)
    wrong[changed] = str((int(wrong[changed]) + 1) % 10)
    assert verdict(f"card_number = {digits}") is HIGH
    assert verdict(f"card_number = {''.join(wrong)}") is None


def test_issuer_and_length_count() -> None:
    for body in ("7" + "1" * 14, "1" * 15, "4" * 13, "9" * 15):
        number = body + luhn_digit(body)
        assert luhn_valid(number)
        assert verdict(f"card_number = {number}") is None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("name,card_no,amount\nA B,{{pan:visa}},3\n", "a.csv"),
        ('name;"Card Number";amount\n"A; B";"{{pan:visa}}";3\n', "a.csv"),
        ("name\tpan\nA\t{{pan:visa}}\n", "a.tsv"),
        ('"pan","amount","note"\n"{{pan:visa}}","3","x"\n', "a.csv"),
        ("INSERT INTO t (id, card_no, note) VALUES (1, '{{pan:visa}}', 'x, y');", "a.sql"),
        ("insert into t (id, pan)\nvalues\n(1, '4'),\n(2, {{pan:visa}});", "a.sql"),
        ("COPY t (id, card_number, note) FROM stdin;\n1\t{{pan:visa}}\tx\n\\.\n", "a.sql"),
    ],
)
def test_columns_called_like_cards(text: str, path: str) -> None:
    hits = scan(text, path)
    assert [(hit.rule, hit.confidence) for hit in hits] == [(TEXT, HIGH)]
    assert "column" in hits[0].message


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("order_id,amount\n{{pan:visa}},3\n", "a.csv"),
        ("INSERT INTO t (id, card_no) VALUES ({{pan:visa}}, 'x');", "a.sql"),
        ('"pan","order_id","note"\n"1","{{pan:visa}}","x"\n', "a.csv"),
    ],
)
def test_columns_called_otherwise(text: str, path: str) -> None:
    assert scan(text, path) == ()


@pytest.mark.parametrize(
    "separator", [" ", "-", ".", "_", "\u00a0", "\u202f", "\u2010", "\u2013"], ids=lambda mark: f"U+{ord(mark):04X}"
)
@pytest.mark.parametrize("brand", ["visa", "amex", "diners", "mastercard"])
def test_groups(separator: str, brand: str) -> None:
    number = CARDS.generate(brand, "groups")
    assert verdict(f"card: {grouped(number, separator)}.") is HIGH


def test_latin_1_no_break_space() -> None:
    number = grouped(CARDS.generate("visa", "latin"), "\u00a0")
    assert [hit.rule for hit in ENGINE.scan(Source("a", f"caf\u00e9 card {number}\n".encode("latin-1"))).hits] == [TEXT]


def test_groups_of_two_kinds_of_separators_or_odd_sizes_are_none() -> None:
    a = CARDS.generate("visa", "odd")
    for text in (f"{a[:4]} {a[4:8]}-{a[8:12]} {a[12:]}", f"{a[:5]} {a[5:10]} {a[10:]}", f"{a[:2]} {a[2:]}"):
        assert verdict(f"card: {text}") is None


def test_a_code_behind_groups_is_no_part_of_the_number() -> None:
    text = CARDS.expand_placeholders("card {{pan:visa:1: }} 123", "engine")
    (hit,) = scan(text)
    source = Source("notes.txt", text.encode())
    assert source.slice(hit.place.span) == CARDS.expand_placeholders("{{pan:visa:1: }}", "engine")


def test_place_and_message() -> None:
    text = CARDS.expand_placeholders("é\r\n  card_number = '{{pan:visa}}'\n", "engine")
    (hit,) = scan(text)
    number = CARDS.generate("visa", "engine:1")
    assert (hit.place.path, hit.place.span.line, hit.place.span.column) == ("notes.txt", 2, 18)
    assert hit.place.span.end_column == 18 + 16
    assert hit.message.startswith(f"Visa card number {number[:6]}******{number[-4:]}: ")
    assert "it is called card" in hit.message
    assert number not in repr(hit)
    assert hit.severity is None


def test_utf_16_files_are_read() -> None:
    text = CARDS.expand_placeholders("a\ncard = {{pan:visa}}\n", "engine")
    (hit,) = ENGINE.scan(Source("a.txt", text.encode("utf-16"))).hits
    assert (hit.place.span.line, hit.place.span.column) == (2, 8)


@pytest.mark.parametrize("text", [PUBLISHED, f"order_id={PUBLISHED}", grouped(PUBLISHED, " "), f"x = '{PUBLISHED}'"])
def test_published_numbers_are_information(text: str) -> None:
    (hit,) = scan(text)
    assert (hit.rule, hit.severity, hit.confidence) == (TEST_CARD, Severity.INFO, HIGH)
    assert "stripe" in hit.message
    assert "424242******4242" in hit.message


TRACK_1 = "%B{{pan:visa}}^DOE/JANE^2812101100000000000?"
TRACK_2 = ";{{pan:visa}}=2812101100000?"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        (TRACK_1, "%B", "?"),
        (TRACK_2, ";", "?"),
        ("raw: {{pan:mastercard}}=2812101100000", "", "0"),
        ("raw: {{pan:mastercard}}D2812101100000F", "", "F"),
        ("%25B{{pan:visa}}%5EDOE%5E2812101100000%3F", "%25B", "%3F"),
    ],
)
def test_tracks(text: str, start: str, end: str) -> None:
    text = CARDS.expand_placeholders(text, "engine")
    (hit,) = scan(text)
    assert (hit.rule, hit.confidence, hit.severity) == (TRACK, HIGH, None)
    covered = Source("notes.txt", text.encode()).slice(hit.place.span)
    assert covered.startswith(start)
    assert covered.endswith(end)
    assert not re.search(r"\d{7}", hit.message)


def test_a_track_with_a_published_number_is_information() -> None:
    (hit,) = scan(f";{PUBLISHED}=2812101100000?")
    assert (hit.rule, hit.severity) == (TRACK, Severity.INFO)


@pytest.mark.parametrize(
    "text", [";{{pan:visa}}=281310110?", "%B{{pan:visa}}^A", "b{{pan:visa}}", "{{pan:visa}}=x1", "{{pan:visa}}D281"]
)
def test_what_is_no_track(text: str) -> None:
    assert TRACK not in {hit.rule for hit in scan(text)}


def test_many_random_numbers_are_chance() -> None:
    numbers = [str(4_000_000_000_000_000 + 7_919_191 * i) for i in range(200)]
    assert sum(map(luhn_valid, numbers)) >= 10
    assert scan("\n".join(numbers)) == ()


def test_a_dump_of_cards_is_sure_and_counted() -> None:
    numbers = [CARDS.generate("visa", str(i)) for i in range(SHOWN + 30)]
    hits = scan("\n".join(numbers))
    assert len(hits) == SHOWN + 1
    assert {hit.confidence for hit in hits} == {HIGH}
    assert "30 more" in hits[-1].message
    assert [hit.place.span.line for hit in hits] == list(range(1, SHOWN + 2))


def test_the_surest_are_shown_first_and_nothing_is_dropped_silently() -> None:
    unsure = [f"order {grouped(CARDS.generate('visa', str(i)), ' ')}" for i in range(SHOWN)]
    hits = scan("\n\n\n\n\n".join([*unsure, "", "card_number = {{pan:amex}}"]), "a.py")
    assert len(hits) == SHOWN + 1
    assert "American Express" in "".join(hit.message for hit in hits)
    assert "1 more" in hits[-1].message


def test_huge_dumps_are_counted_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.engines.pan._JUDGED", 25)
    numbers = [CARDS.generate("visa", str(i)) for i in range(40)]
    assert "20 more" in scan("card\n" + "\n".join(numbers))[-1].message


def test_huge_files_of_published_numbers_are_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.engines.pan._JUDGED", 2)
    hits = scan("\n".join([PUBLISHED] * 5))
    assert [hit.rule for hit in hits] == [TEST_CARD] * 3
    assert "3 more" in hits[-1].message


def test_giving_up_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "LIMIT", 10)
    numbers = [CARDS.generate("visa", str(i)) for i in range(12)]
    report = ENGINE.scan(Source("a.txt", "\n".join(numbers).encode()))
    (problem,) = report.problems
    assert problem.fatal
    assert (problem.path, problem.line) == ("a.txt", 10)
    assert not re.search(r"\d{5}", problem.message)


numerals = st.text(st.sampled_from("0123456789 -.,\n\"':=ABab_^D"), max_size=200)


@settings(deadline=None)
@given(numerals, st.sampled_from(["a.txt", "a.csv", "a.sql"]))
def test_any_text_is_scanned_and_no_number_leaks_into_a_message(text: str, path: str) -> None:
    for hit in ENGINE.scan(Source(path, text.encode())).hits:
        assert not re.search(r"\d{7}", hit.message)
        digits = re.sub(r"\D", "", Source(path, text.encode()).slice(hit.place.span))
        if hit.rule != TRACK:
            assert luhn_valid(digits)
            assert 13 <= len(digits) <= 19


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_scanned(noise: bytes) -> None:
    number = CARDS.generate("visa", "bytes").encode()
    report = ENGINE.scan(Source("a", noise + b"\ncard_number: " + number + b"\n" + noise))
    assert any(hit.rule in (TEXT, TEST_CARD) for hit in report.hits) or noise.startswith((b"\xff\xfe", b"\xfe\xff"))


def test_importing_the_engine_is_cheap() -> None:
    code = "import sys, scanner.engines.pan; print({'re2', '_re2', 'yaml'} & set(sys.modules))"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output.strip() == "set()"
