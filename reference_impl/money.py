"""Amounts: integers in minor units of an ISO 4217 currency (list one, 2024). No floats: 0.1 + 0.2 is not 0.3 there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reference_impl.errors import InvalidInputError

MAX_MAJOR = 1_000_000
"""Of any currency: more is a mistake or a fraud."""

_DIGITS = 9
_DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP"
        " CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR"
        " IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN"
        " NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP"
        " STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
}
EXPONENTS = {code: decimals for decimals, codes in _DECIMALS.items() for code in codes.split()}
"""Code -> decimals of the major unit: 1 EUR is 10^2 cents, 1 KWD 10^3 fils, a yen has no parts."""


@dataclass(frozen=True, slots=True)
class Money:
    """`amount`: in minor units (cents); `currency`: the code. Raises InvalidInputError for what no payment can be."""

    amount: int
    currency: str

    def __post_init__(self) -> None:
        if self.currency not in EXPONENTS:
            raise InvalidInputError("a currency is an ISO 4217 code of three capitals", "currency")
        if type(self.amount) is not int or not 1 <= self.amount <= MAX_MAJOR * 10 ** EXPONENTS[self.currency]:
            raise InvalidInputError("an amount is a whole number of minor units, up to a million major ones", "amount")

    @classmethod
    def of(cls, major: Decimal, currency: str) -> Money:
        """Of what people write: Decimal("12.34"). Raises InvalidInputError for decimals the currency does not have."""
        decimals = EXPONENTS.get(currency, 0)
        exponent = major.as_tuple().exponent
        # Looked at before anything is computed: 1E+999999999 is short to write, and long to work with.
        if not isinstance(exponent, int) or -exponent > decimals or major.adjusted() > _DIGITS:
            raise InvalidInputError("an amount has the decimals of its currency, and at most ten digits", "amount")
        return cls(int(Fraction(major) * 10**decimals), currency)

    @property
    def major(self) -> Decimal:
        """In major units, with exactly the decimals of the currency."""
        return Decimal(self.amount).scaleb(-EXPONENTS[self.currency])
