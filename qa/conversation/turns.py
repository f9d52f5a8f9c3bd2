"""Turns of a conversation: each line is understood in the light of those before it, and answered."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from index import LocalIndex
from qa.answers import Answer, declined, keep_verbatim
from qa.asking import Trace, trace
from qa.conversation.antecedents import Exchange
from qa.conversation.casing import as_written
from qa.conversation.followup import asks_for_more, asks_who_said, begins_anew, meanings
from qa.conversation.history import LONGEST_SAID, shortened
from qa.conversation.questions import Meaning
from qa.conversation.rereading import read_on, said_by
from qa.defaults import CITATIONS, PASSAGES
from qa.reader import Reader, read_passages

# The first meaning is the likeliest by the rules; another one is taken only where its answer is so much surer and,
# where the first is not answered, at least so sure. Chosen by eval/meanings.py.
SURER, SURE = 1.0, 0.4
_LOOK_BACK = 3  # turns whose passages tell how a name is written
_FOLLOWED = 2  # citations of the last answer beside which a follow-up's is looked for in any case


@dataclass(frozen=True, slots=True)
class Turn:
    """A line that was typed and what came of it; `answer.rewritten` says what it was understood as."""

    line: str
    trace: Trace
    reread: bool = False  # it asked of the turn before it: whose words, or what comes next

    @property
    def answer(self) -> Answer:
        """What the line got."""
        return self.trace.answer


def next_turn(
    line: str,
    turns: Sequence[Turn],
    index: LocalIndex,
    *,
    passages: int = PASSAGES,
    citations: int = CITATIONS,
    min_confidence: float | None = None,
    reader: Reader = read_passages,
) -> Turn:
    """Answer a line that may lean on the turns before it, oldest first."""
    started = time.perf_counter()
    look = partial(
        trace, index=index, passages=passages, citations=citations, min_confidence=min_confidence, reader=reader
    )
    reread = _reread(line, turns, index)
    found = reread or choose(answers_to(line, turns, look), turns)
    asked = found.answer.question
    answer = replace(
        found.answer,
        question=line,
        rewritten=None if _plain(line).endswith(_plain(asked)) else asked,  # no more than an "and" is gone
        elapsed_ms=round(1000 * (time.perf_counter() - started), 1),
    )
    return Turn(line, replace(found, answer=answer), reread=reread is not None)


def answers_to(line: str, turns: Sequence[Turn], look: Callable[..., Trace]) -> list[Trace]:
    """What each meaning of a line gets from `look`, a `qa.asking.trace`; the likeliest meaning first, at least one."""
    look = partial(look, followed=() if begins_anew(line) else _followed(turns))
    cased = as_written(line, _texts(turns))
    return [found for meaning in meanings(cased, _exchanges(turns)) if (found := _ask(meaning, look))]


def _followed(turns: Sequence[Turn]) -> tuple[tuple[str, int], ...]:
    """Where the last answer stands, article id and offset: in its first citations."""
    last = next((t.answer for t in reversed(turns) if t.answer.answered), None)
    cited = last.citations[:_FOLLOWED] if last else ()
    return tuple((c.article, c.answer_start or c.start) for c in cited)


def _plain(line: str) -> str:
    return " ".join(line.casefold().split()).rstrip(" ?!.")


def _reread(line: str, turns: Sequence[Turn], index: LocalIndex) -> Trace | None:
    """What a line gets that asks of the last answer itself; None for any other, or where that tells nothing."""
    last = keep_verbatim(turns[-1].answer, index) if turns else None  # articles may have changed since
    if last is None or not last.answered:
        return None
    past = _exchanges(turns)
    if asks_who_said(line):
        said = shortened(past[-1].sentence.strip('“”" '), LONGEST_SAID)
        found, asked = said_by(line, last, index), f"Who said: “{said}”?"
    elif asks_for_more(line):
        quoted = [c for t in turns for c in t.answer.citations]
        found, asked = read_on(last, quoted, index) or declined(last), f"More on: {past[-1].question}"
    else:
        return None
    return replace(turns[-1].trace, answer=replace(keep_verbatim(found, index), question=asked)) if found else None


def _ask(meaning: Meaning, look: Callable[[str], Trace]) -> Trace | None:
    """The answer to a meaning; None where what has to be asked first has none."""
    if meaning.first is None:
        return look(meaning.question)
    first = look(meaning.first).answer
    return look(meaning.question.replace("{}", first.answer)) if first.answer else None


def choose(asked: Sequence[Trace], turns: Sequence[Turn], surer: float = SURER, sure: float = SURE) -> Trace:
    """The answer to the first meaning, unless the articles answer another one much better.

    A meaning that gets what the last question got was hardly meant: nobody asks for that again. It may be one of two
    things that one clause tells, though: where no other is answered it is taken.
    """
    last = _place(turns[-1].answer) if turns else None
    new = [t for t in asked if last is None or _place(t.answer) != last] or asked
    best = new[0]
    least = 0.0 if best.answer.answered else sure
    for found in new[1:]:
        surest = found.answer.confidence > max(least, surer * best.answer.confidence)
        if found.answer.answered and surest and _place(found.answer) != _place(best.answer):
            best = found
    return best if best.answer.answered else asked[0]


def _place(answer: Answer) -> tuple[str, int | None] | None:
    """Where an answer's first citation has it; None where there is no answer."""
    return (answer.citations[0].article, answer.citations[0].answer_start) if answer.answered else None


def _texts(turns: Sequence[Turn]) -> list[str]:
    """The passages that the last turns were answered from."""
    found = (p for t in turns[-_LOOK_BACK:] for p in t.trace.passages)
    return [p.article.text[p.start : p.end] for p in found]


def _exchanges(turns: Sequence[Turn]) -> list[Exchange]:
    """The turns as what they were understood as; one that asked of the turn before it goes on with its question."""
    past: list[Exchange] = []
    for turn in turns:
        answer = turn.answer
        sentence = " ".join(answer.citations[0].quote.split()) if answer.answered else ""
        question = past[-1].question if turn.reread else as_written(turn.trace.asked, _texts([turn]))
        if answer.answered or not turn.reread:
            past.append(Exchange(question, answer.answer or "", sentence))
    return past
