"""Which days a date names, told from the day of writing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.days import Days, apart, days_named, equal_days

FRIDAY = date(2021, 12, 31)


def days(*places: tuple[str, str], grain: str = "day") -> frozenset[Days]:
    return frozenset(Days(date.fromisoformat(a), date.fromisoformat(b), grain) for a, b in places)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("yesterday", days(("2021-12-30", "2021-12-30"))),
        ("on Thursday evening", days(("2021-12-30", "2021-12-30"), ("2022-01-06", "2022-01-06"))),
        ("last Thursday", days(("2021-12-30", "2021-12-30"))),
        ("Thursday, December 30", days(("2021-12-30", "2021-12-30"))),
        ("January 9-10", days(("2022-01-09", "2022-01-10"))),
        ("9 and 10 January 2022", days(("2022-01-09", "2022-01-10"))),
        ("three days ago", days(("2021-12-28", "2021-12-28"))),
        ("next month", days(("2022-01-01", "2022-01-31"), grain="month")),
        ("December 2020", days(("2020-12-01", "2020-12-31"), grain="month")),
        ("this week", days(("2021-12-27", "2022-01-02"), grain="week")),
        ("in 2014", days(("2014-01-01", "2014-12-31"), grain="year")),
        ("early January", frozenset()),
        ("31 June", frozenset()),
    ],
)
def test_a_date_names_these_days(words: str, named: frozenset[Days]) -> None:
    assert days_named(words, FRIDAY) == named


def test_a_weekday_and_its_date_are_equal_and_the_next_day_is_apart() -> None:
    thursday, thirtieth, friday = (days_named(w, FRIDAY) for w in ("Thursday", "30 December 2021", "31 December"))
    assert equal_days(thursday, thirtieth) and apart(thursday, friday) and not apart(thursday, thirtieth)


def test_a_month_is_not_apart_from_its_days_but_a_range_is_from_one_of_them() -> None:
    month, both, last = (days_named(w, FRIDAY) for w in ("January 2022", "January 9-10", "January 10"))
    assert not apart(month, last) and apart(both, last)


@given(st.dates(date(1971, 1, 1), date(2069, 12, 31)), st.integers(-150, 150))
def test_a_day_and_month_mean_the_nearest_year(written: date, away: int) -> None:
    day = written + timedelta(away)
    assert days_named(f"{day.day} {day:%B}", written) == frozenset({Days(day, day, "day")})


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("on Thursday", date(1, 1, 1)),
        ("800000 days ago", date(2021, 12, 31)),
        ("next year", date(9999, 12, 31)),
        ("last month", date(1, 1, 1)),
    ],
)
def test_days_beyond_the_calendar_are_none(words: str, written: date) -> None:
    assert days_named(words, written) == frozenset()
