"""What a question asks, with what stands around it out of the way."""

import pytest

from qa.language.asked import plain, what_is_asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How long is the bridge?", "How long is the bridge?"),
        ("how long is it? (When did the bridge open? 4 May)", "how long is it"),
        ("and the tram? (When did the bridge open? 4 May)", "When did the bridge open?"),
        ("and the tram? (Who opened the bridge? When did the bridge open? 4 May)", "When did the bridge open?"),
    ],
)
def test_a_line_that_asks_nothing_asks_what_was_asked_before_it(question: str, asked: str) -> None:
    assert what_is_asked(question) == asked


@pytest.mark.parametrize(
    ("typed", "meant"), [("Who’s  Ida\nHolm??", "Who is Ida Holm"), ("hwen does it open", "when does it open")]
)
def test_a_question_is_put_plainly(typed: str, meant: str) -> None:
    assert plain(typed) == meant
