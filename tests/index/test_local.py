"""Questions to passages, on the small index."""

import json
import shutil
from pathlib import Path

import pytest

from index import DamagedIndexError, LocalIndex, QAError, build_index, open_index
from index.local import CANDIDATES
from index.tokens import tokenize

FILES = [
    "articles.json",
    "bm25_docs.npy",
    "bm25_freqs.npy",
    "bm25_lengths.npy",
    "bm25_starts.npy",
    "chunks.npy",
    "keys.npy",
    "manifest.json",
    "sentences.npy",
    "terms.json",
    "texts.bin",
    "vectors.faiss",
    "vectors.npy",
    "words.json",
]


@pytest.fixture(scope="module")
def index(small_index: Path) -> LocalIndex:
    return open_index(str(small_index))


@pytest.fixture
def copy(small_index: Path, tmp_path: Path) -> Path:
    """A copy of the small index that may be damaged."""
    return shutil.copytree(small_index, tmp_path / "my index")


def generation(folder: Path) -> Path:
    return folder / (folder / "CURRENT").read_text().strip()


def test_the_best_passage_holds_the_answer(index: LocalIndex) -> None:
    for question, answer in {
        "When did the harbour bridge open?": "4 May 1973",
        "How long does the ferry to Holm take?": "40 minutes",
        "Who opened the bridge?": "Queen Margrethe",
    }.items():
        assert answer in "".join(p.article.text[p.start : p.end] for p in index.search(question, 2))


@pytest.mark.parametrize(
    "question", ["When did the bridge open?", "lighthouse", "Xyzzy plugh?", "", "?!", "the of and"]
)
def test_passages_come_best_first_with_everything_in_bounds(index: LocalIndex, question: str) -> None:
    passages = index.search(question, 10)
    assert passages and [p.score for p in passages] == sorted((p.score for p in passages), reverse=True)
    for passage in passages:
        text = passage.article.text
        assert 0 <= passage.start < passage.end <= len(text)
        assert 0 <= passage.score <= 1 + 1e-6 and passage.bm25 >= 0 and -1.01 <= passage.cosine <= 1.01
        spans = [(e.sentence.start, e.sentence.end) for e in passage.evidence]
        assert (spans[0][0], spans[-1][1]) == (passage.start, passage.end)
        assert spans == sorted(spans) and all(a < b for a, b in spans)
        for evidence in passage.evidence:
            assert 0 <= evidence.coverage <= passage.coverage <= 1 + 1e-9
            assert evidence.sentence.kind in ("prose", "heading")
            assert evidence.sentence.kind == "prose" or evidence.cosine == 0
        assert passage.cosine >= max(e.cosine for e in passage.evidence) - 1e-6


def test_a_question_without_a_known_word_finds_the_nearest_in_meaning(index: LocalIndex) -> None:
    passages = index.search("Xyzzy plugh", 3)
    assert passages and all(p.bm25 == 0 and p.coverage == 0 for p in passages)


def test_each_sentence_has_its_own_cosine(index: LocalIndex) -> None:
    question = "Who spoke at the opening?"
    for passage in index.search(question, 9):
        prose = [e for e in passage.evidence if e.sentence.kind == "prose"]
        texts = [passage.article.text[e.sentence.start : e.sentence.end] for e in prose]
        vectors = index.encoder.encode([question, *texts])
        assert [e.cosine for e in prose] == pytest.approx((vectors[1:] @ vectors[0]).tolist(), abs=2e-3)


def test_words_of_the_question_are_counted_by_their_rarity(index: LocalIndex) -> None:
    question = "Which lighthouse does the chronicle name?"
    passage = next(p for p in index.search(question, 9) if "lighthouse" in p.article.text[p.start : p.end])
    (evidence,) = [
        e for e in passage.evidence if "lighthouse" in passage.article.text[e.sentence.start : e.sentence.end]
    ]
    terms = {t: index._bm25.rarity(t) for t in tokenize(question)}
    assert set(terms) == {"lighthous", "chronicl", "name"}
    assert evidence.coverage == pytest.approx(terms["lighthous"] / sum(terms.values()))
    assert passage.coverage == pytest.approx(
        (terms["lighthous"] + terms["chronicl"]) / sum(terms.values())
    )  # by the title


def test_the_same_question_finds_the_same_passages(small_index: Path, index: LocalIndex) -> None:
    again = open_index(str(small_index))
    for question in ("When did the bridge open?", "mayor", ""):
        assert index.search(question, 9) == index.search(question, 9) == again.search(question, 9)


def test_no_more_passages_come_than_wanted_or_there_are(index: LocalIndex) -> None:
    assert len(index.search("bridge", 1)) == 1
    found = index.search("bridge", CANDIDATES)
    assert len(found) == len({(p.article.id, p.start) for p in found}) == len(index.chunk_owners())


def test_what_stands_beside_a_place_is_found_whatever_is_asked(index: LocalIndex) -> None:
    (first,) = index.search("How long does the ferry to Holm take?", 1)
    at = first.article.text.index("40 minutes")
    found = index.search("When did the harbour bridge open?", 1, [(first.article.id, at), ("no-such", 5)])
    assert [(p.article.id, p.start) for p in found if p.followed == at] == [(first.article.id, first.start)]
    plain = index.search("When did the harbour bridge open?", 5)
    assert all(p.followed is None and not p.beside for p in plain)


def test_the_article_that_a_follow_up_follows_is_among_what_is_found(index: LocalIndex) -> None:
    found = index.search("How long does the ferry to Holm take?", 1, [("harbour", 0)])
    assert found[0].article.id == "chronicle" and not found[0].beside
    assert found[1:] and all(p.article.id == "harbour" and p.beside for p in found[1:])


def test_noise_is_never_found(index: LocalIndex) -> None:
    for question in ("Subscribe to our newsletter", "Photo: Ida Holm", "By Ida Holm", "All news"):
        for passage in index.search(question, 9):
            for e in passage.evidence:
                words = passage.article.text[e.sentence.start : e.sentence.end]
                assert not any(noise in words for noise in ("Subscribe", "Photo", "By Ida", "All news"))


def test_an_article_is_found_by_name_and_by_number(index: LocalIndex) -> None:
    assert [a.id for a in index.articles()] == ["chronicle", "harbour"] and len(index) == 2
    assert index.find_article("1") == index.find_article("chronicle") == index.article(0)
    assert index.find_article("2").title == "The Harbour Bridge of Oresk opens"
    assert index.word_counts() == [len(a.text.split()) for a in index.articles()]


@pytest.mark.parametrize("name", ["0", "3", "-1", "", "1.0", "zebra", "²"])
def test_an_unknown_article_is_refused(index: LocalIndex, name: str) -> None:
    with pytest.raises(QAError, match=r"no article .* `qa articles` lists them"):
        index.find_article(name)


def test_a_near_name_is_hinted_at(index: LocalIndex) -> None:
    with pytest.raises(QAError, match=r"no article harbor in .* \(did you mean harbour\?\)"):
        index.find_article("harbor")


def test_a_name_that_is_a_number_is_the_name_first(tmp_path: Path) -> None:
    for name in ("2", "3", "4"):
        (tmp_path / f"{name}.txt").write_text(f"The mill number {name} was closed in 1962.")
    build_index([str(tmp_path)], tmp_path / "index")
    index = open_index(str(tmp_path / "index"))
    assert [index.find_article(n).id for n in ("1", "2", "3", "4")] == ["2", "2", "3", "4"]


def test_slips_are_mended_from_the_articles_words(index: LocalIndex) -> None:
    assert index.mend_spelling("When did the lighthuose open in Oresk?") == "When did the lighthouse open in Oresk?"
    assert index.mend_spelling("Where does the coffee grow?") == "Where does the coffee grow?"


def test_no_folder_and_no_network_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(QAError, match="no index in"):
        open_index(str(tmp_path))
    with pytest.raises(QAError, match="index folders only"):
        open_index("http://localhost:19530")


def test_every_file_of_a_generation_is_known(small_index: Path) -> None:
    assert sorted(p.name for p in generation(small_index).iterdir()) == FILES


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["cut in half", "removed", "emptied"])
def test_a_damaged_file_is_refused_with_the_command_that_mends_it(
    copy: Path, articles: Path, name: str, damage: str
) -> None:
    file = generation(copy) / name
    if damage == "removed":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2 if damage == "cut in half" else 0])
    with pytest.raises(DamagedIndexError) as caught:
        open_index(str(copy))
    message = str(caught.value)
    assert name in message and "\n" not in message
    # what the index was made of is written in the manifest alone
    root = "PATH…" if name == "manifest.json" else str(articles)
    assert message.endswith(f"rebuild it with  qa index {root} --index '{copy}'")


@pytest.mark.parametrize("name", ["format", "tokenizer", "segmenter", "chunking"])
def test_an_index_made_otherwise_is_refused_with_the_command_that_mends_it(
    copy: Path, articles: Path, name: str
) -> None:
    path = generation(copy) / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps(manifest | {name: 99}))
    with pytest.raises(DamagedIndexError, match=rf"{name} (is )?99, this version of qa .*qa index {articles} --index"):
        open_index(str(copy))


def test_a_text_that_was_tampered_with_is_never_quoted_and_is_mended(copy: Path, articles: Path) -> None:
    texts = generation(copy) / "texts.bin"
    texts.write_bytes(texts.read_bytes().replace(b"4 May 1973", b"5 May 1983"))
    index = open_index(str(copy))
    for use in (lambda: index.search("When did the bridge open?", 3), lambda: list(index.articles())):
        with pytest.raises(DamagedIndexError, match=rf"has changed; rebuild it with  qa index {articles} --index"):
            use()
    report = build_index([str(articles)], copy)
    assert report.damaged and "has changed" in report.damaged
    assert "4 May 1973" in open_index(str(copy)).find_article("harbour").text


def test_vectors_of_another_model_are_not_compared(copy: Path, articles: Path) -> None:
    path = generation(copy) / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["model"]["fingerprint"] = "0" * 16
    path.write_text(json.dumps(manifest))
    index = open_index(str(copy))
    with pytest.raises(QAError, match=r"is not the one that made this index: rebuild it with  qa index "):
        index.search("bridge", 1)
    report = build_index([str(articles)], copy)
    assert report.reused == 0 < report.encoded
    assert open_index(str(copy)).search("bridge", 1)


def test_nothing_in_an_index_can_run(small_index: Path) -> None:
    import numpy as np

    for path in generation(small_index).glob("*.npy"):
        assert np.load(path, allow_pickle=False).dtype != object
    assert {p.suffix for p in generation(small_index).iterdir()} == {".npy", ".json", ".bin", ".faiss"}


def test_the_chunks_texts_are_those_of_the_article(index: LocalIndex) -> None:
    owners = index.chunk_owners().tolist()
    for chunk, owner in enumerate(owners):
        words = index.chunk_text(chunk).split()
        assert words and set(words) <= set(index.article(owner).text.split())


def test_an_articles_sentences_come_in_order_and_unknown_names_are_refused(small_index: Path) -> None:
    index = open_index(str(small_index))
    sentences = index.sentences("chronicle")
    text = index.find_article("chronicle").text
    assert [s.start for s in sentences] == sorted({s.start for s in sentences})
    assert [text[s.start : s.end] for s in sentences if s.kind == "prose"][1].startswith("The lighthouse at Varn")
    with pytest.raises(QAError, match="no article nowhere"):
        index.sentences("nowhere")


def test_what_is_like_a_sentence_is_what_a_search_for_it_finds(small_index: Path) -> None:
    index = open_index(str(small_index))
    for passage in index.search("When did the harbour bridge open?", 5):
        for sentence in (e.sentence for e in passage.evidence if e.sentence.kind == "prose"):
            like = index.search_like(passage, sentence.start, 5)
            searched = index.search(passage.article.text[sentence.start : sentence.end], 5)
            assert [(p.article.id, p.start) for p in like] == [(p.article.id, p.start) for p in searched]
            assert [p.cosine for p in like] == pytest.approx([p.cosine for p in searched], abs=2e-3)
