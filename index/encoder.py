"""Texts to unit vectors, by the exported model."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.onnx import ModelFiles, model_files, open_session, open_tokenizer, pad

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

_SHORT, _FREQUENT = 4, 10_000  # letters; place in the vocabulary
_BATCH_TOKENS = 4096  # of padded input; more gains nothing on two cores and costs memory


class Encoder:
    """An encoder with its session open: most of a cold start is making it."""

    def __init__(self, name: str) -> None:
        self.files: ModelFiles = model_files(name)
        self._session: InferenceSession = open_session(self.files.folder / "model.onnx")
        self._tokenizer: Tokenizer = open_tokenizer(self.files.folder / "tokenizer.json", self.files.max_tokens)

    def encode(self, texts: Sequence[str], progress: Callable[[int], object] | None = None) -> npt.NDArray[np.float32]:
        """Unit vectors, float32 [n, dim], in the texts' order; a text is cut at the model's length.

        `progress` is called with the number of texts done since its last call.
        """
        rows = [e.ids for e in self._tokenizer.encode_batch(list(texts))]
        vectors = np.empty((len(rows), self.files.dim), np.float32)
        for batch in _batches([len(row) for row in rows]):
            ids, mask = pad([rows[i] for i in batch])
            vectors[batch] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
            if progress:
                progress(len(batch))
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text takes, without special tokens, uncut."""
        self._tokenizer.no_truncation()
        try:
            return [len(e.ids) for e in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]
        finally:
            self._tokenizer.enable_truncation(self.files.max_tokens)

    def is_word(self, word: str) -> bool:
        """Whether a word is one piece of the model's vocabulary: a cheap sign that it is spelt right.

        WordPiece vocabularies begin with the frequent words; of the rare ones, short ones are as often slips.
        """
        piece = self._tokenizer.token_to_id(word)
        return piece is not None and (len(word) > _SHORT or piece < _FREQUENT)


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Row numbers in batches of like length, so that little is padding."""
    batches: list[list[int]] = []
    for i in np.argsort(lengths, kind="stable").tolist():
        if not batches or (len(batches[-1]) + 1) * lengths[i] > _BATCH_TOKENS:
            batches.append([])
        batches[-1].append(i)
    return batches
