"""What holds for any file of names and values: places are exact, and nothing that a file may hold raises."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.bundled import bundled
from scanner.inputs import INPUTS, load
from scanner.model import Keys, Unit, is_unknown
from scanner.text import Source

KINDS = ("app_settings", "postgresql", "mysql", "redis", "kafka", "mongodb")
WORD = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x17F, exclude_characters="#!=:\\'\"`;${}[]<>%@\x7f\x85\xa0\xad"),
    min_size=1,
).filter(lambda word: not word.startswith("__"))  # __NAME__ is what an installer puts in
NAME = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True).map(lambda name: f"z{name}")
SPACES = st.sampled_from(["", " ", "\t", "  "])

NAMES = [
    *("a.properties", ".env", "my.cnf", "redis.conf", "postgresql.conf", "pg_hba.conf"),
    *("application.yml", "appsettings.json", "mongod.conf", "server.properties", "users.acl"),
]
HEADS = (b"", b"[mysqld]\n", b"ssl=on\n", b"spring:\n", b"host all all all md5\n", b"broker.id=1\n", b"user a on\n")


def fixtures() -> dict[str, bytes]:
    """Every fixture of these inputs' rules, by the path it has in a scan."""
    found: dict[str, bytes] = {}
    for top in sorted((bundled("rules") / "rego").glob("*/*")):
        if not top.name.startswith(KINDS) or top.suffix == ".rego":
            continue
        files: list[Path] = sorted(path for path in top.rglob("*") if path.is_file()) if top.is_dir() else [top]
        for file in files:
            found[f"{top.parent.name}/{file.relative_to(top.parent).as_posix()}"] = file.read_bytes()
    return found


FIXTURES = fixtures()


def units(sources: Mapping[str, Source]) -> Iterator[tuple[str, Unit]]:
    """All units of these inputs, the way the pipeline gets them."""
    for kind in KINDS:
        module = load(kind)
        known = {
            path: facts
            for path, source in sources.items()
            if module.claims(path) and (facts := module.facts(source)) is not None
        }
        json.dumps(known)
        for root, paths in module.group(known).items():
            yield kind, module.build(root, {path: sources[path] for path in paths})


def check(sources: Mapping[str, Source]) -> int:
    """Everything that must hold of any unit; how many values were looked at."""
    looked = 0
    for kind, unit in units(sources):
        assert unit.id.startswith(f"{kind}:")
        ids = [subject.id for subject in unit.subjects]
        assert len(ids) == len(set(ids))
        for subject in unit.subjects:
            json.dumps(subject.config)
            for keys, place in ((), subject.header), *subject.places.items():
                source = sources[place.path]
                assert (place.span.line, place.span.column) <= (place.span.end_line, place.span.end_column), keys
                assert 1 <= place.span.line <= place.span.end_line <= source.text.count("\n") + 1, keys
                looked += 1
    return looked


def test_every_fixture_is_read() -> None:
    sources = {path: Source(path, data) for path, data in FIXTURES.items()}
    assert check(sources) > 500
    assert {kind for kind, _ in units(sources)} == set(KINDS) <= INPUTS.keys()
    assert not [unit.problems for _, unit in units(sources) if unit.problems]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(FIXTURES)), st.data())
def test_broken_bytes_never_raise(path: str, data: st.DataObject) -> None:
    content = bytearray(FIXTURES[path])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        more = data.draw(
            st.sampled_from([b"", b"\\", b'"', b"'", b"\xff", b"\n", b"${", b"}", b"[", b"{{", b"=", b"\0", b":"])
        )
        content[at : at + data.draw(st.integers(0, 8))] = more
    check({path: Source(path, bytes(content))})


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.sampled_from(HEADS),
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)),
)
def test_any_bytes_never_raise(name: str, head: bytes, tail: bytes) -> None:
    check({name: Source(name, head + tail)})


def value_at(kind: str, path: str, text: str, keys: Keys) -> tuple[object, str]:
    """(value, what is written at its place) of the only unit's first subject that has it."""
    source = Source(path, text.encode())
    assert load(kind).facts(source) is not None
    unit = load(kind).build(".", {path: source})
    for subject in unit.subjects:
        if keys in subject.places:
            value = subject.config
            for key in keys:
                value = value[key]
            return value, source.slice(subject.places[keys].span)
    raise AssertionError(f"{keys} is nowhere")


@given(NAME, WORD, SPACES, st.sampled_from(["=", ":", " ", " = "]), st.sampled_from(["\n", "\r\n", ""]))
def test_properties(name: str, word: str, blanks: str, separator: str, end: str) -> None:
    text = f"# é first{end or chr(10)}{blanks}{name}{separator}{word}{blanks}{end}"
    assert value_at("app_settings", "a.properties", text, ("values", name)) == (word, word)


@given(NAME, st.lists(WORD, min_size=2, max_size=4), SPACES)
def test_properties_over_lines(name: str, parts: list[str], blanks: str) -> None:
    written = f"\\\n{blanks}".join(parts)
    text = f"{name}={written}\nnext=1\n"
    assert value_at("app_settings", "a.properties", text, ("values", name)) == ("".join(parts), written)


@given(
    NAME,
    WORD,
    st.sampled_from(["", "'", '"', "`"]),
    st.sampled_from(["", "export "]),
    st.sampled_from(["", " # c", "  "]),
)
def test_env(name: str, word: str, quote: str, export: str, tail: str) -> None:
    written = f"{quote}{word}{quote}"
    text = f"A=é\n{export}{name}={written}{tail}\nB='x\ny'\n"
    assert value_at("app_settings", ".env", text, ("values", name)) == (word, written)


@given(NAME, WORD, st.sampled_from(["", "'", '"']), SPACES, st.sampled_from(["", " # c", "\t#"]))
def test_mysql(name: str, word: str, quote: str, blanks: str, tail: str) -> None:
    text = f"[mysqld]\n{blanks}{name}{blanks}={blanks}{quote}{word}{quote}{tail}\n"
    assert value_at("mysql", "my.cnf", text, (name,)) == (word, f"{quote}{word}{quote}")


@given(NAME, WORD, st.sampled_from(["", "'"]), st.sampled_from([" ", "=", " = "]), st.sampled_from(["", " # c"]))
def test_postgresql(name: str, word: str, quote: str, separator: str, tail: str) -> None:
    text = f"ssl = on\n{name}{separator}{quote}{word}{quote}{tail}\n"
    assert value_at("postgresql", "postgresql.conf", text, (name,)) == (word, f"{quote}{word}{quote}")


@given(NAME, st.lists(WORD, min_size=1, max_size=3), st.sampled_from(["", "'", '"']), SPACES)
def test_redis(name: str, words: list[str], quote: str, blanks: str) -> None:
    written = " ".join(f"{quote}{word}{quote}" for word in words)
    text = f"port 0\r\n{blanks}{name} {written}{blanks}\r\n"
    assert value_at("redis", "redis.conf", text, (name,)) == (" ".join(words), written)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_variable_brings_is_unknown(kind: str) -> None:
    texts = {
        "app_settings": ("a.properties", "key=${X}\n", ("values", "key")),
        "postgresql": ("postgresql.conf", "ssl = on\nkey = '${X}'\n", ("key",)),
        "mysql": ("my.cnf", "[mysqld]\nkey={{ x }}\n", ("key",)),
        "redis": ("redis.conf", "port 0\nkey ${X}\n", ("key",)),
        "kafka": ("server.properties", "broker.id=1\nkey=${vault:a:b}\n", ("key",)),
        "mongodb": ("mongod.conf", "net: {}\nstorage:\n  key: ${X}\n", ("storage", "key")),
    }
    value, _ = value_at(kind, *texts[kind])
    assert is_unknown(value)
