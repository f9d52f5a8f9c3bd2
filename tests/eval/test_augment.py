"""Examples made from others: what they claim to answer stands in them, what they claim not to does not."""

import random

import pytest

from eval.augment import Example, roughen, said, swapped, with_dateline, without_answer

PASSAGE = (
    "The harbour of Oresk lies in the north of the island. The ferry to Holm takes 40 minutes in calm weather. "
    "In winter it does not sail at all, and people stay where they are for weeks."
)
START = PASSAGE.index("40 minutes")
EXAMPLE = Example("How long does the ferry to Holm take?", PASSAGE, START, START + len("40 minutes"), "Oresk")
DRAWS = [random.Random(seed) for seed in range(120)]


def test_a_roughened_question_is_the_same_for_the_same_seed_and_never_empty() -> None:
    for seed in range(200):
        one, other = (roughen("Where did they meet?", random.Random(seed)) for _ in range(2))
        assert one == other and one.strip()


def test_the_answers_sentence_is_taken_out() -> None:
    left = without_answer(EXAMPLE)
    assert left is not None and "40" not in left.passage and "harbour" in left.passage and left.answer == ""


def test_a_passage_of_one_sentence_has_nothing_left() -> None:
    assert without_answer(Example("How long?", "It takes 40 minutes.", 9, 19)) is None


@pytest.mark.parametrize("draw", DRAWS[:10])
def test_a_swapped_question_names_what_the_passage_does_not(draw: random.Random) -> None:
    others = ["What is the capital of Norway?", "Who ruled the Duchy of Holm?"]
    other = swapped(EXAMPLE, others, draw)
    assert other is not None and other.question == "How long does the ferry to Norway take?" and other.answer == ""


def test_a_question_without_a_name_or_number_is_not_swapped() -> None:
    assert swapped(Example("how long?", PASSAGE, 0, 0), ["Who is Ann?"], random.Random(1)) is None


@pytest.mark.parametrize("draw", DRAWS[:10])
def test_a_dateline_moves_the_answer_with_its_words(draw: random.Random) -> None:
    assert with_dateline(EXAMPLE, draw).answer == "40 minutes"
    assert with_dateline(Example("Who?", PASSAGE, 0, 0), draw).answer == ""


def test_what_people_are_made_to_say_is_the_answer_or_who_said_it() -> None:
    made = [e for draw in DRAWS if (e := said(EXAMPLE, draw))]
    assert len(made) == len(DRAWS)
    for e in made:
        assert e.answer == e.passage[e.start : e.end]
        if e.question.startswith("Who ") and e.answer:
            assert e.answer[0].isupper() and len(e.answer.split()) <= 2
        elif e.answer:
            assert len(e.answer.split()) > 5 and not e.answer.endswith((".", ","))
    assert any(not e.answer for e in made) and any(e.question.startswith("Who ") for e in made)
