"""Articles that say otherwise: shown where they tell of the same thing, and nowhere else."""

from pathlib import Path

import pytest

from index import LocalIndex, build_index, open_index
from qa import Answer, ask

ACCOUNTS = {
    "courier": "The talks of Oresk and Varn on the ferry will open in Holm on January 9-10, 2022, the mayor said.\n",
    "gazette": "The first round of the talks of Oresk and Varn on the ferry opens in Holm on 9 and 10 January.\n",
    "herald": "The talks of Oresk and Varn on the ferry will open in Holm on January 10, the harbour board said.\n\n"
    "The old bridge at Varn burnt down on 3 March 1911. The ferry carries 640 passengers.\n",
    "tribune": "The mayor of Oresk spoke for 70 minutes by telephone with that of Varn on Thursday about the ferry.\n\n"
    "The council of Varn has agreed to the ferry's new timetable.\n",
    "observer": "On Thursday the mayors of Oresk and Varn talked by telephone for 55 minutes about the ferry.\n\n"
    "The council of Varn has not agreed to the ferry's new timetable.\n",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LocalIndex:
    folder = tmp_path_factory.mktemp("accounts")
    for name, text in ACCOUNTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    build_index([str(folder)], folder / "index")
    return open_index(str(folder / "index"))


def said(answer: Answer) -> dict[str, list[str]]:
    """Each version and the articles cited for it."""
    versions = {d.answer: d.citations for d in answer.differing}
    return {answer.answer or "": sorted(c.article for c in answer.citations)} | {
        words: sorted(c.article for c in citations) for words, citations in versions.items()
    }


def test_accounts_that_give_another_day_are_shown_beside_those_that_agree(index: LocalIndex) -> None:
    answer = ask("When will the talks on the ferry open?", index)
    versions = said(answer)
    assert sorted(versions.values()) == [["courier", "gazette"], ["herald"]]
    assert answer.agreeing == len(answer.citations)


def test_accounts_that_give_another_duration_are_shown(index: LocalIndex) -> None:
    versions = said(ask("How long did the mayors talk by telephone?", index))
    assert sorted(versions.values()) == [["observer"], ["tribune"]]


def test_an_account_that_says_no_is_shown_beside_one_that_says_yes(index: LocalIndex) -> None:
    versions = said(ask("Has the council of Varn agreed to the ferry's new timetable?", index))
    assert sorted(versions.values()) == [["observer"], ["tribune"]]


def test_other_values_of_other_things_are_no_difference(index: LocalIndex) -> None:
    for question in ("When did the old bridge at Varn burn down?", "How many passengers does the ferry carry?"):
        assert ask(question, index).differing == ()


def test_every_citation_has_a_number_of_its_own_and_stands_in_its_article(index: LocalIndex) -> None:
    answer = ask("When will the talks on the ferry open?", index)
    citations = [*answer.citations, *(c for d in answer.differing for c in d.citations)]
    assert [c.n for c in citations] == [1, 2, 3]
    for c in citations:
        assert index.find_article(c.article).text[c.start : c.end] == c.quote


def test_nothing_differs_where_nothing_is_answered(index: LocalIndex) -> None:
    assert ask("When will the talks on the ferry open?", index, min_confidence=1.0).differing == ()


def test_what_is_told_of_another_day_is_another_event(tmp_path: Path) -> None:
    dated = "---\ndate: {}\n---\n\n{}\n"
    call = "The mayors of Oresk and Varn talked by telephone for 55 minutes {}about the ferry."
    (tmp_path / "a.md").write_text(dated.format("2021-12-31", call.format("on Thursday ")), encoding="utf-8")
    before = call.format("on December 7 ").replace("55", "120")
    (tmp_path / "b.md").write_text(dated.format("2021-12-31", before), encoding="utf-8")
    (tmp_path / "c.md").write_text(
        dated.format("2021-12-31", call.format("on Thursday ").replace("55", "70")), encoding="utf-8"
    )
    build_index([str(tmp_path)], tmp_path / "index")
    answer = ask("How long did the mayors talk on Thursday?", open_index(str(tmp_path / "index")))
    assert {d.answer for d in answer.differing} | {answer.answer} == {"55 minutes", "70 minutes"}
