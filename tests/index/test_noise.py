"""What is furniture of a page, and what only looks like it."""

import time

import pytest

from index.noise import is_biography, is_foreign, is_furniture, is_heading, looks_like_title, scripts_of
from index.sentences import Kind, split_sentences

PARAGRAPHS = [
    "The harbour bridge of Oresk was begun in the spring of 1967, and the first ship passed under it in 1970.",
    "It carries two lanes and a track for the tram. The council paid for it with a loan of nine million.",
    "A storm in the winter of 1971 took away a crane, and the work stood still for most of a year.",
]
MORE = [
    "The tolls were dropped in 1990, when the loan was paid back to the last crown.",
    "Every morning some forty thousand people cross it on their way to the shipyards.",
    "The council wants to paint it anew before the anniversary.",
]


def kind_on_a_page(line: str, *, closing: bool = False) -> set[Kind]:
    """How the sentences of a line are judged amid an article's paragraphs, or as its last one."""
    lines = [*PARAGRAPHS, *MORE, line] if closing else [*PARAGRAPHS, line, *MORE]
    text = "\n\n".join(lines)
    start = text.index(line)
    kinds: set[Kind] = {s.kind for s in split_sentences(text) if start <= s.start < start + len(line)}
    return kinds


PROMPTS = [
    "Subscribe to our newsletter",
    "Sign up for our daily briefing.",
    "Log in or register to comment",
    "Please register to comment.",
    "Follow us on Twitter and Facebook",
    "Read more: The bridge that took six years",
    "Read also: Tram returns to the quay",
    "Advertisement",
    "We use cookies to improve your visit.",
    "Share this article",
    "Skip to main content",
    "You may also like",
    "Leave a comment",
    "Related articles",
    "Already a member? Log in.",
    "Click here to join our channel",
    "© 2021 Oresk Courier. All rights reserved.",
    "Copyright Varn Media 2020",
]
CAPTIONS = [
    "(Photo: Ida Holm)",
    "Photo by Ida Holm / Getty Images",
    "The crew waves to the crowd (Ida Holm/AP Photo)",
    "The bridge at dusk, seen from the old quay. Photograph: Ida Holm/The Courier",
    "The bridge at dusk, seen from the old quay. Credit: Ida Holm",
    "File photo: the old ferry",
    "Image source, Getty Images",
    "The mayor waves to the crowd [Ida Holm/Reuters]",
    "The mayor waves to the crowd, via Reuters",
    "The mayor waves in Oresk - Oresk News, 1920, 30.12.2021",
    "The mayor waves in Oresk | 12/30/2021",
    "Workers on the deck of the bridge. (Courtesy of the Port of Oresk)",
    "The mayor cuts the ribbon. (Photo by Per Dahl).",
]
CREW = [
    "By Ida Holm and Per Dahl",
    "BY IDA HOLM",
    "Reporting by Ida Holm; editing by Per Dahl",
    "Reporting by Ida Holm in Oresk; Editing by Per Dahl.",
    "Additional reporting by Ida Holm in Oresk.",
    "Edited by Per Dahl",
    "Written and edited by Per Dahl.",
]
RULES = ["* * *", "———", "…", "_______"]
BIOGRAPHIES = [
    "Ida Holm is a reporter at the Oresk Courier.",
    "Per Dahl is an award-winning correspondent based in Varn. Follow him on Twitter.",
    "Follow her at @idaholm.",
    "She covers shipping for the Courier and teaches at the harbour school.",
    "He can be reached at per@example.org.",
    "“Reader. Writer. Sailor. Lover of cats.”",
]
PROSE = [
    "The mayor asked every owner to register his boat at the harbour office before the winter.",
    "Voters must register by 4 May.",
    "The bank sponsored the race.",
    "They follow the river to the sea.",
    "He will follow her on foot.",
    "The reporters follow us on foot through the whole valley that evening.",
    "The photographer Ida Holm took a picture of the bridge in 1973.",
    "A picture by Rembrandt was stolen from the museum on Monday.",
    "The source of the river lies in the hills above Varn.",
    "The bank lost three million (mostly on bad credits).",
    "“We waited. We hoped. We built it,” Mayor Ola Berg said at the opening.",
    "“It is done. It stands. It holds. Let us cross it together,” said the engineer, Per Dahl.",
    "By 1990 the harbour had closed.",
    "By Monday the storm had passed over Oresk.",
    "Opened: 4 May 1973",
    "Length: 812 metres",
    "- The bridge is 812 metres long",
    "1. The bridge was opened by the queen",
    "The old man was a writer of songs.",
    "The law covers goods made for export.",
    "She wrote about the sea for forty years.",
    "Is the bridge safe?",
    "It was closed: nobody had told them!",
]


@pytest.mark.parametrize("line", [*PROMPTS, *CAPTIONS, *CREW, *RULES])
def test_furniture_is_no_prose(line: str) -> None:
    assert kind_on_a_page(line) <= {"noise"}
    assert is_furniture(line)


@pytest.mark.parametrize("line", BIOGRAPHIES)
def test_the_closing_words_about_the_author_are_no_prose(line: str) -> None:
    assert kind_on_a_page(line, closing=True) == {"noise"}
    assert is_biography(line)


@pytest.mark.parametrize("line", ["Ida Holm is a reporter at the Oresk Courier.", "Per Dahl is the author of it."])
def test_a_sentence_about_a_journalist_in_the_middle_is_prose(line: str) -> None:
    assert kind_on_a_page(line) == {"prose"}


@pytest.mark.parametrize("closing", [False, True])
@pytest.mark.parametrize("line", PROSE)
def test_prose_stays_prose_whatever_it_speaks_of(line: str, closing: bool) -> None:
    assert kind_on_a_page(line, closing=closing) == {"prose"}


@pytest.mark.parametrize(
    "line",
    [
        "The Years of Work",
        "A New Bridge for the People of Oresk after Years of Waiting and Many Broken Promises",
        "## Tolls",
    ],
)
def test_a_headline_is_a_heading(line: str) -> None:
    assert kind_on_a_page(line) == {"heading"}


@pytest.mark.parametrize("line", ["Opened: 4 May 1973", "- a list item", "2) a list item", "It opened.", "He said:"])
def test_a_label_an_item_and_a_sentence_are_no_headings(line: str) -> None:
    assert not is_heading(line)


def test_a_short_text_without_full_stops_is_all_prose() -> None:
    text = "The bridge opened on 4 May 1973\n\nIt is 812 metres long\n\nThe ferry leaves at noon"
    assert [s.kind for s in split_sentences(text)] == ["prose"] * 3


def test_a_line_in_another_script_is_noise_where_the_page_is_not_in_it() -> None:
    page = scripts_of("\n".join(PARAGRAPHS * 3))
    assert is_foreign("Читайте также", page)
    assert not is_foreign("Read also", page) and not is_foreign("1920 / 2021", page)
    assert kind_on_a_page("Мост открыт.") == {"noise"}
    assert {s.kind for s in split_sentences("Мост открыли в 1973 году. Его длина 812 метров.")} == {"prose"}


def test_a_paragraph_said_again_is_noise_the_second_time() -> None:
    text = "\n\n".join([*PARAGRAPHS, MORE[0], PARAGRAPHS[1].upper()])
    assert [s.kind for s in split_sentences(text)][-3:] == ["prose", "noise", "noise"]


def test_a_standfirst_that_the_text_says_again_in_full_is_noise() -> None:
    standfirst = "The harbour bridge of Oresk was begun in the spring of 1967."
    kinds = [s.kind for s in split_sentences("\n\n".join([standfirst, *PARAGRAPHS]))]
    assert kinds[0] == "noise" and set(kinds[1:]) == {"prose"}


def test_tables_code_and_pictures_of_markdown_are_noise() -> None:
    for line in ("| year | tolls |", "![The bridge](bridge.png)", "```"):
        assert kind_on_a_page(line) <= {"noise"}


def test_furniture_and_short_lines_are_no_titles() -> None:
    assert looks_like_title("Harbour bridge of Oresk opens")
    for line in ("All news", "Bridge opens", "Subscribe to our newsletter today", "The bridge of Oresk was opened."):
        assert not looks_like_title(line)


@pytest.mark.parametrize("word", ["covers ", "getty images ", "(photo ", "by A", "follow me ", "is a "])
def test_no_line_is_so_long_that_judging_it_takes_for_ever(word: str) -> None:
    line = word * (300_000 // len(word)) + "."
    begun = time.process_time()
    is_furniture(line), is_biography(line), is_heading(line)
    is_furniture("getty images" + " " * 100_000 + ".")
    assert time.process_time() - begun < 2
