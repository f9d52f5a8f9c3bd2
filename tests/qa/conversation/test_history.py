"""A line with what it follows in brackets."""

from qa.conversation.antecedents import Exchange
from qa.conversation.followup import meanings
from qa.conversation.history import parted, with_history
from qa.language.kinds import kind_of

OPENED = Exchange("Who opened the harbour bridge?", "Queen Margrethe", "Queen Margrethe opened the harbour bridge.")
AND_WHEN = "and when? (Who opened the harbour bridge? Queen Margrethe)"


def test_a_line_is_put_before_the_last_question_and_its_answer() -> None:
    assert with_history("and when?", [OPENED]) == AND_WHEN


def test_a_chain_keeps_the_question_that_stood_alone_and_the_last_line() -> None:
    past = [OPENED, Exchange(AND_WHEN, "4 May 1973", "")]
    asked = with_history("Why then?", past)
    assert asked == "Why then? (Who opened the harbour bridge? and when? 4 May 1973)"
    later = with_history("how come", [*past, Exchange(asked, "", "")])
    assert later == "how come? (Who opened the harbour bridge? Why then?)"


def test_what_is_carried_along_is_short_and_has_no_brackets_of_its_own() -> None:
    long = Exchange("Why (in Oresk)?", "because " * 30, "")
    asked = with_history("who (exactly) said so?", [long])
    assert asked.startswith("who exactly said so? (Why, in Oresk? because") and len(asked) < 120
    assert asked.count("(") == asked.count(")") == 1


def test_a_question_parts_from_its_brackets() -> None:
    assert parted(AND_WHEN) == ("and when", "Who opened the harbour bridge? Queen Margrethe")
    assert parted("How long is it?") == ("How long is it", "")


def test_a_line_without_a_question_word_wants_what_the_question_before_it_did() -> None:
    assert kind_of("and Ola Berg? (When was Ida Holm born? 1950)") == "date"
    assert kind_of("what about Ola Berg? (When was Ida Holm born? 1950)") == "date"
    assert kind_of("where? (When was Ida Holm born? 1950)") == "place"
    assert kind_of("did she like it? (Where was Ida Holm born? Varn)") == "yesno"


def test_what_the_last_question_leaned_on_is_carried_along() -> None:
    found = meanings("where?", [OPENED, Exchange("when was that? (Who opened the harbour bridge? Ida)", "1973", "")])
    assert found[0].question == "Where was that? (Who opened the harbour bridge? Ida)"
    assert found[-1].question == "Where? (Who opened the harbour bridge? when was that? 1973)"
