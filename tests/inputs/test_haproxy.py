"""HAProxy configuration as units and subjects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.inputs.haproxy import claims, facts
from scanner.model import is_unknown
from scanner.text import Source
from tests.inputs.proxies import check_whole, fixtures, only, sliced, subject, tree

BACKEND = "backend app\n    mode http\n    server one %s\n"


@pytest.mark.parametrize("path", ["haproxy.cfg", "etc/haproxy/conf.d/10.cfg", "haproxy.cfg.j2", "haproxy.conf"])
def test_claimed(path: str) -> None:
    assert claims(path)


@pytest.mark.parametrize("path", ["haproxy.yaml", "nginx.conf", "cfg", "a.cfg.bak"])
def test_not_claimed(path: str) -> None:
    assert not claims(path)


@pytest.mark.parametrize(
    "text",
    [
        "global\n    chroot /var\n",
        "frontend a\r\n\tbind :80\r\n",
        "defaults # all\n  timeout connect 5s\n",
        BACKEND % "a:80",
    ],
)
def test_ours(text: str) -> None:
    assert facts(Source("a.cfg", text.encode())) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[global]\n    server = a b\n",
        "[metadata]\nname = haproxy\n",
        "define host {\n    use generic\n}\n",
        "# frontend a\n#     bind :80\n",
        "global = 1\n    balance = roundrobin\n",
        "frontend:\n    bind :80\n",
    ],
)
def test_not_ours(text: str) -> None:
    assert facts(Source("a.cfg", text.encode())) is None


@pytest.mark.parametrize(
    ("written", "value"),
    [('"a b"', "a b"), ("'a\"b'", 'a"b'), (r"a\ b", "a b"), (r"a\#b", "a#b"), ('x"y z"w', "xy zw"), (r'"a\"b"', 'a"b')],
)
def test_words(written: str, value: str) -> None:
    text = BACKEND % "a:80" + f"    http-request set-header A {written} # said\n"
    one = subject(only("haproxy", text, "a.cfg"), "backend/app")
    assert one.config["directives"]["http-request set-header"] == [["A", value]]
    assert sliced(one, {"a.cfg": text}, "directives", "http-request set-header", 0, 1) == written


@pytest.mark.parametrize("word", ['"${HOST}:80"', "{{ host }}:80", "$HOST:80", "<%= @host %>:80"])
def test_what_is_filled_in_is_unknown(word: str) -> None:
    one = subject(only("haproxy", BACKEND % word, "a.cfg"), "backend/app")
    assert is_unknown(one.config["server"][0]["address"])


def test_lines_of_a_template_are_passed_over() -> None:
    text = "frontend a\n    bind :80\n{% for x in y %}\n    default_backend {{ x }}\n{% endfor %}\n    mode http\n"
    unit = only("haproxy", text, "a.cfg.j2")
    assert unit.problems == ()
    assert unit.subjects[0].config["mode"] == "http"


def test_a_quote_that_is_not_closed() -> None:
    unit = only("haproxy", BACKEND % 'a:80\n    http-request set-header A "b', "a.cfg")
    assert [(problem.line, problem.fatal) for problem in unit.problems] == [(4, True)]
    assert len(unit.subjects) == 1


def test_defaults_are_inherited_from_the_last_ones_or_those_named() -> None:
    text = (
        "defaults base\n  mode http\n  log global\ndefaults tcp from base\n  mode tcp\n"
        "frontend a\n  bind :80\nfrontend b from base\n  bind :81\n  log stdout local0\n"
    )
    unit = only("haproxy", text, "a.cfg")
    first, second = subject(unit, "frontend/a"), subject(unit, "frontend/b")
    assert (first.config["mode"], second.config["mode"]) == ("tcp", "http")
    assert first.config["directives"]["log"] == [["global"]]
    assert second.config["directives"]["log"] == [["stdout", "local0"]]
    assert sliced(first, {"a.cfg": text}, "directives", "log", 0) == "log global"


def test_servers_take_over_what_default_server_says() -> None:
    text = "backend a\n  default-server ssl verify none\n  server b b:1 verify required\n  server c c:1 no-ssl\n"
    one = subject(only("haproxy", text, "a.cfg"), "backend/a")
    assert [server["options"] for server in one.config["server"]] == [
        {"ssl": True, "verify": "required"},
        {"verify": "none"},
    ]
    assert sliced(one, {"a.cfg": text}, "server", 0, "options", "verify") == "required"
    assert one.places["server", 1, "options", "verify"].span.line == 2


@pytest.mark.parametrize(
    ("bind", "expected"),
    [
        (":80", [("", "80")]),
        ("*:443,:::443", [("", "443"), ("", "443")]),
        ("0.0.0.0:80", [("", "80")]),
        ("127.0.0.1:80", [("127.0.0.1", "80")]),
        ("ipv6@[::1]:80", [("::1", "80")]),
        ("/run/a.sock", [("/run/a.sock", "")]),
    ],
)
def test_bind(bind: str, expected: list[tuple[str, str]]) -> None:
    one = only("haproxy", f"frontend a\n    bind {bind}\n    mode http\n", "a.cfg").subjects[0]
    assert [(item["address"], item["port"]) for item in one.config["bind"][0]["addresses"]] == expected


def test_units() -> None:
    files = {
        "a/haproxy.cfg": "global\n  chroot /var\n",
        "a/frontends.cfg": BACKEND % "a:80",
        "b/one.cfg": "global\n  chroot /var\n",
        "b/two.cfg": "global\n  chroot /var\n",
        "c/x.cfg": BACKEND % "a:80",
    }
    units = {root: unit.files for root, unit in tree("haproxy", files).items()}
    assert units == {
        "a/haproxy.cfg": ("a/frontends.cfg", "a/haproxy.cfg"),
        "b/one.cfg": ("b/one.cfg",),
        "b/two.cfg": ("b/two.cfg",),
        "c/x.cfg": ("c/x.cfg",),
    }


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="\\\"'#{%<$_"), max_size=8
)


@given(st.lists(st.tuples(st.sampled_from(["", '"', "'"]), WORDS), min_size=1, max_size=4))
def test_places_are_exact(words: list[tuple[str, str]]) -> None:
    written = [f"{quote}{word or 'x'}{quote}" for quote, word in words]
    text = BACKEND % "a:80" + f"\tdescription  {' '.join(written)}\t# é\n"
    one = subject(only("haproxy", text, "a.cfg"), "backend/app")
    assert one.config["directives"]["description"] == [[word.strip("\"'") for word in written]]
    for at, word in enumerate(written):
        assert sliced(one, {"a.cfg": text}, "directives", "description", 0, at) == word


FIXTURES = sorted(set(fixtures("haproxy")))


@given(st.sampled_from(FIXTURES), st.data())
def test_mutilated_files_never_raise(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data)))
    junk = draw.draw(
        st.sampled_from([b"", b"'", b'"', b"\\", b"\xff", b"{{", b"{%", b"\r", b"\ndefaults x from x\n", b"\n"])
    )
    check_whole("haproxy", "a.cfg", data[:at] + junk + data[at + draw.draw(st.integers(0, 40)) :])


@pytest.mark.parametrize("data", FIXTURES)
def test_fixtures_are_whole(data: bytes) -> None:
    unit = check_whole("haproxy", "a.cfg", data)
    assert unit is not None
    assert unit.problems == ()
