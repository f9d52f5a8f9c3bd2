"""When an article was written, as far as its date tells."""

from datetime import date

import pytest

from qa.telling import written_on


def test_an_iso_date_is_a_day() -> None:
    assert written_on("2021-12-30") == written_on("2021-12-30T10:00:00Z") == date(2021, 12, 30)


@pytest.mark.parametrize("iso", [None, "", "2021", "30 December 2021", "2021-02-30", "0001-01-01", "9999-12-31"])
def test_what_is_no_date_or_stands_for_none_is_none(iso: str | None) -> None:
    assert written_on(iso) is None
