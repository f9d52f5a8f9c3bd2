"""How good the answers are: the shipped questions put to the built-in articles, measured.

    python -m eval                                the figures, on the terminal
    python -m eval --html page.html --json A.json …  and as a page, and as a record
    python -m eval --compare A.json B.json        what changed between two records
    python -m eval --ablate                       BM25 only, embeddings only, no span reader … side by side
    python -m eval --questions FILE --index DIR   your own questions on your own articles
    python -m eval --squad FILE[.gz]              a SQuAD v1.1/v2.0-format file
    python -m eval --beir DIR                     retrieval on a folder in BEIR's layout

docs/evaluation.md says what is measured and how to write a set of your own.
"""

import argparse
import sys
from pathlib import Path

from eval.baseline import BASELINE, write_baseline
from eval.questions import QUESTIONS, Conversation, HandWritten, load_conversations, load_questions, problems
from eval.run import ABLATIONS, Record, load, run, save
from index import LocalIndex, QAError, open_index
from qa.places import open_builtin


def main() -> int:
    """Run what was asked for; 2 where it cannot be done."""
    args = _arguments()
    try:
        return _dispatch(args)
    except QAError as error:
        sys.stderr.write(f"eval: {error}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m eval", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--questions", type=Path, metavar="FILE", help="your own questions, with --index")
    what.add_argument("--compare", type=Path, nargs=2, metavar=("A.json", "B.json"))
    what.add_argument("--squad", type=Path, metavar="FILE")
    what.add_argument("--beir", type=Path, metavar="DIR")
    parser.add_argument("--index", metavar="DIR", help="the index of the articles that --questions is about")
    parser.add_argument("--ablate", action="store_true", help="the same questions with parts left out")
    parser.add_argument("--split", choices=("dev", "test"), help="only these questions (default: both)")
    parser.add_argument("--wrong", action="store_true", help="list every question that went wrong")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write the record, to compare with later; with --ablate one each"
    )
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the report as a page")
    parser.add_argument("--baseline", action="store_true", help="commit to these figures: tests hold changes to them")
    parser.add_argument("--every-second", action="store_true", help="--squad: with every second article left out, too")
    parser.add_argument("--held-out", action="store_true", help="--squad: only what the reader was not trained on")
    parser.add_argument("--limit", type=int, metavar="N", help="--squad: about N questions, evenly spread")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="--squad, --beir: keep the indexes here, and use them")
    return parser.parse_args()


def _dispatch(args: argparse.Namespace) -> int:
    if args.compare:
        from eval.compare import print_comparison

        print_comparison(*(load(path) for path in args.compare))
    elif args.squad:
        from eval.answering import report

        report(args.squad, args.keep, held_out=args.held_out, limit=args.limit, every_second=args.every_second)
    elif args.beir:
        from eval.beir import report as report_beir

        report_beir(args.beir, args.keep)
    else:
        _own_or_shipped(args)
    return 0


def _own_or_shipped(args: argparse.Namespace) -> None:
    from eval.terminal import print_ablation

    index, questions, conversations = _asked(args)
    if args.ablate:
        records = [run(index, questions, (), configuration) for configuration in ABLATIONS]
        print_ablation(records)
        for record in records if args.json else ():
            save(record, args.json.with_stem(f"{args.json.stem}-{record.name.replace(' ', '-')}"))
    else:
        _report(run(index, questions, conversations, build=True), args)


def _asked(args: argparse.Namespace) -> tuple[LocalIndex, list[HandWritten], list[Conversation]]:
    """The index, and the questions and conversations that are put to it."""
    own = args.questions is not None
    if own and not args.index:
        raise QAError("--questions needs --index DIR: the index of the articles that they are about")
    if args.baseline and (own or args.index or args.split):
        raise QAError("the baseline is of all shipped questions: leave --questions, --index and --split out")
    index = open_index(args.index) if args.index else open_builtin()
    questions = load_questions(args.questions or QUESTIONS)
    conversations = [] if own else load_conversations()
    if found := problems(questions, {a.id: a.text for a in index.articles()}):
        raise QAError(f"{len(found)} faults in the questions (python -m eval.questions lists them): {found[0]}")
    kept = [q for q in questions if args.split in (None, q.split)]
    if not kept:
        raise QAError("there are no questions to ask")
    return index, kept, [c for c in conversations if args.split in (None, c.split)]


def _report(record: Record, args: argparse.Namespace) -> None:
    from eval.page import write_page
    from eval.terminal import print_record, print_wrong

    print_record(record)
    if args.wrong:
        print_wrong(record)
    if args.baseline:
        write_baseline(record.figures, BASELINE)
    if args.json:
        save(record, args.json)
    if args.html:
        write_page(record, args.html)


if __name__ == "__main__":
    sys.exit(main())
