"""Cipher strings as OpenSSL reads them, in the embedded engine and in OPA."""

from __future__ import annotations

import json
from collections.abc import Callable

from scanner.bundled import bundled
from scanner.engines.rego import RegoEngine
from scanner.model import Json
from scanner.rule_files import parse_yaml

Start = Callable[..., RegoEngine]

WEAK: dict[str, list[str]] = {  # string -> what it offers that nobody may offer
    "HIGH:!aNULL:!MD5": [],
    "DEFAULT:@SECLEVEL=1": [],
    "ECDHE-RSA-AES128-GCM-SHA256:DES-CBC3-SHA": ["DES-CBC3-SHA"],
    "'AESGCM RC4-SHA', \"EXP-RC4-MD5\"": ["RC4-SHA", "EXP-RC4-MD5"],
    "RC4-SHA:!RC4": [],
    "!RC4:RC4-SHA": [],
    "RC4-SHA:-RC4": [],
    "-RC4:RC4-SHA": ["RC4-SHA"],
    "RC4-SHA:!rc4": ["RC4-SHA"],
    "HIGH:+3DES:+RC4": [],
    "ECDHE+3DES:ECDHE+AESGCM:!3DES": [],
    "DES-CBC3-SHA:!DES": ["DES-CBC3-SHA"],
    "DES-CBC-SHA:!DES": [],
    "DES-CBC-SHA:!LOW": [],
    "RC4-SHA:ECDHE-RSA-RC4-SHA:!SHA": [],
    "RC4-SHA:RC4-MD5:!MD5": ["RC4-SHA"],
    "ECDHE-RSA-RC4-SHA:RC4-SHA:!RSA": ["ECDHE-RSA-RC4-SHA"],
    "ECDHE-RSA-RC4-SHA:RC4-SHA:!ECDHE": ["RC4-SHA"],
    "ECDHE-RSA-RC4-SHA:RC4-SHA:!kRSA+RC4": ["ECDHE-RSA-RC4-SHA"],
    "EXP-RC4-MD5:RC4-SHA:!MEDIUM": ["EXP-RC4-MD5"],
    "ALL": ["ALL"],
    "ALL:!ALL": [],
    "-ALL:HIGH": [],
    "ALL:!aNULL:!EXPORT:!DES:!RC4:!3DES": [],
    "ALL:!ADH:!AECDH:!EXP:!LOW:!MEDIUM": [],
    "ALL:!ADH:!EXP:!LOW:!MEDIUM": ["ALL"],
    "ALL:!kRSA+RC4:!aNULL:!EXP:!LOW:!3DES": ["ALL"],
    "NULL-SHA:!ALL": ["NULL-SHA"],
    "MEDIUM:!RC4:!3DES": [],
    "TLS_RSA_WITH_3DES_EDE_CBC_SHA,TLS_AES_128_GCM_SHA256": ["TLS_RSA_WITH_3DES_EDE_CBC_SHA"],
    "[ECDHE-RSA-AES128-GCM-SHA256|RC4-SHA]": ["RC4-SHA"],
    "${CIPHERS}": [],
    "": [],
}


def _asked(start: Start, library: dict[str, str], backend: str, expressions: list[str]) -> list[Json]:
    rules = [
        f'deny contains {{"at": {at}, "value": value}} if {{ value := {text} }}' for at, text in enumerate(expressions)
    ]
    module = "\n".join(["package paylint.rules.ask.it", "import data.paylint.tls", *rules])
    text = (bundled("rules") / "settings.yaml").read_text(encoding="utf-8")
    data = {"settings": parse_yaml(text, "settings.yaml"), "vocabulary": {}}
    engine = start(backend, {**library, "ask.rego": module}, data)
    engine.backend.set_input("{}")
    found = {item["at"]: item["value"] for item in engine.backend.evaluate("paylint.rules.ask.it", "deny")}
    return [found.get(at, "undefined") for at in range(len(expressions))]


def test_weak_ciphers(start: Start, library: dict[str, str], backend_name: str) -> None:
    found = _asked(start, library, backend_name, [f"tls.weak_ciphers({json.dumps(text)})" for text in WEAK])
    assert dict(zip(WEAK, found, strict=True)) == WEAK


def test_the_items_of_a_list_are_one_string(start: Start, library: dict[str, str], backend_name: str) -> None:
    expressions = [
        'tls.weak_words(["AESGCM", "RC4-SHA", {"__unknown__": "x"}, "DES-CBC3-SHA", "!RC4"])',
        'tls.suites(["AESGCM", "RC4-SHA", null, "!RC4:+HIGH"])',
        "tls.suites(null)",
        "tls.weak_ciphers(7)",
    ]
    found = _asked(start, library, backend_name, expressions)
    assert found == [[{"text": "DES-CBC3-SHA", "item": 3}], ["AESGCM"], [], []]
