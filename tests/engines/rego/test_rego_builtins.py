"""Which builtins a rule may use, and that both engines mean the same by them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from scanner.engines.rego import RegoEngine, builtins
from scanner.engines.rego.embedded import Embedded
from scanner.errors import RuleError

ALIKE = r"""
abs(-1.5) ¦ ceil(1.2) ¦ floor(-1.2) ¦ round(2.5) ¦ round(-2.5) ¦ numbers.range(3, 1) ¦ numbers.range_step(0, 10, 5)
format_int(255, 2) ¦ format_int(-255, 16) ¦ format_int(input.n, 10) ¦ to_number("1.50")
to_number("-3") ¦ to_number(true) ¦ to_number(null) ¦ count("dé") ¦ count({1, 1}) ¦ count({"a": 1})
max([1, "a", [2]]) ¦ min({3, 2}) ¦ product([2, 3]) ¦ sort([{"b": 1}, "x", 1, null, true, [1]]) ¦ sum({1, 2}) ¦ sum([])
max([]) ¦ array.concat([1], [2]) ¦ array.reverse([1, 2]) ¦ array.slice([1, 2, 3], -3, 99) ¦ array.slice([1, 2], 2, 1)
intersection({{1, 2}, {2, 3}}) ¦ union({{1}, {2}}) ¦ count(set()) ¦ object.filter({"a": 1, "b": 2}, ["a"])
object.get({"a": [{"b": 2}]}, ["a", 0, "b"], null) ¦ object.get({"a": null}, "a", 1) ¦ object.get(input, "x", 7)
object.keys({"a": 1}) ¦ object.remove({"a": 1}, {"a"}) ¦ object.union({"a": {"b": 1}}, {"a": {"c": 2}})
object.union_n([{"a": 1}, {"a": 2}]) ¦ json.filter({"a": {"b": 1}}, ["a/b"]) ¦ json.remove({"a": {"b": 1}}, ["a/b"])
concat(",", {"b", "a"}) ¦ contains("abc", "b") ¦ endswith("dé", "é") ¦ startswith("abc", "ab") ¦ indexof("dé", "é")
indexof("a", "b") ¦ indexof_n("abab", "b") ¦ lower("ABÉ") ¦ upper("abé") ¦ replace("abc", "b", "") ¦ split("a,b", ",")
split("", ",") ¦ split("abc", "") ¦ substring("dé", 1, 1) ¦ substring("abc", 1, -1) ¦ substring("abc", 9, 1)
sprintf("%v %s %%", [{"b": [1, "x", null, true], "a": {1, "z"}}, "t"]) ¦ sprintf("%v", [-7]) ¦ sprintf("%v", [0.1])
sprintf("%v", [input.text]) ¦ strings.any_prefix_match("abc", ["x", "a"]) ¦ strings.any_suffix_match(["abc"], "bc")
strings.count("banana", "a") ¦ strings.replace_n({"b": "q"}, "abc") ¦ strings.reverse("dé") ¦ trim("xxaxx", "x")
trim_left("xxa", "x") ¦ trim_prefix("xxa", "x") ¦ trim_right("axx", "x") ¦ trim_space(" a\t")
trim_suffix("axx", "x") ¦ regex.match("(?i)^[a-z]+$", "ABC") ¦ regex.match("[[:alpha:]]", "1")
regex.match(`\.`, "a.b") ¦ regex.is_valid("(") ¦ regex.match("^b", "a\nb") ¦ regex.match("$", "a\n")
regex.replace("abc", "(b)", "<$1>") ¦ regex.split("[:, ]+", "a: b,") ¦ regex.find_n("[a-z]", "ab1c", 2)
regex.find_all_string_submatch_n("([a-z])([0-9])?", "a1b", -1) ¦ glob.match("s3:*", null, "s3:Get")
glob.match("*.b", ["."], "a.b") ¦ glob.match("**", ["."], "a.b") ¦ glob.match("{a,b}?", null, "bc")
glob.match("[!a-c]x", [], "zx") ¦ glob.match("*", [], "a.b") ¦ glob.quote_meta("a*b") ¦ is_array([]) ¦ is_boolean(1)
is_null(null) ¦ is_number(1.5) ¦ is_object([]) ¦ is_set({1}) ¦ is_string("") ¦ type_name({1}) ¦ type_name(null)
type_name(input) ¦ base64.decode("YQ==") ¦ base64.encode("é") ¦ base64.is_valid("!") ¦ base64url.decode("YQ")
base64url.encode("é?>") ¦ hex.decode("61") ¦ hex.encode("é") ¦ urlquery.encode("a b&c") ¦ urlquery.decode("a+b%26")
json.unmarshal("{\"a\": [1, 2.5, null, \"<&>\"]}") ¦ net.cidr_contains("10.0.0.0/8", "10.1.0.0/16")
net.cidr_contains("::/0", "10.0.0.0/8") ¦ net.cidr_contains("0.0.0.0/0", "10.0.0.1")
net.cidr_is_valid("10.0.0.0/33") ¦ net.cidr_is_valid("::1/128") ¦ semver.compare("1.2.3", "1.10.0")
units.parse("1Ki") ¦ units.parse("100m") ¦ units.parse_bytes("1.5Gi") ¦ [p | walk({"a": [1]}, [p, 1])]
[v | walk(input.n, [_, v])] ¦ 7 % 3 ¦ -7 % 3 ¦ 10 / 4 ¦ {1, 2} & {2} ¦ {1} | {1, 2} - {1} ¦ [1, 2] < [1, 3]
null < false ¦ "a" < [1] ¦ 1 == 1.0 ¦ [x | x := input.nope[_]] ¦ [x | x := input.n[_]]
{k: v | some k, v in {"a": 1}} ¦ 1 in [1, "1"] ¦ [1 | not input.nope.a] ¦ [1 | not startswith(input.nope, "a")]
[1 | not input.nope in [1]] ¦ [1 | every x in [] { x }] ¦ [1 | every x in input.nope { x }]
"""
EXPRESSIONS = [part.strip() for line in ALIKE.splitlines() for part in line.split(" ¦ ") if part.strip()]


def test_the_table_is_read_as_it_is_meant() -> None:
    joined = " ".join(EXPRESSIONS)
    assert not [name for name in builtins.ALLOWED if f"{name}(" not in joined]


@pytest.mark.parametrize("first", range(0, len(EXPRESSIONS), 60))
def test_both_engines_mean_the_same(start: Callable[..., RegoEngine], first: int) -> None:
    chosen = EXPRESSIONS[first : first + 60]
    rules = [f'deny contains {{"at": {at}, "is": answer}} if answer := {text}' for at, text in enumerate(chosen)]
    answers = []
    for name in ("embedded", "server"):
        backend = start(name, {"a.rego": "\n".join(["package paylint.rules.a.b", *rules])})._backend
        backend.set_input(json.dumps({"n": 5, "text": 'a"b\\c\né'}))
        found = {item["at"]: item["is"] for item in backend.evaluate("paylint.rules.a.b", "deny")}
        answers.append({text: found.get(at, "undefined") for at, text in enumerate(chosen)})
    assert answers[0] == answers[1]


def refuse(text: str, **others: str) -> str:
    """What is said when the module is refused; others of the same load come with it."""
    with pytest.raises(RuleError) as caught:
        builtins.check({"rules/a.rego": f"package p.a\n\n{text}\n", **others})
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('x := http.send({"url": "u"})', "http.send"),
        ("x := time.now_ns()", "time.now_ns"),
        ("x := opa.runtime().env", "opa.runtime"),
        ('x := rand.intn("a", 9)', "rand.intn"),
        ('x := crypto.md5("a")', "crypto.md5"),
        ('x := io.jwt.decode("a")', "io.jwt.decode"),
        ('x := net.cidr_merge(["a"])', "net.cidr_merge"),
        ("x := json.marshal(input)", "json.marshal"),
        ("x := object.subset(input.a, input.b)", "object.subset"),
        ("x if { print(input) }", "print"),
        ('x if {\n  y := [1 | trace("a")]\n}', "trace"),
        ("x := http.send # a comment (\n  ({})", "http.send"),
        ("x := {`raw (`: http.send({})}", "http.send"),
        ('x := "a \\" http.send(" == http.send({})', "http.send"),
        ("import data.p.send\nx := http.send({})", "http.send"),
        ("x if\n  print(input)", "print"),
    ],
)
def test_other_builtins_are_refused(text: str, name: str) -> None:
    message = refuse(text)
    line = 3 + text[: text.rindex(name)].count("\n")
    assert message.startswith(f"rules/a.rego:{line}: {name} ")


@pytest.mark.parametrize(
    "text",
    [
        'x := http["send"]({})',
        "x := http[`send`] ({})",
        "x := data.lib[name](1)",
        "x := fs[0].f(1)",
        "x if { count(input) > 0 with count as http.send }",
        "import data.a.b as http\nx := http.send({})",
        "import data.a.json\nx := json.marshal({})",
        "x := walk(input)",
        "x if { [p, v] = walk(input.a[1], ) }",
        "internal := 1",
        "internal(x) if x == 1",
        "x if not input.list[_] == 1",
        "x if { not f({_: 1}) }\nf(x) := 1 if x",
        "x if { y := [1 | not input.a[_]] }",
    ],
)
def test_what_the_engines_disagree_about_is_refused(text: str) -> None:
    assert refuse(text).startswith("rules/a.rego:")


@pytest.mark.parametrize("literal", ['"%d"', '"a %5s"', "`%x`", '"%"', '"%%%t"', '"%+v"', "input.format"])
def test_formats_are_checked(literal: str) -> None:
    assert "sprintf" in refuse(f"x := sprintf({literal}, [1])")


@pytest.mark.parametrize(
    "text",
    [
        "x := weak(1)\nweak(v) := 2 if v == 1",
        "x := weak(1)\n  weak(v) = 2",
        "default weak(_) := 1\nx := weak(1)",
        'weak(\n  v, # a comment )\n  {"k": [_, ")"]},\n) if v\nx := weak(1, 2)',
        "import data.paylint.lib\nx := lib.known(1)",
        "import data.paylint.lib as l\nx := l.known(1)",
        "import data.paylint.lib.known\nx := known(1)",
        "x := data.paylint.lib.known(1)",
        '# http.send(1)\nx := "http.send(1)"',
        "x := `http.send(\n1)`",
        "x if { (1 + 2) * 3 == 9; not (1 == 2) }",
        "x if 1 in ([1])",
        "x contains y if { some y in (input.a) }",
        "x := 1 if { true } else := (2)",
        'x if { input.a == 1 with input as {"a": 1} with data.settings as {} }',
        "x if { not f([1 | input.list[_] == 1]) }\nf(x) := 1 if x",
        "x if { not input.a; input.list[_] == 1 }",
        "x if not input.a\ny := input.list[_]",
        "x := input.http.send",
        "internally := 1",
    ],
)
def test_what_is_fine_passes(text: str) -> None:
    module = f"package p.a\n\n{text}\n"
    builtins.check({"a.rego": module})
    library = "package paylint.lib\n\nknown(v) := v if v"
    Embedded().load({"a.rego": module, "lib.rego": library}, {})


def test_functions_of_the_same_package_are_known() -> None:
    builtins.check({"a.rego": "package p.a\nx := weak(1)", "b.rego": "package p.a\nweak(v) := v if v"})
    other = {"b.rego": "package p.b\nweak(v) := v if v"}
    assert "weak" in refuse("x := weak(1)", **other)
