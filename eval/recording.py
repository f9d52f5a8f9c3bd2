"""Draw docs/chat.svg: the chat in a real pseudo-terminal, on the built-in articles.

    python -m eval.recording [--check]

With --check, nothing is written; exits with 1 where the picture's answers are not the program's (figures aside).
"""

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby
from pathlib import Path
from typing import Any

import pexpect
import pyte

PICTURE = Path(__file__).parent.parent / "docs" / "chat.svg"
QUESTIONS = ("when will the Russia-NATO Council meet?", "and where?")
# What is typed for each picture of the series, and what stands on the screen when it is there.
_FRAMES = (
    ([f"{QUESTIONS[0]}\r"], "agree"),
    (["\x0c", f"{QUESTIONS[1]}\r"], "↳"),
    (["/open 2\r"], "q quit"),
    (["q", "\x0c", "/why\r"], "is answered"),
)
_COLUMNS, _ROWS = 92, 28
_WIDE, _HIGH, _SECONDS = 8.4, 18, 5  # pixels of a cell, seconds of a frame
_STYLE = """
  text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328 }
  .panel { fill: #f6f8fa; stroke: #d0d7de } .bold { font-weight: bold } .dim { fill: #6e7781 }
  .green { fill: #1a7f37 } .line { text-decoration: underline } .bar { fill: #1f2328 } .turned { fill: #f6f8fa }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .panel { fill: #161b22; stroke: #30363d } .dim { fill: #8b949e }
    .green { fill: #3fb950 } .bar { fill: #e6edf3 } .turned { fill: #161b22 }
  }
"""


class _Screen(pyte.Screen):
    """pyte knows no dim: italics, which the chat never writes, stand for it. The alternate screen is the same one."""

    def __init__(self, answer: Callable[[str], Any]) -> None:
        super().__init__(_COLUMNS, _ROWS)
        self.answer = answer

    def write_process_input(self, data: str) -> None:
        self.answer(data)  # where the cursor is, which the program asks

    def select_graphic_rendition(self, *attrs: int, **_: Any) -> None:
        super().select_graphic_rendition(*(3 if a == 2 else a for a in attrs))


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one style in a row of the screen."""

    column: int
    text: str
    classes: str  # of _STYLE


Frame = list[list[Run]]  # rows from the top


def record() -> list[Frame]:
    """The screens of a session: a question, one that leans on it, a citation in its article, and why."""
    with tempfile.TemporaryDirectory() as home:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("QA_") and k != "NO_COLOR"}
        # the built-in articles answer, whatever index the user has; no line typed before is offered
        environment |= {"TERM": "xterm-256color", "XDG_DATA_HOME": os.devnull, "XDG_STATE_HOME": home}
        child = pexpect.spawn(
            sys.executable, ["-m", "qa", "-q"], dimensions=(_ROWS, _COLUMNS), encoding="utf-8", env=environment
        )
        screen = _Screen(child.send)
        stream = pyte.Stream(screen)
        _watch(child, screen, stream, "articles")
        frames = []
        for keys, awaited in _FRAMES:
            for key in keys:
                child.send(key)
                _settle(child, stream)
            _watch(child, screen, stream, awaited)
            frames.append([_runs(screen, row) for row in range(_ROWS)])
        child.close(force=True)
    return frames


def _watch(child: Any, screen: pyte.Screen, stream: pyte.Stream, awaited: str) -> None:
    for _ in range(300):
        if any(awaited in line for line in screen.display):
            _settle(child, stream)
            return
        _settle(child, stream)
    raise SystemExit(f"{awaited!r} never stood on the screen:\n" + "\n".join(screen.display))


def _settle(child: Any, stream: pyte.Stream) -> None:
    """Read until the program is silent for a moment."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            stream.feed(child.read_nonblocking(65536, timeout=0.2))
        except pexpect.TIMEOUT:
            return


def _runs(screen: pyte.Screen, row: int) -> list[Run]:
    cells = [screen.buffer[row][column] for column in range(_COLUMNS)]
    runs, column = [], 0
    for classes, run in groupby(cells, key=_classes):
        text = "".join(c.data for c in run)
        if text.strip() or "bar" in classes:
            runs.append(Run(column, text, classes))
        column += len(text)
    return runs


def _classes(cell: Any) -> str:
    names = {"bold": cell.bold, "dim": cell.italics, "line": cell.underscore, "bar": cell.reverse}
    return " ".join([name for name, on in names.items() if on] + (["green"] if cell.fg == "green" else []))


def draw(frames: list[Frame]) -> str:
    """The frames as an SVG that shows one after the other."""
    wide, high = _COLUMNS * _WIDE + 32, _ROWS * _HIGH + 28
    share = 100 / len(frames)
    show = f"@keyframes show {{ 0%, {share - 0.01:.2f}% {{ opacity: 1 }} {share:.2f}%, 100% {{ opacity: 0 }} }}"
    turns = f".frame {{ opacity: 0; animation: show {len(frames) * _SECONDS}s step-end infinite }}"
    still = "@media (prefers-reduced-motion) { .frame { animation: none } .frame:first-of-type { opacity: 1 } }"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{high}" role="img" '
        f'viewBox="0 0 {wide:.0f} {high}"><title>A session of qa in a terminal</title>',
        f"<style>{_STYLE}  {show}\n  {turns}\n  {still}\n</style>",
        f'<rect class="panel" x=".5" y=".5" width="{wide - 1:.0f}" height="{high - 1}" rx="8"/>',
    ]
    for n, frame in enumerate(frames):
        lines.append(f'<g class="frame" style="animation-delay: {n * _SECONDS}s">')
        lines += [drawn for row, runs in enumerate(frame) for run in runs for drawn in _drawn(run, row)]
        lines.append("</g>")
    return "\n".join([*lines, "</svg>", ""])


def _drawn(run: Run, row: int) -> Iterator[str]:
    x, y = 16 + run.column * _WIDE, 14 + row * _HIGH
    wide = len(run.text) * _WIDE
    if "bar" in run.classes:
        yield f'<rect class="bar" x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{_HIGH}"/>'
    text, classes = escape(run.text.rstrip()), run.classes.replace("bar", "turned")
    if text:
        style = f' class="{classes}"' if classes else ""
        yield (
            f'<text{style} x="{x:.1f}" y="{y + 13}" xml:space="preserve" '
            f'textLength="{len(run.text.rstrip()) * _WIDE:.1f}">{text}</text>'
        )


def text_of(picture: str) -> str:
    """What a picture says, its rows apart."""
    rows: dict[str, str] = {}
    for frame, part in enumerate(picture.split('<g class="frame"')):
        for y, words in re.findall(r'<text[^>]*? y="(\d+)"[^>]*>([^<]*)</text>', part):
            key = f"{frame} {y}"
            rows[key] = f"{rows.get(key, '')} {unescape(words)}".strip()
    return "\n".join(rows.values())


def is_current(picture: str) -> bool:
    """Whether a picture shows the questions, and the answers that the program gives to them now."""
    from qa.conversation.turns import Turn, next_turn
    from qa.places import open_builtin

    shown = " ".join(text_of(picture).split())
    turns: tuple[Turn, ...] = ()
    for question in QUESTIONS:
        turns = (*turns, next_turn(question, turns, open_builtin()))
        answer = turns[-1].answer
        words = [answer.answer or "No article answers that.", *([answer.rewritten] if answer.rewritten else [])]
        if not all(" ".join(w.split()) in shown for w in (question, *words)):
            return False
    return True


def main() -> int:
    """Draw or check the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        current = PICTURE.exists() and is_current(PICTURE.read_text(encoding="utf-8"))
        print("the picture is as it looks" if current else "the picture is stale: python -m eval.recording")
        return int(not current)
    PICTURE.write_text(draw(record()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
