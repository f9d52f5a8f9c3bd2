"""What sort of answer a question asks for."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.kinds import Kind, kind_of

ASKED: dict[Kind, tuple[str, ...]] = {
    "date": (
        "do the talks start on the 9th or the 10th of January",
        "When did the call end?",
        "when will the talks start",
        "What year was the treaty signed?",
        "in what year did the war begin",
        "Which month are the elections in?",
        "Since when has the ban been in force?",
        "On what date did Moscow publish its drafts?",
        "what day is the summit",
        "What is the date of the Geneva talks?",
        "geneva talks date",
        "date of the call",
        "wen is the meeting",
        "hwen did they speak",
        "When's the next round?",
        "After the call, when will they meet again?",
        "When did Biden say what he wants?",
        "The company was founded in what year?",
        "how long ago did they speak",
        "can you tell me when the summit ends",
        "talks when",
    ),
    "time": (
        "What time did the call end?",
        "at what hour does the shop open",
        "At what time, according to the White House, did it end?",
        "what tiem did it start",
        "call start time",
    ),
    "duration": (
        "Did it last 50 or 60 minutes?",
        "How long did the call last?",
        "how long was the call",
        "How many minutes did they speak?",
        "how many more days will it take",
        "call length",
        "length of call",
        "What was the duration of the conversation?",
        "hwo lnog did the call last",
        "how lnog was it",
        "For how long did they talk?",
        "What is the time limit for replies?",
    ),
    "number": (
        "How many troops are at the border?",
        "how long is the bridge",
        "What is the length of the tunnel in metres?",
        "How far is Vienna from Brussels?",
        "how old is the president",
        "How tall is the tower?",
        "number of troops",
        "What was New England's population in 1725?",
        "how mnay formats are planned",
        "What is the death toll?",
        "How much rain fell in May?",
        "how many years old is the treaty",
    ),
    "money": (
        "How much money did the bill require?",
        "How much did the bridge cost?",
        "what is the price of gas",
        "gas price",
        "What was the ministry's budget?",
        "how many dollars were paid",
        "What does the ticket cost?",
    ),
    "percent": (
        "What percentage of voters agreed?",
        "which share of the gas comes from Russia",
        "What was the percentage increase in exports?",
        "how many percent voted",
    ),
    "place": (
        "Did they meet in Oresk or in Varn?",
        "Where will the talks be held?",
        "which city hosts the summit",
        "In what country was he born?",
        "osce talks venue",
        "What is the capital of Austria?",
        "whre will they meet",
        "Were did the talks take place?",
        "where's the summit",
        "What was the location of the meeting?",
        "On Monday, in which town did they meet?",
        "which state has the most voters",
    ),
    "person": (
        "Who led the delegation?",
        "whose idea was it",
        "With whom did Putin speak?",
        "Who is the president of Russia?",
        "who is the White House spokeswoman",
        "Which president asked for the call?",
        "what is the name of the spokesman",
        "What is the spokesman's name?",
        "In the statement, who is quoted?",
        "whos leading the talks",
        "who was invited",
        "Which senior Russian official spoke to reporters?",
        "kremlin spokesman name",
        "Who's in charge of the talks?",
        "woh called first",
    ),
    "organisation": (
        "Which company built the plant?",
        "what organization promotes the exam",
        "Which country's government protested?",
        "which news agency reported the call",
        "What body oversees the vote?",
        "what is the name of the alliance",
    ),
    "definition": (
        "Who is Yuri Ushakov?",
        "who is ushakov",
        "Who was Emily Horne?",
        "Who are the Houthis?",
        "What is JSTARS?",
        "what is the osce",
        "What is the Organization for Security and Cooperation in Europe?",
        "what is a leap year",
        "What does OSCE stand for?",
        "what does jstars mean",
        "define strategic stability",
        "tell me about NATO",
        "wat is nato",
        "What are sanctions?",
        "WHAT IS NATO?",
    ),
    "yesno": (
        "Did Putin call Biden?",
        "is the summit in Geneva",
        "Will there be sanctions?",
        "Have they agreed?",
        "On Friday, did the Kremlin comment?",
        "When the talks ended, were they satisfied?",
        "Didn't they meet in June?",
        "do you know if they met",
        "Did nine or so people come?",
        "Was it Ola Berg or Ida Holm?",
    ),
    "clause": (
        "What did Putin say?",
        "why did the talks fail",
        "How did Moscow respond?",
        "What happened on Friday?",
        "what was discussed",
        "On Friday, what did Ushakov tell reporters?",
        "When the talks ended, what did he say?",
        "What did Putin warn Biden about?",
        "Which issues were raised?",
        "What was the main topic of the exchange?",
        "what is the president saying",
        "What kind of guarantees does Russia want?",
        "what is the purpose of the talks",
        "What is Sao Paulo called by its fans?",
        "The band, is what nationality?",
        "waht did he want",
        "putin warning biden",
        "how come",
        "",
        "?",
    ),
}


@pytest.mark.parametrize(
    ("question", "kind"), [(question, kind) for kind, questions in ASKED.items() for question in questions]
)
def test_a_question_tells_what_kind_of_answer_it_wants(question: str, kind: Kind) -> None:
    assert kind_of(question) == kind


def test_the_table_covers_every_kind() -> None:
    assert set(ASKED) == set(get_args(Kind))


@pytest.mark.parametrize("question", ["When did the call end?", "Who led the talks?", "How long was it?"])
def test_case_and_question_mark_make_no_difference(question: str) -> None:
    assert {kind_of(question.lower().strip("?")), kind_of(question.upper())} == {kind_of(question)}


@given(st.text())
def test_any_text_has_a_kind(text: str) -> None:
    assert kind_of(text) in get_args(Kind)


@given(st.lists(st.sampled_from("who what when is the of name , ' Kremlin state did long how many".split(" "))))
def test_question_words_in_any_order_have_a_kind(words: list[str]) -> None:
    assert kind_of(" ".join(words)) in get_args(Kind)
