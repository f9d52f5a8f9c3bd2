"""SQuAD-format files to training examples: agreed answers, hard negatives, token ids, batches.

A batch holds groups of rows: a question with its passage, or with that and a passage that the product's own retriever
takes for the right one but that does not answer.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from tokenizers import Tokenizer

from eval.augment import Example, roughen, said, swapped, with_dateline, without_answer
from eval.indexes import index_paragraphs
from eval.news import NewsAnswer, NewsFile
from eval.squad import Question, held_out_from, read_squad
from index import Article
from index.bm25 import PostingsBM25
from index.fusion import convex
from index.local import CANDIDATES
from index.tokens import tokenize
from qa.conversation.antecedents import Exchange
from qa.conversation.history import with_history

SEED = 20211230
LENGTH = 224  # tokens of question and passage together
QUESTION_TOKENS = 64
BATCH = 16  # rows
NEGATIVES = 8  # kept a question
WINDOW_CHARS = 900  # of a news article: about what a passage of the index holds
# What a question becomes, each time it is met: with its passage alone, with a hard negative beside it, its passage
# without the answer, another question on its passage, somebody's words made from its passage.
ALONE, BESIDE, REMOVED, SWAPPED, SAID = 0.34, 0.40, 0.10, 0.07, 0.09
DATELINE, TITLE, WRONG_TITLE, CONTEXT = 0.08, 0.6, 0.05, 0.08


@dataclass(frozen=True, slots=True)
class Case:
    """An answering example and the passages that retrieval takes for its own."""

    example: Example
    negatives: tuple[str, ...]
    before: Exchange | None = None  # another question on the same passage or article, and its answer


def agreed_answer(question: Question) -> tuple[int, str]:
    """The crowd answer that overlaps most with the others, by token F1; the first of several."""

    def overlap(a: str, b: str) -> float:
        one, other = Counter(a.lower().split()), Counter(b.lower().split())
        common = (one & other).total()
        return 2 * common / max(1, one.total() + other.total())

    return max(question.answers, key=lambda a: sum(overlap(a[1], b[1]) for b in question.answers))


def load(files: Sequence[Path], keep: Path) -> tuple[list[Case], list[tuple[Example, Question]]]:
    """Training cases, and held-out examples with their questions. Indexes and negatives are kept in a folder.

    Of each file the last tenth of the paragraphs is held out. A title that only one article has tells nothing.
    """
    training: list[Case] = []
    held_out: list[tuple[Example, Question]] = []
    for file in files:
        paragraphs, questions = read_squad(file)
        questions = [q for q in questions if q.answers]
        cut = held_out_from(paragraphs)
        negatives = hard_negatives(file, keep)
        for before, q in pairwise([questions[-1], *questions]):
            start, text = agreed_answer(q)
            paragraph = paragraphs[q.paragraph]
            title = _plain_title(paragraph.title)
            example = Example(q.text, paragraph.text, start, start + len(text), title)
            if q.paragraph >= cut:
                held_out.append((example, q))
            else:
                texts = tuple(paragraphs[n].text for n in negatives[q.id] if n < cut)
                past = Exchange(before.text, agreed_answer(before)[1], "") if before.paragraph == q.paragraph else None
                training.append(Case(example, texts, past))
    return training, held_out


def news_cases(files: Sequence[NewsFile]) -> list[Case]:
    """Training cases of questions on the news: each answer in a window of its article, with windows that do not answer.

    A question that nothing answers has the windows that share most of its words.
    """
    cases: list[Case] = []
    for file in files:
        windows = [(a, *span) for a in file.articles for span in _windows(a.text)]
        bm25 = PostingsBM25.build([tokenize(a.text[start:end]) for a, start, end in windows])
        asked: dict[str, Exchange] = {}  # of each article the last question
        for q in file.questions:
            order = (-bm25.get_scores(tokenize(q.question))).argsort(kind="stable").tolist()
            held = [n for n in order if any(_inside(x, windows[n]) for x in q.answers)]
            texts = [windows[n][0].text[windows[n][1] : windows[n][2]] for n in order if n not in held]
            words = [x.text.casefold() for x in q.answers]
            texts = [text for text in texts if not any(w in text.casefold() for w in words)][:NEGATIVES]
            for x in q.answers:
                article, start, end = next(windows[n] for n in held if _inside(x, windows[n]))
                passage = article.text[start:end]
                example = Example(q.question, passage, x.start - start, x.end - start, article.title)
                before = None if q.kind == "follow-up" else asked.get(x.article)
                cases.append(Case(example, tuple(texts), before))
            asked |= {x.article: Exchange(q.question, x.text, "") for x in q.answers}
            if not q.answers:
                cases.extend(Case(Example(q.question, text, 0, 0), ()) for text in texts[:3])
    return cases


def _windows(text: str) -> list[tuple[int, int]]:
    """Stretches of whole paragraphs of about WINDOW_CHARS characters, one from each paragraph on."""
    paragraphs = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    found = []
    for n, (start, end) in enumerate(paragraphs):
        for _, further in paragraphs[n + 1 :]:
            if further - start > WINDOW_CHARS:
                break
            end = further
        found.append((start, end))
    return found


def _inside(answer: NewsAnswer, window: tuple[Article, int, int]) -> bool:
    return window[0].id == answer.article and window[1] <= answer.start and answer.end <= window[2]


def _plain_title(title: str) -> str:
    """A title as words; none where it is a number of a series."""
    return "" if any(c.isdigit() for c in title) or title.startswith("Filtered") else title.replace("_", " ")


def hard_negatives(file: Path, keep: Path) -> dict[str, list[int]]:
    """For each question id the best paragraphs, as the product retrieves, that do not hold an answer's words."""
    kept = keep / f"{file.name}.negatives.json"
    if kept.exists():
        return dict(json.loads(kept.read_text()))
    paragraphs, questions = read_squad(file)
    index = index_paragraphs(paragraphs, keep / f"{file.name}.idx")
    owners = index.chunk_owners()
    found: dict[str, list[int]] = {}
    for question, vector in zip(questions, index.encoder.encode([q.text for q in questions]), strict=True):
        proposed = index.candidates(vector, tokenize(question.text), CANDIDATES)
        order = proposed.chunks[(-convex(proposed.bm25, proposed.cosine)).argsort(kind="stable")]
        words = [text.casefold() for _, text in question.answers]
        ranked = dict.fromkeys(int(owners[c]) for c in order)
        texts = {n: paragraphs[n].text.casefold() for n in ranked if n != question.paragraph}
        found[question.id] = [n for n, text in texts.items() if not any(w in text for w in words)][:NEGATIVES]
    kept.write_text(json.dumps(found))
    return found


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example as token ids; the target is the first and last token of the answer, or 0 and 0."""

    ids: list[int]
    types: list[int]
    first: int
    last: int
    passage: int  # the first token of the passage proper, behind the title


def encode(example: Example, tokenizer: Tokenizer, draw: random.Random | None) -> Encoded:
    """Token ids of question, title and passage. A long passage is cut to a window with the answer in it."""
    question = tokenizer.encode(example.question, add_special_tokens=False).ids[:QUESTION_TOKENS]
    title = tokenizer.encode(f"{example.title}.", add_special_tokens=False).ids[:24] if example.title else []
    passage = tokenizer.encode(example.passage, add_special_tokens=False)
    begin = len(question) + len(title) + 2
    room = LENGTH - begin - 1
    inside = [i for i, (a, b) in enumerate(passage.offsets) if a < example.end and b > example.start]
    offset = 0
    if len(passage.ids) > room:
        latest = len(passage.ids) - room
        low, high = (max(0, inside[-1] - room + 1), min(latest, inside[0])) if inside else (0, latest)
        offset = (draw.randint(min(low, high), high) if draw else min(low, high)) if high >= 0 else 0
    head = tokenizer.token_to_id("[CLS]") or 0, tokenizer.token_to_id("[SEP]") or 0
    ids = [head[0], *question, head[1], *title, *passage.ids[offset : offset + room], head[1]]
    types = [0] * (len(question) + 2) + [1] * (len(ids) - len(question) - 2)
    if not inside or inside[-1] - offset >= room or inside[0] < offset:
        return Encoded(ids, types, 0, 0, begin)
    return Encoded(ids, types, inside[0] + begin - offset, inside[-1] + begin - offset, begin)


def group(case: Case, questions: Sequence[str], titles: Sequence[str], draw: random.Random) -> list[Example]:
    """What a case becomes this time: one row, or two of one question of which only the first answers."""
    lot = draw.random() - BESIDE
    example, rows = case.example, []
    if not example.answer:
        rows = [example]
    elif lot < 0 and case.negatives:
        near = min(draw.choices(case.negatives, k=3), key=lambda p: abs(len(p) - len(example.passage)))
        rows = [example, replace(example, passage=near, start=0, end=0)]
    elif lot < REMOVED:
        rows = [without_answer(example) or example]
    elif lot < REMOVED + SWAPPED:
        rows = [swapped(example, questions, draw) or example]
    elif lot < REMOVED + SWAPPED + SAID:
        rows = [said(example, draw) or example]
    else:
        rows = [example]
    if draw.random() < DATELINE:
        rows = [with_dateline(row, draw) for row in rows]
    title = example.title if draw.random() < TITLE else ""
    if draw.random() < WRONG_TITLE and titles:
        title = draw.choice(titles)
    question = rows[0].question
    question = roughen(question, draw)
    if case.before and draw.random() < CONTEXT:
        question = with_history(question, [case.before])
    return [replace(row, question=question, title=title) for row in rows]


def batches(cases: Sequence[Case], tokenizer: Tokenizer) -> Iterator[list[list[Encoded]]]:
    """Endless shuffled batches of groups, of like length together, the same for the same seed."""
    draw = random.Random(SEED)
    questions = [c.example.question for c in cases]
    titles = sorted({c.example.title for c in cases} - {""})
    while True:
        order = list(cases)
        draw.shuffle(order)
        for at in range(0, len(order), 64 * BATCH):
            pool = [
                [encode(row, tokenizer, draw) for row in group(case, questions, titles, draw)]
                for case in order[at : at + 64 * BATCH]
            ]
            pool.sort(key=lambda rows: max(len(row.ids) for row in rows))
            found: list[list[list[Encoded]]] = [[]]
            for rows in pool:
                if sum(map(len, found[-1])) + len(rows) > BATCH:
                    found.append([])
                found[-1].append(rows)
            draw.shuffle(found)
            yield from found
