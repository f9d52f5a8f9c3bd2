"""Dates resolved: which days some words name, told from the day on which their article was written.

"on Thursday evening" in an article of Friday, 31 December 2021 is 30 December 2021 or 6 January 2022.
"""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from qa.language.gazetteer import MONTHS, SMALL, WEEKDAYS

Grain = Literal["day", "week", "month", "year"]
_FIELDS = {
    "year": r"(?<!\d)([12]\d{3})(?![\ds])",
    "month": r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b",
    "day": r"(?<![\w:.])0?([1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w:]|\.\d)",
    "weekday": r"\b(mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day|r?s)?\b",
    "part": r"\b(morning|afternoon|evening|night)\b",
    "season": r"\b(spring|summer|autumn|fall|winter)\b",
}
_BESIDE = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}  # days from the day of writing
_VAGUE = re.compile(r"\b(?:early|late|mid|beginning|end|start|middle|before|after|later|earlier|few|several)\b")


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `first` to `last`, both included, and how fine the words were that named them."""

    first: date
    last: date
    grain: Grain


@lru_cache(4096)  # as `key_of`
def date_fields(text: str) -> Mapping[str, tuple[str, ...]]:
    """Take a date apart: the years, months, days, weekdays, ... it names."""
    low = text.casefold()
    low = re.sub(r"\b([12]\d{3})-(\d\d)-(\d\d)\b", lambda m: f"{m[1]} {_month(m[2])} {m[3]}", low)
    low = re.sub(r"\b(\d\d?)([./])(\d\d?)\2(\d{4}|\d\d)\b", _spelt_out, low)
    fields = {name: tuple(re.findall(pattern, low)) for name, pattern in _FIELDS.items()}
    if not fields["month"]:
        fields["day"] = ()
    if [len(fields[name]) for name in ("year", "month", "day", "weekday")] == [1, 1, 1, 0]:
        day = _day(int(fields["year"][0]), _number(fields["month"][0]), int(fields["day"][0]))
        fields["weekday"] = (WEEKDAYS[day.weekday()][:3],) if day else ()
    return {name: found for name, found in fields.items() if found}


def days_named(text: str, written: date) -> frozenset[Days]:
    """The days that a date may mean in an article written on some day; none where the words do not tell."""
    try:
        return _days_named(text, written)
    except (OverflowError, ValueError):  # "800000 days ago"
        return frozenset()


def _days_named(text: str, written: date) -> frozenset[Days]:
    low = text.casefold()
    if _VAGUE.search(low):
        return frozenset()
    fields = date_fields(text)
    if "month" in fields:
        return _in_month(fields, written)
    if "year" in fields:
        years = [int(y) for y in fields["year"]]
        return frozenset({Days(date(min(years), 1, 1), date(max(years), 12, 31), "year")})
    return _around(low, fields, written)


def _in_month(fields: Mapping[str, tuple[str, ...]], written: date) -> frozenset[Days]:
    months, days = [_number(m) for m in fields["month"]], [int(d) for d in fields.get("day", ())]
    years = [int(y) for y in fields.get("year", ())] or [_nearest_year(months[0], written)]
    if len(set(years)) > 1 or len(months) > 2:
        return frozenset()
    if not days:
        first, last = (_day(years[0], m, 1) for m in (months[0], months[-1]))
        if first and last:
            last = last.replace(day=monthrange(last.year, last.month)[1])
        return _days(first, last, "month")
    if len(months) == 2 and len(days) != 2:
        return frozenset()
    return _days(_day(years[0], months[0], days[0]), _day(years[0], months[-1], days[-1]), "day")


def _around(low: str, fields: Mapping[str, tuple[str, ...]], written: date) -> frozenset[Days]:
    """What is told from the day of writing: "yesterday", "Friday", "three days ago", "next week"."""
    if beside := re.search(rf"\b(?:{'|'.join(_BESIDE)})\b", low):
        return _days(day := written + timedelta(_BESIDE[beside[0]]), day, "day")
    if len(weekdays := fields.get("weekday", ())) == 1:
        return _weekdays([d[:3] for d in WEEKDAYS].index(weekdays[0]), low, written)
    ago = re.search(rf"\b(\d+|an?|{'|'.join(SMALL[1:])})\s(day|week|year)s?\sago\b", low)
    if ago and ago[2] == "day":
        return _days(day := written - timedelta(_count(ago[1])), day, "day")
    turn = re.search(r"\b(last|past|this|next|coming)\s(week|month|year)\b", low)
    return _turned(turn[1], turn[2], written) if turn else frozenset()


def _weekdays(weekday: int, low: str, written: date) -> frozenset[Days]:
    """The last such day and the next one; only one of them where the words say which."""
    back = written - timedelta((written.weekday() - weekday) % 7)
    ahead = written + timedelta((weekday - written.weekday()) % 7)
    found = {back} if re.search(r"\b(?:last|past)\b", low) else {ahead} if "next" in low else {back, ahead}
    return frozenset(Days(d, d, "day") for d in found)


def _turned(turn: str, unit: str, written: date) -> frozenset[Days]:
    step = {"last": -1, "past": -1, "this": 0}.get(turn, 1)
    if unit == "week":
        first = written - timedelta(written.weekday() - 7 * step)
        return _days(first, first + timedelta(6), "week")
    if unit == "year":
        return _days(date(written.year + step, 1, 1), date(written.year + step, 12, 31), "year")
    years, month = divmod(written.year * 12 + written.month - 1 + step, 12)
    return _days(date(years, month + 1, 1), date(years, month + 1, monthrange(years, month + 1)[1]), "month")


def equal_days(one: frozenset[Days], other: frozenset[Days]) -> bool:
    """Whether two dates may be one and the same, told as finely."""
    return bool(one & other)


def apart(one: frozenset[Days], other: frozenset[Days]) -> bool:
    """Whether two dates cannot both be right: none of what one may mean is, or lies in, what the other may mean."""
    return bool(one and other) and not any(_fit(a, b) for a in one for b in other)


def _fit(a: Days, b: Days) -> bool:
    if a.grain == b.grain:
        return a == b  # "9-10 January" is not "10 January"
    return a.first <= b.last and b.first <= a.last


def _days(first: date | None, last: date | None, grain: Grain) -> frozenset[Days]:
    return frozenset({Days(first, last, grain)}) if first and last and first <= last else frozenset()


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 31 June
        return None


def _nearest_year(month: int, written: date) -> int:
    """The year in which a month lies nearest to the day of writing."""
    distance = month - written.month
    return written.year + (distance < -6) - (distance > 6)


def _count(word: str) -> int:
    return 1 if word in ("a", "an") else int(word) if word.isdecimal() else SMALL.index(word)


def _number(month: str) -> int:
    months: Sequence[str] = [name[:3] for name in MONTHS]
    return months.index(month[:3]) + 1


def _month(number: str) -> str:
    return MONTHS[(int(number) - 1) % 12]


def _spelt_out(m: re.Match[str]) -> str:
    first, sign, second, year = m.groups()
    month_first = sign == "/" and int(first) < 13  # as in America
    day, month = (second, first) if month_first else (first, second)
    century = "" if len(year) == 4 else "19" if int(year) > 50 else "20"
    return f"{day} {_month(month)} {century}{year}"
