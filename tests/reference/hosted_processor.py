"""A processor of cards on a real HTTPS server, with the REST calls of Stripe's documentation that we use.

Form-encoded requests, a secret key, idempotency keys that are replayed (also to those who never heard the answer), an
error for another request under the same key, typed card errors, signed events. `faults`: what happens to the next
requests: "ok", "before" (no answer, nothing done), "after" (done, no answer), "drop" (done, half an answer), "busy"
(429), "broken" (500, nothing done), "garbage", "huge", "redirect", "in_use" (409).
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import trustme

from reference_impl.processor.webhook import signature
from reference_impl.secret import Secret
from tests.reference.server import served_over_tls

KEY = "secret-of-the-shop"
WEBHOOK_SECRET = Secret(b"secret-of-the-events")
METHODS = {
    "pm_visa00000001": {"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2030},
    "pm_noexpiry0001": {"brand": "amex", "last4": "0005"},
    "pm_declined0001": {"brand": "visa", "last4": "0002", "exp_month": 1, "exp_year": 2031},
    "pm_authenticate": {"brand": "visa", "last4": "3184", "exp_month": 1, "exp_year": 2031},
    "pm_processing01": {"brand": "visa", "last4": "0077", "exp_month": 1, "exp_year": 2031},
}
DECLINED = {"type": "card_error", "code": "card_declined", "decline_code": "insufficient_funds", "message": "No."}
Answer = tuple[int, Any]

FRESH = "pm_fresh"
"""With anything after it: a card that nobody has yet."""


@dataclass
class HostedProcessor:
    """What it knows, and what was asked of it."""

    url: str = ""
    authority: trustme.CA = field(default_factory=trustme.CA)
    faults: list[str] = field(default_factory=list)
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    answered: dict[str, tuple[Any, Answer]] = field(default_factory=dict)
    intents: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    attached: dict[str, str] = field(default_factory=dict)

    def client_context(self) -> ssl.SSLContext:
        """That trusts it."""
        context = ssl.create_default_context()
        self.authority.configure_trust(context)
        return context

    def event(self, kind: str, intent: str, at: datetime, secret: Secret[bytes] = WEBHOOK_SECRET) -> tuple[bytes, str]:
        """Body and signature header of an event."""
        about = {"object": "payment_intent", "id": intent}
        body = json.dumps({"id": _id("evt"), "type": kind, "data": {"object": about}}).encode()
        seconds = int(at.timestamp())
        return body, f"t={seconds},v1={signature(body, secret, seconds)}"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """ASGI."""
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        form = dict(parse_qsl(body.decode(), strict_parsing=True)) if body else {}
        self.requests.append((scope["method"], scope["path"], form))
        fault = self.faults.pop(0) if self.faults else "ok"
        early: dict[str, Answer] = {
            "busy": (429, {"error": {"type": "rate_limit_error", "code": "rate_limit"}}),
            "broken": (500, {"error": {"type": "api_error"}}),
            "in_use": (409, {"error": {"type": "idempotency_error", "code": "idempotency_key_in_use"}}),
            "redirect": (302, {}),
        }
        if fault == "before":
            await asyncio.Event().wait()
        if fault in early:
            await _send(send, *early[fault])
            return
        answer = self._once(scope["method"], scope["path"], form, headers)
        if fault == "after":
            await asyncio.Event().wait()
        if fault == "drop":
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"900")]})
            await send({"type": "http.response.body", "body": b'{"id":', "more_body": True})
            return
        if fault == "garbage":
            answer = (200, secrets.choice([None, [], "4111111111111111", {"id": 7}, {"id": "pi_../../x"}]))
        await _send(send, *answer, padding=b" " * 300_000 if fault == "huge" else b"")

    def _once(self, method: str, path: str, form: dict[str, str], headers: dict[str, str]) -> Answer:
        if headers.get("authorization") != f"Bearer {KEY}":
            return 401, {"error": {"type": "invalid_request_error"}}
        if method == "GET":
            return self._do(method, path, form)
        if headers.get("content-type") != "application/x-www-form-urlencoded":
            return 400, {"error": {"type": "invalid_request_error"}}
        key = headers["idempotency-key"]
        if key not in self.answered:
            self.answered[key] = ((path, form), self._do(method, path, form))
        request, answer = self.answered[key]
        return answer if request == (path, form) else (400, {"error": {"type": "idempotency_error"}})

    def _do(self, method: str, path: str, form: dict[str, str]) -> Answer:
        if path == "/v1/customers":
            return 200, {"id": _id("cus"), "object": "customer"}
        if match := re.fullmatch(r"/v1/payment_methods/(\w+)/attach", path):
            return self._attach(match[1], form["customer"])
        if match := re.fullmatch(r"/v1/payment_intents/(\w+)", path):
            return (200, self.intents[match[1]]) if match[1] in self.intents else (404, {"error": {}})
        if path == "/v1/payment_intents":
            return self._intent(form)
        if path == "/v1/refunds":
            return self._refund(form)
        return 404, {"error": {"type": "invalid_request_error"}}

    def _attach(self, method: str, customer: str) -> Answer:
        card = METHODS["pm_visa00000001"] if method.startswith(FRESH) else METHODS.get(method)
        if card is None:
            return 404, {"error": {"type": "invalid_request_error", "code": "resource_missing"}}
        if self.attached.setdefault(method, customer) != customer:
            return 400, {"error": {"type": "invalid_request_error"}}
        return 200, {"id": method, "object": "payment_method", "card": card}

    def _intent(self, form: dict[str, str]) -> Answer:
        assert form["off_session"] == form["confirm"] == "true"
        method = form["payment_method"]
        if self.attached.get(method) != form["customer"]:
            return 400, {"error": {"type": "invalid_request_error"}}
        states = {"pm_processing01": "processing", "pm_declined0001": "requires_payment_method"}
        intent = {
            "id": _id("pi"),
            "object": "payment_intent",
            "status": states.get(method, "succeeded"),
            "amount": int(form["amount"]),
            "currency": form["currency"],
            "metadata": {"charge": form["metadata[charge]"], "tenant": form["metadata[tenant]"]},
            "last_payment_error": DECLINED if method == "pm_declined0001" else None,
        }
        if method == "pm_authenticate":
            return 402, {"error": {"type": "card_error", "code": "authentication_required"}}
        self.intents[str(intent["id"])] = intent
        return (402, {"error": DECLINED | {"payment_intent": intent}}) if method == "pm_declined0001" else (200, intent)

    def _refund(self, form: dict[str, str]) -> Answer:
        intent, amount = self.intents[form["payment_intent"]], int(form["amount"])
        given = sum(refund["amount"] for refund in self.refunds.values() if refund["intent"] == intent["id"])
        if given + amount > intent["amount"]:
            return 400, {"error": {"type": "invalid_request_error", "code": "charge_already_refunded"}}
        refund = {"id": _id("re"), "object": "refund", "status": "succeeded", "amount": amount, "intent": intent["id"]}
        self.refunds[refund["id"]] = refund
        return 200, refund


def _id(kind: str) -> str:
    """Letters only: none looks like a number of anything."""
    return f"{kind}_" + "".join(secrets.choice("abcdefghijkmnpqrstuvwxyz") for _ in range(24))


async def _send(send: Any, status: int, document: Any, padding: bytes = b"") -> None:
    headers = [(b"content-type", b"application/json"), (b"location", b"https://elsewhere.example/")]
    await send({"type": "http.response.start", "status": status, "headers": headers[: 2 if status == 302 else 1]})
    await send({"type": "http.response.body", "body": padding + json.dumps(document).encode()})


@contextmanager
def running(folder: Path, host: str = "localhost") -> Iterator[HostedProcessor]:
    """On a port of its own, with a certificate for `host`."""
    processor = HostedProcessor()
    with served_over_tls(processor, processor.authority.issue_cert(host), folder) as port:
        processor.url = f"https://localhost:{port}"
        yield processor
