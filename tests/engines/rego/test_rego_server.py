"""An OPA server, and what only claims to be one."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from rego_samples import rule, subject, unit

from scanner.engines.rego import RegoEngine, opa_url
from scanner.engines.rego.backend import RuleEvaluationError
from scanner.engines.rego.server import Server
from scanner.errors import EngineError, UsageError
from scanner.model import Json, Status

APPLIES = "applies contains t.id if some t in input.terraform.thing\n"
NEVER = "deny contains 1 if false\n"


def request(url: str, method: str = "GET", body: bytes | None = None) -> Json:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(urllib.request.Request(url, body, method=method), timeout=10) as answer:  # noqa: S310
        text = answer.read()
        return json.loads(text) if text else None


def state(url: str) -> Json:
    """All a server holds."""
    policies = {item["id"]: item["raw"] for item in request(f"{url}/v1/policies")["result"]}
    return policies, request(f"{url}/v1/data")["result"]


@pytest.fixture
def shared_server(opa_server: str) -> Iterator[str]:
    """A server that someone else uses as well, with the very names that rules use."""
    foreign = b'package paylint.rules.r.terraform\n\napplies contains "foreign"\n\ndeny contains "foreign"\n'
    request(f"{opa_server}/v1/policies/rego/r/terraform.rego", "PUT", foreign)
    request(f"{opa_server}/v1/data/settings", "PUT", b'{"limit": "foreign"}')
    yield opa_server
    request(f"{opa_server}/v1/policies/rego/r/terraform.rego", "DELETE")
    request(f"{opa_server}/v1/data/settings", "DELETE")


def test_a_shared_server_is_left_as_it_was(shared_server: str, library: dict[str, str]) -> None:
    before = state(shared_server)
    limit = '{"subject": t.id, "path": [], "msg": data.settings.limit}'
    rules = [
        rule("r", f"{APPLIES}deny contains {limit} if some t in input.terraform.thing"),
        rule("other", APPLIES + NEVER),
        rule("broken", APPLIES + "deny contains 1 if { some t in input.terraform.thing; not t.config[i] }"),
    ]
    modules = {**library, **{item.source: item.body for item in rules}}
    ours = [RegoEngine(modules, {"settings": {"limit": f"ours {at}"}}, opa_url=shared_server) for at in (1, 2)]
    for at, engine in enumerate(ours, 1):
        report = engine.check(unit(subject("thing.a", {})), rules)
        assert [hit.message for hit in report.hits] == [f"ours {at}"]
        assert [item.status for item in report.checks] == [Status.ERROR, Status.PASS, Status.FAIL]
        (problem,) = report.problems
        assert "refuses" in problem.message
        assert "rego/broken/terraform.rego:" in problem.message
        assert "unsafe" in problem.message
    for engine in ours:
        engine.close()
    assert state(shared_server) == before


def test_a_module_that_cannot_be_loaded_leaves_nothing(shared_server: str) -> None:
    before = state(shared_server)
    backend = Server(shared_server)
    backend.load({"a.rego": "package paylint.rules.r.x\n\napplies contains 1"}, {"settings": {}})
    backend.set_input("{}")
    assert backend.evaluate("paylint.rules.r.x", "applies") == [1]
    backend.close()
    backend.close()
    assert state(shared_server) == before


def test_modules_that_need_each_other(opa_server: str) -> None:
    modules = {
        "a.rego": "package paylint.rules.r.x\n\nimport data.b.deep\n\napplies contains deep.f(1)",
        "b.rego": "package b.deep\n\nf(x) := data.c.g(x)",
        "b2.rego": "package paylint.rules.r.x\n\napplies contains extra\n\nextra := 9 if data.c.g(0) == 1",
        "c.rego": "package c\n\ng(x) := x + 1",
        "other.rego": "package paylint.rules.other.x\n\ndeny contains v if v := data.paylint.rules.r.x.extra",
    }
    backend = Server(opa_server)
    backend.load(modules, {})
    backend.set_input("{}")
    for _ in range(2):
        assert backend.evaluate("paylint.rules.r.x", "applies") == [2, 9]
        assert backend.evaluate("paylint.rules.other.x", "deny") == [9]
        assert backend.evaluate("paylint.rules.other.x", "unknown") is None
        assert backend.evaluate("paylint.rules.nope.x", "deny") is None
    backend.close()


def test_a_rule_that_takes_too_long(opa_server: str) -> None:
    slow = "count([1 | some a in numbers.range(1, 9000); some b in numbers.range(1, 9000); a * b < 0]) == 0"
    backend = Server(opa_server, seconds=1.0)
    backend.load({"a.rego": f"package paylint.rules.r.x\n\ndeny contains 1 if {slow}\n\napplies contains 1"}, {})
    backend.set_input("{}")
    with pytest.raises(RuleEvaluationError, match="took longer than 1 s"):
        backend.evaluate("paylint.rules.r.x", "deny")
    assert backend.evaluate("paylint.rules.r.x", "applies") == [1]
    backend.close()


Answer = Callable[[str, str], tuple[int, dict[str, str], bytes]]


@pytest.fixture
def impostor() -> Iterator[Callable[[Answer], str]]:
    """Starts servers that answer as they are told; gives their URL."""
    servers: list[ThreadingHTTPServer] = []

    def begin(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def _reply(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, headers, body = answer(self.command, self.path)
                self.send_response(status)
                for key, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_PUT = do_POST = do_DELETE = _reply  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield begin
    for server in servers:
        server.shutdown()
        server.server_close()


MODULES = {"a.rego": "package paylint.rules.r.x\n\napplies contains 1"}


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, b"<html>hello</html>", "no OPA server"),
        (200, b"[]", "no OPA server"),
        (404, b'{"detail": "Not Found"}', "none of OPA's"),
        (404, b"not found", "no OPA server"),
        (500, b"oops", "no OPA server"),
        (401, b'{"code": "unauthorized", "message": "request rejected by administrative policy"}', "request rejected"),
        (400, b'{"code": "invalid_parameter", "message": "path is owned by bundle \\"x\\""}', "owned by bundle"),
        (500, b'{"code": "internal_error", "message": "disk full"}', "disk full"),
    ],
)
def test_what_is_no_usable_opa(impostor: Callable[[Answer], str], status: int, body: bytes, said: str) -> None:
    url = impostor(lambda method, path: (status, {}, body))
    with pytest.raises(EngineError, match=said) as caught:
        RegoEngine(MODULES, {}, opa_url=url)
    assert url in str(caught.value)
    assert not isinstance(caught.value, RuleEvaluationError)


@pytest.mark.parametrize("status", [302, 307, 308])
def test_redirects_are_not_followed(impostor: Callable[[Answer], str], status: int) -> None:
    reached: list[str] = []

    def elsewhere(method: str, path: str) -> tuple[int, dict[str, str], bytes]:
        reached.append(path)
        return 204, {}, b""

    target = impostor(elsewhere)
    url = impostor(lambda method, path: (status, {"Location": f"{target}{path}"}, b""))
    with pytest.raises(EngineError, match="redirects"):
        RegoEngine(MODULES, {}, opa_url=url)
    assert reached == []


@pytest.mark.parametrize(
    ("status", "body"), [(200, b"garbage"), (200, b"[1]"), (503, b"{}"), (500, b'{"code": "x"}'), (404, b"{}")]
)
def test_a_server_that_breaks_while_evaluating(impostor: Callable[[Answer], str], status: int, body: bytes) -> None:
    def answer(method: str, path: str) -> tuple[int, dict[str, str], bytes]:
        if method == "POST":
            return status, {}, body
        return (204, {}, b"") if "/data/" in path else (200, {}, b"{}")

    backend = Server(impostor(answer))
    backend.load(MODULES, {})
    backend.set_input("{}")
    with pytest.raises(EngineError) as caught:
        backend.evaluate("paylint.rules.r.x", "applies")
    assert not isinstance(caught.value, RuleEvaluationError)
    backend.close()


def test_what_cannot_be_taken_back_is_said(impostor: Callable[[Answer], str]) -> None:
    def answer(method: str, path: str) -> tuple[int, dict[str, str], bytes]:
        if method == "DELETE" and "/policies/" in path:
            return 403, {}, b'{"code": "unauthorized", "message": "no"}'
        if method == "POST":
            return 200, {}, b'{"result": [1]}'
        return (204, {}, b"") if "/data/" in path else (200, {}, b"{}")

    backend = Server(impostor(answer))
    backend.load(MODULES, {})
    assert backend.evaluate("paylint.rules.r.x", "applies") == [1]
    with pytest.raises(EngineError, match=r"could not delete what was sent there: policy paylint/\w+/0$"):
        backend.close()


def test_no_server(unused_port: int) -> None:
    with pytest.raises(EngineError, match="no connection: is `opa run --server` running there"):
        RegoEngine(MODULES, {}, opa_url=f"http://127.0.0.1:{unused_port}")


def test_proxies_of_the_environment_are_not_asked(
    monkeypatch: pytest.MonkeyPatch, impostor: Callable[[Answer], str], unused_port: int
) -> None:
    asked: list[str] = []

    def proxy(method: str, path: str) -> tuple[int, dict[str, str], bytes]:
        asked.append(path)
        return 204, {}, b""

    monkeypatch.setenv("HTTP_PROXY", impostor(proxy))
    monkeypatch.setenv("http_proxy", impostor(proxy))
    with pytest.raises(EngineError):
        RegoEngine(MODULES, {}, opa_url=f"http://127.0.0.1:{unused_port}")
    assert asked == []


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://127.0.0.1:8181", "127.0.0.1"),
        ("http://127.9.9.9:8181/", "127.9.9.9"),
        ("http://[::1]:8181", "[::1]"),
        ("http://[::ffff:127.0.0.1]:8181", "127.0.0.1"),
        ("https://127.0.0.1", "127.0.0.1"),
    ],
)
def test_addresses_on_this_machine(url: str, host: str) -> None:
    address = opa_url.parse(url, allow_remote=False)
    assert (address.host, address.loopback) == (host, True)
    assert address.port == (443 if url.startswith("https") else 8181)


def test_localhost_becomes_the_address_that_was_checked() -> None:
    assert opa_url.parse("http://localhost:8181", allow_remote=False).host in ("127.0.0.1", "[::1]")


@pytest.mark.parametrize(
    "url",
    [
        "http://10.1.2.3:8181",
        "https://192.0.2.1",
        "http://0.0.0.0:8181",
        "http://[::]:8181",
        "http://[::ffff:10.0.0.1]:80",
    ],
)
def test_other_machines_need_permission(url: str) -> None:
    with pytest.raises(UsageError, match="--opa-allow-remote"):
        opa_url.parse(url, allow_remote=False)
    assert not opa_url.parse(url, allow_remote=True).loopback


@pytest.mark.parametrize(
    "url",
    [
        *(
            "127.0.0.1:8181",
            "ftp://127.0.0.1",
            "http://",
            "http://127.0.0.1:99999",
            "http://127.0.0.1:x",
            "unix:///opa",
        ),
        *("http://user:pw@127.0.0.1:8181", "http://127.0.0.1:8181/opa", "http://127.0.0.1:8181?a=b", "http://[::1"),
    ],
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        opa_url.parse(url, allow_remote=True)
    assert "pw" not in str(caught.value)


def test_a_name_is_judged_by_all_its_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", ("127.0.0.1", 80)), (2, 1, 6, "", ("192.0.2.1", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: found)
    with pytest.raises(UsageError, match="is not this machine"):
        opa_url.parse("http://opa.test:80", allow_remote=False)
    assert opa_url.parse("http://opa.test:80", allow_remote=True).host == "opa.test"
