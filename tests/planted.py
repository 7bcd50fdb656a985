"""A project with account data planted everywhere, and rules that repeat whatever they see.

Two projects whose `Secrets` differ in nothing but `variant` differ only in digits no report may show.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import quote

from scanner.cards import expand_placeholders, grouped, luhn_valid
from scanner.inputs import INPUTS
from tests.planted_waivers import waivers

BRANDS = ("visa", "mastercard", "amex")
_UNLIKELY = [code for code in range(501, 998) if not {"0", "4"} & set(str(code))]


@dataclass
class Secrets:
    """Made-up account data, the same for the same seed. What was handed out is kept in `cards` and `codes`.

    `variant`: other middle digits of the same cards, other codes.
    """

    seed: str
    variant: int = 0
    cards: list[str] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    _number: Iterator[int] = field(default_factory=count)

    def card(self) -> str:
        """A number nobody publishes."""
        number = next(self._number)
        whole = expand_placeholders(f"{{{{pan:{BRANDS[number % len(BRANDS)]}:{number}}}}}", self.seed)
        noise = random.Random(f"{self.seed}:{number}:{self.variant}")  # noqa: S311 - the same every time, that is all
        while True:
            hidden = "".join(noise.choices("0123456789", k=len(whole) - 10))
            digits = whole[:6] + hidden + whole[-4:]
            if luhn_valid(digits) and len(set(digits)) > 4:
                self.cards.append(digits)
                return digits

    def password(self) -> str:
        """One that stands in a URL, or behind a name that says so."""
        noise = random.Random(f"{self.seed}:{next(self._number)}:{self.variant}")  # noqa: S311 - as above
        self.passwords.append("".join(noise.choices("bcdfghjklmnpqrstvwxz", k=14)))
        return self.passwords[-1]

    def code(self, length: int = 3) -> str:
        """A verification code or a PIN."""
        noise = random.Random(f"{self.seed}:{next(self._number)}:{self.variant}")  # noqa: S311 - as above
        code = "".join(str(noise.choice(_UNLIKELY)) for _ in range(-(-length // 3)))[:length]
        self.codes.append(code)
        return code


def _script(zero: str) -> Callable[[str], str]:
    return lambda digits: "".join(chr(ord(zero) + int(digit)) for digit in digits)


def _each(form: str) -> Callable[[str], str]:
    return lambda digits: "".join(form.format(digit) for digit in digits)


def _by(separator: str) -> Callable[[str], str]:
    return lambda digits: grouped(digits, separator)


PLAIN: dict[str, Callable[[str], str]] = {
    "plain": str,
    "spaced": _by(" "),
    "dashed": _by("-"),
    "dotted": _by("."),
    "slashed": _by("/"),
    "underscored": _by("_"),
    "tabbed": _by("\t"),
    "no-break spaces": _by("\u00a0"),
    "zero width": _by("\u200b"),
    "soft hyphens": _by("\u00ad"),
    "en dashes": _by("\u2013"),
    "commas": _by(","),
    "colons": _by(":"),
    "one by one": " ".join,
    "listed": ", ".join,
    "fullwidth": _script("\uff10"),
    "arabic": _script("\u0660"),
    "mathematical": _script("\U0001d7ce"),
    "percent-encoded": _each("%3{}"),
    "percent-encoded gaps": lambda digits: quote(grouped(digits, " ")),
    "entities": _each("&#x3{};"),
    "entity gaps": _by("&nbsp;"),
    "tags": _by("</b> <b>"),
    "glued to words": lambda digits: f"pan{digits}end",
    "too long": lambda digits: f"{digits}{digits}",
    "url": lambda digits: f"https://pay.example/c?pan={digits}&x=1",
}
"""Ways to write a number within a line of any file, without quotes or backslashes."""

CODED: dict[str, Callable[[str], str]] = {
    "escaped": _each("\\u003{}"),
    "hex escapes": _each("\\x3{}"),
    "concatenated": _by('" + "'),
    "concatenated over lines": _by('" +\n    "'),
    "adjacent over lines": _by('"\n    "'),
}
"""Ways to write one within a string in double quotes."""

_FILES: dict[str, tuple[str, tuple[str, ...]]] = {  # what a file starts with; the forms a value takes in it
    "src/app.py": ("import logging\n", ('value = ("{}")', "# seen: {}", 'logging.info("{}", card_number)')),
    "src/app.js": ("", ('var value = "{}";', "// seen: {}", 'console.log("{}", cardNumber);')),
    "src/app.ts": ("", ('const value = "{}";', 'console.log("{}", cardNumber);')),
    "src/app.rb": ("", ('value = "{}"', "# seen: {}")),
    "src/App.java": ("class App {\n", ('String value = "{}";', "// seen: {}")),
    "src/app.go": ("package app\n", ('var value = "{}"', "// seen: {}")),
    "db/001.sql": ("CREATE TABLE cards (pan text, cvv text);\n", ("INSERT INTO cards (pan) VALUES ('{}');", "-- {}")),
    "infra/main.tf": ("", ('resource "null_resource" "r{n}" {{\n  value = "{}"\n}}', "# seen: {}")),
    "infra/cards.tfvars": ("", ('value_{n} = "{}"',)),
    "k8s/cards.yaml": (
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cards\ndata:\n",
        ('  value{n}: "{}"', "  # seen: {}"),
    ),
    "settings.yaml": ("", ('value{n}: "{}"', "folded{n}: >-\n  {}")),
    "Dockerfile": ("FROM scratch\n", ('ENV VALUE{n}="{}"', "# seen: {}")),
    "run.sh": ("#!/bin/sh\n", ('value="{}"', "cat <<END\n{}\nEND")),
    "page.html": ("<html>\n", ("<p>{}</p>", "<!-- {} -->")),
    "data.xml": ("<cards>\n", ("<card>{}</card>",)),
    ".env": ("", ("VALUE_{n}={}", "# seen: {}")),
    "README.md": ("# Cards\n", ("- pays with {}", "    {}")),
    "logs/app.log": ("", ("2026-05-04T10:00:00Z INFO card={} ok",)),
    "dump.csv": ("id,pan,name\n", ("a,{},b",)),
}

_INPUTS: dict[str, tuple[str, str]] = {  # input -> a file of it; what it starts with
    "cloudformation": ("cfn/template.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  A:\n"
        "    Type: AWS::SSM::Parameter\n    Properties:\n"),
    "compose": ("stack/compose.yaml", "services:\n  app:\n    image: app\n    environment:\n"),
    "github_actions": (".github/workflows/ci.yml", "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    env:\n"),
    "gitlab_ci": ("pipeline/.gitlab-ci.yml", "build:\n  script: [make]\n  variables:\n"),
    "envoy": ("envoy/envoy.yaml", "static_resources:\n  listeners:\n  - name: www\n    metadata:\n"),
    "app_settings": ("app/application.yml", "spring:\n  a:\n    b:\n"),
    "mongodb": ("mongodb/mongod.conf", "storage:\n  dbPath: /data\nnet:\n  tls:\n"),
    "nginx": ("nginx/nginx.conf", "events {}\nhttp {\nserver {\nlisten 80;\n"),
    "apache": ("apache/httpd.conf", "<VirtualHost *:443>\nServerName www\nSSLEngine on\n"),
    "haproxy": ("haproxy/haproxy.cfg", "frontend www\n    bind :80\n"),
    "postgresql": ("postgresql/postgresql.conf", "ssl = on\nport = 5432\n"),
    "mysql": ("mysql/my.cnf", "[mysqld]\n"),
    "redis": ("redis/redis.conf", "port 6379\n"),
    "kafka": ("kafka/server.properties", "broker.id=1\nlisteners=PLAINTEXT://:9092\n"),
    "dockerfile": ("image/Dockerfile", "FROM scratch\n"),
    "kubernetes": ("manifests/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  b:\n   c:\n"),
    "terraform": ("stacks/main.tf", 'resource "null_resource" "r" {\n'),
    "sql": ("schema/001.sql", "CREATE TABLE cards (pan text);\n"),
}  # fmt: skip
_SETTINGS: dict[str, str] = {
    "nginx": 'set ${name} "{value}";',
    "apache": 'SetEnv {name} "{value}"',
    "haproxy": '    http-request set-header {name} "{value}"',
    "postgresql": "{name} = '{value}'",
    "redis": 'rename-command {name} "{value}"',
    "dockerfile": 'ENV {name}="{value}"',
    "terraform": '  {name} = "{value}"',
    "sql": "CREATE TABLE {name} (pan text DEFAULT '{value}');",
    **dict.fromkeys(("mysql", "kafka"), "{name}={value}"),
}
_IN_YAML = '      {name}: "{value}"'

_CODES: dict[str, tuple[str, ...]] = {
    "src/codes.py": (
        'cvv = "{}"',
        "cvc = {}",
        'card = {{"cvc": {}}}',
        'call("--cvv {}")',
        'set_cvv("{}")',
        'security_code = "{}"',
        "pin = {}",
        'cvv = "{}"; logging.info(cvv)',
        'cvv = "{}"; cvv2 = cvv; logging.info(cvv2)',
        'cvv = (\n    "{}"\n)',
        "print(cvv)  # paylint: ignore[sad_logged] cvv is always {}",
        'cvv = "{0}"; print(cvv)  # paylint: ignore[sad_logged] it is always {0}',
    ),
    "src/codes.js": ('const cvv = "{}";', 'console.log("cvv={}");', 'const c = {{ "cvc": {} }};', 'log("--cvv {}");'),
    "src/Codes.java": ('String cvv = "{}";', 'card.setCvv("{}");'),
    "src/codes.go": ('cvv := "{}"',),
    "db/codes.sql": ("UPDATE cards SET cvv = '{}';", "INSERT INTO cards (cvv) VALUES ('{}');"),
    "infra/codes.tf": (
        'resource "null_resource" "c{n}" {{\n  cvv = "{}"\n}}',
        'variable "cvv{n}" {{ default = "{}" }}',
    ),
    "codes.yaml": ('cvv{n}: "{}"', "card_security_code: {}", '"cvv": "{}"', 'cvv:\n  "{}"'),
    "Dockerfile.codes": ("ENV CVV={}",),
    "codes.sh": ("pay --cvv {}", "CVV={}"),
    "codes.xml": ("<cvv>{}</cvv>", "<cvv>\n{}\n</cvv>"),
    ".env.codes": ("CVV={}", "CARD_PIN={}"),
    "codes.log": ("cvv={}",),
}

_BESIDE = ("{card} {code}", "{card},{code}", "{card};12/28;{code}", "{code} {card}", "{card}{code}", "{card}|{code}|x")
_TRACKS = (
    ";{card}=2912{expiry}{code}00000?",
    "{card}=2912{expiry}{code}00000",
    "{card}D2912{expiry}{code}00000F",
    "%B{card}^DOE/JOHN^2912{expiry}{code}00000?",
    "%25B{card}%5EDOE/JOHN%5E2912{expiry}{code}00000%3F",
)


def project(secrets: Secrets) -> dict[str, bytes]:
    """Path -> content."""
    files = {**_grouped(secrets), **_coded(secrets), **_beside(secrets), **_odd(secrets), **_long(secrets)}
    files.update(_of_inputs(secrets))
    files["src/paylint-waivers.yaml"] = waivers(secrets)
    return {path: text.encode("utf-8", "surrogateescape") for path, text in files.items()}


def _grouped(secrets: Secrets) -> dict[str, str]:
    files = {}
    for path, (head, forms) in _FILES.items():
        quoted = path.startswith("src/")
        lines = [
            form.format(shape(secrets.card()), n=f"{chr(97 + k)}{chr(97 + i // 26)}{chr(97 + i % 26)}")
            for i, shape in enumerate([*PLAIN.values(), *(CODED.values() if quoted else ())])
            for k, form in enumerate(forms)
            if (k == i % len(forms) or i >= len(PLAIN)) and (i < len(PLAIN) or k != 1)
        ]
        files[path] = head + "\n".join(lines) + "\n"
    return files


def _of_inputs(secrets: Secrets) -> dict[str, str]:
    """A file of every input with numbers, codes, tracks, and passwords in URLs and behind names."""
    files = {}
    for kind, (path, head) in _INPUTS.items():
        form = _SETTINGS.get(kind, _IN_YAML)
        values = [
            (f"value_{letter}", shape(secrets.card()))
            for letter, shape in zip("abc", (str, _by(" "), _by("-")), strict=True)
        ]
        values += [
            ("cvv", secrets.code()),
            ("card_pin", secrets.code(4)),
            ("track2", f";{secrets.card()}=29122010000?"),
        ]
        values += [
            ("cache_url", f"redis://:{secrets.password()}@cache.example.com:6379/0"),
            ("bank_url", f"http://shop:{secrets.password()}@bank.example.com/pay"),
            *((name, secrets.password()) for name in ("db_password", "apiToken") if kind != "sql"),
            ("jdbc_url", f"jdbc:mysql://db.example.com/shop?user=shop&password={secrets.password()}"),
            ("start", f"deploy --client-secret={secrets.password()} now"),
        ]
        lines = [form.format(name=name, value=value) for name, value in values]
        if kind == "sql":
            lines.append(f"CREATE TABLE users (password text DEFAULT '{secrets.password()}');")
        end = "}\n" * head.count("{\n") + "</VirtualHost>\n" * head.count("<")
        files[path] = head + "\n".join([*lines, end])
    return files


def _coded(secrets: Secrets) -> dict[str, str]:
    return {
        path: "".join(form.format(secrets.code(), n="abcdefghijkl"[k]) + "\n" for k, form in enumerate(forms))
        for path, forms in _CODES.items()
    }


def _beside(secrets: Secrets) -> dict[str, str]:
    """Codes and tracks beside numbers."""
    lines = [form.format(card=secrets.card(), code=secrets.code()) for form in _BESIDE]
    tracks = [form.format(card=secrets.card(), expiry="201", code=secrets.code(4)) for form in _TRACKS]
    pins = [f'pin_block = "{secrets.code(8)}ABCDEF12"', f'track2 = "{secrets.code(8)}"', f"card_pin={secrets.code(6)}"]
    every = [*lines, *tracks, *pins]
    return {
        "beside.log": "\n".join(every) + "\n",
        "src/beside.py": "\n".join(f"print(card_number)  # {line}" for line in every) + "\n",
        "beside.yaml": "\n".join(f"# {line}" for line in every) + "\n",
    }


def _odd(secrets: Secrets) -> dict[str, str]:
    """Names, ignores, broken files, settings."""
    card, code = secrets.card, secrets.code
    ignore = "print(card_number)  # paylint: ignore"
    module = card()
    return {
        f"a/{card()}/app.py": "print(card_number)\n",
        f"b/card-{grouped(card(), '-')}.log": f"{card()}\n",
        f"c/{grouped(card(), '/')}.py": "x = = 1\nprint(card_number)\n",
        f"d/broken {card()}.tf": "resource {\n",
        f"e/cvv {code()} of {card()}.yaml": f"apiVersion: v1\nkind: Pod\n\tx: {card()}\n",
        f"f/{card()}/Chart.yaml": "name: x\n",
        f"g/{card()}.min.js": "var a\n",
        f"node_modules/{card()}/x.js": "var a\n",
        f"h/\udcff{card()}.py": "print(card_number)\n",
        "src/ignores.py": "\n".join(
            [
                f"{ignore}[pan_logged] known: {card()}",
                f"{ignore}[pan_logged] number {grouped(card(), ' ')} until 2999-01-01",
                f"{ignore}[pan_logged] expired {card()} until 2001-01-01",
                f"{ignore}[pan_logged] odd until {card()}",
                f"{ignore}[{card()}] unknown policy",
                f"{ignore}[pan_logged, {card()}] one unknown policy",
                f"{ignore}[{grouped(card(), ' ')}] no policy",
                f"print(card_number)  # paylint: {card()}",
                f"# paylint: ignore[pan_logged] {card()} with {code()}",
                "print(card_number)",
                f'pan = "{card()}"; print(pan)  # paylint: ignore[pan_logged, card_number_in_files] {code()} is its',
            ]
        )
        + "\n",
        "infra/modules.tf": f'module "m{module}" {{\n  source = "./modules/{module}"\n  cvv    = "{code()}"\n}}\n',
        f"infra/modules/{module}/main.tf": (
            f'variable "cvv" {{}}\nresource "x" "pan_{module}" {{\n  cvv = var.cvv\n}}\n'
        ),
        "broken/a.tf": f'resource "x" "y" {{\n  pan = "{card()}"\n  cvv = "{code()}\n',
        "broken/b.tf": f'locals {{ {card()} = = "{card()}" }}\n',
        "broken/c.tf.json": f'{{"resource": "{card()}" "{card()}"}}',
        "broken/d.yaml": f"apiVersion: v1\nkind: Pod\nmetadata: {{name: {card()}, [\n",
        "broken/e.yaml": f"apiVersion: v1\nkind: Pod\n&{card()} *{card()}\n",
        "broken/f.json": f'{{"apiVersion": "v1", "kind": "Pod", "{card()}": {card()} {card()}',
        "broken/g.py": f'print("{card()}"\nx = = {card()}\ncvv = = "{code()}"\nprint(card_number)\n',
        "broken/h.js": f'console.log("{card()}"; cvv = "{code()}"\n{{{{{card()}',
        "broken/i.java": f'class {{ String cvv = "{code()}"; {card()} }}',
        "broken/j.sql": f"CREATE TABLE cards (pan {card()} {card()}, (;\nINSERT {card()} INTO cvv '{code()}';\n",
        "broken/k.py": f'\udcff = "{card()}"\ncvv = "{code()}" # \udc80\nprint(card_number)\n',
        "broken/l.log": f"{grouped(card(), chr(0xDCA0))}\n{grouped(card(), chr(0xDC96))}\n",
        "broken/Dockerfile": f"FROM {card()}\nRUN {card()} --cvv {code()}\nENV {card()}={card()}\nXYZ {card()}\n",
        "accepted/a.tf": f'resource "x" {{ "{card()}"\n',
        "paylint.yaml": "accept_unanalysed:\n"
        f"  - {{path: accepted/a.tf, reason: 'is only {card()} with cvv {code()}'}}\n",
    }


def _long(secrets: Secrets) -> dict[str, str]:
    """Numbers across the places where something may be cut."""
    bounds = (80, 90, 100, 200, 256, 400, 800, 1024, 2048, 4096, 5000, 8192, 16384, 32768, 65536, 131072, 262144)
    cut = [("ab " * bound)[: bound - inside] + secrets.card() for bound in bounds[:8] for inside in (1, 6, 11, 12, 15)]
    line, code = "", "var a=1;f('b');"
    for bound in bounds:
        line += code * ((bound - 8 - len(line)) // len(code))
        line = line.ljust(bound - 8) + secrets.card()
    line = line.ljust(300_000, ";")
    return {
        "long/lines.log": "\n".join(cut) + "\n",
        "long/lines.py": "\n".join(f'print("{text}", card_number)' for text in cut) + "\n",
        "long/one_line.js": line + "\n",
        "long/one_line.json": f'{{"pan": "{line}"}}\n',
        "long/many.csv": "pan\n" + "\n".join(secrets.card() for _ in range(60)) + "\n",
    }


def talkative_rules(secrets: Secrets) -> dict[str, bytes]:
    """A rules folder whose rules find everything and repeat it, and hold numbers themselves."""
    card = secrets.card
    files = {
        "every_line.yaml": "rules:\n"
        f"- {{id: every-line, languages: [regex], severity: ERROR, message: 'says $LINE, not {card()}',"
        " pattern-regex: '(?P<LINE>.+)'}\n"
        "- {id: every-literal, languages: [python, javascript, java, go], severity: ERROR, message: 'literal $X',"
        f" pattern: '\"$X\"', metadata: {{title: 'literal {card()}', fix: 'not {card()}'}}}}\n"
        "- id: every-flow\n  languages: [python, javascript]\n  severity: ERROR\n  message: flow of $X\n"
        "  mode: taint\n  pattern-sources: [{pattern: '\"...\"'}]\n  pattern-sinks: [{pattern: 'logging.info(...)'}]\n",
    }
    for kind in INPUTS:
        files[f"rego/talkative_{kind}/{kind}.rego"] = _REGO.format(kind=kind, card=card())
        files[f"policies/talkative_{kind}.yaml"] = (
            f"id: talkative_{kind}\ntitle: 'It repeats {card()}, as all'\nseverity: high\n"
            f"rationale: What a rule says may hold {card()}, or whatever it was shown, so that is masked, too.\n"
            f"remediation: Nothing is to be done about {grouped(card(), ' ')}, it is a test.\n"
        )
    return {path: text.encode() for path, text in files.items()}


_REGO = """# METADATA
# title: It says {card} of {kind}
# custom: {{confidence: high, applies_to: {{{kind}: ['*']}}, reads: []}}
package paylint.rules.talkative_{kind}.{kind}

everything contains r if {{ some r in input.{kind}[_] }}

applies contains r.id if {{ some r in everything }}

deny contains {{"subject": r.id, "path": [], "msg": sprintf("%v %v", [r.id, r.config])}} if {{ some r in everything }}

deny contains {{"subject": r.id, "path": path, "msg": sprintf("is %v", [v])}} if {{
	some r in everything
	walk(r.config, [path, v])
	count(path) > 0
}}

unknown contains {{"subject": r.id, "reason": sprintf("%v", [r.config])}} if {{ some r in everything }}
"""


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """The folder with these files in it."""
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder
