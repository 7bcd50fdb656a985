"""Charging through a gateway on a real TLS server: what is sent, what comes back, and what never leaves."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest

from reference_impl.cards.model import Card, CardNumber, Expiry, VerificationCode
from reference_impl.errors import ConfigurationError, ConflictError, InvalidInputError, ServiceError
from reference_impl.gateway import model
from reference_impl.gateway.client import HttpGateway
from reference_impl.gateway.exchange import Timing
from reference_impl.gateway.model import Authorization, Charge, Operation, Settlement
from reference_impl.gateway.tls import client_context, pin_of
from reference_impl.money import Money
from reference_impl.secret import Secret
from tests.reference.processor import CODE, PAN, Fault, Processor, authority, good_leaf, keys, with_faults
from tests.reference.tls_files import ca_file, der, spare_pin

KEY = "order-4711-attempt-1"
CHARGE = Charge(Money(1234, "EUR"), "merchant_7", KEY)
QUICK = Timing(total=120, attempt=60, connect=60, tries=3, backoff=0.01)
IMPATIENT = Timing(total=20, attempt=0.4, connect=5, tries=3, backoff=0.01)


def card() -> Card:
    """A published test number."""
    return Card(CardNumber.parse(PAN), Expiry.parse(12, 2028, date(2026, 11, 22)), Secret("Ada Test"))


def gateway(processor: Processor, tmp_path: Path, timing: Timing = QUICK) -> HttpGateway:
    """A client of it, pinned to its key."""
    context = client_context([pin_of(der(good_leaf())), spare_pin()], authority=ca_file(authority(), tmp_path))
    return HttpGateway(processor.url(), ("localhost",), context, keys().client, timing=timing)


Doing = Callable[[HttpGateway], Awaitable[object]]


def run(processor: Processor, tmp_path: Path, what: Doing, timing: Timing = QUICK) -> object:
    """What it returns, with the processor and a client running."""

    async def main() -> object:
        async with processor.serve(), gateway(processor, tmp_path, timing) as client:
            return await what(client)

    return asyncio.run(main())


def authorize(client: HttpGateway) -> Awaitable[Authorization]:
    """The usual charge."""
    return client.authorize(CHARGE, card(), VerificationCode.parse(CODE))


def test_the_whole_life_of_a_payment(tmp_path: Path) -> None:
    processor = Processor()

    seen: list[Authorization | Settlement | None] = []

    async def life(client: HttpGateway) -> None:
        held = await authorize(client)
        taken = await client.capture(held, Money(1000, "EUR"), "capture-4711-00001")
        back = await client.refund(held, Money(400, "EUR"), "refund-4711-000001")
        seen.extend([held, taken, back, await client.lookup(KEY), await client.lookup("capture-4711-00001")])
        seen.append(await client.lookup("never-seen-before-1"))

    run(processor, tmp_path, life)
    held, taken, back, *looked_up = seen
    assert isinstance(held, Authorization) and held.charge == CHARGE
    assert isinstance(taken, Settlement) and taken.operation is Operation.CAPTURE
    assert (taken.charge.money.amount, taken.authorization) == (1000, held.reference)
    assert isinstance(back, Settlement) and back.operation is Operation.REFUND
    assert looked_up == [held, taken, None]
    assert processor.cards == [{"number": PAN, "expiry": "2028-12", "verification_code": CODE}]


def test_an_authorisation_is_voided(tmp_path: Path) -> None:
    async def void(client: HttpGateway) -> object:
        return await client.void(await authorize(client), "void-4711-00000001")

    done = run(Processor(), tmp_path, void)
    assert isinstance(done, Settlement) and done.operation is Operation.VOID


def test_the_request_is_of_the_agreed_form(tmp_path: Path) -> None:
    processor = Processor()
    run(processor, tmp_path, authorize)
    (line, headers, body) = processor.requests[0]
    assert line == "POST /v1/authorize"
    assert headers["x-encryption-version"] == "1.0" and headers["user-agent"] == "PaymentService/1.0"
    assert headers["idempotency-key"] == KEY == body["idempotency_key"]
    wanted = {"amount", "currency", "merchant_id", "idempotency_key", "timestamp", "encrypted_card_data"}
    assert set(body) == wanted and type(body["amount"]) is int
    assert PAN not in str(processor.requests) and "2028" not in str(body["timestamp"])


@pytest.mark.parametrize("word", ["insufficient_funds", "stolen_card"])
def test_a_declined_card_says_no_more_than_helps(tmp_path: Path, word: str) -> None:
    with pytest.raises(model.GatewayDeclinedError) as caught:
        run(Processor(decline=word), tmp_path, authorize)
    assert (caught.value.status, caught.value.code) == (402, "declined" if word == "stolen_card" else word)


def test_a_key_used_for_something_else_is_refused(tmp_path: Path) -> None:
    async def twice(client: HttpGateway) -> None:
        await authorize(client)
        await client.authorize(Charge(Money(99, "EUR"), "merchant_7", KEY), card(), None)

    processor = Processor()
    with pytest.raises(model.GatewayRefusedError):
        run(processor, tmp_path, twice)
    assert processor.charged[KEY] == 1


def test_what_is_more_than_authorised_is_not_sent(tmp_path: Path) -> None:
    processor = Processor()
    for money in (Money(1235, "EUR"), Money(1, "USD")):

        async def capture(client: HttpGateway, money: Money = money) -> object:
            return await client.capture(await authorize(client), money, "capture-4711-00001")

        with pytest.raises(InvalidInputError):
            run(processor, tmp_path, capture)
    assert not any("capture" in line for line, _, _ in processor.requests)


@pytest.mark.parametrize("fault", [Fault.NONE, Fault.ECHO, Fault.DROP_AFTER])
def test_the_verification_code_is_gone_after_the_answer(tmp_path: Path, fault: Fault) -> None:
    code = VerificationCode.parse(CODE)
    run(with_faults([fault]), tmp_path, lambda client: client.authorize(CHARGE, card(), code))
    with pytest.raises(ConflictError):
        code.reveal()


def test_a_refused_authorisation_forgets_the_code_too(tmp_path: Path) -> None:
    code = VerificationCode.parse(CODE)
    with pytest.raises(model.GatewayDeclinedError):
        run(Processor(decline="x"), tmp_path, lambda client: client.authorize(CHARGE, card(), code))
    with pytest.raises(ConflictError):
        code.reveal()


def test_cookies_of_the_gateway_are_not_kept(tmp_path: Path) -> None:
    async def twice(client: HttpGateway) -> None:
        await authorize(client)
        await client.lookup(KEY)

    processor = Processor()
    run(processor, tmp_path, twice)
    assert len(processor.requests) == 2 and "cookie" not in str(processor.requests)


def test_a_redirect_is_not_followed(tmp_path: Path) -> None:
    processor = with_faults([Fault.REDIRECT])
    run(processor, tmp_path, authorize)
    assert [line for line, _, _ in processor.requests] == ["POST /v1/authorize", "GET /v1/operations"]


def test_a_proxy_of_the_environment_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert isinstance(run(Processor(), tmp_path, authorize), Authorization)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/",
        "https://elsewhere.example/",
        "https://localhost.elsewhere.example/",
        "https://localhost@elsewhere.example/",
        "https://user@localhost/",
        "https://localhost/?to=elsewhere",
        "https://localhost/#here",
        "https://[::1/",
        "https:///v1",
        "//localhost/",
        "",
    ],
)
def test_only_https_to_an_allowed_host(tmp_path: Path, url: str) -> None:
    context = client_context([pin_of(der(good_leaf())), spare_pin()], authority=ca_file(authority(), tmp_path))
    with pytest.raises(ConfigurationError):
        HttpGateway(url, ("localhost",), context, keys().client)


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.NONE])
@pytest.mark.parametrize("stuck", [False, True], ids=["once", "always"])
def test_no_fault_shows_a_card(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], fault: Fault, stuck: bool
) -> None:
    """With everything logged, in messages, tracebacks with their contexts, and reprs."""
    for name in ("", "httpx", "httpcore", "httpcore.http11", "httpcore.connection", "asyncio"):
        caplog.set_level(logging.DEBUG, logger=name)
    processor = with_faults([fault] * (40 if stuck else 1))
    shown: list[str] = []

    async def attempt(client: HttpGateway) -> None:
        shown.append(repr(vars(client)))
        try:
            shown.append(repr(await authorize(client)))
        except ServiceError as error:
            trace = traceback.TracebackException.from_exception(error, capture_locals=True)
            shown.append("".join(trace.format()) + repr(error) + repr(error.__context__))
            assert error.__cause__ is None and error.__context__ is None

    run(processor, tmp_path, attempt, IMPATIENT)
    everything = "\n".join([*shown, caplog.text, *capfd.readouterr(), *(str(vars(r)) for r in caplog.records)])
    assert PAN not in everything and f"'{CODE}'" not in everything and f'"{CODE}"' not in everything
    assert "httpcore" in caplog.text  # it is on
