"""FAISS: which index for how many vectors, kept in one file."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import DamagedIndexError

FLAT_UP_TO = 100_000  # beyond it 8-bit codes: a quarter of the memory, nearly the same neighbours (tests hold how near)
_TRAINING_ROWS = 50_000


def build_vector_index(vectors: npt.NDArray[np.float32]) -> Any:
    """A FAISS index by inner product over unit vectors, float32 [n, dim]: exact, or 8-bit where n is large."""
    import faiss

    n, dim = vectors.shape
    index: Any
    if n <= FLAT_UP_TO:
        index = faiss.IndexFlatIP(dim)
    else:
        index = faiss.IndexScalarQuantizer(dim, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
        index.train(vectors[:: max(1, n // _TRAINING_ROWS)])
    index.add(vectors)
    return index


def save_vector_index(index: Any, path: Path) -> None:
    """Write an index; `open_vector_index` reads it. Raises OSError where the disk does not take it."""
    import faiss

    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:
        raise OSError(f"{path.name} cannot be written") from error


def open_vector_index(path: Path) -> Any:
    """Read an index. Raises DamagedIndexError where FAISS cannot."""
    import faiss

    try:
        return faiss.read_index(str(path))
    except RuntimeError as error:
        raise DamagedIndexError(f"{path.name} cannot be read") from error


def nearest(index: Any, question: npt.NDArray[np.float32], k: int) -> npt.NDArray[np.int64]:
    """Row numbers of the k vectors nearest to one question vector, float32 [dim]; nearest first."""
    _, rows = index.search(question[None, :], k)
    found: npt.NDArray[np.int64] = rows[0]
    return found[found >= 0]  # FAISS fills up with -1 where there are fewer than k
