"""The processor's REST calls: form-encoded, with our secret key, over TLS; its documents are Stripe's in shape."""

from __future__ import annotations

import asyncio
import json
import secrets
import ssl
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from reference_impl.errors import ConfigurationError, UnavailableError
from reference_impl.money import Money
from reference_impl.processor.answers import CustomerAnswer, IntentAnswer, MethodAnswer, RefundAnswer, failure
from reference_impl.processor.model import processor_id
from reference_impl.secret import Secret

API_VERSION = "2024-06-20"
_MAX_ANSWER = 256 * 1024
_ATTEMPTS = 3
_BACKOFF_SECONDS = 0.25
_LONGEST_WAIT_SECONDS = 5
_AGAIN = frozenset({429, 500, 502, 503, 504})
_KEY_IN_USE = "idempotency_key_in_use"

A = TypeVar("A", bound=BaseModel)
Sleep = Callable[[float], Awaitable[None]]


def connection(
    base_url: str, secret_key: Secret[str], tls: ssl.SSLContext, timeout_seconds: float = 30
) -> httpx.AsyncClient:
    """To the processor: no redirects, no proxies of the environment. Raises ConfigurationError unless it is https."""
    if not base_url.startswith("https://"):
        raise ConfigurationError("the processor is reached by https")
    return httpx.AsyncClient(
        base_url=base_url,
        auth=_Bearer(secret_key),
        headers={"Stripe-Version": API_VERSION, "User-Agent": "PaymentService/1.0", "Accept-Encoding": "identity"},
        timeout=timeout_seconds,
        verify=tls,
        follow_redirects=False,
        trust_env=False,
    )


class _Bearer(httpx.Auth):
    """Adds the key when a request is sent, so that it is in no header that the client prints or keeps."""

    def __init__(self, key: Secret[str]) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Any:
        request.headers["Authorization"] = f"Bearer {self._key.reveal()}"
        yield request


class ProcessorClient:
    """Every method raises UnavailableError where the outcome is not known, and what `answers.failure` says otherwise.

    What changes something has an idempotency key: it is repeated, with growing pauses, when the processor was not
    reached, did not answer, or asks for patience; the processor replays what it has done already.
    """

    def __init__(self, http: httpx.AsyncClient, sleep: Sleep = asyncio.sleep) -> None:
        self._http = http
        self._sleep = sleep

    async def create_customer(self, our_id: str, tenant: str) -> str:
        """The processor's id of a new customer; the same one for the same `our_id`."""
        form = {"metadata[customer]": our_id, "metadata[tenant]": tenant}
        return (await self._post("/v1/customers", form, our_id, CustomerAnswer)).id

    async def attach(self, payment_method: str, customer: str) -> MethodAnswer:
        """What the hosted form made becomes the customer's. Raises DeclinedError if the issuer refuses the card."""
        path = f"/v1/payment_methods/{processor_id(payment_method, 'pm')}/attach"
        return await self._post(path, {"customer": customer}, f"attach-{payment_method}-{customer}", MethodAnswer)

    async def create_intent(
        self, charge: str, tenant: str, money: Money, customer: str, payment_method: str
    ) -> IntentAnswer:
        """Charges a card while its holder is away. `charge`: our id, and the idempotency key."""
        form = {
            "amount": str(money.amount),
            "currency": money.currency.lower(),
            "customer": customer,
            "payment_method": payment_method,
            "off_session": "true",
            "confirm": "true",
            "metadata[charge]": charge,
            "metadata[tenant]": tenant,
        }
        return await self._post("/v1/payment_intents", form, charge, IntentAnswer)

    async def retrieve_intent(self, intent: str) -> IntentAnswer:
        """How it stands."""
        return _read(
            await self._call("GET", f"/v1/payment_intents/{processor_id(intent, 'pi')}", None, {}), IntentAnswer
        )

    async def refund(self, refund: str, intent: str, amount: int) -> RefundAnswer:
        """Gives back part of a payment. `refund`: our id, and the idempotency key; `amount`: minor units."""
        return await self._post("/v1/refunds", {"payment_intent": intent, "amount": str(amount)}, refund, RefundAnswer)

    async def _post(self, path: str, form: Mapping[str, str], idempotency_key: str, shape: type[A]) -> A:
        return _read(await self._call("POST", path, form, {"Idempotency-Key": idempotency_key}), shape)

    async def _call(self, method: str, path: str, form: Mapping[str, str] | None, headers: Mapping[str, str]) -> Any:
        for attempt in range(1, _ATTEMPTS + 1):
            wait = _BACKOFF_SECONDS * 2**attempt * (0.5 + secrets.randbelow(1000) / 1000)
            try:
                status, asked_wait, document = await self._once(method, path, form, headers)
            except httpx.TransportError as error:
                if attempt == _ATTEMPTS:
                    raise UnavailableError("the processor does not answer") from error
            else:
                if 200 <= status < 300:
                    return document
                if not (status in _AGAIN or _in_use(status, document)) or attempt == _ATTEMPTS:
                    raise failure(status, document)
                wait = max(wait, asked_wait)
            await self._sleep(min(wait, _LONGEST_WAIT_SECONDS))
        raise AssertionError("the last attempt returns or raises")

    async def _once(
        self, method: str, path: str, form: Mapping[str, str] | None, headers: Mapping[str, str]
    ) -> tuple[int, float, Any]:
        """Status, seconds the processor asks to wait, and its document (None if it cannot be read)."""
        async with self._http.stream(method, path, data=form, headers=dict(headers)) as response:
            body = bytearray()
            async for part in response.aiter_raw():
                body += part
                if len(body) > _MAX_ANSWER:
                    raise UnavailableError("the processor's answer is too long")
        asked = response.headers.get("retry-after", "")
        try:
            document = json.loads(body)
        except (ValueError, RecursionError):
            document = None
        return response.status_code, float(asked) if asked.isascii() and asked.isdecimal() else 0, document


def _in_use(status: int, document: Any) -> bool:
    """Whether another request with the same key is under way there."""
    error = document.get("error") if isinstance(document, dict) else None
    return status == 409 and isinstance(error, dict) and error.get("code") == _KEY_IN_USE


def _read(document: Any, shape: type[A]) -> A:
    try:
        return shape.model_validate(document)
    except ValidationError:
        raise UnavailableError("the processor's answer cannot be read") from None
