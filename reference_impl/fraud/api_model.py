"""A payment to be assessed, as a request carries it. Account data are refused where names are, and hidden in texts."""

from __future__ import annotations

import re
from datetime import datetime
from ipaddress import ip_address
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field
from pydantic_core import PydanticCustomError

from reference_impl.cards.api_model import STRICT
from reference_impl.cards.model import CardNumber
from reference_impl.cards.redaction import masked
from reference_impl.clock import in_a_year
from reference_impl.errors import InvalidInputError
from reference_impl.fraud.model import (
    CustomerHistory,
    Device,
    Facts,
    Funding,
    MerchantProfile,
    PaymentMethod,
    Place,
    Transaction,
)
from reference_impl.money import Money

_RULE = "rule"
_LONG_NUMBER = re.compile(r"[0-9]{13}")


def _no_card_number(text: str) -> str:
    """As `payments.model.checked_key`: always the same ids are refused, and no UUID is among them."""
    try:
        CardNumber.parse(re.sub(r"[._:]", "-", text))
    except InvalidInputError:
        if not _LONG_NUMBER.search(text):
            return text
    raise PydanticCustomError(_RULE, "this has no long number in it")


def _address(text: str) -> str:
    try:
        return str(ip_address(text)) if text else ""
    except ValueError:
        raise PydanticCustomError(_RULE, "this is no internet address") from None


Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{1,64}$"), AfterValidator(_no_card_number)]
CardId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{32,64}$")]
"""A token or a keyed fingerprint: longer than any card number."""
Plain = Annotated[str, Field(max_length=500), AfterValidator(masked)]
"""People's own words: what could be a card number in them is hidden before anything sees it."""
Ground = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(masked)]
Address = Annotated[str, Field(max_length=45), AfterValidator(_address)]
Unit = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Figure = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=10**9)]


class PlaceBody(BaseModel):
    """WGS 84, degrees."""

    model_config = STRICT

    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    country: Annotated[str, Field(pattern="^(?:[A-Z]{2})?$")] = ""

    def place(self) -> Place:
        """As engines take it."""
        return Place(self.latitude, self.longitude, self.country)


class FingerprintBody(BaseModel):
    """As the page collected it; nothing else is taken."""

    model_config = STRICT

    user_agent: Plain = ""
    screen: Plain = ""
    time_zone: Plain = ""
    languages: Plain = ""
    platform: Plain = ""
    cores: Plain = ""
    memory: Plain = ""
    touch_points: Plain = ""
    webdriver: Plain = ""


class DeviceBody(BaseModel):
    """Any of it may be missing."""

    model_config = STRICT

    id: Id | None = None
    fingerprint: FingerprintBody = FingerprintBody()

    def device(self) -> Device:
        """As engines take it."""
        said = {name: text for name, text in self.fingerprint.model_dump().items() if text}
        return Device(self.id or "", said)


class CustomerBody(BaseModel):
    """What the tenant knows of the customer; zeros for somebody new. Amounts in minor units."""

    model_config = STRICT

    average_amount: Figure = 0.0
    payments: Count = 0
    days_since_first: Figure = 0.0
    failed_rate: Unit = 0.0
    chargeback_rate: Unit = 0.0
    payment_methods: Count = 0
    shipping_addresses: Count = 0
    home: PlaceBody | None = None


class MerchantBody(BaseModel):
    """What the tenant knows of the merchant."""

    model_config = STRICT

    average_amount: Figure = 0.0
    chargeback_rate: Unit = 0.0
    refund_rate: Unit = 0.0
    days_since_registration: Figure = 0.0
    risk: Unit = 0.5


class PaymentMethodBody(BaseModel):
    """Of the card."""

    model_config = STRICT

    funding: Annotated[Funding, Field(strict=False)] = Funding.CREDIT
    issuer_risk: Unit = 0.5
    country_differs: bool = False


class AssessmentBody(BaseModel):
    """`transaction`: the tenant's id of the payment, which is its idempotency key if its decline is to count; `card`:
    its token or fingerprint; `amount`: minor units; `source`: address of the payer; `at`: now, if it is missing.
    """

    model_config = STRICT

    transaction: Id
    customer: Id
    card: CardId
    merchant: Id
    amount: int
    currency: Annotated[str, Field(max_length=3)]
    description: Plain = ""
    at: Annotated[Annotated[AwareDatetime, AfterValidator(in_a_year)] | None, Field(strict=False)] = None
    source: Address = ""
    device: DeviceBody = DeviceBody()
    place: PlaceBody | None = None
    history: CustomerBody = CustomerBody()
    merchant_profile: MerchantBody = MerchantBody()
    method: PaymentMethodBody = PaymentMethodBody()

    def facts(self, tenant: str, now: datetime) -> Facts:
        """Raises InvalidInputError for an amount that no payment can have."""
        paid = Transaction(
            id=self.transaction,
            tenant=tenant,
            customer=self.customer,
            card=self.card,
            merchant=self.merchant,
            money=Money(self.amount, self.currency),
            description=self.description,
            at=self.at or now,
            source=self.source,
            device=self.device.device(),
            place=self.place.place() if self.place else None,
        )
        history: dict[str, Any] = self.history.model_dump(exclude={"home"})
        home = self.history.home.place() if self.history.home else None
        merchant = MerchantProfile(**self.merchant_profile.model_dump())
        return Facts(paid, CustomerHistory(**history, home=home), merchant, PaymentMethod(**self.method.model_dump()))
