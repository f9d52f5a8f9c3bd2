"""What a line of a conversation may mean, given what was said before."""

import pytest

from qa.conversation.antecedents import Exchange
from qa.conversation.followup import asks_for_more, asks_who_said, meanings
from qa.conversation.questions import Meaning

COUNCIL = Exchange("When will the Harbour Council meet?", "4 May", "The Harbour Council will meet in Oresk on 4 May.")
BORN = Exchange("Where was Ida Holm born?", "Varn", "Ida Holm was born in Varn.")
OPENED = Exchange("Who opened the harbour bridge?", "Queen Margrethe", "Queen Margrethe opened the harbour bridge.")
SIGNED = Exchange("Who signed the ferry treaty for Oresk?", "Ola Berg", "Ola Berg signed it for Oresk.")

COUNCILS = Exchange("When do the councils in Oresk meet?", "in May", "The councils in Oresk meet in May.")
WHO = Exchange("who is ida holm", "the harbour master of the Ferry Council", "Ida Holm is the harbour master.")
LEADS = Exchange("When did the harbour bridge in Oresk open?", "4 May 1973", "The bridge opened on 4 May 1973.")
MET = Exchange("Where did Varn and the Ferry Council hold their talks?", "Holm", "They met in Holm.")
WHICH = "which of the ministry's people passed that on to the press?"
SPEAKS = Exchange("Who is Ida Holm?", "the spokeswoman of the Ferry Council", "The spokeswoman is Ida Holm.")
FIT = Exchange("Is the bridge fit for lorries?", "No lorry may cross the bridge.", "No lorry may cross the bridge.")
SPOKE = Exchange("What did the ministry spokeswoman ask Ola Berg to do?", "to resign", "He was asked to resign.")


@pytest.mark.parametrize(
    ("before", "line", "meant"),
    [
        (COUNCIL, "And where?", "Where will the Harbour Council meet?"),
        (COUNCIL, "why", "Why will the Harbour Council meet?"),
        (COUNCIL, "and during the talks, did it agree?", "During the talks, did the Harbour Council agree?"),
        (COUNCIL, "ok, tell me the place then", "The place then?"),
        (COUNCIL, "in which building?", "In which building will the Harbour Council meet?"),
        (BORN, "and Ola Berg?", "Where was Ola Berg born?"),
        (BORN, "when?", "When was Ida Holm born?"),
        (BORN, "How old is she?", "How old is Ida Holm?"),
        (WHO, "what did Norway give her", "What did Norway give ida holm?"),
        (BORN, "what is her job", "What is Ida Holm's job?"),
        (OPENED, "when did she open it?", "When did Margrethe open the harbour bridge?"),
        (OPENED, "How long is it?", "How long is the harbour bridge?"),
        (SIGNED, "and for Varn?", "Who signed the ferry treaty for Varn?"),
        (COUNCIL, "Something else: how long is the bridge?", "How long is the bridge?"),
        (COUNCIL, "Right, separate question. how long is the bridge", "How long is the bridge?"),
        (COUNCIL, "no, I meant the Ferry Council", "When will the Ferry Council meet?"),
        (LEADS, "and the one in Varn?", "When did the bridge in Varn open?"),
        (COUNCILS, "and the ones in Varn?", "When do the councils in Varn meet?"),
        (LEADS, "And the old one?", "When did the old bridge in Oresk open?"),
        (MET, "sorry, I meant Oresk and Holm", "Where did Oresk and Holm hold their talks?"),
        (COUNCIL, "what happened there?", "What happened in Oresk?"),
        (OPENED, "When did Ola Berg and Ida Holm have their call?", "When did Ola Berg and Ida Holm have their call?"),
        (FIT, "why not?", "Why isn't the bridge fit for lorries?"),
        (SPOKE, "what's her name?", "What's the ministry spokeswoman's name?"),
        (SPOKE, "what did he do?", "What did Ola Berg do?"),
        (SPOKE, "when did she say that?", "When did the ministry spokeswoman say that?"),
        (SPEAKS, "whom are they going to tell?", "Whom are they going to tell?"),
        (OPENED, "boiling point of tungsten", "Boiling point of tungsten?"),
        (OPENED, "ferry length", "Ferry length?"),
    ],
)
def test_a_follow_up_means_this_first(before: Exchange, line: str, meant: str) -> None:
    assert meanings(line, [before])[0] == Meaning(meant)


def test_a_first_line_means_what_it_says() -> None:
    assert meanings("And where?", []) == [Meaning("And where?")]


def test_a_full_question_may_stand_alone_or_go_on_with_the_topic() -> None:
    found = meanings("Who gave the speech?", [OPENED])
    assert found == [
        Meaning("Who gave the speech?"),
        Meaning("Who gave the speech? (Who opened the harbour bridge? Queen Margrethe)"),
    ]


def test_who_holds_an_office_is_asked_first() -> None:
    assert meanings("and her deputy?", [BORN])[0] == Meaning("Where was {} born?", "Who is Ida Holm's deputy?")


@pytest.mark.parametrize("line", ["who said that?", "Says who", "and who reported this", "according to whom?", WHICH])
def test_who_said_that_is_understood(line: str) -> None:
    assert asks_who_said(line) and not asks_for_more(line)


@pytest.mark.parametrize("line", ["tell me more", "More please", "anything else on that?", "go on"])
def test_tell_me_more_is_understood(line: str) -> None:
    assert asks_for_more(line) and not asks_who_said(line)


@pytest.mark.parametrize("line", ["who said that the bridge is safe?", "how many more ferries are there?"])
def test_a_question_of_its_own_is_neither(line: str) -> None:
    assert not asks_who_said(line) and not asks_for_more(line)


@pytest.mark.parametrize(
    "line",
    [
        "?",
        "…",
        "and",
        "no",
        "he",
        "I mean?",
        "make that ?",
        "I meant; the start",
        "make that ; noon",
        "by the way;",
        "what about?",
        "\x1b[31m",
        "what " * 300,
        "那里呢?",
    ],
)
def test_any_line_means_something(line: str) -> None:
    found = meanings(line, [COUNCIL])
    assert found and all(m.question for m in found)
