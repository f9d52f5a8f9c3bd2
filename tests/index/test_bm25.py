"""BM25 on postings against the library's own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from index.bm25 import DELTA, K1, B, PostingsBM25, collect_postings

TERMS = "bridge harbour mayor tram toll storm loan".split()
DOCUMENT = st.lists(st.sampled_from(TERMS), max_size=12)
QUERY = st.lists(st.sampled_from([*TERMS, "unknown", "other"]), max_size=6)


def library(documents: list[list[str]]) -> BM25Plus:
    return BM25Plus(documents, k1=K1, b=B, delta=DELTA)


@given(st.lists(DOCUMENT, min_size=1, max_size=9).filter(any), QUERY)
@settings(max_examples=300)
def test_scores_are_the_librarys_to_the_last_bit(documents: list[list[str]], query: list[str]) -> None:
    theirs = library(documents).get_scores(query)
    ours = PostingsBM25.build(documents).get_scores(query)
    assert ours.dtype == np.float64 and ours.tobytes() == np.asarray(theirs, np.float64).tobytes()


@pytest.mark.parametrize(
    "documents",
    [
        [["bridge", "toll", "bridge"]],
        [["bridge"], ["toll", "tram"]],
        [["bridge"], []],
        [[], [], ["tram"]],
        [["bridge", "tram"], ["bridge", "tram"]],
    ],
)
@pytest.mark.parametrize("query", [["bridge"], ["bridge", "bridge", "tram"], ["unknown"], ["unknown", "tram"], []])
def test_small_collections_score_as_the_library_does(documents: list[list[str]], query: list[str]) -> None:
    ours = PostingsBM25.build(documents)
    assert ours.get_scores(query).tolist() == library(documents).get_scores(query).tolist()
    assert ours.idf == pytest.approx(library(documents).idf, abs=0)
    assert ours.avgdl == library(documents).avgdl


def test_a_large_collection_scores_as_the_library_does() -> None:
    random = np.random.default_rng(5)
    documents = [[f"w{i}" for i in random.zipf(1.3, random.integers(0, 60)) % 500] for _ in range(400)]
    ours, theirs = PostingsBM25.build(documents), library(documents)
    for query in (["w1", "w2", "w3"], ["w499", "w17", "w17"], ["none", "w5"]):
        assert ours.get_scores(query).tolist() == theirs.get_scores(query).tolist()


@given(st.lists(DOCUMENT, min_size=1, max_size=9).filter(any), QUERY)
def test_a_score_above_the_baseline_is_a_match(documents: list[list[str]], query: list[str]) -> None:
    bm25 = PostingsBM25.build(documents)
    above = bm25.get_scores(query) - bm25.baseline(query)
    assert [score > 1e-9 for score in above] == [bool(set(d) & set(query)) for d in documents]


def test_an_empty_collection_and_empty_documents_are_no_error() -> None:
    assert PostingsBM25.build([]).get_scores(["bridge"]).tolist() == []
    assert PostingsBM25.build([]).baseline(["bridge"]) == 0
    assert PostingsBM25.build([[], []]).get_scores(["bridge"]).tolist() == [0, 0]


def test_the_rarer_term_weighs_more_and_the_unknown_most() -> None:
    bm25 = PostingsBM25.build([["bridge", "tram"], ["bridge"], ["bridge", "toll"], ["toll"]])
    assert bm25.rarity("bridge") < bm25.rarity("toll") < bm25.rarity("tram") < bm25.rarity("unknown")
    assert bm25.rarity("tram") == bm25.idf["tram"]
    assert bm25.holds("tram") and not bm25.holds("unknown")


def test_postings_say_which_document_holds_which_term_how_often() -> None:
    postings = collect_postings([["b", "a", "b"], [], ["a"]])
    assert list(postings.terms) == ["a", "b"]
    assert postings.starts.tolist() == [0, 2, 3]
    assert postings.docs.tolist() == [0, 2, 0] and postings.freqs.tolist() == [1, 1, 2]
    assert postings.lengths.tolist() == [3, 0, 1]
    kinds = {str(a.dtype) for a in (postings.docs, postings.freqs, postings.lengths)}
    assert kinds == {"int32"} and postings.starts.dtype == np.int64
