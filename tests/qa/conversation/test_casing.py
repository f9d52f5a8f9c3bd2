"""Names that are typed without their capitals."""

import pytest

from qa.conversation.casing import as_written

TEXTS = [
    "Mayor Ola Berg met Ida Holm in Oresk. The call was short.",
    "Reports say that the EU and the US will help us.",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("when did ola berg meet holm?", "when did Ola Berg meet Holm?"),
        ("is berg's call over", "is Berg's call over"),
        ("what did the mayor call the reports", "what did the mayor call the reports"),  # they only begin sentences
        ("who helps us", "who helps us"),
        ("who is ida (no. 1)?", "who is Ida (no. 1)?"),
        ("", ""),
    ],
)
def test_names_are_written_as_the_articles_write_them(typed: str, meant: str) -> None:
    assert as_written(typed, TEXTS) == meant


def test_without_texts_a_line_stays_as_it_is() -> None:
    assert as_written("who is ida holm", []) == "who is ida holm"


def test_a_pasted_text_is_left_alone() -> None:
    pasted = "holm " + " ".join(f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(100))
    assert as_written(pasted, TEXTS) == pasted
