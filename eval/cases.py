"""The cases that the reader is fitted on: questions, what was found for them, and which sentences hold the answer."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from eval.follow_ups import OF_TURNS, with_turns
from eval.indexes import index_paragraphs
from eval.news import FIT, NewsFile, read_news
from eval.squad import Question, held_out_from, read_squad
from index import DEFAULT_MODEL, LocalIndex, Passage
from index.build import write_index
from index.encoder import Encoder
from index.local import BESIDE, open_local
from qa import PASSAGES
from qa.candidates import candidates_of, features_of, none_features
from qa.language.asked import what_is_asked
from qa.language.kinds import kind_of
from qa.reader import read_until_found
from qa.spans import Mark, Marks, SpanReader

SEED = 20211230
SEARCHED = 40  # passages; of them a random share is kept, so that small collections are learnt too
TAKEN_AWAY, ELSEWHERE = 0.4, 0.1  # shares of the questions that are put so, too
TURNS = 0.4  # of the conversations' turns, which are put in three ways
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A question, what was found for it, and which candidates hold the answer; none may."""

    question: str
    accepted: tuple[str, ...]  # empty where nothing answers
    passages: tuple[Passage, ...]
    marks: Marks
    x: torch.Tensor  # float32 [n_candidates, n_features]
    none: torch.Tensor  # float32 [n_none_features]
    gold: torch.Tensor  # bool [n_candidates]
    fold: int

    @property
    def answerable(self) -> bool:
        """Whether a passage answers."""
        return bool(self.accepted)


class _Marker:
    """One question's marks, each passage read once."""

    def __init__(self, reader: SpanReader, question: str) -> None:
        self.reader, self.question = reader, question
        self.known: dict[tuple[str, int], dict[int, Mark]] = {}

    def marks(self, passages: Sequence[Passage]) -> Marks:
        unread = [p for p in passages if (p.article.id, p.start) not in self.known]
        for p in unread:
            self.known[p.article.id, p.start] = {}
        for (n, start), mark in self.reader.mark(self.question, unread).items():
            self.known[unread[n].article.id, unread[n].start][start] = mark
        return {
            (n, start): mark
            for n, p in enumerate(passages)
            for start, mark in self.known[p.article.id, p.start].items()
        }


# Where an answer stands: article, start and end of it.
_Places = Sequence[tuple[str, int, int]]


def cases_of(
    question: Question, index: LocalIndex, elsewhere: LocalIndex | None, reader: SpanReader, draw: random.Random
) -> Iterator[Case]:
    """A crowd question's cases, over an index with each paragraph as an article."""
    asked = index.mend_spelling(question.text)
    own = str(question.paragraph)
    found = index.search(asked, SEARCHED)
    marker = _Marker(reader, asked)
    kept = draw.uniform(0.1, 1.0)
    fold = question.paragraph % FOLDS
    with_own = [p for p in found if p.article.id == own or draw.random() < kept]
    places = [(own, start, start + len(text)) for start, text in question.answers]
    yield from _case(asked, with_own, marker, fold, places, [text for _, text in question.answers])
    if draw.random() < TAKEN_AWAY:
        without = [p for p in found if p.article.id != own and draw.random() < kept]
        yield from _case(asked, without, marker, fold, (), ())
    if elsewhere and draw.random() < ELSEWHERE:
        yield from _case(asked, elsewhere.search(asked, PASSAGES), _Marker(reader, asked), fold, (), ())


def news_cases(news: Sequence[NewsFile], folder: Path, reader: SpanReader, draw: random.Random) -> Iterator[Case]:
    """The cases of all questions on the news, each put to its file's articles and a share of the others."""
    articles = [a for file in news for a in file.articles]
    if articles:
        write_index(articles, folder, Encoder(DEFAULT_MODEL))
        index = open_local(folder)
    for number, file in enumerate(news):
        own = {a.id for a in file.articles}
        for question in file.questions:
            asked = index.mend_spelling(question.question)
            kept = draw.random()
            followed = [(a.article, a.start) for a in question.followed]
            found = [
                p
                for p in index.search(asked, SEARCHED, followed)
                if p.article.id in own or p.beside or draw.random() < kept
            ]
            marker, fold = _Marker(reader, asked), number % FOLDS
            places = [(a.article, a.start, a.end) for a in question.answers]
            yield from _case(asked, found, marker, fold, places, [a.text for a in question.answers])
            if places and draw.random() < TAKEN_AWAY:
                without = [p for p in found if not any(_holds(p, place) for place in places)]
                yield from _case(asked, without, marker, fold, (), ())


def _holds(passage: Passage, place: tuple[str, int, int]) -> bool:
    return passage.article.id == place[0] and passage.start <= place[1] < passage.end


def _case(
    asked: str, found: Sequence[Passage], marker: _Marker, fold: int, places: _Places, accepted: Sequence[str]
) -> Iterator[Case]:
    """A case of a question and passages; none where retrieval lost the answer, which no reader can mend."""
    near = [p for p in found if p.beside]
    also = {id(p) for p in near if p.followed is not None} | {id(p) for p in near[:BESIDE]}
    passages = (*found[:PASSAGES], *(p for p in found[PASSAGES:] if id(p) in also))
    kind, words = kind_of(asked), what_is_asked(asked)
    marks = read_until_found(marker.marks, passages)
    candidates = candidates_of(words, kind, passages, marks)
    gold = [
        any(
            c.passage.article.id == article and c.evidence.sentence.start <= start < c.evidence.sentence.end
            for article, start, _ in places
        )
        for c in candidates
    ]
    if candidates and (any(gold) or not places):
        x = torch.tensor(features_of(words, kind, candidates))
        none = torch.tensor(none_features(kind, candidates))
        yield Case(asked, tuple(accepted), passages, marks, x, none, torch.tensor(gold), fold)


def make_cases(files: Sequence[Path], keep: Path, per_file: int) -> list[Case]:
    """The cases of the news and of all files' held-out questions, at most `per_file` questions of each."""
    draw = random.Random(SEED)
    reader = SpanReader()
    news = [
        replace(file, questions=tuple(q for q in file.questions if q.kind not in OF_TURNS or draw.random() < TURNS))
        for file in with_turns(read_news(FIT), SEED)
    ]
    cases = list(news_cases(news, keep / "news.idx", reader, draw))
    indexes = {file: index_paragraphs(read_squad(file)[0], keep / f"{file.name}.idx") for file in files}
    for file in files:
        paragraphs, questions = read_squad(file)
        held_out = [q for q in questions if q.paragraph >= held_out_from(paragraphs) and q.answers]
        others = [f for f in files if f != file]
        for question in draw.sample(held_out, min(per_file, len(held_out))):
            elsewhere = indexes[draw.choice(others)] if others else None
            cases.extend(cases_of(question, indexes[file], elsewhere, reader, draw))
    return cases
