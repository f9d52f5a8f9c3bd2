"""Two rankings to one, on examples worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import convex, reciprocal_rank

NONE = np.zeros(0)


def test_a_convex_combination_is_the_papers_formula() -> None:
    fused = convex(np.array([2.0, 4.0, 0.0]), np.array([0.6, 0.2, -1.0]), dense_weight=0.75)
    # 0.75 (1 + cos) / 1.6 + 0.25 bm25 / 4
    assert fused == pytest.approx([0.75 + 0.125, 0.5625 + 0.25, 0.0])


def test_reciprocal_ranks_are_summed() -> None:
    fused = reciprocal_rank(np.array([2.0, 4.0, 0.0]), np.array([0.6, 0.2, 0.9]), k=60)
    assert fused == pytest.approx([1 / 62 + 1 / 62, 1 / 61 + 1 / 63, 1 / 63 + 1 / 61])


def test_no_candidate_gives_no_score() -> None:
    assert convex(NONE, NONE).tolist() == reciprocal_rank(NONE, NONE).tolist() == []


def test_a_single_candidate_with_a_common_word_has_the_full_score() -> None:
    assert convex(np.array([3.0]), np.array([0.1])) == pytest.approx([1.0])
    assert reciprocal_rank(np.array([3.0]), np.array([0.1])) == pytest.approx([2 / 61])


def test_without_a_common_word_the_vectors_decide() -> None:
    fused = convex(np.zeros(3), np.array([0.2, 0.8, 0.5]), dense_weight=0.8)
    assert np.argsort(-fused).tolist() == [1, 2, 0] and fused.max() == pytest.approx(0.8)


def test_equal_candidates_score_equally() -> None:
    fused = convex(np.array([1.0, 2.0, 1.0]), np.array([0.3, 0.1, 0.3]))
    assert fused[0] == fused[2]


def test_opposite_vectors_divide_by_nothing() -> None:
    assert np.isfinite(convex(np.array([1.0, 0.0]), np.array([-1.0, -1.0]))).all()


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(-1, 1)), min_size=1, max_size=9), st.floats(0, 1))
def test_a_score_lies_between_0_and_1_and_better_in_both_is_better(pairs: list[tuple[float, float]], w: float) -> None:
    bm25, cosine = (np.array(column) for column in zip(*pairs, strict=True))
    fused = convex(bm25, cosine, w)
    assert (fused >= 0).all() and (fused <= 1 + 1e-9).all()
    for i in range(len(pairs)):
        for j in range(len(pairs)):
            if bm25[i] >= bm25[j] and cosine[i] >= cosine[j]:
                assert fused[i] >= fused[j] - 1e-12
