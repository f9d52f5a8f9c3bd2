"""How many of the hand-written questions are answered right: `python -m eval [--split dev|test] [--wrong]`."""

import argparse
from collections import Counter

from eval.questions import declined_well, first_citation_holds, load_questions
from qa import ask
from qa.places import open_builtin


def main() -> None:
    """Put every question to the built-in articles and print a line a kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"), help="only these (default: both)")
    parser.add_argument("--wrong", action="store_true", help="print each question that went wrong")
    args = parser.parse_args()
    index = open_builtin()
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for question in load_questions():
        if args.split not in (None, question.split):
            continue
        answer = ask(question.question, index)
        good = first_citation_holds(question, answer) if question.answers else declined_well(answer)
        for kind in (question.kind, "answerable" if question.answers else "unanswerable"):
            asked[kind] += 1
            right[kind] += good
        if args.wrong and not good:
            wanted = " / ".join(question.answers[:2]) or "nothing"
            print(f"{question.id}: {question.question}\n    wanted {wanted}; got {answer.answer}")
    print(f"{'kind':14} {'questions':>9}  {'right':>5}")
    for kind in asked:
        print(f"{kind:14} {asked[kind]:9}  {right[kind] / asked[kind]:5.0%}")
    print("right: the first citation holds an accepted answer; of the unanswerable ones, declined")


if __name__ == "__main__":
    main()
