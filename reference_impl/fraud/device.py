"""What a browser says of itself, read and compared. All of it can be forged: it raises suspicion, it proves nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Protocol

# Order matters: Edge calls itself Chrome too, and Chrome calls itself Safari.
_BROWSERS = (
    ("Edge", re.compile(r"Edg(?:e|A|iOS)?/([0-9]{1,4})")),
    ("Opera", re.compile(r"(?:OPR|Opera)/([0-9]{1,4})")),
    ("Samsung Internet", re.compile(r"SamsungBrowser/([0-9]{1,4})")),
    ("Firefox", re.compile(r"(?:Firefox|FxiOS)/([0-9]{1,4})")),
    ("Chrome", re.compile(r"(?:HeadlessChrome|Chrome|CriOS)/([0-9]{1,4})")),
    ("Safari", re.compile(r"Version/([0-9]{1,4})(?:\.[0-9]{1,4}){0,3} (?:Mobile/\w{1,12} )?Safari/")),
)
_SYSTEMS = (
    ("iOS", re.compile(r"\b(?:iPhone|iPad|iPod)\b")),
    ("Android", re.compile(r"\bAndroid\b")),
    ("Windows", re.compile(r"\bWindows NT\b")),
    ("ChromeOS", re.compile(r"\bCrOS\b")),
    ("macOS", re.compile(r"\bMac OS X\b")),
    ("Linux", re.compile(r"\bLinux\b")),
)
_PROGRAMS = re.compile(
    r"Headless|PhantomJS|Selenium|Puppeteer|Playwright|curl/|Wget/|python-|Go-http-client|okhttp|Java/|bot\b",
    re.IGNORECASE,
)
_PLATFORMS = {
    "Windows": ("Win",),
    "macOS": ("Mac",),
    "iOS": ("iPhone", "iPad", "iPod", "Mac"),  # an iPad may pass for a Mac
    "Android": ("Linux", "Android"),
    "Linux": ("Linux", "X11"),
    "ChromeOS": ("Linux", "CrOS"),
}
_SCREEN = re.compile(r"([0-9]{1,5})x([0-9]{1,5})(?:x[0-9]{1,2})?")
_FEW_DIGITS = re.compile(r"[0-9]{1,4}")
_MAX_LENGTH = 512
_LANGUAGES = 10
_LEAST_COMPARED = 3
_AGENTS = 1024

NAMES = (
    "user_agent",
    "screen",
    "time_zone",
    "languages",
    "platform",
    "cores",
    "memory",
    "touch_points",
    "webdriver",
)
"""Of what pages collect; anything else is not looked at."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Read. "" or None: not said, or not understood. `screen`: longer side first, so that turning it changes nothing.

    `program`: what controls it is a program by its own account.
    """

    browser: str = ""
    version: int | None = None
    system: str = ""
    screen: tuple[int, int] | None = None
    time_zone: str = ""
    languages: tuple[str, ...] = ()
    platform: str = ""
    cores: int | None = None
    memory: int | None = None
    touch_points: int | None = None
    program: bool = False

    @property
    def known(self) -> bool:
        """Whether anything was said."""
        return self != Fingerprint()


def parse(said: Mapping[str, str]) -> Fingerprint:
    """Never fails: what cannot be read was not said. Takes time in proportion to at most 512 characters a value."""
    text = {name: said.get(name, "")[:_MAX_LENGTH].strip() for name in NAMES}
    agent = _agent(text["user_agent"])
    languages = [part.split(";")[0].strip().lower() for part in text["languages"].split(",")]
    return Fingerprint(
        browser=agent.browser,
        version=agent.version,
        system=agent.system,
        screen=_screen(text["screen"]),
        time_zone=text["time_zone"],
        languages=tuple(language for language in languages if language)[:_LANGUAGES],
        platform=text["platform"],
        cores=_whole(text["cores"]),
        memory=_whole(text["memory"]),
        touch_points=_whole(text["touch_points"]),
        program=text["webdriver"].lower() in {"true", "1"} or agent.program,
    )


def inconsistent(one: Fingerprint) -> bool:
    """Whether it contradicts itself, as forged ones do: a phone that cannot be touched, Windows on a Mac."""
    fits = _PLATFORMS.get(one.system, ())
    other_platform = bool(one.platform and fits) and not one.platform.startswith(fits)
    untouchable = one.system in {"iOS", "Android"} and one.touch_points == 0
    return other_platform or untouchable or one.screen == (0, 0)


def similarity(one: Fingerprint, other: Fingerprint) -> float | None:
    """0 to 1, over what both said; None if that is too little to compare. Symmetric, and 1 for the same.

    A browser is updated every few weeks: a version that is near counts almost as the same.
    """
    parts = {
        "browser": (2.0, _same(one.browser, other.browser)),
        "version": (0.5, _near(one.version, other.version) if one.browser == other.browser else 0.0),
        "system": (2.0, _same(one.system, other.system)),
        "screen": (2.0, _same(one.screen, other.screen)),
        "time_zone": (1.0, _same(one.time_zone, other.time_zone)),
        "languages": (1.0, _overlap(one.languages, other.languages)),
        "platform": (1.0, _same(one.platform, other.platform)),
        "cores": (1.0, _same(one.cores, other.cores)),
        "memory": (1.0, _same(one.memory, other.memory)),
        "touch_points": (0.5, _same(one.touch_points, other.touch_points)),
    }
    compared = [part for name, part in parts.items() if _is_said(getattr(one, name)) and _is_said(getattr(other, name))]
    if len(compared) < _LEAST_COMPARED:
        return None
    return sum(weight * alike for weight, alike in compared) / sum(weight for weight, _ in compared)


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """One a customer paid with before. `id`: as the page stores it there; "": none."""

    id: str
    fingerprint: Fingerprint
    last_seen: datetime


class KnownDevices(Protocol):
    """What customers paid with. Raises UnavailableError."""

    async def of(self, tenant: str, customer: str) -> list[KnownDevice]:
        """The latest first."""
        ...


@dataclass(frozen=True, slots=True)
class _Agent:
    browser: str
    version: int | None
    system: str
    program: bool


@lru_cache(_AGENTS)
def _agent(text: str) -> _Agent:
    """Read once: a few hundred texts are those of most payers, and reading takes longer than all the rest of it."""
    browser, version = _browser(text)
    system = next((name for name, pattern in _SYSTEMS if pattern.search(text)), "")
    return _Agent(browser, version, system, bool(_PROGRAMS.search(text)))


def _browser(agent: str) -> tuple[str, int | None]:
    for name, pattern in _BROWSERS:
        if found := pattern.search(agent):
            return name, int(found[1])
    return "", None


def _screen(text: str) -> tuple[int, int] | None:
    if not (found := _SCREEN.fullmatch(text)):
        return None
    one, other = int(found[1]), int(found[2])
    return max(one, other), min(one, other)


def _whole(text: str) -> int | None:
    return int(text) if _FEW_DIGITS.fullmatch(text) else None


def _is_said(value: object) -> bool:
    return value not in ("", None, ())


def _same(one: object, other: object) -> float:
    return 1.0 if one == other else 0.0


def _near(one: int | None, other: int | None) -> float:
    return max(0.0, 1 - abs((one or 0) - (other or 0)) / 20)


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    return len({*one} & {*other}) / max(1, len({*one} | {*other}))
