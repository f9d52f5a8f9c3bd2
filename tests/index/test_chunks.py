"""Articles to windows of whole sentences."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import Article
from index.chunks import MERGE_TOKENS, Chunk, body, cut_article, header
from index.encoder import Encoder
from index.sentences import split_sentences

SENTENCES = [
    "The harbour bridge of Oresk was begun in the spring of 1967.",
    "A storm took away a crane, and the work stood still for most of a year.",
    "It carries two lanes and a track for the tram.",
    "The council paid for it with a loan of nine million.",
    "Why did nobody ask the ferrymen?",
]
ARTICLE = Article("mill", "The harbour bridge of Oresk opens", "Courier", "1973-05-04", None, "/a/mill.txt", "")


def article(text: str, title: str = ARTICLE.title) -> Article:
    return replace(ARTICLE, text=text, title=title)


def paragraph(n: int) -> str:
    return " ".join(SENTENCES[i % 5].replace("1967", str(1900 + i)) for i in range(n))


def embedded(of: Article, chunk: Chunk) -> str:
    return f"{header(of)}. {body(of, chunk)}"


@pytest.mark.parametrize("text", [paragraph(60), "\n\n".join([paragraph(3), "Years of Work", paragraph(9)] * 6)])
def test_every_sentence_that_is_no_noise_is_in_exactly_one_chunk(encoder: Encoder, text: str) -> None:
    # each paragraph differs, else its repetition is noise
    text = "\n\n".join(f"{p} Thus ends part {n}." if "." in p else p for n, p in enumerate(text.split("\n\n")))
    of = article(text)
    chunks = cut_article(7, of, encoder.count_tokens, 256)
    assert len(chunks) > 3 and {c.article for c in chunks} == {7}
    assert [s for c in chunks for s in c.sentences] == [s for s in split_sentences(text) if s.kind != "noise"]


@pytest.mark.parametrize("limit", [96, 128, 256])
@pytest.mark.parametrize("title", ["", "Oresk", "A long title about a bridge, a loan and a storm. " * 2])
def test_no_chunk_is_longer_than_the_encoder_takes(encoder: Encoder, limit: int, title: str) -> None:
    of = article("\n\n".join(paragraph(n) for n in (1, 2, 40, 3, 1, 1, 60)), title)
    longest = 0
    for chunk in cut_article(0, of, encoder.count_tokens, limit):
        (tokens,) = encoder.count_tokens([embedded(of, chunk)])
        assert tokens + 2 <= limit
        longest = max(longest, tokens + 2)
    assert longest > 0.6 * limit  # and room is not wasted


@given(st.lists(st.integers(1, 30), min_size=1, max_size=20), st.integers(60, 120))
@settings(max_examples=60, deadline=None)
def test_windows_fit_whatever_the_sentences_lengths(lengths: list[int], limit: int) -> None:
    def count_words(texts: list[str]) -> list[int]:
        return [len(t.split()) for t in texts]

    text = " ".join(" ".join(["Word"] + ["word"] * (n - 1)) + f"{i}." for i, n in enumerate(lengths))
    of = article(text, "A title of five words")
    chunks = cut_article(0, of, count_words, limit)  # type: ignore[arg-type]
    assert [s for c in chunks for s in c.sentences] == list(split_sentences(text))
    assert all(len(embedded(of, c).split()) + 2 <= limit for c in chunks)


def test_a_long_paragraph_is_cut_into_windows_of_about_one_size(encoder: Encoder) -> None:
    of = article(paragraph(40))
    sizes = [len(c.sentences) for c in cut_article(0, of, encoder.count_tokens, 256)]
    assert len(sizes) > 1 and max(sizes) - min(sizes) <= 2


def test_short_paragraphs_share_a_chunk_and_a_full_one_is_closed(encoder: Encoder) -> None:
    of = article("\n\n".join(f"{SENTENCES[i % 5]} In part {i}." for i in range(20)))
    chunks = cut_article(0, of, encoder.count_tokens, 256)
    sizes = encoder.count_tokens([body(of, c) for c in chunks])
    assert 1 < len(chunks) < 20 and all(size <= MERGE_TOKENS for size in sizes)


def test_a_heading_opens_a_chunk_once_the_open_one_has_something_to_say(encoder: Encoder) -> None:
    text = (
        f"{paragraph(7)}\n\nThe Years of Work\n\nThe tolls were dropped in 1990.\n\nThe Present Day\n\nIt was painted."
    )
    of = article(text)
    first, second = cut_article(0, of, encoder.count_tokens, 256)
    assert body(of, first) == paragraph(7)
    assert body(of, second) == "The Years of Work The tolls were dropped in 1990. The Present Day It was painted."


def test_headings_without_prose_make_no_chunk(encoder: Encoder) -> None:
    of = article("# The bridge\n\n## The tolls\n\n### The tram")
    assert cut_article(0, of, encoder.count_tokens, 256) == []


def test_noise_is_in_no_chunk(encoder: Encoder) -> None:
    of = article(
        f"{paragraph(3)}\n\n(Photo: Ida Holm)\n\nSubscribe to our newsletter\n\nThe tolls were dropped in 1990."
    )
    (chunk,) = cut_article(0, of, encoder.count_tokens, 256)
    assert body(of, chunk) == f"{paragraph(3)} The tolls were dropped in 1990."


def test_a_header_is_never_in_the_offsets(encoder: Encoder) -> None:
    text = f"\n\n{paragraph(3)}\n"
    of = article(text, "A title that is nowhere in the text")
    (chunk,) = cut_article(0, of, encoder.count_tokens, 256)
    assert (chunk.start, chunk.end) == (2, len(text) - 1)
    assert header(of) == "A title that is nowhere in the text. 1973-05-04"
    assert header(of) not in body(of, chunk)


def test_a_header_has_no_empty_parts() -> None:
    assert header(replace(ARTICLE, title="")) == "1973-05-04"
    assert header(replace(ARTICLE, title="The end...", date=None)) == "The end"
    assert header(replace(ARTICLE, title="", date=None)) == ""
