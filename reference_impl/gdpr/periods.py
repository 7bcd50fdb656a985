"""Periods as the law counts them: calendar months for answers, days and years for retention, all in UTC."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta, timezone

ANSWER_MONTHS = 1
"""In which a request is answered (Art. 12(3))."""
EXTENSION_MONTHS = 2
"""By which that may be extended, once, where it is complex; said with the reason within the first month."""


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last: 31 January and a month is 28 or 29 February
    (Regulation 1182/71, Art. 3(2)(c)).
    """
    total = day.month - 1 + months
    year, month = day.year + total // 12, total % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def years_after(day: date, years: int) -> date:
    """The same day of a later year; of a 29 February in a common year the day after, for what must not be too short."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def years_before(day: date, years: int) -> date:
    """The last day whose `years_after` is that day or earlier."""
    return (
        day.replace(year=day.year - years, day=28)
        if (day.month, day.day) == (2, 29) and not calendar.isleap(day.year - years)
        else day.replace(year=day.year - years)
    )


def day_of(moment: datetime) -> date:
    """In UTC. `moment`: aware."""
    return moment.astimezone(timezone.utc).date()


def start_of(day: date) -> datetime:
    """Its first moment, aware, UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=timezone.utc)


def kept_until(event: datetime, days: int, years: int = 0) -> date:
    """The first day on which what happened then need not, or may not, be kept any more.

    `years`: what a law asks for in years, with however many leap days are in them; the later of both counts.
    """
    by_days = day_of(event) + timedelta(days=days)
    return max(by_days, years_after(day_of(event), years)) if years else by_days


def over_before(now: datetime, days: int, years: int = 0) -> datetime:
    """What happened before this moment is over: `kept_until` of it is today or earlier."""
    today = day_of(now)
    last = today - timedelta(days=days)
    if years:
        last = min(last, years_before(today, years))
    return start_of(last + timedelta(days=1))
