"""Configuration of Apache httpd as units and subjects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.inputs.apache import claims, facts
from scanner.model import is_unknown
from scanner.text import Source
from tests.inputs.proxies import check_whole, fixtures, only, sliced, subject, tree

SITE = "<VirtualHost *:443>\n    ServerName a\n    %s\n</VirtualHost>\n"
ADDRESS = "virtual_host/a:443"


@pytest.mark.parametrize("path", ["httpd.conf", "a/site.conf", ".htaccess", "sites-enabled/default", "a.conf.erb"])
def test_claimed(path: str) -> None:
    assert claims(path)


@pytest.mark.parametrize("path", ["httpd.yaml", "sites-enabled/a.txt", "htaccess", "a.conf.bak"])
def test_not_claimed(path: str) -> None:
    assert not claims(path)


@pytest.mark.parametrize(
    "text",
    [
        SITE % "",
        "SSLProtocol all\n",
        "<IfModule mod_ssl.c>\n</IfModule>\n",
        "LoadModule ssl_module modules/mod_ssl.so\r\n",
    ],
)
def test_ours(text: str) -> None:
    assert facts(Source("a.conf", text.encode())) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<?xml version='1.0'?>\n<Directory x>\n",
        "<source>\n  @type tail\n</source>\n<match **>\n</match>\n",
        "<Plugin cpu>\n</Plugin>\n",
        "DefaultRoot ~\n<Directory /srv>\n</Directory>\n",
        "server {\n  listen 80;\n}\n",
        "SSLProtocol = all\n",
        "# SSLProtocol all\n",
    ],
)
def test_not_ours(text: str) -> None:
    assert facts(Source("a.conf", text.encode())) is None


@pytest.mark.parametrize(
    ("written", "value"),
    [('"a b"', "a b"), ("'a b'", "a b"), (r'"a\"b"', 'a"b'), ("%{HTTPS}", "%{HTTPS}"), ("a#b", "a#b"), ("#x", "#x")],
)
def test_words(written: str, value: str) -> None:
    text = SITE % f"SetEnv X {written}"
    one = subject(only("apache", text, "a.conf"), ADDRESS)
    assert one.config["directives"]["setenv"] == [["X", value]]
    assert sliced(one, {"a.conf": text}, "directives", "setenv", 0, 1) == written


def test_lines_are_continued_and_names_have_no_case() -> None:
    text = SITE % "sslPROTOCOL all \\\n   -SSLv3 \\\r\n  -TLSv1 # said\n    # more \\\n SSLProtocol TLSv1"
    one = subject(only("apache", text, "a.conf"), ADDRESS)
    assert one.config["directives"]["sslprotocol"] == [["all", "-SSLv3", "-TLSv1"]]


def test_what_is_defined_is_put_in() -> None:
    text = "Define BACK 10.0.0.1\n" + SITE % "ProxyPass / http://${BACK}/\n    ProxyPass /b http://${OTHER}/"
    one = subject(only("apache", text, "a.conf"), ADDRESS)
    first, second = one.config["directives"]["proxypass"]
    assert first == ["/", "http://10.0.0.1/"]
    assert is_unknown(second[1])
    assert sliced(one, {"a.conf": text}, "directives", "proxypass", 0, 1) == "http://${BACK}/"


@pytest.mark.parametrize(
    ("text", "line", "fatal"),
    [
        ("<VirtualHost *:80>\nServerName a\n", 1, True),
        ("<VirtualHost *:80>\n</Directory>\n", 2, True),
        ("<VirtualHost *:80>\n</VirtualHost>\n</VirtualHost>\n", 3, True),
        ("<VirtualHost *:80>\n{% if x %}\n</Directory>\n{% endif %}\n", 3, False),
    ],
)
def test_broken(text: str, line: int, fatal: bool) -> None:
    unit = only("apache", text, "a.conf")
    assert [(problem.line, problem.fatal) for problem in unit.problems] == [(line, fatal)]
    assert unit.subjects == ()


def test_deep_nesting_is_refused() -> None:
    unit = only("apache", "<IfModule a>\n" * 100_000, "a.conf")
    assert [problem.fatal for problem in unit.problems] == [True]


def test_what_is_inherited() -> None:
    files = {
        "etc/apache2.conf": 'ServerRoot "/etc/apache2"\nInclude mods/*.conf\nIncludeOptional sites-enabled/*.conf\n',
        "etc/mods/ssl.conf": "<IfModule a>\n<IfFile X>\nSSLProtocol all\nSSLCipherSuite A\n</iffile>\n</IfModule>\n",
        "etc/sites-enabled/a.conf": SITE % "SSLCipherSuite AESGCM\n<Location /x>\nProxyPass http://b/\n</Location>",
    }
    (unit,) = tree("apache", files).values()
    assert unit.files == tuple(sorted(files))
    one = subject(unit, ADDRESS)
    assert one.config["whole"] is True
    assert one.config["directives"]["sslprotocol"] == [["all"]]
    assert one.config["directives"]["sslciphersuite"] == [["AESGCM"]]
    assert one.places["directives", "sslprotocol", 0].path == "etc/mods/ssl.conf"
    assert one.config["sections"][0]["directives"] == {"proxypass": [["http://b/"]]}
    assert subject(unit, f"{ADDRESS}/location//x").config["server"] == ADDRESS


def test_what_is_not_here_is_missing() -> None:
    config = subject(only("apache", SITE % "Include /etc/company/*.conf", "a.conf"), ADDRESS).config
    assert (config["missing"], config["whole"], config["context"]) == (["/etc/company/*.conf"], False, "fragment")


def test_includes_that_multiply_are_refused() -> None:
    files = {f"{at}.conf": "RewriteEngine on\n" + f"Include {at + 1}.conf\n" * 30 for at in range(6)}
    (unit,) = tree("apache", {"httpd.conf": "ServerRoot /\nRewriteEngine on\nInclude 0.conf\n", **files}).values()
    assert [problem.fatal for problem in unit.problems] == [True]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\\\"'{%<$_@"), max_size=8)


@given(
    st.lists(st.tuples(st.sampled_from(["'", '"']), WORDS), min_size=1, max_size=4),
    st.sampled_from([" ", "\t", " \\\n "]),
)
def test_places_are_exact(words: list[tuple[str, str]], blank: str) -> None:
    written = [f"{quote}{word}{quote}" for quote, word in words]
    text = SITE % f"Header{blank}{blank.join(written)}"
    one = subject(only("apache", text, "a.conf"), ADDRESS)
    assert one.config["directives"]["header"] == [[word[1:-1] for word in written]]
    for at, word in enumerate(written):
        assert sliced(one, {"a.conf": text}, "directives", "header", 0, at) == word


FIXTURES = sorted(set(fixtures("apache")))


@given(st.sampled_from(FIXTURES), st.data())
def test_mutilated_files_never_raise(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data)))
    junk = draw.draw(
        st.sampled_from([b"", b"<", b">", b'"', b"\\", b"\xff", b"{{", b"{%", b"\nInclude a.conf\n", b"\r", b"${"])
    )
    check_whole("apache", "a.conf", data[:at] + junk + data[at + draw.draw(st.integers(0, 40)) :])


@pytest.mark.parametrize("data", FIXTURES)
def test_fixtures_are_whole(data: bytes) -> None:
    unit = check_whole("apache", "a.conf", data)
    assert unit is not None
    assert unit.problems == ()
