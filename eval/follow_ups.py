"""The conversations of the news as questions: each turn as what it means, and as it was typed with what it follows."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from eval.news import NewsAnswer, NewsFile, NewsQuestion, NewsTurn
from qa.conversation.antecedents import Exchange
from qa.conversation.history import with_history

UNANSWERED, AMISS = 0.12, 0.12  # shares of the turns whose last question is put as unanswered, and answered otherwise
OF_TURNS = ("written out", "follow-up")  # kinds of question
_Told = NewsAnswer | None


def turns_of(file: NewsFile, draw: random.Random) -> Iterator[NewsQuestion]:
    """Every turn written out; every follow-up behind the question before it, that written out, and as it was typed."""
    turns = [turn for conversation in file.conversations for turn in conversation]
    answers = [*(q.answers for q in file.questions), *(turn.answers for turn in turns)]
    amiss = [answer for given in answers for answer in given]
    for conversation in file.conversations:
        for n, turn in enumerate(conversation):
            told = _told(conversation[n - 1], amiss, draw) if n else None
            followed = (told,) if told else ()
            yield NewsQuestion("written out", turn.standalone, turn.answers, followed)
            if n:
                written = _exchange(conversation[n - 1].standalone, told)
                yield NewsQuestion("follow-up", with_history(turn.question, [written]), turn.answers, followed)
            if n > 1:
                typed = _typed(conversation[: n - 1], conversation[n - 1].question, told, amiss, draw)
                yield NewsQuestion("follow-up", with_history(turn.question, [typed]), turn.answers, followed)


def _typed(
    before: Sequence[NewsTurn], line: str, told: _Told, amiss: Sequence[NewsAnswer], draw: random.Random
) -> Exchange:
    """A line as it was typed after some turns, with what it follows, and what it was told."""
    past = _exchange(before[0].standalone, _told(before[0], amiss, draw))
    for turn in before[1:]:
        past = _exchange(with_history(turn.question, [past]), _told(turn, amiss, draw))
    return _exchange(with_history(line, [past]), told)


def _exchange(question: str, told: _Told) -> Exchange:
    return Exchange(question, told.text if told else "", "")


def _told(turn: NewsTurn, amiss: Sequence[NewsAnswer], draw: random.Random) -> _Told:
    """What the program may have answered to a turn: mostly one of its answers."""
    lot = draw.random()
    if lot < UNANSWERED or not turn.answers:
        return None
    return draw.choice(amiss if lot < UNANSWERED + AMISS else turn.answers)


def with_turns(files: Sequence[NewsFile], seed: int) -> list[NewsFile]:
    """The files with their conversations' turns among their questions."""
    draw = random.Random(seed)
    return [replace(f, questions=(*f.questions, *turns_of(f, draw))) for f in files]
