"""nginx configuration as units and subjects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.inputs.nginx import claims, facts
from scanner.model import Json, is_unknown
from scanner.text import Source
from tests.inputs.proxies import check_whole, fixtures, only, sliced, subject, tree

SITE = "server { listen 443 ssl; server_name shop.example.com; %s }\n"


def site(text: str) -> Json:
    return subject(only("nginx", SITE % text, "site.conf"), "server/shop.example.com:443").config


@pytest.mark.parametrize(
    "path",
    ["nginx.conf", "a/site.conf", "site.conf.template", "x.conf.j2", "a.nginx", "sites-enabled/default", "a.vhost"],
)
def test_claimed(path: str) -> None:
    assert claims(path)


@pytest.mark.parametrize("path", ["nginx.yaml", "sites-enabled/readme.md", "conf", "a.conf.bak", "default"])
def test_not_claimed(path: str) -> None:
    assert not claims(path)


@pytest.mark.parametrize(
    "text",
    [
        "ssl_protocols TLSv1.2;\n",
        "events {}\nhttp {}\n",
        "server {\n  listen 80;\n}\n",
        "server\n{\n\tlisten [::]:80 default_server;\n}\n",
        "upstream a { server b; }\nproxy_set_header Host $host;\n",
        "proxy_pass\thttp://a;\r\n",
    ],
)
def test_ours(text: str) -> None:
    assert facts(Source("a.conf", text.encode())) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ssl_protocols = !SSLv3\n",
        "server {\n  port = 8080\n  listen = 80;\n}\n",
        "<VirtualHost *:80>\n  ServerName a;\n</VirtualHost>\n",
        'options {\n  directory "/var";\n  listen-on port 53 { any; };\n};\n',
        "subnet 10.0.0.0 netmask 255.0.0.0 {\n  option routers 10.0.0.1;\n}\n",
        "[program:nginx]\ncommand=nginx -g 'daemon off;'\n",
        "<source>\n  @type tail\n</source>\nlisten 80;\n",
        "# ssl_protocols TLSv1;\n",
    ],
)
def test_not_ours(text: str) -> None:
    assert facts(Source("a.conf", text.encode())) is None


# Grammar


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"a b"', "a b"),
        ("'a;b'", "a;b"),
        (r'"a\"b"', 'a"b'),
        (r"a\ b", r"a\ b"),
        ("${host}x", "${host}x"),
        ("a#b", "a#b"),
        ('a"b', 'a"b'),
        (r"\.php$", r"\.php$"),
        ("a}b", "a}b"),
        ("é", "é"),
    ],
)
def test_words(written: str, value: str) -> None:
    text = SITE % f"set $x {written};"
    one = subject(only("nginx", text, "a.conf"), "server/shop.example.com:443")
    assert one.config["directives"]["set"] == [["$x", value]]
    assert sliced(one, {"a.conf": text}, "directives", "set", 0, 1) == written
    assert sliced(one, {"a.conf": text}, "directives", "set", 0) == f"set $x {written}"


@pytest.mark.parametrize("word", ["{{ x }}", "${UPPER}", "$UPPER", '"a {{ x }}"', "<%= @x %>", "__NAME__"])
def test_what_is_filled_in_is_unknown(word: str) -> None:
    ((value,),) = site(f"ssl_ciphers {word};")["directives"]["ssl_ciphers"]
    assert is_unknown(value)


def test_lua_is_skipped() -> None:
    lua = "content_by_lua_block { -- }\n local a = '}' .. \"}\" .. [=[ } ]] ]=] --[[ } ]] if a then {} end } "
    assert site(lua + "ssl_protocols TLSv1.2;")["directives"]["ssl_protocols"] == [["TLSv1.2"]]


@pytest.mark.parametrize(
    ("text", "line", "fatal"),
    [
        ("server {\n listen 80;\n", 1, True),
        ("server {\n listen 80;\n}\n}\n", 4, True),
        ("server {\n listen 80;\n proxy_pass http://a\n}\n", 4, True),
        ('server {\n listen 80;\n add_header a "b;\n}\n', 3, True),
        ("server {\n listen 80;\n access_by_lua_block { if {\n}\n", 3, True),
        ("server {\n listen 80;\n{% if x %}\n}\n{% endif %}\n}\n", 6, False),
    ],
)
def test_broken(text: str, line: int, fatal: bool) -> None:
    unit = only("nginx", text, "a.conf")
    ((path, message, is_fatal, at),) = unit.problems
    assert (path, at, is_fatal) == ("a.conf", line, fatal)
    assert message.startswith("not valid nginx configuration: ") is fatal
    assert unit.subjects == ()


def test_deep_nesting_is_refused() -> None:
    unit = only("nginx", "server { listen 80;" + "location / {" * 100_000, "a.conf")
    assert [problem.fatal for problem in unit.problems] == [True]


# Inheritance and includes

MAIN = (
    "events {}\nhttp {\n  ssl_protocols TLSv1.2;\n  proxy_set_header A b;\n  root /srv;\n"
    "  include /etc/nginx/conf.d/*.conf;\n}\n"
)
OWN = (
    "server { listen 443 ssl; server_name a; proxy_set_header C d; include snippets/tls.conf; location / { root /; } }"
)


def test_what_is_inherited() -> None:
    files = {"deploy/nginx.conf": MAIN, "deploy/conf.d/a.conf": OWN, "deploy/snippets/tls.conf": "ssl_ciphers HIGH;"}
    (unit,) = tree("nginx", files).values()
    assert unit.id == "nginx:deploy/nginx.conf"
    assert unit.files == tuple(sorted(files))
    one = subject(unit, "server/a:443")
    assert one.header.path == "deploy/conf.d/a.conf"
    assert one.config["directives"]["proxy_set_header"] == [["C", "d"]]
    assert one.config["directives"]["ssl_protocols"] == [["TLSv1.2"]]
    assert one.config["own"] == ["listen", "proxy_set_header", "server_name", "ssl_ciphers"]
    assert one.config["missing"] == []
    assert one.config["whole"] is True
    assert sliced(one, files, "directives", "ssl_protocols", 0) == "ssl_protocols TLSv1.2"
    assert one.places["directives", "ssl_protocols", 0].path == "deploy/nginx.conf"
    assert one.places["directives", "ssl_ciphers", 0].path == "deploy/snippets/tls.conf"


def test_what_is_not_here_is_missing() -> None:
    config = site("include /etc/company/tls.conf; include fastcgi_params;")
    assert config["missing"] == ["/etc/company/tls.conf"]
    assert config["whole"] is False


def test_files_that_belong_to_nobody_are_units_of_their_own() -> None:
    units = tree("nginx", {"a/nginx.conf": MAIN, "b/site.conf": OWN, "b/other.conf": OWN})
    assert sorted(units) == ["a/nginx.conf", "b/other.conf", "b/site.conf"]


def test_includes_in_a_circle() -> None:
    files = {"nginx.conf": "http { include a.conf; }", "a.conf": "add_header a b; include a.conf; include nginx.conf;"}
    assert list(tree("nginx", files)) == ["nginx.conf"]


def test_includes_that_multiply_are_refused() -> None:
    files = {f"{at}.conf": "add_header a b;\n" + f"include {at + 1}.conf;\n" * 30 for at in range(6)}
    (unit,) = tree("nginx", {"nginx.conf": "http { include 0.conf; }", **files}).values()
    assert [problem.fatal for problem in unit.problems] == [True]


@pytest.mark.parametrize(
    ("listen", "expected"),
    [
        ("80", ("", 80, False)),
        ("443 ssl http2", ("", 443, True)),
        ("443 quic reuseport", ("", 443, True)),
        ("127.0.0.1:8080", ("127.0.0.1", 8080, False)),
        ("[::]:80 default_server", ("[::]", 80, False)),
        ("localhost", ("localhost", 80, False)),
        ("unix:/run/a.sock", ("unix:/run/a.sock", 0, False)),
    ],
)
def test_listen(listen: str, expected: tuple[str, int, bool]) -> None:
    unit = only("nginx", f"server {{ listen {listen}; server_tokens off; }}", "a.conf")
    (address,) = unit.subjects[0].config["listen"]
    assert (address["address"], address["port"], address["tls"]) == expected


def test_what_an_if_does_its_location_does() -> None:
    unit = only("nginx", SITE % "location /a { if ($b) { proxy_pass http://c; } }", "a.conf")
    assert subject(unit, "server/shop.example.com:443/location//a").config["directives"]["proxy_pass"] == [["http://c"]]


# Whatever is written

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='\\"{%<$_@'), max_size=8)


@given(
    st.lists(st.tuples(st.sampled_from(["'", '"']), WORDS), min_size=1, max_size=4),
    st.sampled_from([" ", "\n\t", " # é\n"]),
)
def test_places_are_exact(words: list[tuple[str, str]], blank: str) -> None:
    written = [f"{quote}{word.replace(quote, '')}{quote}" for quote, word in words]
    text = SITE % f"add_header{blank}{blank.join(written)}{blank};"
    one = subject(only("nginx", text, "a.conf"), "server/shop.example.com:443")
    assert one.config["directives"]["add_header"] == [[word[1:-1] for word in written]]
    for at, word in enumerate(written):
        assert sliced(one, {"a.conf": text}, "directives", "add_header", 0, at) == word


FIXTURES = sorted(set(fixtures("nginx")))


@given(st.sampled_from(FIXTURES), st.data())
def test_mutilated_files_never_raise(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data)))
    junk = draw.draw(
        st.sampled_from([b"", b"{", b"}", b'"', b";", b"\\", b"\xff", b"{{", b"{%", b"include a.conf;", b"\r"])
    )
    check_whole("nginx", "a.conf", data[:at] + junk + data[at + draw.draw(st.integers(0, 40)) :])


@pytest.mark.parametrize("data", FIXTURES)
def test_fixtures_are_whole(data: bytes) -> None:
    unit = check_whole("nginx", "a.conf", data)
    assert unit is not None
    assert unit.problems == ()


def test_a_pattern_of_many_folders_names_nothing() -> None:
    (unit,) = tree(
        "nginx", {"nginx.conf": f"http {{ include {'a/' * 20_000}b.conf; }}", "b.conf": "listen 80;"}
    ).values()
    assert "nginx.conf" in unit.files
