"""How sure another meaning of a follow-up must be to be taken instead of the first: the figures behind the choice.

    python -m eval.meanings [--files N]

Each conversation of `eval/news/fit`, which the span reader never saw, is held over all its articles. Every meaning of
every follow-up is answered, and for each pair of the two constants of `qa/conversation/turns.py` the follow-ups that
come out right are counted, and those rightly declined. What a turn comes after is what the program did answer, with
the constants as they are.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.metrics import is_right
from eval.news import FIT, NewsTurn, read_news
from index import DEFAULT_MODEL, LocalIndex, open_index
from index.build import write_index
from index.encoder import Encoder
from qa.asking import Trace, ask, trace
from qa.conversation.turns import Turn, answers_to, choose, next_turn

SURER = (1.0, 1.1, 1.3, 1.6, 2.0)
SURE = (0.2, 0.3, 0.4, 0.5, 0.6)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up, the turns before it, and what its meanings got."""

    wanted: NewsTurn
    before: tuple[Turn, ...]
    got: Turn
    answers: tuple[Trace, ...]
    written_out: bool  # right where it is asked as what it means


def follow_ups_of(turns: Sequence[NewsTurn], index: LocalIndex) -> Iterator[FollowUp]:
    """The follow-ups of a conversation."""
    past: tuple[Turn, ...] = ()
    for wanted in turns:
        got = next_turn(wanted.question, past, index)
        if past:
            written_out = ask(wanted.standalone, index)
            answers = tuple(answers_to(wanted.question, past, partial(trace, index=index)))
            yield FollowUp(wanted, past, got, answers, _is_right(written_out.answer, wanted))
        past = (*past, got)


def _is_right(answer: str | None, wanted: NewsTurn) -> bool:
    """Whether an answer is one that is wanted; None is, where nothing answers."""
    return is_right(answer, [a.text for a in wanted.answers]) if answer else not wanted.answers


def count_right(found: Sequence[FollowUp], surer: float, sure: float) -> int:
    """How many come out right with two constants; what asks of the last answer itself does not depend on them."""
    chosen = (f.got.trace if f.got.reread else choose(f.answers, f.before, surer, sure) for f in found)
    return sum(_is_right(t.answer.answer, f.wanted) for f, t in zip(found, chosen, strict=True))


def main() -> None:
    """Hold the conversations, print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, help="only the first so many")
    args = parser.parse_args()
    files = [f for f in read_news(FIT) if f.conversations][: args.files]
    with TemporaryDirectory() as folder:
        write_index([a for f in files for a in f.articles], Path(folder), Encoder(DEFAULT_MODEL))
        index = open_index(folder)
        found = [f for file in files for c in file.conversations for f in follow_ups_of(c, index)]
    every = found
    found, nowhere = [f for f in every if f.wanted.answers], [f for f in every if not f.wanted.answers]
    meant = sum(any(_is_right(t.answer.answer, f.wanted) for t in f.answers) for f in found)
    answered = sum(_is_right(f.got.answer.answer, f.wanted) for f in found)
    print(f"{len(found)} follow-ups that are answered somewhere; right as they were answered: {answered}")
    print(f"written out: {sum(f.written_out for f in found)}; some meaning gets the right answer: {meant}")
    for surer, sure in product(SURER, SURE):
        right, declined = count_right(found, surer, sure), count_right(nowhere, surer, sure)
        print(f"{surer} times as sure, and sure {sure}: {right}; {declined} of {len(nowhere)} others declined")


if __name__ == "__main__":
    main()
