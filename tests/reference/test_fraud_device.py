"""What devices say of themselves, compared with what the customer used before."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_impl.fraud.device import (
    NAMES,
    Fingerprint,
    KnownDevice,
    inconsistent,
    parse,
    similarity,
)
from reference_impl.fraud.engines.device import DeviceEngine
from reference_impl.fraud.model import Device, RiskSignal
from tests.reference.fraud_parts import AGENT, LAPTOP, NOW, POLICY, facts

_SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {_SAFARI} Version/17.5 Mobile/15E148 Safari/604.1"
PHONE = {
    "user_agent": IPHONE,
    "screen": "390x844",
    "time_zone": "Europe/Lisbon",
    "languages": "pt-PT",
    "platform": "iPhone",
    "cores": "4",
    "touch_points": "5",
}
CHROME = "(KHTML, like Gecko) Chrome/126.0.0.0"


@pytest.mark.parametrize(
    ("agent", "browser", "version", "system", "program"),
    [
        (AGENT, "Chrome", 126, "Windows", False),
        (f"{AGENT} Edg/126.0.0.0", "Edge", 126, "Windows", False),
        (f"{AGENT} OPR/111.0.0.0", "Opera", 111, "Windows", False),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox", 127, "Linux", False),
        (IPHONE, "Safari", 17, "iOS", False),
        (
            f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_SAFARI} Version/17.4.1 Safari/605.1.15",
            "Safari",
            17,
            "macOS",
            False,
        ),
        (
            f"Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 {CHROME} Mobile Safari/537.36",
            "Chrome",
            126,
            "Android",
            False,
        ),
        (
            f"Mozilla/5.0 (Linux; Android 14) {CHROME} SamsungBrowser/25.0 Safari/537.36",
            "Samsung Internet",
            25,
            "Android",
            False,
        ),
        (
            f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 {CHROME} Safari/537.36",
            "Chrome",
            126,
            "ChromeOS",
            False,
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/126.0.0.0 Safari/537.36",
            "Chrome",
            126,
            "Linux",
            True,
        ),
        ("python-requests/2.32", "", None, "", True),
        ("curl/8.7.1", "", None, "", True),
        ("Googlebot/2.1", "", None, "", True),
        ("", "", None, "", False),
    ],
)
def test_user_agents(agent: str, browser: str, version: int | None, system: str, program: bool) -> None:
    read = parse({"user_agent": agent})
    assert (read.browser, read.version, read.system, read.program) == (browser, version, system, program)


def test_what_is_not_understood_was_not_said() -> None:
    nonsense = {"screen": "1920×1080", "cores": "٨", "touch_points": "-1", "memory": "many", "font": "Arial"}
    assert parse(nonsense) == Fingerprint() == parse({}) and not parse(nonsense).known
    assert parse({"screen": "1080x1920x24"}).screen == parse({"screen": "1920x1080"}).screen == (1920, 1080)
    assert parse({"languages": "de-DE, de;q=0.9,,en"}).languages == ("de-de", "de", "en")
    assert parse({"webdriver": "true"}).program


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, False),
        ({"platform": "MacIntel"}, True),
        ({"user_agent": IPHONE, "platform": "iPhone"}, True),  # a phone without touch
        ({"user_agent": IPHONE, "platform": "iPhone", "touch_points": "5"}, False),
        ({"screen": "0x0"}, True),
        ({"platform": ""}, False),
    ],
)
def test_contradictions(changes: dict[str, str], expected: bool) -> None:
    assert inconsistent(parse({**LAPTOP, **changes})) is expected


def test_similarity_of_what_people_use() -> None:
    laptop = parse(LAPTOP)
    updated = parse({**LAPTOP, "user_agent": AGENT.replace("126", "128")})
    travelling = parse({**LAPTOP, "time_zone": "Asia/Tokyo"})
    same, updates, travels = similarity(laptop, laptop), similarity(laptop, updated), similarity(laptop, travelling)
    other = similarity(laptop, parse(PHONE))
    assert same == 1.0 and updates is not None and travels is not None and other is not None
    assert 0.95 < updates < 1 and 0.8 < travels < 1 and other < 0.2
    assert similarity(laptop, Fingerprint()) is None and similarity(laptop, parse({"user_agent": "?"})) is None


SAID = st.dictionaries(
    st.sampled_from(NAMES), st.one_of(st.text(max_size=40), *map(st.just, {*LAPTOP.values(), *PHONE.values()}))
)


@settings(max_examples=300, deadline=None)
@given(SAID, SAID)
def test_anything_can_be_read_and_compared(one: dict[str, str], other: dict[str, str]) -> None:
    left, right = parse(one), parse(other)
    alike = similarity(left, right)
    assert alike == similarity(right, left)
    assert alike is None or 0 <= alike <= 1
    assert similarity(left, left) in (None, 1.0)
    inconsistent(left)


class Known:
    """`KnownDevices` of one customer."""

    def __init__(self, *devices: KnownDevice) -> None:
        self.devices = list(devices)

    async def of(self, tenant: str, customer: str) -> list[KnownDevice]:
        assert (tenant, customer) == ("m1", "customer-1")
        return self.devices


def assessed(device: Device, *known: KnownDevice) -> RiskSignal | None:
    return asyncio.run(DeviceEngine(Known(*known), POLICY).assess(facts(device=device)))


def found(made: RiskSignal | None) -> tuple[float, list[Any]]:
    assert made
    return made.score, [*made.reasons]


LAPTOP_KNOWN = KnownDevice("device-1", parse(LAPTOP), NOW)


def test_the_engine() -> None:
    assert assessed(Device(), LAPTOP_KNOWN) is None
    assert found(assessed(Device("device-1", LAPTOP), LAPTOP_KNOWN)) == (0.0, [])
    assert found(assessed(Device("", LAPTOP), LAPTOP_KNOWN)) == (0.0, [])  # by its looks
    assert found(assessed(Device("device-1"), LAPTOP_KNOWN)) == (0.0, [])  # by its id, there is nothing else
    assert found(assessed(Device("", LAPTOP))) == (POLICY.device.first, ["first_device"])
    score, reasons = found(assessed(Device("device-1", PHONE), LAPTOP_KNOWN))  # a copied id
    assert reasons == ["unknown_device"] and score > 0.8 * POLICY.device.unknown
    assert found(assessed(Device("device-2"), LAPTOP_KNOWN)) == (POLICY.device.unknown, ["unknown_device"])
    score, reasons = found(assessed(Device("", {**LAPTOP, "webdriver": "true"}), LAPTOP_KNOWN))
    assert (score, reasons) == (POLICY.device.automation, ["automated_device"])
    assert score >= (POLICY.engines.device.hard_from or 2)
