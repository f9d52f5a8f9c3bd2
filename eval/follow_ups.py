"""The conversations of the news as questions: each turn as what it means, and as it was typed with what it follows."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from eval.news import NewsFile, NewsQuestion, NewsTurn
from qa.conversation.antecedents import Exchange
from qa.conversation.history import with_history

UNANSWERED, AMISS = 0.12, 0.12  # shares of the turns whose last question is put as unanswered, and answered otherwise


def turns_of(file: NewsFile, draw: random.Random) -> Iterator[NewsQuestion]:
    """Every turn written out; every follow-up behind the question before it, that written out, and as it was typed."""
    turns = [turn for conversation in file.conversations for turn in conversation]
    answers = [*(q.answers for q in file.questions), *(turn.answers for turn in turns)]
    amiss = [answer.text for given in answers for answer in given]
    for conversation in file.conversations:
        for n, turn in enumerate(conversation):
            yield NewsQuestion("written out", turn.standalone, turn.answers)
            if n:
                before = conversation[n - 1]
                written = [Exchange(before.standalone, _told(before, amiss, draw), "")]
                yield NewsQuestion("follow-up", with_history(turn.question, written), turn.answers)
            if n > 1:
                typed = _typed(conversation[:n], amiss, draw)
                yield NewsQuestion("follow-up", with_history(turn.question, [typed]), turn.answers)


def _typed(turns: Sequence[NewsTurn], amiss: Sequence[str], draw: random.Random) -> Exchange:
    """The last of some turns as it was typed, with what it follows."""
    past = Exchange(turns[0].standalone, _told(turns[0], amiss, draw), "")
    for turn in turns[1:]:
        past = Exchange(with_history(turn.question, [past]), _told(turn, amiss, draw), "")
    return past


def _told(turn: NewsTurn, amiss: Sequence[str], draw: random.Random) -> str:
    """What the program may have answered to a turn: mostly one of its answers."""
    lot = draw.random()
    if lot < UNANSWERED or not turn.answers:
        return ""
    return draw.choice(amiss) if lot < UNANSWERED + AMISS else draw.choice(turn.answers).text


def with_turns(files: Sequence[NewsFile], seed: int) -> list[NewsFile]:
    """The files with their conversations' turns among their questions."""
    draw = random.Random(seed)
    return [replace(f, questions=(*f.questions, *turns_of(f, draw))) for f in files]
